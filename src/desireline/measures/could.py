"""Which journeys could leave the map, where and in which way; and what became of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import polars as pl

from desireline.measures.codes import Codes, Flags, Numbers, Whole, added, beginnings
from desireline.measures.layout import Layout, lay_out
from desireline.measures.left import ALL, JUDGED, PASSING, SETTLED_VISITING, VISITING
from desireline.measures.promise import promise_kept
from desireline.measures.sums import flags
from desireline.measures.view import View
from desireline.measures.voice import PARTS, scale_of

JOURNEYS, CONVERSION, VALUE, SCORE = "journeys", "conversion", "value", "score"


class Outcome(NamedTuple):
    """What became of each journey, in one respect: a whole number, and whether anything is known."""

    name: str
    x: Numbers
    m: Flags


@dataclass(frozen=True)
class Could:
    """Which rows of `visits` could leave the map, by set."""

    view: View
    of_journeys: list[Outcome]

    @cached_property
    def layout(self) -> Layout:
        """The rows by place."""
        return lay_out(self.view.visits.place.astype(np.int64), self.view.visits.customer)

    @cached_property
    def outcomes(self) -> list[Outcome]:
        """What became of the journeys, by row."""
        journey = self.view.visits.journey.astype(np.int64)
        return [Outcome(one.name, one.x[journey], one.m[journey]) for one in self.of_journeys]

    @cached_property
    def several(self) -> Flags:
        """By journey: has its customer others?"""
        customer = self.view.owners.customer
        found: Flags = np.bincount(customer, minlength=1)[customer] > 1
        return found

    @cached_property
    def shared(self) -> Whole:
        """The rows of customers with several journeys."""
        return np.flatnonzero(self.several[self.view.visits.journey])

    @cached_property
    def heads(self) -> Whole:
        """Where each of these customers begins at each place, among `shared`."""
        rows = self.view.visits
        return beginnings(rows.place[self.shared], rows.customer[self.shared])

    @cached_property
    def sets(self) -> Mapping[str, Flags]:
        """True for the rows that belong to the set. Those of all journeys stand at the map."""
        view, rows = self.view, self.view.visits
        met = np.ones(len(rows), dtype=np.bool_)
        met[view.stays.journeys : view.stays.points_from] = False
        whole_journeys = np.zeros(len(rows), dtype=np.bool_)
        whole_journeys[: view.stays.journeys] = True
        judged = promise_kept.observe(view).m
        return {
            ALL: whole_journeys,
            # Were journeys lost before or at the place compared, skipping it would look like a cause of success.
            PASSING: met & (view.state("done")[rows.journey] | ~view.stays.ends_here),
            VISITING: met,
            SETTLED_VISITING: met & view.settled[rows.journey],
            JUDGED: np.zeros(len(rows), dtype=np.bool_) if judged is None else flags(judged),
        }

    def by_customer(self, name: str, outcome: int) -> tuple[Whole, Whole]:
        """x and m of the set's journeys, by place and customer with several journeys (in the order of `heads`)."""
        _, x, m = self._shared_outcomes[outcome]
        m = m & self.sets[name][self.shared]
        return added(x * m, self.heads), added(m, self.heads)

    def find(self, place: Whole, customer: Codes) -> tuple[Whole, Flags]:
        """Where these customers' journeys at these places stand in `by_customer`; and whether there are any."""
        rows, head = self.view.visits, self.shared[self.heads]
        known = (rows.place[head].astype(np.int64) << 32) | rows.customer[head]
        key = (place << 32) | customer
        there = np.minimum(np.searchsorted(known, key), max(len(known) - 1, 0))
        return there, known[there] == key

    @cached_property
    def _shared_outcomes(self) -> list[Outcome]:
        return [Outcome(one.name, one.x[self.shared], one.m[self.shared]) for one in self.outcomes]


def read_outcomes(view: View) -> list[Outcome]:
    """What became of each journey.

    Conversion and value of settled journeys; the mean answered score per scale ("score:1–5") in
    ten-thousandths.
    """
    journeys, everyone = view.journeys, np.ones(view.journeys.height, dtype=np.bool_)
    worth = journeys["value_e4"].fill_null(0).to_numpy()
    return [
        Outcome(JOURNEYS, ~everyone, everyone),
        Outcome(CONVERSION, view.success, view.settled),
        Outcome(VALUE, worth, view.settled),
        *_scores(view),
    ]


def _scores(view: View) -> Iterator[Outcome]:
    scored = view.answers.filter(pl.col("score").is_not_null() & pl.col("journey_id").is_not_null())
    if scored.is_empty():
        return
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
