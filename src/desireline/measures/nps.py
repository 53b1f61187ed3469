"""Net promoter scores: promoters minus detractors, in points from −100 to 100."""

from __future__ import annotations

from dataclasses import dataclass

from desireline.measures.clusters import floats
from desireline.measures.family import Cells, Estimates, Family
from desireline.measures.intervals import Interval, adjusted_interval, net_of

POINTS = 100


@dataclass(frozen=True)
class Nps(Family):
    """100 · Σx / Σm with the adjusted-Wald interval. x: m for promoters, −m for detractors, else 0."""

    def estimate(self, cells: Cells) -> Estimates:
        """Values and intervals of the cells."""
        low, high = adjusted_interval(net_of(cells.clusters, cells.size))
        value = POINTS * floats(cells.clusters.x) / floats(cells.clusters.m)
        return Estimates(value, Interval(POINTS * low, POINTS * high), cells.clusters.n)
