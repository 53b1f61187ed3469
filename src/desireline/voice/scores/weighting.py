"""What weighting would change: scores of responders, raked to how all customers are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from desireline.access import SMALL_GROUP
from desireline.voice.scores.estimates import estimate, sums_by
from desireline.voice.scores.raking import Raked, rake

CELL: Final = ("place", "question", "kind", "scale", "unit")
OTHERS: Final = "(others)"
NEEDS: Final = 30
"""Responders below which nothing is weighted."""


@dataclass(frozen=True, eq=False)
class Weighting:
    """Scores as they were given beside those raked to all customers: CELL, n, value, weighted, low, high."""

    features: list[str]
    raked: Raked
    scores: pl.DataFrame

    def as_json(self) -> dict[str, Any]:
        """Everything as plain values."""
        return {
            "features": self.features,
            "responders": len(self.raked.weights),
            "n_eff": self.raked.n_eff,
            "design_effect": self.raked.design_effect,
            "scores": self.scores.to_dicts(),
        }


def weigh_to_all(
    told: pl.DataFrame, people: pl.DataFrame, levels: pl.DataFrame, *, features: Sequence[str]
) -> Weighting | None:
    """The scores of customers with journeys, raked so that their features are those of all customers.

    `told`: scored answers; `people`: responders with their features; `levels`: how many customers have each
    level. Levels with fewer than five responders are joined; a feature of which one level is left is dropped.
    Weights are cut at five times their mean. None when there are too few responders or no feature is left.
    """
    if people.height < NEEDS or not features:
        return None
    groups: dict[str, list[str]] = {}
    margins: dict[str, dict[str, float]] = {}
    for feature in features:
        few = people[feature].value_counts().filter(pl.col("count") >= SMALL_GROUP)[feature].to_list()
        mine = people[feature].replace_strict({name: name for name in few}, default=OTHERS).to_list()
        every = levels.filter(pl.col("feature") == feature).with_columns(
            pl.when(pl.col("level").is_in(few)).then("level").otherwise(pl.lit(OTHERS)).alias("level")
        )
        counts = dict(every.group_by("level").agg(pl.col("n").sum()).sort("level").iter_rows())
        there = {name: count for name, count in counts.items() if name in set(mine)}
        if len(there) > 1:
            groups[feature], total = mine, sum(there.values())
            margins[feature] = {name: count / total for name, count in there.items()}
    if not margins:
        return None
    raked = rake(groups, margins, trim=5.0)
    weights = people.select("customer_id", pl.Series("weight", raked.weights))
    known = told.drop("weight").join(weights, on="customer_id", how="inner").sort("feedback_id", "place")
    plain, weighted = estimate(sums_by(known, CELL)), estimate(sums_by(known, CELL, weighted=True))
    beside = weighted.select(*CELL, pl.col("value").alias("weighted"), "low", "high")
    found = plain.filter(pl.col("n") >= SMALL_GROUP).select(*CELL, "n", "value").join(beside, on=CELL).sort(*CELL)
    return Weighting(list(margins), raked, found)
