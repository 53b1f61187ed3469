"""Quantiles: the value that a given share stays below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor
from typing import ClassVar

import numpy as np
import polars as pl

from desireline.measures.family import NOTHING, Cell, Estimate, Family, cell, estimates
from desireline.measures.intervals import Interval, quantile_ranks
from desireline.measures.ladder import LIMIT, Whole, ladders, merge_rungs, rank, rungs, split, stack
from desireline.measures.sums import add_up, merge

COARSE = "within 1.6 %"


@dataclass(frozen=True)
class Quantile(Family):
    """The q-quantile of x (Hyndman & Fan's type 7, as NumPy has it), divided by `scale`.

    Exact up to LIMIT different values in a cell, within 1.6 % beyond, and then `note` says so. The interval
    comes from order statistics at the effective number of rows; how far customers repeat themselves is judged
    on the logarithm.
    """

    q: float = 0.5
    scale: int = 1
    limit: int = LIMIT
    state: ClassVar[str] = "ladder"

    def partial(self, observations: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame:
        known = observations.filter(pl.col("m") > 0)
        sums = add_up(known.with_columns(rank(known["x"])), keys)
        return stack(sums, merge_rungs([rungs(known, keys)], keys, limit=self.limit))

    def combine(self, partials: Sequence[pl.DataFrame], keys: Sequence[str]) -> pl.DataFrame:
        sums, steps = zip(*(split(one, keys) for one in partials), strict=True)
        return stack(merge(sums, keys), merge_rungs(steps, keys, limit=self.limit))

    def finish(self, tally: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame:
        sums, steps = split(tally, keys)
        known = dict(ladders(steps, keys))
        found = [self.estimate(cell(row, known[tuple(row[key] for key in keys)])) for row in sums.iter_rows(named=True)]
        return sums.select(keys).hstack(estimates(found))

    def estimate(self, cell: Cell) -> Estimate:
        if cell.ladder is None:
            return NOTHING
        values, upto = cell.ladder["value"].to_numpy(), cell.ladder["times"].to_numpy().cumsum()
        rows = int(upto[-1])
        worth = cell.clusters.effective_n(_spread(cell.ladder))
        ranks = [
            None if rank is None else rank * (rows + 1) / (worth + 1)
            for rank in quantile_ranks(self.q, round(worth, 3))
        ]
        low, high = (None if rank is None else _at(values, upto, rank) / self.scale for rank in ranks)
        value = _at(values, upto, 1 + self.q * (rows - 1)) / self.scale
        return Estimate(value, Interval(low, high), cell.clusters.n, COARSE if cell.ladder["coarse"].any() else "")


def _at(values: Whole, upto: Whole, rank: float) -> float:
    """The value at a rank, counted from 1; between two ranks, on the line between their values."""
    rank = min(max(rank, 1.0), float(upto[-1]))
    below, above = (int(values[np.searchsorted(upto, place)]) for place in (floor(rank), ceil(rank)))
    return below + (rank - floor(rank)) * (above - below)


def _spread(ladder: pl.DataFrame) -> float:
    """The variance of the rows' logarithmic ranks, in whole numbers until the last division."""
    times, ranks = ladder["times"].to_numpy(), rank(ladder["value"]).to_numpy()
    rows, first, second = int(times.sum()), int(times @ ranks), int(times @ (ranks * ranks))
    return (rows * second - first * first) / rows**2
