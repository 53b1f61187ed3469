"""Cells of a row: texts, or numbers and instants that their source has as such, and the text that stands for them.

A number or an instant that a recipe takes as one need not become text first; for everything else (names, ids,
properties, rules) the text counts. Instants with a zone are written in UTC with an offset; instants without one stay
without. Whole floats lose their `.0`, because an id that passed through a spreadsheet is still the same id. NaN is
nothing.
"""

from __future__ import annotations

import polars as pl

from desireline.letters import are_bare

_WHOLE = 2.0**53


def is_typed(kind: pl.DataType) -> bool:
    """True for the kinds of cells that may stay what they are: whole numbers, floats, instants."""
    return kind.is_integer() or kind in (pl.Float64, pl.Float32) or isinstance(kind, pl.Datetime)


def text_of(column: pl.Series) -> pl.Series:
    """The cells as text; null stays null."""
    kind = column.dtype
    if kind.is_float():
        return _float_text(column)
    if isinstance(kind, pl.Datetime):
        return _instant_text(column, kind)
    return column if kind == pl.String else column.cast(pl.String)


def repeated(value: object, times: int, kind: pl.DataType | type[pl.DataType]) -> pl.Series:
    """A column `text` that says the same so many times; quicker than `pl.repeat`, which plans a query for it."""
    return pl.Series("text", [value], dtype=kind).new_from_index(0, times)


def texts_of(frame: pl.DataFrame, *, but: str = "_row") -> pl.DataFrame:
    """The frame with every column but this one as text."""
    if all(kind == pl.String for name, kind in frame.schema.items() if name != but):
        return frame
    return pl.DataFrame([column if column.name == but else text_of(column) for column in frame])


def without_blanks(texts: pl.Series) -> pl.Series:
    """The texts as they are, null where they are blank."""
    if not bool((texts == "").any()) and are_bare(texts):
        return texts
    return texts.to_frame("text").select(pl.when(pl.col("text").str.strip_chars() != "").then("text"))["text"]


def trimmed(texts: pl.Series) -> pl.Series:
    """The texts without blanks at their ends; null where nothing is left."""
    if not bool((texts == "").any()) and are_bare(texts):
        return texts
    bare = pl.col("text").str.strip_chars()
    return texts.to_frame("text").select(pl.when(bare != "").then(bare))["text"]


def _float_text(column: pl.Series) -> pl.Series:
    name = column.name
    value = pl.col(name)
    whole = value.is_finite() & (value == value.round()) & (value.abs() < _WHOLE)
    text = (
        pl.when(whole)
        .then(value.cast(pl.Int64, strict=False).cast(pl.String))
        .when(value.is_not_nan())
        .then(value.cast(pl.String))
    )
    return column.to_frame().select(text.alias(name))[name]


def _instant_text(column: pl.Series, kind: pl.Datetime) -> pl.Series:
    if kind.time_zone is not None:
        column = column.dt.convert_time_zone("UTC")
    text = column.dt.replace_time_zone(None).dt.strftime("%Y-%m-%dT%H:%M:%S%.f")
    return text + "+00:00" if kind.time_zone is not None else text
