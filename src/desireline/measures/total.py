"""Totals: Σx, such as money."""

from __future__ import annotations

from dataclasses import dataclass

from desireline.measures.family import Cell, Estimate, Family
from desireline.measures.intervals import total_interval
from desireline.measures.mean import scaled


@dataclass(frozen=True)
class Total(Family):
    """Σx / `scale`; the interval is that of the mean per customer, times the customers there are."""

    scale: int = 1

    def estimate(self, cell: Cell) -> Estimate:
        interval = scaled(total_interval(cell.clusters), self.scale)
        return Estimate(cell.clusters.x / self.scale, interval, cell.clusters.n)
