"""Ladders: how often each value occurs in a cell, kept beside the cell's sums and mergeable with them.

A tally with ladders holds two kinds of rows: sums (`value` is null) and rungs (`value` and `times`). Values
are kept exactly up to LIMIT different ones per cell. Beyond that a cell becomes coarse for good: each value
moves to the middle of its bucket, 32 buckets an octave, which is less than 1.6 % away. Whether a cell is
coarse depends only on what is in it: more different values never become fewer by adding, so any order of
merging ends with the same ladder.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
import polars as pl

from desireline.measures.coding import code
from desireline.measures.sums import SUMS

LIMIT = 4_096
LARGEST = 2**52
_BITS = 6  # the leading 1 and five more: 32 buckets an octave

Whole = npt.NDArray[np.int64]


def rungs(observations: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame:
    """How often each x with m > 0 occurs: the keys, value, times, coarse. Values stay within ±LARGEST."""
    known = observations.filter(pl.col("m") > 0)
    values = np.clip(known["x"].to_numpy(), -LARGEST, LARGEST)
    return known.select(
        *keys,
        pl.Series("value", values),
        pl.lit(1, dtype=pl.Int64).alias("times"),
        pl.lit(False).alias("coarse"),
    )


def stack(sums: pl.DataFrame, steps: pl.DataFrame) -> pl.DataFrame:
    """Sums and rungs in one tally."""
    return pl.concat([sums, steps], how="diagonal")


def split(tally: pl.DataFrame, keys: Sequence[str]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The sums and the rungs of a tally."""
    sums = tally.filter(pl.col("value").is_null()).select(*keys, *SUMS)
    return sums, tally.filter(pl.col("value").is_not_null()).select(*keys, "value", "times", "coarse")


def merge_rungs(partials: Sequence[pl.DataFrame], keys: Sequence[str], *, limit: int = LIMIT) -> pl.DataFrame:
    """The rungs of all partials, each value of a cell once; cells with a coarse part or more than `limit` values become
    coarse. Rungs come back by cell, from the lowest value to the highest.
    """
    together = pl.concat(partials)
    cells = code(together, keys)
    coarse = np.bincount(cells.number, together["coarse"].to_numpy(), cells.size) > 0
    cell, value, times = _added(cells.number, together["value"].to_numpy(), together["times"].to_numpy())
    coarse |= np.bincount(cell, minlength=cells.size) > limit
    if coarse.any():
        cell, value, times = _added(cell, np.where(coarse[cell], middle(value), value), times)
    named = together[cells.examples].select(keys)[cell]
    return named.with_columns(pl.Series("value", value), pl.Series("times", times), pl.Series("coarse", coarse[cell]))


def ladders(steps: pl.DataFrame, keys: Sequence[str]) -> Iterator[tuple[tuple[object, ...], pl.DataFrame]]:
    """Each cell's ladder, from the lowest value to the highest."""
    return iter(steps.sort("value").group_by(list(keys), maintain_order=True))


def middle(values: Whole) -> Whole:
    """The middle of each value's bucket. The middle of a middle is itself; values below 64 stay."""
    size = np.abs(values)
    shift = np.maximum(np.frexp(size.astype(np.float64))[1].astype(np.int64) - _BITS, 0)
    return np.sign(values) * (((size >> shift) << shift) + ((np.int64(1) << shift) >> 1))


def rank(values: pl.Series) -> pl.Series:
    """A whole number that grows like 32 · log2 of the value, for values that span orders of magnitude."""
    size = np.minimum(np.abs(values.to_numpy()), LARGEST)
    bits = np.frexp(size.astype(np.float64))[1].astype(np.int64)
    shift = np.maximum(bits - _BITS, 0)
    return pl.Series("x", np.sign(values.to_numpy()) * (32 * shift + (size >> shift)), dtype=pl.Int64)


def _added(cell: Whole, value: Whole, times: Whole) -> tuple[Whole, Whole, Whole]:
    """Rungs in order of cell and value, each once."""
    order = _order(cell, value)
    cell, value, times = cell[order], value[order], times[order]
    starts = np.flatnonzero((np.diff(cell, prepend=-1) != 0) | (np.diff(value, prepend=value[:1]) != 0))
    return cell[starts], value[starts], np.add.reduceat(times, starts) if len(starts) else times


def _order(cell: Whole, value: Whole) -> Whole:
    """The rows by cell and value: one sort of plain numbers, where both fit into one."""
    lowest = int(value.min(initial=0))
    span = int(value.max(initial=0)) - lowest + 1
    if (int(cell.max(initial=0)) + 1) * span < 2**62:
        return np.argsort(cell * span + (value - lowest))
    return np.lexsort((value, cell))
