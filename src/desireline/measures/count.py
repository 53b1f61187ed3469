"""Counts: of customers, of journeys, of things that happen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from desireline.measures.family import Cell, Estimate, Family
from desireline.measures.intervals import NOWHERE, count_interval


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

    def estimate(self, cell: Cell) -> Estimate:
        value = cell.came if self.of == "customers" else cell.clusters.x
        interval = count_interval(cell.clusters) if self.random else NOWHERE
        return Estimate(float(value), interval, cell.came)
