"""Rows on their way into buckets: in memory while there is room, else in private files, always in bucket order.

Reading a bucket takes one run of rows from each, so rows stay in the order in which they came, and memory stays near
`limit` bytes, however many rows there are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Protocol

import numpy as np
import numpy.typing as npt

from desireline.trace.faults import writing

I64 = npt.NDArray[np.int64]
Column = npt.NDArray[Any]

FINEST = 256


class Taken(Protocol):
    """A column whose rows can be taken, from memory or from a file."""

    def __getitem__(self, rows: slice, /) -> Column: ...


@dataclass(frozen=True)
class Sorted:
    """Columns by finest bucket: bucket b owns rows `starts[b]` up to `starts[b + 1]` of each."""

    starts: I64  # shape (257,)
    columns: Mapping[str, Taken]

    def rows(self, name: str, first: int, end: int) -> Column:
        """The column in finest buckets `first` up to `end`; zeros when there is no such column."""
        a, b = int(self.starts[first]), int(self.starts[end])
        return self.columns[name][a:b] if name in self.columns else np.zeros(b - a, dtype=np.uint8)


Batch = Mapping[str, Sorted]  # tables that have a row for other things each: events, customers, letters


@dataclass(frozen=True)
class _OnDisk:
    """A column that lies in a file; each look reads it again."""

    path: Path
    kind: np.dtype[Any]
    start: int

    def __getitem__(self, rows: slice, /) -> Column:
        """These rows, from the file."""
        offset = self.start + rows.start * self.kind.itemsize
        with writing(self.path.parent.parent):
            found = np.fromfile(self.path, dtype=self.kind, count=rows.stop - rows.start, offset=offset)
            if len(found) < rows.stop - rows.start:
                raise OSError(f"{self.path} was cut short while it was in use")
        return found


class Source:
    """The finest buckets `first` up to `end` of some batches, in the order in which rows came."""

    def __init__(self, batches: Sequence[Batch], first: int, end: int) -> None:
        self._batches = batches
        self._first = first
        self._end = end

    def column(self, table: str, name: str) -> Column:
        """The whole column; zeros in batches that do not have it."""
        found = [batch[table].rows(name, self._first, self._end) for batch in self._batches]
        found = [part for part in found if len(part)] or [np.zeros(0, dtype=np.uint8)]
        return found[0] if len(found) == 1 else np.concatenate(found)

    def has(self, table: str, name: str) -> bool:
        """Whether some batch has this column."""
        return any(name in batch[table].columns for batch in self._batches)


class Spill:
    """Batches, in the order in which they were added."""

    def __init__(self, folder: Path, *, limit: int) -> None:
        self.rows = np.zeros(FINEST, dtype=np.int64)  # events by finest bucket
        self._folder = folder
        self._limit = limit
        self._size = 0
        self._written: list[Batch] = []
        self._waiting: list[Batch] = []

    def add(self, batch: Batch) -> None:
        """The batch is kept, behind those before it."""
        self.rows += np.diff(batch["events"].starts)
        self._size += sum(_size(column) for table in batch.values() for column in table.columns.values())
        self._waiting.append(batch)
        if self._size > self._limit:
            self._written.append(self._write(self._waiting))
            self._waiting, self._size = [], 0

    def source(self, first: int, end: int) -> Source:
        """What is in finest buckets `first` up to `end`."""
        return Source([*self._written, *self._waiting], first, end)

    def _write(self, batches: Sequence[Batch]) -> Batch:
        """The batches as one, in a file: bucket by bucket, in a bucket one batch after the other."""
        path = self._folder / f"{len(self._written)}.spill"
        with writing(self._folder.parent):
            self._folder.mkdir(exist_ok=True)
            with path.open("wb") as file:
                return {table: _write_table(file, path, [batch[table] for batch in batches]) for table in batches[0]}


def _write_table(file: BinaryIO, path: Path, tables: Sequence[Sorted]) -> Sorted:
    columns: dict[str, Taken] = {}
    for name in dict.fromkeys(name for table in tables for name in table.columns):
        whole = np.concatenate([table.rows(name, bucket, bucket + 1) for bucket in range(FINEST) for table in tables])
        columns[name] = _OnDisk(path, whole.dtype, file.tell())
        file.write(whole.data)
    return Sorted(np.sum([table.starts for table in tables], axis=0), columns)


def _size(column: Taken) -> int:
    return column.nbytes if isinstance(column, np.ndarray) else 0
