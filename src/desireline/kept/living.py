"""The living map over a workspace's lake: drift, evidence of cards, promises, truth score."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Protocol

from desireline.kept.volumes import volumes
from desireline.lake.snapshot import Snapshot
from desireline.living.cards import Graded, count_grades, grade_cards
from desireline.living.check import Failure, aged, broken, stale
from desireline.living.drift import Drift
from desireline.living.looking import LookForDrift, look_for_drift
from desireline.living.promises import KEPT, Promised, judge_promises
from desireline.living.read import Book
from desireline.living.reminders import Reminder, remind, reviewed_on
from desireline.living.truth import Truth, tell_truth
from desireline.living.voices import Voices
from desireline.maps.outline import Outline
from desireline.maps.records import Map
from desireline.pipeline.bringing import Step
from desireline.pipeline.question import Measured, Question

BY = ("channel", "persona")
AGE = 35
"""Days: an export once a month, and some days to bring it."""


@dataclass(frozen=True)
class Wanted:
    """What a person says about how strictly a map is to be judged."""

    today: date
    least: float = 60.0  # truth score
    kept: float = KEPT
    age: int = AGE  # days up to which data count as fresh
    weights: Mapping[str, float] | None = None


@dataclass(frozen=True)
class Alive:
    """All that is known of how well a map holds."""

    outline: Outline
    drift: Drift
    cards: tuple[Graded, ...]
    promises: tuple[Promised, ...]
    truth: Truth
    reminders: tuple[Reminder, ...]
    wanted: Wanted
    span: tuple[date | None, date | None] = (None, None)  # the first and the last day of the data

    @property
    def reviewed(self) -> date | None:
        """The day of the last review."""
        return reviewed_on(self.outline, today=self.wanted.today)

    @property
    def age(self) -> int | None:
        """How many days before today the data end; None without data."""
        return None if self.span[1] is None else (self.wanted.today - self.span[1]).days

    @property
    def failures(self) -> tuple[Failure, ...]:
        """What fails, findings apart."""
        told = stale(self.drift, self.reminders, self.truth, reviewed=self.reviewed, least=self.wanted.least)
        old = aged(self.span[1], today=self.wanted.today, most=self.wanted.age)
        return (*broken(self.outline, self.promises, since=self.span[0]), *old, *told)

    def as_json(self) -> dict[str, Any]:
        """As plain data."""
        return {
            "data": {"first": self.span[0], "last": self.span[1], "days_old": self.age},
            "truth": self.truth.as_json(),
            "grades": count_grades(self.cards),
            "cards": [card.as_json() for card in self.cards],
            "promises": [promise.as_json() for promise in self.promises],
            "reminders": [vars(reminder) for reminder in self.reminders],
            "drift": self.drift.as_json(),
        }


def looking(outline: Outline, snapshot: Snapshot, *, since: date | None = None) -> LookForDrift:
    """The analysis that finds drift in these data, with what is known of their sources."""
    return look_for_drift(
        outline,
        first_at=snapshot.first_at(),
        last_at=snapshot.data_end(),
        volumes=volumes(snapshot),
        since=since,
    )


def asked(outline: Outline) -> Question:
    """The question whose readings cards and promises are held against; by group where the map speaks of groups."""
    personas = any(card.persona for card in outline.map.cards if not card.deleted)
    promises = [outline.map.map.promise, *(stage.promise for stage in outline.stages)]
    promises += [point.promise for point in outline.touchpoints]
    channels = any(promise.channels for promise in promises if promise)
    return Question(by=tuple(name for name, wanted in zip(BY, (channels, personas), strict=True) if wanted))


class Place(Protocol):
    """What a workspace answers here."""

    def measure(self, map_: Map, question: Question, *, step: Step) -> Measured: ...
    def drift(self, map_: Map, *, step: Step) -> Drift: ...
    def voices(self, map_: Map, end: datetime, *, step: Step) -> Voices: ...


def alive(place: Place, outline: Outline, wanted: Wanted, *, step: Step) -> Alive:
    """What is known of how well the map holds in a workspace's data."""
    measured = place.measure(outline.map, asked(outline), step=step)
    end, book = measured.last_at or datetime(1970, 1, 1, tzinfo=UTC), Book(measured.readings)
    cards = grade_cards(outline, place.voices(outline.map, end, step=step), book, end=end)
    promises = judge_promises(outline, book, kept=wanted.kept)
    truth = tell_truth(
        outline, book, measured.coverage, graded=(cards, promises), today=wanted.today, weights=wanted.weights
    )
    drift = place.drift(outline.map, step=step)
    first, last = (at and at.astimezone(UTC).date() for at in (measured.first_at, measured.last_at))
    reminders = remind(outline, today=wanted.today)
    return Alive(outline, drift, cards, promises, truth, reminders, wanted, (first, last))
