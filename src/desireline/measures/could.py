"""Which journeys could leave the map, where and in which way; and what became of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import polars as pl

from desireline.measures.codes import Codes, Flags, Numbers, Whole
from desireline.measures.layout import Layout, lay_out
from desireline.measures.left import ALL, JUDGED, PASSING, SETTLED_VISITING, VISITING
from desireline.measures.promise import promise_kept
from desireline.measures.sums import flags
from desireline.measures.view import View, numbers
from desireline.measures.voice import PARTS, scale_of

JOURNEYS, CONVERSION, VALUE, SCORE = "journeys", "conversion", "value", "score"


class Outcome(NamedTuple):
    """What became of each journey, in one respect: a whole number, and whether anything is known; else it is 0."""

    name: str
    x: Numbers
    m: Flags


@dataclass(frozen=True, eq=False)
class Could:
    """The rows of `visits` that could leave the map in one way. Those of all journeys stand at the map."""

    view: View
    flags: Flags  # by row of `visits`

    @cached_property
    def rows(self) -> Whole:
        """The rows, in the order of place and customer."""
        return np.flatnonzero(self.flags)

    @cached_property
    def journey(self) -> Codes:
        """The journey of each row."""
        return self.view.visits.journey[self.rows]

    @cached_property
    def layout(self) -> Layout:
        """The rows by place."""
        rows = self.view.visits
        return lay_out(rows.place[self.rows].astype(np.int64), rows.customer[self.rows])

    def of_people(self, place: Whole, customer: Codes) -> tuple[Whole, Whole]:
        """For customers at places: where their rows begin among `rows`, and where they end."""
        known, asked = self._people, (place << 32) | customer
        return np.searchsorted(known, asked, side="left"), np.searchsorted(known, asked, side="right")

    @cached_property
    def _people(self) -> Whole:
        rows = self.view.visits
        return (rows.place[self.rows].astype(np.int64) << 32) | rows.customer[self.rows]


def read_sets(view: View) -> Mapping[str, Could]:
    """The sets of rows that could leave the map, by name."""
    stays, rows = view.stays, view.visits
    met = np.ones(len(rows), dtype=np.bool_)
    met[stays.journeys : stays.points_from] = False  # rows of stages
    whole = np.zeros(len(rows), dtype=np.bool_)
    whole[: stays.journeys] = True
    judged = promise_kept.observe(view).m
    # Were journeys lost before or at the place compared, skipping it would look like a cause of success.
    passing = met & (~stays.ends_here | view.state("done")[rows.journey])
    settled = met & view.settled[rows.journey]
    known = np.zeros(len(rows), dtype=np.bool_) if judged is None else flags(judged)
    found = {ALL: whole, PASSING: passing, VISITING: met, SETTLED_VISITING: settled, JUDGED: known}
    return {name: Could(view, some) for name, some in found.items()}


def read_outcomes(view: View) -> list[Outcome]:
    """What became of each journey.

    Conversion and value of settled journeys; the mean answered score per scale ("score:1–5") in
    ten-thousandths.
    """
    everyone, settled = np.ones(view.journeys.height, dtype=np.bool_), view.settled
    return [
        Outcome(JOURNEYS, ~everyone, everyone),
        Outcome(CONVERSION, view.success & settled, settled),
        Outcome(VALUE, numbers(view.journeys["value_e4"]) * settled, settled),
        *_scores(view),
    ]


def _scores(view: View) -> Iterator[Outcome]:
    if view.answers.is_empty():
        return
    scored = view.answers.filter(pl.col("score").is_not_null() & pl.col("journey_id").is_not_null())
    scale = pl.coalesce(scale_of(pl.col("low"), pl.col("high")), pl.lit(SCORE)).alias("outcome")
    ids = view.journeys["journey_id"].to_frame("journey_id").with_row_index("journey")
    once = scored.unique("feedback_id", maintain_order=True)  # one that speaks of two places is one answer
    parts = (pl.col("score") * PARTS).round().cast(pl.Int64)
    means = (
        once.join(ids, on="journey_id", how="inner")
        .group_by("journey", scale)
        .agg((parts.sum() // pl.len()).cast(pl.Int64).alias("x"))
    )
    for (name,), told in means.sort("outcome", "journey").group_by("outcome", maintain_order=True):
        x, m = np.zeros(view.journeys.height, dtype=np.int64), np.zeros(view.journeys.height, dtype=np.bool_)
        rows = told["journey"].to_numpy()
        x[rows], m[rows] = told["x"].to_numpy(), True
        yield Outcome(str(name), x, m)
