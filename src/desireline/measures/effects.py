"""What deviations go with: journeys that have one beside those that could have had it and did not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import polars as pl

from desireline.access import SMALL_GROUP
from desireline.measures.clusters import Clusters
from desireline.measures.codes import Flags, Numbers
from desireline.measures.could import JOURNEYS, SCORE
from desireline.measures.differences import Difference
from desireline.measures.left import ALL, COULD
from desireline.measures.sums import numbers_of

EFFECT = ("effect", "low", "high")

Compare = Callable[[Clusters, Clusters], Difference]


class Side(NamedTuple):
    """An outcome of journeys with and without each deviation."""

    having: Clusters
    lacking: Clusters

    def pick(self, some: Numbers) -> Side:
        """Those of some of the deviations."""
        return Side(*(Clusters(*(column[some] for column in one)) for one in self))

    def enough(self, customers: int) -> Flags:
        """True where each side has so many customers."""
        found: Flags = (self.having.n >= customers) & (self.lacking.n >= customers)
        return found


@dataclass(frozen=True)
class Sums:
    """The ledger's tally by key, with the journeys *without* a deviation put together."""

    tally: pl.DataFrame
    map_id: str

    @cached_property
    def deviations(self) -> pl.DataFrame:
        """Every deviation: kind, place, of_what, customers (who have it), in order of kind and place."""
        of_what = pl.col("kind").replace_strict(dict(COULD), default=ALL, return_dtype=pl.String)
        found = self.tally.filter(pl.col("side") == "share")
        return found.select("kind", "place", of_what.alias("of_what"), pl.col("came").alias("customers")).sort(
            "kind", "place"
        )

    def everybody(self, outcome: str) -> Clusters:
        """All journeys, whatever they did."""
        asked = pl.DataFrame({"kind": [ALL], "place": [self.map_id], "outcome": [outcome]})
        return self._get(asked, "all")

    def share(self, rows: pl.DataFrame) -> Clusters:
        """Journeys that have it of those that could."""
        asked = rows.with_columns(pl.lit(JOURNEYS).alias("outcome"))
        return self._replaced(asked, self._get(asked, "share"))

    def side(self, rows: pl.DataFrame, outcome: pl.Series | str) -> Side:
        """An outcome, the same for all or one for each deviation; null: none."""
        told = pl.lit(outcome) if isinstance(outcome, str) else outcome
        asked = rows.with_columns(told.alias("outcome"))
        return Side(self._get(asked, "with"), self._replaced(asked, self._get(asked, "rest")))

    def main_scale(self, rows: pl.DataFrame) -> pl.Series:
        """The scale of the most answered scores of journeys that have it; ties by name. Null: there are none."""
        scored = self.tally.filter(pl.col("outcome").str.starts_with(SCORE))
        having = scored.filter(pl.col("side") == "with").with_columns(pl.col("n").alias("_n"))
        first = having.sort("n", "outcome", descending=[True, False]).unique(
            ["kind", "place"], keep="first", maintain_order=True
        )
        told = first.select("kind", "place", "outcome")
        return rows.join(told, on=["kind", "place"], how="left", maintain_order="left")["outcome"]

    def _replaced(self, asked: pl.DataFrame, by: Clusters) -> Clusters:
        place = pl.when(pl.col("of_what") == ALL).then(pl.lit(self.map_id)).otherwise("place")
        everybody = self._get(asked.with_columns(pl.col("of_what").alias("kind"), place.alias("place")), "all")
        full = self._get(asked, "full")
        return Clusters(*(a - b + c for a, b, c in zip(everybody, full, by, strict=True)))

    def _get(self, asked: pl.DataFrame, side: str) -> Clusters:
        key = ["kind", "place", "outcome"]
        there = self.tally.filter(pl.col("side") == side).select(*key, *Clusters._fields)
        found = asked.select(key).join(there, on=key, how="left", maintain_order="left")
        return Clusters(*(numbers_of(found[name].fill_null(0)) for name in Clusters._fields))


def effect(outcome: str, side: Side, known: Flags, compare: Compare, *, scale: int = 1) -> list[pl.Series]:
    """The columns of an outcome: the effect with its interval where it is `known`, and the customers of both sides."""
    some = np.flatnonzero(known)
    found = []
    for part, numbers in zip(EFFECT, compare(*side.pick(some)), strict=True):
        column = np.full(len(known), np.nan)
        column[some] = numbers / scale
        found.append(pl.Series(f"{outcome}_{part}", column).fill_nan(None))
    for name, one in zip(("with", "without"), side, strict=True):
        told = pl.Series(f"{outcome}_n_{name}", one.n.astype(np.int64))
        found.append(told.set((told > 0) & (told < SMALL_GROUP), None))
    return found
