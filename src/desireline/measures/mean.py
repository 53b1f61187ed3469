"""Means: x per m."""

from __future__ import annotations

from dataclasses import dataclass

from desireline.measures.family import Cells, Estimates, Family
from desireline.measures.intervals import Interval, mean_interval


@dataclass(frozen=True)
class Mean(Family):
    """Σx / Σm / `scale` with the t interval over customers; x is kept in whole parts of 1 / `scale`."""

    scale: int = 1

    def estimate(self, cells: Cells) -> Estimates:
        """Values and intervals of the cells."""
        interval = scaled(mean_interval(cells.clusters), self.scale)
        return Estimates(cells.clusters.ratio / self.scale, interval, cells.clusters.n)


def scaled(interval: Interval, scale: int) -> Interval:
    """The interval in whole units again."""
    return Interval(interval.low / scale, interval.high / scale)
