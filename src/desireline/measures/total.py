"""Totals: Σx, such as money."""

from __future__ import annotations

from dataclasses import dataclass

from desireline.measures.clusters import floats
from desireline.measures.family import Cells, Estimates, Family
from desireline.measures.intervals import total_interval
from desireline.measures.mean import scaled


@dataclass(frozen=True)
class Total(Family):
    """Σx / `scale`; the interval is that of the mean per customer, times the customers there are."""

    scale: int = 1

    def estimate(self, cells: Cells) -> Estimates:
        """Values and intervals of the cells."""
        interval = scaled(total_interval(cells.clusters), self.scale)
        return Estimates(floats(cells.clusters.x) / self.scale, interval, cells.clusters.n)
