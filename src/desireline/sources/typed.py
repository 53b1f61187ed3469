"""Typed columns as text in ISO form, without losing precision: from Parquet files, sheets and frames.

What the text of a number or an instant is, `recipes.cells` says. Structs become columns `outer.inner`; lists become
JSON text.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from typing import Any

import polars as pl

from desireline.letters import are_bare
from desireline.recipes.cells import is_typed, text_of, texts_of, without_blanks
from desireline.sources.batches import Refusals, numbered, printable
from desireline.sources.headers import name_columns


def as_cells(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with structs unfolded into columns, and every column as text that is no number and no instant."""
    columns = (part for column in frame.get_columns() for part in _unfold(column))
    return _renamed(_bare(part) if is_typed(part.dtype) else _text(part) for part in columns)


def take_sound_rows(
    cells: pl.DataFrame,
    numbers: Sequence[int],
    *,
    refusals: Refusals,
    missing: Sequence[str],
    bare: Collection[str] = (),
) -> pl.DataFrame:
    """The rows to hand out, under their `numbers`; blank rows and rows with NUL go to `refusals`.

    Columns known to be `bare` are not searched for NUL and blanks.
    """
    names = cells.columns
    if not names:
        return numbered(cells, [], missing=missing)
    nul, blank = _any_nul(cells, bare), _all_blank(cells, bare)
    if not (nul.any() or blank.any()):
        return numbered(cells, numbers, missing=missing, bare=bare)
    known = pl.Series(numbers, dtype=pl.Int64)
    for place in (nul | blank).arg_true():
        texts = texts_of(cells[place : place + 1]).row(0, named=True)
        raw = json_text({name: text for name, text in texts.items() if text is not None})
        if nul[place]:
            refusals.add(known[place], "nul_byte", detail="A cell holds a NUL byte.", raw=raw)
        else:
            refusals.add(known[place], "blank_row", detail="Every cell of the row is empty.", raw=raw)
    kept = ~(nul | blank)
    return numbered(cells.filter(kept), known.filter(kept), missing=missing)


def json_text(value: Any) -> str:
    """The value as JSON text with its letters as they are; what JSON lacks is written as plain text."""
    return json.dumps(value, ensure_ascii=False, default=str)


def bare_columns(cells: pl.DataFrame) -> frozenset[str]:
    """The columns whose texts are seen to have no NUL, no empty text, and no blanks at their ends."""
    texts = [column for column in cells if column.dtype == pl.String]
    return frozenset(column.name for column in texts if not (column == "").any() and are_bare(column))


def _renamed(columns: Iterable[pl.Series]) -> pl.DataFrame:
    parts = list(columns)
    names, _ = name_columns([column.name for column in parts])
    return pl.DataFrame([column.alias(name) for column, name in zip(parts, names, strict=True)])


def _bare(column: pl.Series) -> pl.Series:
    return column.fill_nan(None) if column.dtype.is_float() else column


def _any_nul(cells: pl.DataFrame, bare: Collection[str]) -> pl.Series:
    """True where a text of the row holds NUL; the `bare` columns hold none."""
    found = pl.repeat(False, cells.height, dtype=pl.Boolean, eager=True)
    for column in cells:
        if column.dtype == pl.String and column.name not in bare:
            found = found | column.str.contains("\0", literal=True).fill_null(False)
    return found


def _all_blank(cells: pl.DataFrame, bare: Collection[str]) -> pl.Series:
    """True where the row holds nothing but blanks."""
    found = pl.repeat(True, cells.height, dtype=pl.Boolean, eager=True)
    for column in cells:
        known = column.dtype != pl.String or column.name in bare
        found = found & (column if known else without_blanks(column)).is_null()
        if not found.any():
            break
    return found


def _unfold(column: pl.Series) -> list[pl.Series]:
    if not isinstance(column.dtype, pl.Struct):
        return [column]
    fields = column.struct.unnest().get_columns()
    return [part for inner in fields for part in _unfold(inner.alias(f"{column.name}.{inner.name}"))]


def _text(column: pl.Series) -> pl.Series:
    kind = column.dtype
    if isinstance(kind, pl.Duration):
        return column.dt.to_string("iso")
    if kind == pl.Object:
        return pl.Series(column.name, [_plain(value) for value in column.to_list()], dtype=pl.String)
    if kind.is_nested() or kind == pl.Binary:
        return pl.Series(column.name, [_nested(value) for value in column.to_list()], dtype=pl.String)
    return text_of(column)


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
