"""From the lake to readings: one pass over buckets of whole customers.

A bucket is walked, observed, and reduced to a small partial; partials combine in any order; at the end they are
finished. Nothing needs more than one bucket in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

import polars as pl

from desireline.journeys.align import Aligner
from desireline.journeys.coverage import Coverage
from desireline.journeys.walk import Walk, walk
from desireline.maps.outline import Outline
from desireline.maps.records import Map
from desireline.measures.groups import Period
from desireline.measures.ledger import Ledger, LedgerPartial
from desireline.measures.runner import Partials, Plan
from desireline.measures.view import View
from desireline.pipeline.question import Measured, Question
from desireline.pipeline.taken import Taken
from desireline.pipeline.taken import combine as combine_routes
from desireline.tables import CUSTOMERS, EVENTS, FEEDBACK


@dataclass(frozen=True)
class Bucket:
    """What the lake holds of one bucket of customers."""

    events: pl.DataFrame  # tables.EVENTS, of which `place.LOOKED_AT` are enough when they stand in the lake's order
    feedback: pl.DataFrame  # tables.FEEDBACK
    customers: pl.DataFrame  # tables.CUSTOMERS


@dataclass(frozen=True)
class Part:
    """What one or more buckets contribute."""

    readings: Partials
    ledger: LedgerPartial
    coverage: Coverage
    routes: Taken
    events: int = 0
    customers: int = 0
    journeys: int = 0


class Trip:
    """The measuring trip of one map and one question; `data_end` is the last instant of all data."""

    def __init__(self, outline: Outline, question: Question, *, data_end: datetime) -> None:
        self.outline = outline
        self.question = question
        self.data_end = data_end
        self.plan = Plan(
            outline,
            measures=question.measures,
            by=question.by,
            period=cast("Period | None", question.period),
            edges=question.edges_of(outline),
            exact=question.exact,
        )
        self.ledger = Ledger(outline)
        self._aligner = Aligner(outline)

    def __reduce__(self) -> tuple[Callable[[Map, Question, datetime], Trip], tuple[Map, Question, datetime]]:
        """To another machine travel the map, the question and the end of the data; the rest is worked out there."""
        return _trip, (self.outline.map, self.question, self.data_end)

    def walk(self, bucket: Bucket, carried: Sequence[str] = ()) -> Walk:
        """The bucket's journeys, steps, answers and deviations."""
        return walk(
            bucket.events,
            bucket.feedback,
            bucket.customers,
            self.outline,
            data_end=self.data_end,
            aligner=self._aligner,
            carried=carried,
        )

    def view(self, bucket: Bucket, carried: Sequence[str] = ()) -> View:
        """The walked bucket as measures look at it; steps keep the fields that are `carried`."""
        return View(self.walk(bucket, carried).trips, self.outline, self.plan.along)

    def partial(self, bucket: Bucket) -> Part:
        """What this bucket contributes."""
        walked = self.walk(bucket)
        trips = walked.trips
        view = View(trips, self.outline, self.plan.along)
        return Part(
            readings=self.plan.observe(view),
            ledger=self.ledger.observe(view),
            coverage=walked.coverage,
            routes=Taken.of(view),
            events=bucket.events.height,
            customers=trips.customers["customer_id"].n_unique(),
            journeys=trips.journeys.height,
        )

    def combine(self, parts: Sequence[Part]) -> Part:
        """All parts as one; their order does not matter."""
        coverage = Coverage.nothing(self.outline)
        parts = list(parts) or [self.partial(Bucket(EVENTS.empty(), FEEDBACK.empty(), CUSTOMERS.empty()))]
        for part in parts:
            coverage = coverage.add(part.coverage)
        return Part(
            readings=self.plan.combine([part.readings for part in parts]),
            ledger=self.ledger.combine([part.ledger for part in parts]),
            coverage=coverage,
            routes=combine_routes([part.routes for part in parts]),
            events=sum(part.events for part in parts),
            customers=sum(part.customers for part in parts),
            journeys=sum(part.journeys for part in parts),
        )

    def finish(self, part: Part, *, first_at: datetime | None, last_at: datetime | None) -> Measured:
        """The readings, the ledger and the routes."""
        share = pl.col("journeys") / pl.lit(max(part.journeys, 1))
        return Measured(
            outline=self.outline,
            question=self.question,
            readings=self.plan.finish(part.readings),
            deviations=self.ledger.finish(part.ledger),
            coverage=part.coverage,
            routes=part.routes.finish().with_columns(share.alias("share")),
            events=part.events,
            customers=part.customers,
            journeys=part.journeys,
            first_at=first_at,
            last_at=last_at,
        )


def _trip(map_: Map, question: Question, data_end: datetime) -> Trip:
    return Trip(Outline(map_), question, data_end=data_end)
