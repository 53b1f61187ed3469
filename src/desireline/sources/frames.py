"""Data frames: Polars, pandas, DuckDB, Arrow tables, anything that narwhals or the Arrow interface knows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import narwhals as nw
import polars as pl

from desireline.errors import SourceEmpty, SourceUnreadable
from desireline.sources.batches import Batch, Refusals
from desireline.sources.headers import name_columns
from desireline.sources.typed import as_cells, bare_columns, take_sound_rows


def read_frame(frame: Any, *, missing: Sequence[str] = (), batch_rows: int = 50_000) -> Iterator[Batch]:
    """Batches of a data frame with every column as text; its refusals name the source `frame`."""
    table = to_polars(frame)
    if table.height == 0:
        raise SourceEmpty("The data frame has no rows.")
    yield from frame_batches(table, Refusals("frame"), first=1, missing=missing, batch_rows=batch_rows)


def frame_batches(
    table: pl.DataFrame, refusals: Refusals, *, first: int, missing: Sequence[str], batch_rows: int
) -> Iterator[Batch]:
    """Batches of a typed table whose first row has the number `first`."""
    names, notes = name_columns(table.columns)
    table = table.rename(dict(zip(table.columns, names, strict=True)))
    told = tuple(notes) if first == 1 else ()
    for start in range(0, table.height, batch_rows):
        cells = as_cells(table.slice(start, batch_rows))
        numbers = range(first + start, first + start + cells.height)
        bare = bare_columns(cells)
        rows = take_sound_rows(cells, numbers, refusals=refusals, missing=missing, bare=bare)
        yield Batch(rows, refusals.hand_out(), told, bare)
        told = ()


def to_polars(frame: Any) -> pl.DataFrame:
    """The same table as a Polars frame. Needs neither pandas nor pyarrow to be installed.

    Raises SourceUnreadable for things that are no table.
    """
    if isinstance(frame, pl.LazyFrame):
        return frame.collect()
    if isinstance(frame, pl.DataFrame):
        return frame
    try:
        known = nw.from_native(frame)
    except TypeError:
        return _through_arrow(frame)
    if isinstance(known, nw.LazyFrame):
        return _through_arrow(frame)
    return pl.DataFrame([_column(known[name], str(name)) for name in known.columns])


def _through_arrow(frame: Any) -> pl.DataFrame:
    if not hasattr(frame, "__arrow_c_stream__"):
        kind = type(frame).__name__
        raise SourceUnreadable(f"A {kind} is no table. Give a path, or a Polars, pandas or Arrow frame.")
    return pl.DataFrame(frame)


def _column(column: Any, name: str) -> pl.Series:
    """One column by its values; instants through NumPy, so that their nanoseconds survive."""
    kind = column.dtype
    if kind == nw.Datetime:
        zone = kind.time_zone
        plain = column.dt.convert_time_zone("UTC").dt.replace_time_zone(None) if zone else column
        series = pl.Series(name, plain.to_numpy().astype("datetime64[ns]"))
        return series.dt.replace_time_zone("UTC") if zone else series
    values = column.to_list()
    if kind in (nw.Object, nw.Unknown):
        return pl.Series(name, [_known(value) for value in values], dtype=pl.Object)
    return pl.Series(name, [None if value != value else value for value in values], strict=False)


def _known(value: Any) -> Any:
    return None if value is None or value != value else value
