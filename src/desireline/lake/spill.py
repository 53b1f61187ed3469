"""Rows wait here until the import knows its buckets: in memory while they are few, else in private files.

Each file is sorted by finest bucket, with the first row of every bucket remembered: reading one bucket reads
one slice of each file. Memory stays near `limit` bytes, however long the import is.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

from desireline.lake.buckets import FINEST, span
from desireline.lake.faults import reading, writing

BUCKET = "_bucket"


@dataclass(frozen=True)
class _Part:
    rows: pl.LazyFrame
    starts: npt.NDArray[np.int64]  # first row of each finest bucket, and the end: FINEST + 1 numbers


class Spill:
    """Frames with a column `_bucket` (0 … 255) and the columns of `schema`."""

    def __init__(self, folder: Path, name: str, *, schema: pl.Schema, limit: int) -> None:
        self.rows = 0
        self._folder = folder
        self._name = name
        self._schema = schema
        self._limit = limit
        self._waiting: list[pl.DataFrame] = []
        self._size = 0
        self._parts: list[_Part] = []

    def add(self, frame: pl.DataFrame) -> None:
        """The rows are staged, after those that came before."""
        if frame.is_empty():
            return
        self.rows += frame.height
        self._waiting.append(frame)
        self._size += int(frame.estimated_size())
        if self._size > self._limit:
            self._write()

    def read(self, bucket: int, *, of: int) -> pl.DataFrame:
        """The rows of one bucket among `of`, in the order in which they came, without `_bucket`."""
        first, end = span(bucket, of=of)
        kept = self._sorted_waiting()
        parts = [*self._parts, kept] if kept else self._parts
        slices = [
            part.rows.slice(int(part.starts[first]), int(part.starts[end] - part.starts[first]))
            for part in parts
            if part.starts[end] > part.starts[first]
        ]
        if not slices:
            return pl.DataFrame(schema=self._schema)
        with reading(self._folder):
            return pl.concat([rows.drop(BUCKET).collect() for rows in slices])

    def _write(self) -> None:
        frame = _by_bucket(self._waiting)
        path = self._folder / f"{self._name}-{len(self._parts)}.parquet"
        with writing(path):
            self._folder.mkdir(parents=True, exist_ok=True)
            frame.write_parquet(path, compression="zstd", compression_level=1, row_group_size=8192)
        self._parts.append(_Part(pl.scan_parquet(path, hive_partitioning=False, glob=False), _starts(frame)))
        self._waiting, self._size = [], 0

    def _sorted_waiting(self) -> _Part | None:
        if not self._waiting:
            return None
        if len(self._waiting) > 1 or not self._waiting[0][BUCKET].is_sorted():
            self._waiting = [_by_bucket(self._waiting)]
        return _Part(self._waiting[0].lazy(), _starts(self._waiting[0]))


def _by_bucket(frames: list[pl.DataFrame]) -> pl.DataFrame:
    return pl.concat(frames).sort(BUCKET, maintain_order=True)


def _starts(frame: pl.DataFrame) -> npt.NDArray[np.int64]:
    return np.searchsorted(frame[BUCKET].to_numpy(), np.arange(FINEST + 1)).astype(np.int64)
