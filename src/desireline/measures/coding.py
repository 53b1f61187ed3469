"""Cells as numbers: each combination of key columns that occurs, numbered from 0.

Grouping by hashing several columns costs more than the sums that are asked of the groups. Places, groups and periods
are few, so that most combinations fit a table with a cell for each.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

I64 = npt.NDArray[np.int64]

MOST_CELLS = 1 << 22  # of a table with a cell for each combination


class Coded(NamedTuple):
    """`number[row]` is the combination in that row; `examples[number]` is a row in which it stands."""

    number: I64
    examples: I64

    @property
    def size(self) -> int:
        """How many combinations there are."""
        return len(self.examples)


def code(frame: pl.DataFrame, keys: Sequence[str]) -> Coded:
    """The combinations of `keys` that occur in the frame; null is a value like any other."""
    number, cells = np.zeros(frame.height, dtype=np.int64), min(frame.height, 1)
    for name in keys:
        values, kinds = codes_of(frame[name])
        if kinds > 1:
            if cells * kinds > MOST_CELLS:
                packed = compress(number, cells)
                number, cells = packed.number, packed.size
            number, cells = number * kinds + values, cells * kinds
    return compress(number, cells)


def codes_of(column: pl.Series) -> tuple[I64, int]:
    """Each value as a number, and how many numbers there can be; null is the highest."""
    if isinstance(column.dtype, pl.Enum):
        kinds = len(column.dtype.categories)
    else:
        known = column.unique().drop_nulls()
        kinds = len(known)
        column = column.cast(pl.Enum(known)) if column.dtype == pl.String else _ranked(column)
    numbers = column.to_physical().cast(pl.Int64)
    if numbers.null_count():
        numbers, kinds = numbers.fill_null(kinds), kinds + 1
    return numbers.to_numpy(), kinds


def compress(numbers: I64, cells: int) -> Coded:
    """The numbers below `cells` that occur, numbered anew in their order."""
    if cells > max(MOST_CELLS, 4 * len(numbers)):
        _, examples, again = np.unique(numbers, return_index=True, return_inverse=True)
        return Coded(again.astype(np.int64), examples.astype(np.int64))
    example = np.full(cells, -1, dtype=np.int64)
    example[numbers] = np.arange(len(numbers), dtype=np.int64)
    there = np.flatnonzero(example >= 0)
    if len(there) == cells:
        return Coded(numbers, example)
    again = np.zeros(cells, dtype=np.int64)
    again[there] = np.arange(len(there), dtype=np.int64)
    return Coded(again[numbers], example[there])


def distinct(numbers: I64) -> I64:
    """Each number once, in order. NumPy's own `unique` hashes, which takes a hundred times as long."""
    ordered: I64 = np.sort(numbers)
    kept: I64 = ordered[np.diff(ordered, prepend=ordered[:1] - 1) != 0]
    return kept


def _ranked(column: pl.Series) -> pl.Series:
    """Values that are no text, as their ranks from 0."""
    return column.rank("dense").cast(pl.Int64) - 1
