"""What a family of measures is: how observations become a mergeable state, and that state an estimate.

`partial` looks at whole customers once, `combine` puts states together in any order and grouping with the
same result bit for bit, `finish` works out value and interval.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

import polars as pl

from desireline.measures.clusters import Clusters
from desireline.measures.intervals import NOWHERE, Interval
from desireline.measures.sums import add_up, clusters, merge

FINISHED = {"value": pl.Float64, "low": pl.Float64, "high": pl.Float64, "n": pl.Int64, "note": pl.String}


class Estimate(NamedTuple):
    """A value, its 95 % interval, the customers behind it, and a remark."""

    value: float | None
    interval: Interval
    n: int
    note: str = ""


NOTHING = Estimate(None, NOWHERE, 0)


@dataclass(frozen=True)
class Cell:
    """The state of one cell, ready to be finished. `ladder`: the values, where a family keeps them."""

    clusters: Clusters
    came: int
    size: int
    squares: int
    ladder: pl.DataFrame | None = None


@dataclass(frozen=True)
class Family(ABC):
    """How a measure adds up. Families that keep only sums need nothing but `estimate`."""

    state: ClassVar[str] = "sums"
    """Measures that observe the same and whose families have the same state share one partial."""
    counts: ClassVar[bool] = False
    """A count: only customers with x > 0 stand behind it, and 0 is a value."""

    def partial(self, observations: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame:
        """The state of the cells that these observations touch."""
        return add_up(observations, keys)

    def combine(self, partials: Sequence[pl.DataFrame], keys: Sequence[str]) -> pl.DataFrame:
        """The state of all partials together."""
        return merge(partials, keys)

    def finish(self, tally: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame:
        """One row per cell: the keys, value, low, high, n, note."""
        found = [self.estimate(cell(row)) for row in tally.iter_rows(named=True)]
        return tally.select(keys).hstack(estimates(found))

    @abstractmethod
    def estimate(self, cell: Cell) -> Estimate:
        """Value and interval of a cell that has at least one customer."""


def cell(row: dict[str, int], ladder: pl.DataFrame | None = None) -> Cell:
    """The cell of a named row of sums."""
    return Cell(clusters(row), row["came"], row["size"], row["squares"], ladder)


def estimates(found: Sequence[Estimate]) -> pl.DataFrame:
    """The estimates as columns."""
    rows = [(one.value, one.interval.low, one.interval.high, one.n, one.note) for one in found]
    return pl.DataFrame(rows, schema=FINISHED, orient="row")
