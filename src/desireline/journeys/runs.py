"""Rows that stand together: the events of one journey after another, each journey a run of rows.

Polars groups by hashing keys; where the rows already stand in order, the bounds of the runs are enough, and every
first, last, sum and number is one pass over plain arrays.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import polars as pl

I64 = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Runs:
    """Run i is the rows `starts[i]` up to, not including, `starts[i + 1]`; the last ends at `rows`. None is empty."""

    starts: I64
    rows: int

    @classmethod
    def beginning(cls, begins: pl.Series | Flags) -> Runs:
        """Runs that begin where the flag is set; it must be set in the first row."""
        flags = begins.to_numpy() if isinstance(begins, pl.Series) else begins
        return cls(np.flatnonzero(flags), len(flags))

    @classmethod
    def of(cls, key: pl.Series) -> Runs:
        """Runs of rows with the same key."""
        numbers = key.to_numpy()
        return cls.beginning(np.concatenate([np.ones(min(len(numbers), 1), np.bool_), numbers[1:] != numbers[:-1]]))

    def __len__(self) -> int:
        return len(self.starts)

    @cached_property
    def lengths(self) -> I64:
        """Rows by run."""
        return np.diff(self.starts, append=self.rows)

    @cached_property
    def number(self) -> npt.NDArray[np.uint32]:
        """The run of each row, from 0."""
        return np.repeat(np.arange(len(self), dtype=np.uint32), self.lengths)

    @cached_property
    def place(self) -> I64:
        """The place of each row in its run, from 0."""
        return np.arange(self.rows, dtype=np.int64) - np.repeat(self.starts, self.lengths)

    def first(self, column: pl.Series) -> pl.Series:
        """The first value of each run."""
        return column.gather(self.starts)

    def last(self, column: pl.Series) -> pl.Series:
        """The last value of each run."""
        return column.gather(self.starts + self.lengths - 1)

    def total(self, numbers: pl.Series) -> pl.Series:
        """The sum of each run, nulls being nothing; whole numbers."""
        plain = (numbers.cast(pl.Int64).fill_null(0) if numbers.null_count() else numbers).to_numpy()
        sums = np.add.reduceat(plain, self.starts, dtype=np.int64) if len(self) else np.zeros(0, np.int64)
        return pl.Series(numbers.name, sums, dtype=pl.Int64)

    def any(self, flags: pl.Series) -> pl.Series:
        """True where any row of the run is true, null being false."""
        return (self.total(flags) > 0).alias(flags.name)
