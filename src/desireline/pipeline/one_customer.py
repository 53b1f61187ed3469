"""One customer: who they are, and each of their journeys with its events, beside the map, and in their words.

What is told is read off the walk by which everybody is measured, so it is the same as in any number.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import polars as pl

from desireline.errors import UnknownCustomer
from desireline.journeys.align import Aligner
from desireline.journeys.walk import walk
from desireline.maps.outline import Outline
from desireline.measures.view import View
from desireline.pipeline.measuring import Bucket
from desireline.pipeline.one_journey import Event, Laid, Left, Road, lay_out
from desireline.tables import Trips
from desireline.voice.effort.components import COMPONENTS
from desireline.voice.effort.contributions import Contributions
from desireline.voice.effort.effort import Effort

MONEY = 10_000  # ten-thousandths in one


@dataclass(frozen=True)
class Sign:
    """A sign of effort in a journey: as in `desireline effort`, up to its cap."""

    component: str
    title: str
    says: str
    value: float  # how often; of waiting the logarithm of minutes


@dataclass(frozen=True)
class Word:
    """An answer, a review or a ticket; texts are as they were imported, personal data masked."""

    feedback_id: str
    at: datetime | None
    kind: str | None
    question: str | None
    score: float | None
    low: float | None  # the worst end of the scale
    high: float | None  # the best
    text: str | None
    feeling: float | None  # of the text, −2 … +2
    channel: str | None
    places: tuple[str, ...]  # what it speaks about
    bound: str | None  # how that is known: rule, topic, case, time


@dataclass(frozen=True)
class OneJourney:
    """A journey: what became of it, its events, and the planned route beside the one taken."""

    journey_id: str
    number: int  # of the customer's journeys, from 1
    started_at: datetime
    ended_at: datetime
    lasted_s: float
    state: str  # done, lost, stuck, under_way
    success: bool
    channel: str | None
    value: float
    kept: bool | None  # the promise about the whole journey
    fitness: float
    route: tuple[Laid, ...]
    expects: tuple[str, ...]  # what the map has next; nothing where the journey is done
    deviations: tuple[Left, ...]
    effort: tuple[Sign, ...]
    events: tuple[Event, ...]
    feedback: tuple[Word, ...]


@dataclass(frozen=True)
class OneCustomer:
    """Everything that is known of one customer."""

    map: str
    customer_id: str
    persona: str | None
    properties: Mapping[str, str]
    cut: str  # how journeys are told apart: case, rules, silence, life
    data_end: datetime
    journeys: tuple[OneJourney, ...]
    feedback: tuple[Word, ...]  # of no journey

    def as_json(self) -> dict[str, Any]:
        """As `desireline customer --json` prints it."""
        return asdict(self)


def one_customer(bucket: Bucket, customer_id: str, outline: Outline, *, data_end: datetime) -> OneCustomer:
    """The customer, walked alone; `bucket` may hold others. Events come with all columns of `tables.EVENTS`.

    `data_end` is the end of all data. Raises UnknownCustomer.
    """
    frames = (bucket.events, bucket.feedback, bucket.customers)
    own = Bucket(*(frame.filter(pl.col("customer_id") == customer_id) for frame in frames))
    if own.events.is_empty() and own.feedback.is_empty() and own.customers.is_empty():
        raise UnknownCustomer(customer_id)
    effort, aligner = Effort(outline), Aligner(outline)
    walked = walk(
        own.events,
        own.feedback,
        own.customers,
        outline,
        data_end=data_end,
        aligner=aligner,
        carried=effort.carried,
    )
    roads = lay_out(own.events, walked.trips, outline, aligner, data_end=data_end)
    return _told(customer_id, walked.trips, roads, effort, outline, data_end=data_end)


def _told(
    customer_id: str, trips: Trips, roads: list[Road], effort: Effort, outline: Outline, *, data_end: datetime
) -> OneCustomer:
    said, signs = _words(trips.answers), _signs(trips, effort, outline)
    people = trips.customers.to_dicts()
    known = people[0] if people else {"persona": None, "properties": None}
    journeys = tuple(
        OneJourney(
            journey_id=row["journey_id"],
            number=number,
            started_at=row["started_at"],
            ended_at=row["ended_at"],
            lasted_s=(row["ended_at"] - row["started_at"]).total_seconds(),
            state=row["state"],
            success=row["success"],
            channel=row["channel"],
            value=row["value_e4"] / MONEY,
            kept=row["kept"],
            fitness=row["fitness"],
            route=road.route,
            expects=() if row["state"] == "done" else road.expects,
            deviations=road.deviations,
            effort=signs[number - 1],
            events=road.events,
            feedback=tuple(said.get(row["journey_id"], ())),
        )
        for number, (row, road) in enumerate(zip(trips.journeys.iter_rows(named=True), roads, strict=True), 1)
    )
    return OneCustomer(
        map=outline.map.map.id,
        customer_id=customer_id,
        persona=known["persona"],
        properties=json.loads(known["properties"] or "{}"),
        cut=outline.map.map.journey.by,
        data_end=data_end,
        journeys=journeys,
        feedback=tuple(said.get(None, ())),
    )


def _words(answers: pl.DataFrame) -> dict[str | None, list[Word]]:
    """Answers by journey, in time order; one that speaks about several places stands once."""
    found: dict[str | None, list[Word]] = {}
    one = ("feedback_id", "journey_id", "response", "question", "text")
    alike = answers.group_by(one, maintain_order=True).agg(pl.exclude("place").first(), pl.col("place").alias("places"))
    for row in alike.sort("at", maintain_order=True, nulls_last=True).iter_rows(named=True):
        word = Word(
            **{name: row[name] for name in ("feedback_id", "at", "kind", "question", "score", "low", "high", "text")},
            feeling=row["sentiment"],
            channel=row["channel"],
            places=tuple(row["places"]),
            bound=row["bound"],
        )
        found.setdefault(row["journey_id"], []).append(word)
    return found


def _signs(trips: Trips, effort: Effort, outline: Outline) -> list[tuple[Sign, ...]]:
    """The signs of effort by journey; what there was none of, or cannot be seen, is left out."""
    found = Contributions.of(View(trips, outline), effort.reading).by_journey
    return [
        tuple(
            Sign(one.name, one.title, one.says, float(found[one.name][number]) / one.unit)
            for one in COMPONENTS
            if found[one.name][number] > 0
        )
        for number in range(trips.journeys.height)
    ]
