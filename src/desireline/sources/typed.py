"""Typed columns as text in ISO form, without losing precision: from Parquet files, sheets and frames.

Instants with a zone are written in UTC with an offset; instants without one stay without. Whole floats lose
their `.0`, because an id that passed through a spreadsheet is still the same id. NaN is nothing. Structs
become columns `outer.inner`; lists become JSON text.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import polars as pl

from desireline.sources.batches import Refusals, numbered, printable
from desireline.sources.headers import name_columns

_WHOLE = 2.0**53


def as_text(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with every column as text (null stays null), structs unfolded into columns."""
    columns = [part for column in frame.get_columns() for part in _unfold(column)]
    names, _ = name_columns([column.name for column in columns])
    texts = [_text(column).alias(name) for column, name in zip(columns, names, strict=True)]
    return pl.DataFrame(texts) if texts else pl.DataFrame()


def take_sound_rows(
    texts: pl.DataFrame, numbers: Sequence[int], *, refusals: Refusals, missing: Sequence[str]
) -> pl.DataFrame:
    """The rows to hand out, under their `numbers`; blank rows and rows with NUL go to `refusals`."""
    names = texts.columns
    if not names:
        return numbered(texts, [], missing=missing)
    nul = pl.any_horizontal(pl.col(names).str.contains("\0", literal=True).fill_null(False))
    blank = pl.all_horizontal(pl.col(names).str.strip_chars().fill_null("") == "")
    bad = texts.select(nul.alias("nul"), blank.alias("blank"), pl.Series("number", numbers, dtype=pl.Int64))
    if not (bad["nul"] | bad["blank"]).any():
        return numbered(texts, numbers, missing=missing)
    for place in (bad["nul"] | bad["blank"]).arg_true():
        raw = json_text({name: text for name, text in texts.row(place, named=True).items() if text is not None})
        if bad["nul"][place]:
            refusals.add(bad["number"][place], "nul_byte", detail="A cell holds a NUL byte.", raw=raw)
        else:
            refusals.add(bad["number"][place], "blank_row", detail="Every cell of the row is empty.", raw=raw)
    kept = ~(bad["nul"] | bad["blank"])
    return numbered(texts.filter(kept), bad["number"].filter(kept), missing=missing)


def json_text(value: Any) -> str:
    """The value as JSON text with its letters as they are; what JSON lacks is written as plain text."""
    return json.dumps(value, ensure_ascii=False, default=str)


def _unfold(column: pl.Series) -> list[pl.Series]:
    if not isinstance(column.dtype, pl.Struct):
        return [column]
    fields = column.struct.unnest().get_columns()
    return [part for inner in fields for part in _unfold(inner.alias(f"{column.name}.{inner.name}"))]


def _text(column: pl.Series) -> pl.Series:
    kind = column.dtype
    if kind.is_float():
        return _float_text(column)
    if isinstance(kind, pl.Datetime):
        return _instant_text(column, kind)
    if isinstance(kind, pl.Duration):
        return column.dt.to_string("iso")
    if kind == pl.Object:
        return pl.Series(column.name, [_plain(value) for value in column.to_list()], dtype=pl.String)
    if kind.is_nested() or kind == pl.Binary:
        return pl.Series(column.name, [_nested(value) for value in column.to_list()], dtype=pl.String)
    return column.cast(pl.String)


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


def _nested(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, bytes):
        return printable(value.decode("utf-8", "surrogateescape"))
    return json_text(value.to_list() if isinstance(value, pl.Series) else value)


def _plain(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return "true" if value is True else "false" if value is False else str(value)
