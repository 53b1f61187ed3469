"""Counts: of customers, of journeys, of things that happen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from desireline.measures.clusters import floats
from desireline.measures.family import Cells, Estimates, Family
from desireline.measures.intervals import count_interval, nowhere


@dataclass(frozen=True)
class Count(Family):
    """How many customers have x > 0, or Σx.

    A count of customers or journeys is a fact about these data and has no interval. `random` asks for one:
    that of the rate behind the count, customers arriving as a Poisson process and each bringing as many as
    they do.
    """

    of: Literal["customers", "x"] = "x"
    random: bool = False
    counts: ClassVar[bool] = True

    def estimate(self, cells: Cells) -> Estimates:
        """Values and intervals of the cells."""
        value = floats(cells.came if self.of == "customers" else cells.clusters.x)
        return Estimates(value, count_interval(cells.clusters) if self.random else nowhere(value), cells.came)
