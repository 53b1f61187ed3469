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

from desireline.measures.sums import SUMS

LIMIT = 65_536
LARGEST = 2**52
_BITS = 6  # the leading 1 and five more: 32 buckets an octave

Whole = npt.NDArray[np.int64]


def rungs(observations: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame:
    """How often each x with m > 0 occurs: the keys, value, times, coarse. Values stay within ±LARGEST."""
    value = pl.col("x").clip(-LARGEST, LARGEST).alias("value")
    return (
        observations.filter(pl.col("m") > 0)
        .group_by([*keys, value])
        .agg(pl.len().cast(pl.Int64).alias("times"))
        .with_columns(pl.lit(False).alias("coarse"))
    )


def stack(sums: pl.DataFrame, steps: pl.DataFrame) -> pl.DataFrame:
    """Sums and rungs in one tally."""
    return pl.concat([sums, steps], how="diagonal")


def split(tally: pl.DataFrame, keys: Sequence[str]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The sums and the rungs of a tally."""
    sums = tally.filter(pl.col("value").is_null()).select(*keys, *SUMS)
    return sums, tally.filter(pl.col("value").is_not_null()).select(*keys, "value", "times", "coarse")


def merge_rungs(partials: Sequence[pl.DataFrame], keys: Sequence[str], *, limit: int = LIMIT) -> pl.DataFrame:
    """The rungs of all partials; cells with a coarse part or more than `limit` values become coarse."""
    together = _add(pl.concat(partials), keys)
    cell = list(keys)
    coarse = pl.col("coarse").any().over(cell) | (pl.len().over(cell) > limit)
    together = together.with_columns(coarse)
    if not together["coarse"].any():
        return together
    moved = pl.Series("moved", middle(together["value"].to_numpy()), dtype=pl.Int64)
    value = pl.when("coarse").then(moved).otherwise("value").alias("value")
    return _add(together.with_columns(value), keys)


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


def _add(steps: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame:
    return steps.group_by([*keys, "value"]).agg(pl.col("times").sum(), pl.col("coarse").any())
