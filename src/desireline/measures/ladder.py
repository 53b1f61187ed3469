"""Ladders: how often each value occurs in a cell, kept beside the cell's sums and mergeable with them.

Values are kept exactly up to LIMIT different ones per cell. Beyond that a cell becomes coarse for good: each value
moves to the middle of its bucket, 32 buckets an octave, which is less than 1.6 % away. Whether a cell is
coarse depends only on what is in it: more different values never become fewer by adding, so any order of
merging ends with the same ladder.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from desireline.measures.codes import Flags, Numbers, Whole, distinct
from desireline.measures.layout import Layout

LIMIT = 1024
ALL = 2**62
"""A limit that no ladder reaches."""
LARGEST = 2**52
_BITS = 6  # the leading 1 and five more: 32 buckets an octave
_LOWEST = (1023 + _BITS - 2) << (_BITS - 1)  # by which the upper bits of a float are more than its rank

RUNGS = {"cell": pl.UInt32, "value": pl.Int64, "times": pl.Int64}
Floats = npt.NDArray[np.float64]


class Rungs(NamedTuple):
    """Which values occur in which cell and how often; and which cells are coarse."""

    steps: pl.DataFrame  # RUNGS
    coarse: Flags  # by cell


class Ladders(NamedTuple):
    """The values of many cells, from the lowest to the highest within each."""

    values: Whole
    upto: Whole  # how often this value or a lower one occurs in the cell
    starts: Whole  # where each cell begins
    ends: Whole

    @property
    def rows(self) -> Whole:
        """How many values each cell holds, repeated ones too."""
        return self.upto[self.ends - 1]

    @property
    def times(self) -> Whole:
        """How often each value occurs."""
        found = np.diff(self.upto, prepend=0)
        found[self.starts] = self.upto[self.starts]
        return found

    def at(self, rank: Floats) -> Floats:
        """The value at one rank of each cell, counted from 1; between two ranks, on the line between their values."""
        inside: Floats = np.minimum(np.maximum(rank, 1.0), self.rows.astype(np.float64))
        below, above = self._value(np.floor(inside)), self._value(np.ceil(inside))
        return below + (inside - np.floor(inside)) * (above - below)

    def _value(self, rank: Floats) -> Floats:
        offset = np.cumsum(self.rows) - self.rows  # of all cells before
        along = self.upto + np.repeat(offset, self.ends - self.starts)
        return self.values[np.searchsorted(along, rank.astype(np.int64) + offset)].astype(np.float64)


def rungs(layout: Layout, x: Numbers, *, rank: Whole, limit: int = LIMIT) -> Rungs:
    """How often each x occurs in each cell of the layout, within ±LARGEST; x stands as arranged. `rank`: `ranks(x)`."""
    value, cell = _within(x), layout.cell_of
    coarse = _many(value, layout.starts, layout.counts, limit)
    if coarse.all():
        return Rungs(_tallied(cell, rank, coarse), coarse)
    loose = coarse[cell]
    few, many = np.flatnonzero(~loose), np.flatnonzero(loose)
    return Rungs(pl.concat([_counted(cell[few], value[few]), _tallied(cell[many], rank[many], coarse)]), coarse)


def _within(values: Whole) -> Whole:
    beyond = len(values) and max(int(values.max()), -int(values.min())) > LARGEST
    return np.clip(values, -LARGEST, LARGEST) if beyond else values


def merge_rungs(steps: pl.DataFrame, coarse: Flags, *, limit: int = LIMIT) -> Rungs:
    """The steps with the same cell and value as one; cells with a coarse part or too many values become coarse."""
    loose = coarse[steps["cell"].to_numpy()]
    exact = steps.filter(~loose).group_by("cell", "value").agg(pl.col("times").sum())
    coarse = coarse | (np.bincount(exact["cell"].to_numpy(), minlength=len(coarse)) > limit)
    moved = coarse[exact["cell"].to_numpy()]
    parts = [steps.filter(loose), exact.filter(moved)]
    cells, values, times = (np.concatenate([part[name].to_numpy() for part in parts]) for name in RUNGS)
    return Rungs(pl.concat([_shaped(exact.filter(~moved)), _tallied(cells, ranks(values), coarse, times)]), coarse)


def ladders(steps: pl.DataFrame, cells: int) -> Ladders:
    """The ladders of cells 0 … `cells` − 1; each has at least one step. Without `times`, each value is there once."""
    ordered = steps.sort("cell", "value")
    cell = ordered["cell"].to_numpy()
    counts = np.bincount(cell, minlength=cells)
    ends = np.cumsum(counts)
    starts = ends - counts
    times = ordered["times"].to_numpy() if "times" in ordered.columns else np.ones(len(cell), dtype=np.int64)
    total = np.cumsum(times)
    before = np.concatenate([[0], total])[starts]
    return Ladders(ordered["value"].to_numpy(), total - np.repeat(before, counts), starts, ends)


def ranks(values: Numbers) -> Whole:
    """A whole number that grows like 32 · log2 of the value, for values that span orders of magnitude."""
    size = np.abs(_within(values)) if values.min(initial=0) < 0 else _within(values)
    # A float's bits are the whole logarithm and the digits after the leading one: the very buckets, one after another.
    fine = (size.astype(np.float64).view(np.int64) >> (52 - _BITS + 1)) - _LOWEST
    found: Whole = np.where(size < 1 << _BITS, size, fine)
    return found if size is values or values.min(initial=0) >= 0 else np.sign(values) * found


def middle(rank: Whole) -> Whole:
    """The middle of the bucket of values that have this rank; values below 64 are their own."""
    size = np.abs(rank)
    shift = np.maximum(size // 32 - 1, 0)
    found: Whole = np.sign(rank) * (((size - 32 * shift) << shift) + ((np.int64(1) << shift) >> 1))
    return found


def _many(values: Whole, starts: Whole, counts: Whole, limit: int) -> Flags:
    """By cell: are there more than `limit` different values?"""
    found = counts > limit
    some = np.flatnonzero(counts > (width := limit + limit // 8))
    # Times differ nearly always: a few more than the limit decide most cells; only the others are looked at whole.
    first = np.sort(values[starts[some][:, None] + np.arange(width)], axis=1) if len(some) else np.zeros((0, 1))
    sure = np.count_nonzero(first[:, 1:] != first[:, :-1], axis=1) >= limit
    unsure = found.copy()
    unsure[some[sure]] = False
    for cell in np.flatnonzero(unsure):
        found[cell] = len(distinct(values[starts[cell] : starts[cell] + counts[cell]].copy())) > limit
    return found


def _counted(cell: Whole, value: Whole) -> pl.DataFrame:
    """The steps of cells that are not coarse: one per value."""
    if not len(cell):
        return pl.DataFrame(schema=RUNGS)
    return _shaped(pl.DataFrame({"cell": cell, "value": value}).group_by("cell", "value").len("times"))


def _tallied(cell: Numbers, rank: Whole, coarse: Flags, times: Whole | None = None) -> pl.DataFrame:
    """The steps of coarse cells: one per bucket."""
    if not len(cell):
        return pl.DataFrame(schema=RUNGS)
    lowest = int(rank.min())
    width = int(rank.max()) - lowest + 1
    number, cells = np.cumsum(coarse) - 1, np.flatnonzero(coarse)
    key, size = number[cell] * width + (rank - lowest), len(cells) * width
    if times is None:
        counted = np.bincount(key, minlength=size)
    else:
        counted = np.zeros(size, dtype=np.int64)
        np.add.at(counted, key, times)
    some = np.flatnonzero(counted)
    steps = {"cell": cells[some // width], "value": middle(some % width + lowest), "times": counted[some]}
    return _shaped(pl.DataFrame(steps))


def _shaped(steps: pl.DataFrame) -> pl.DataFrame:
    return steps.select(pl.col(name).cast(kind) for name, kind in RUNGS.items())
