"""Quantiles: the value that a given share stays below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from desireline.measures.clusters import Floats, exactly, floats
from desireline.measures.family import Cells, Estimates, Family, Kept
from desireline.measures.intervals import Interval, quantile_ranks
from desireline.measures.ladder import Ladders, ranks

COARSE = "within 1.6 %"


@dataclass(frozen=True)
class Quantile(Family):
    """The q-quantile of x (Hyndman & Fan's type 7, as NumPy has it), divided by `scale`.

    Exact up to `ladder.LIMIT` different values in a cell, within 1.6 % beyond, and then `note` says so. The interval
    comes from order statistics at the effective number of rows; how far customers repeat themselves is judged
    on the logarithm. The sums beside the ladder are those of `ladder.ranks`.
    """

    q: float = 0.5
    scale: int = 1
    state: ClassVar[Kept] = "ladder"

    def estimate(self, cells: Cells) -> Estimates:
        """Values and intervals of the cells."""
        held = cells.ladders
        if held is None:
            raise ValueError("a quantile needs ladders")
        worth = cells.clusters.effective_n(_spread(held))
        low, high = (
            held.at(floats(np.nan_to_num(rank, nan=1.0) * (held.rows + 1) / (worth + 1))) + 0 * rank
            for rank in quantile_ranks(self.q, np.round(worth, 3))
        )
        value = held.at(floats(1 + self.q * (held.rows - 1.0)))
        interval = Interval(low / self.scale, high / self.scale)
        return Estimates(value / self.scale, interval, cells.clusters.n, COARSE, cells.coarse)


def _spread(held: Ladders) -> Floats:
    """The variance of the rows' logarithmic ranks, in whole numbers until the last division."""
    times, rank, rows = held.times, ranks(held.values), held.rows
    first, second = (np.add.reduceat(times * part, held.starts) for part in (rank, rank * rank))
    return exactly((1, rows, second), (-1, first, first)) / rows.astype(np.float64) ** 2
