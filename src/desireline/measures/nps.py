"""Net promoter scores: promoters minus detractors, in points from −100 to 100."""

from __future__ import annotations

from dataclasses import dataclass

from desireline.measures.family import Cell, Estimate, Family
from desireline.measures.intervals import Interval, adjusted_interval, net_of

POINTS = 100


@dataclass(frozen=True)
class Nps(Family):
    """100 · Σx / Σm with the adjusted-Wald interval. x: m for promoters, −m for detractors, else 0."""

    def estimate(self, cell: Cell) -> Estimate:
        low, high = adjusted_interval(net_of(cell.clusters, cell.size))
        value = POINTS * cell.clusters.x / cell.clusters.m
        return Estimate(value, Interval(POINTS * low, POINTS * high), cell.clusters.n)
