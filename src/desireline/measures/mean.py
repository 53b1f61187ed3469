"""Means: x per m."""

from __future__ import annotations

from dataclasses import dataclass

from desireline.measures.family import Cell, Estimate, Family
from desireline.measures.intervals import Interval, mean_interval


@dataclass(frozen=True)
class Mean(Family):
    """Σx / Σm / `scale` with the t interval over customers; x is kept in whole parts of 1 / `scale`."""

    scale: int = 1

    def estimate(self, cell: Cell) -> Estimate:
        return Estimate(
            cell.clusters.ratio / self.scale,
            scaled(mean_interval(cell.clusters), self.scale),
            cell.clusters.n,
        )


def scaled(interval: Interval, scale: int) -> Interval:
    """The interval in whole units again."""
    low, high = interval
    return Interval(None if low is None else low / scale, None if high is None else high / scale)
