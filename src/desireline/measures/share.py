"""Shares: x out of m, from 0 to 1."""

from __future__ import annotations

from dataclasses import dataclass

from desireline.measures.family import Cells, Estimates, Family
from desireline.measures.intervals import share_interval


@dataclass(frozen=True)
class Share(Family):
    """Σx / Σm with Wilson's interval at the effective number of rows."""

    def estimate(self, cells: Cells) -> Estimates:
        """Values and intervals of the cells."""
        return Estimates(cells.clusters.ratio, share_interval(cells.clusters), cells.clusters.n)
