"""The trip of one bucket of customers: from their events and answers to everything that measures need.

Each customer's rows must all be in the same call. What comes out does not depend on who else is in it, so
buckets can be walked apart and put together: the rows are the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import polars as pl

from desireline.journeys.align import Aligner
from desireline.journeys.answers import bind_answers
from desireline.journeys.coverage import Coverage, cover
from desireline.journeys.cut import cut
from desireline.journeys.deviations import align_routes, read_deviations
from desireline.journeys.personas import assign_personas
from desireline.journeys.place import in_time_order, place
from desireline.journeys.promises import keep_steps, keep_trips
from desireline.journeys.states import look_ahead, settle
from desireline.journeys.summary import find_strays, number_steps, summarise
from desireline.journeys.visits import Visits
from desireline.maps.outline import Outline
from desireline.tables import JOURNEYS, Trips


@dataclass(frozen=True)
class Walk:
    """One bucket, walked."""

    trips: Trips
    coverage: Coverage


def walk(
    events: pl.DataFrame,
    feedback: pl.DataFrame,
    customers: pl.DataFrame,
    outline: Outline,
    *,
    data_end: datetime,
    aligner: Aligner | None = None,
    carried: Sequence[str] = (),
) -> Walk:
    """Everything that one bucket says about the map, in the shapes of `tables.Trips`.

    The frames have the shapes of `tables.EVENTS`, `FEEDBACK` and `CUSTOMERS`. `data_end` is the end of *all*
    data, not of this bucket's: it decides which journeys are still under way. Hand in one `aligner` for all
    buckets of a map, so that each route is searched once. `carried` are fields that steps keep: see `number_steps`.
    """
    placed = place(in_time_order(events), outline)
    trips = keep_steps(cut(placed, outline), outline)
    visits = Visits.of(trips)
    drafts = look_ahead(summarise(trips, visits, outline), outline, data_end=data_end)
    aligned, left = align_routes(drafts, visits, aligner or Aligner(outline), outline)
    settled = keep_trips(settle(aligned), trips, outline)
    coverage = cover(placed, outline)
    people = assign_personas(customers, pl.concat([events["customer_id"], feedback["customer_id"]]), outline)
    journeys = settled.join(
        people.select("customer_id", "persona"), on="customer_id", how="left", maintain_order="left"
    )
    return Walk(
        Trips(
            journeys=journeys.select(list(JOURNEYS.columns)),
            steps=number_steps(trips, visits, carried),
            answers=bind_answers(feedback, journeys, trips, outline),
            deviations=read_deviations(settled, trips, visits, left, outline),
            customers=people,
            off_map=coverage.off_map,
            strays=find_strays(trips, visits),
        ),
        coverage,
    )
