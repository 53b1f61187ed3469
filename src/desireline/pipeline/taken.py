"""The routes that journeys took: how many took each, and how they ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import polars as pl

from desireline.access import SMALL_GROUP
from desireline.measures.codes import code
from desireline.measures.view import View

ROUTES: Mapping[str, pl.DataType] = MappingProxyType(
    {"route": pl.List(pl.String()), "outcome": pl.String(), "journeys": pl.Int64(), "customers": pl.Int64()}
)
ROOM = 500_000
"""Rows that may wait before they are put together."""

_SUCCESS = "success"


@dataclass(frozen=True)
class Taken:
    """Tables of routes by outcome, which are put together when they have become many, or at the end.

    A route is told from another by its hash; its touchpoints stand beside it as numbers, smaller than names.
    """

    tables: tuple[pl.DataFrame, ...] = ()  # hash, outcome, journeys, customers, route

    @classmethod
    def of(cls, view: View) -> Taken:
        """The routes of these customers."""
        ended = pl.when("success").then(pl.lit(_SUCCESS)).otherwise(pl.col("state").cast(pl.String)).alias("outcome")
        outcome = view.journeys.select(ended)["outcome"]
        codes = code(outcome).codes
        order = np.lexsort((codes, view.route))  # ties stay in the order of customers
        columns = [column[order] for column in (view.route, codes, view.owners.customer)]
        fresh = np.ones((2, len(order)), dtype=np.bool_)
        for row, some in enumerate((columns[:2], columns)):
            fresh[row, 1:] = np.any([column[1:] != column[:-1] for column in some], axis=0)
        starts = np.flatnonzero(fresh[0])
        example = order[starts]
        points = pl.Enum(view.points)
        return cls(
            (
                pl.DataFrame(
                    {
                        "hash": view.route[example],
                        "outcome": outcome[example],
                        "journeys": np.diff(starts, append=len(order)),
                        "customers": np.add.reduceat(fresh[1], starts, dtype=np.int64),
                        "route": view.journeys["route"][example].cast(pl.List(points)),
                    }
                ),
            )
        )

    def together(self) -> Taken:
        """The same as one table."""
        if len(self.tables) <= 1:
            return self
        rows = pl.concat(self.tables).group_by("hash", "outcome", maintain_order=True)
        return Taken((rows.agg(pl.col("journeys", "customers").sum(), pl.col("route").first()),))

    def finish(self) -> pl.DataFrame:
        """ROUTES of five customers and more, those of most journeys first; ties by touchpoints and outcome."""
        shown = [table.filter(pl.col("customers") >= SMALL_GROUP) for table in self.together().tables]
        named = pl.concat(
            [
                pl.DataFrame(schema=dict(ROUTES)),
                *(one.select(pl.col(name).cast(kind) for name, kind in ROUTES.items()) for one in shown),
            ]
        )
        order = ["journeys", pl.col("route").list.join(">"), "outcome"]
        return named.sort(order, descending=[True, False, False])


def combine(parts: Sequence[Taken]) -> Taken:
    """All routes together; their order does not matter."""
    tables = tuple(table for part in parts for table in part.tables)
    waiting, largest = sum(table.height for table in tables), max((table.height for table in tables), default=0)
    whole = Taken(tables)
    return whole.together() if waiting > ROOM + 2 * largest else whole
