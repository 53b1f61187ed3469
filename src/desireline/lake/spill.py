"""Rows wait here until the import knows its buckets: in memory while they are few, else in private files.

Each part knows which of its rows belong to which finest bucket, so reading one bucket reads one slice of each. A column
that says the same in all rows of a part is kept once. Memory stays near `limit` bytes, however long the import is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from desireline.lake.buckets import FINEST, span
from desireline.lake.faults import reading, writing

BUCKET = "_bucket"
_STRETCH = 16  # finest buckets in a file
_AT_ONCE = 1 << 15  # rows that are read together
_TOGETHER = 128 * 1024 * 1024  # bytes that make a part

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class _Part:
    """Rows with their places by finest bucket, those of one bucket in the order in which they came."""

    rows: pl.DataFrame | pl.LazyFrame  # the columns that differ from row to row, here or in a file
    constant: dict[str, Any]  # and those that do not
    places: pl.Series  # of the rows in the order of buckets; in a file they stand so
    starts: Ints  # first row of each finest bucket, and the end: FINEST + 1 numbers
    size: int  # in memory, bytes

    def take(self, first: int, end: int) -> pl.DataFrame:
        """The rows of the finest buckets from `first` up to `end`."""
        low, high = int(self.starts[first]), int(self.starts[end])
        if isinstance(self.rows, pl.LazyFrame):
            return self.rows.slice(low, high - low).collect()
        return self.rows[self.places.slice(low, high - low)]

    def buckets(self, first: int, end: int) -> npt.NDArray[np.uint8]:
        """The finest bucket of each row that `take` takes."""
        return np.repeat(np.arange(first, end, dtype=np.uint8), np.diff(self.starts[first : end + 1]))


class Spill:
    """Frames with a column `_bucket` (0 … 255) and the columns of `schema`."""

    def __init__(self, folder: Path, name: str, *, schema: pl.Schema, limit: int) -> None:
        self.rows = 0
        self._folder = folder
        self._name = name
        self._schema = schema
        self._limit = limit
        self._loose: list[pl.DataFrame] = []  # so few rows that they make no part yet
        self._loose_size = 0
        self._gathers = Lock()
        self._waiting: list[_Part] = []
        self._size = 0
        self._written: list[_Part] = []

    def add(self, frame: pl.DataFrame) -> None:
        """The rows are staged, after those that came before."""
        if frame.is_empty():
            return
        self.rows += frame.height
        self._loose.append(frame)
        self._loose_size += int(frame.estimated_size())
        if self._loose_size > min(_TOGETHER, self._limit):
            self._gather()

    def read(self, bucket: int, *, of: int) -> pl.DataFrame:
        """The rows of one bucket among `of`, in the order in which they came, without `_bucket`, in one piece."""
        self._gather()
        first, end = span(bucket, of=of)
        parts = [part for part in [*self._written, *self._waiting] if part.starts[end] > part.starts[first]]
        if not parts:
            return pl.DataFrame(schema=self._schema)
        with reading(self._folder):
            return self._join(parts, [part.take(first, end) for part in parts])

    def _gather(self) -> None:
        """Loose rows have become a part: a bucket is read sooner from few large parts than from many small ones."""
        with self._gathers:
            if not self._loose:
                return
            frame = pl.concat(self._loose)
            self._loose, self._loose_size = [], 0
            part = _part(frame.drop(BUCKET), frame[BUCKET].to_numpy().astype(np.uint8))
            self._waiting.append(part)
            self._size += part.size
            if self._size > self._limit:
                self._write()

    def _join(self, parts: Sequence[_Part], rows: Sequence[pl.DataFrame]) -> pl.DataFrame:
        """The rows of these parts, the columns that are the same throughout filled in at the end."""
        shared = {name: value for name, value in parts[0].constant.items() if all(_says(p, name, value) for p in parts)}
        filled = [
            frame.with_columns(
                self._literal(name, value) for name, value in part.constant.items() if name not in shared
            )
            for part, frame in zip(parts, rows, strict=True)
        ]
        varying = [name for name in self._schema if name not in shared]
        whole = pl.concat([frame.select(varying) for frame in filled], rechunk=True)
        return whole.with_columns(self._literal(name, value) for name, value in shared.items()).select(*self._schema)

    def _literal(self, name: str, value: Any) -> pl.Expr:
        return pl.lit(value, dtype=self._schema[name]).alias(name)

    def _write(self) -> None:
        """All that waits is in files, one for each stretch of buckets, so that little is in memory twice."""
        waiting, self._waiting, self._size = self._waiting, [], 0
        number = len(self._written)
        for first in range(0, FINEST, _STRETCH):
            some = [part for part in waiting if part.starts[first + _STRETCH] > part.starts[first]]
            if some:
                path = self._folder / f"{self._name}-{number}-{first}.arrow"
                self._written.append(self._store(some, first, first + _STRETCH, path))

    def _store(self, parts: Sequence[_Part], first: int, end: int, path: Path) -> _Part:
        rows = self._join(parts, [part.take(first, end) for part in parts])
        part = _part(rows, np.concatenate([part.buckets(first, end) for part in parts]))
        with writing(path):
            self._folder.mkdir(parents=True, exist_ok=True)
            part.take(0, FINEST).write_ipc(path, compression="uncompressed", record_batch_size=_AT_ONCE)
        return replace(part, rows=pl.scan_ipc(path, hive_partitioning=False, glob=False))


def _part(frame: pl.DataFrame, buckets: npt.NDArray[np.uint8]) -> _Part:
    places = np.argsort(buckets, kind="stable").astype(np.uint32)  # of single bytes: a counting pass
    starts = np.concatenate([[0], np.cumsum(np.bincount(buckets, minlength=FINEST))])
    constant = {column.name: column[0] for column in frame if _is_constant(column)}
    if len(constant) == frame.width:
        constant.pop(frame.columns[-1])  # it counts the rows
    rows = frame.drop(*constant).rechunk()
    return _Part(rows, constant, pl.Series(places), starts, int(rows.estimated_size()))


def _is_constant(column: pl.Series) -> bool:
    if column.null_count():
        return column.null_count() == len(column)
    return bool(column[0] == column[-1]) and bool((column == column[0]).all())


def _says(part: _Part, name: str, value: Any) -> bool:
    return name in part.constant and (part.constant[name] is None) == (value is None) and part.constant[name] == value
