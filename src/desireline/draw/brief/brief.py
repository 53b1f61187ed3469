"""What a manager is told of a map, in words: its head, its measured map, what matters most, what was decided.

The page and the slides draw the same brief, so they cannot tell different stories; its numbers are those of the
readings, the findings and the verdicts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

import polars as pl

from desireline.draw.brief.claims import Claim, claims_of
from desireline.draw.brief.deeds import Deed, deeds_of
from desireline.draw.curve import Point, curve_points, describe
from desireline.draw.deviations import Deviation, deviations
from desireline.draw.figures import FIRM, NARROW, many, measure_title, say, say_interval
from desireline.draw.finding import GRADES
from desireline.draw.meta import Meta
from desireline.draw.readings import Reading, Readings
from desireline.draw.sections.headline import data_window, freshness, key_readings, three_sentences
from desireline.draw.sections.method import CUTS, GROUND_RULES
from desireline.draw.sections.targets import target_met
from desireline.findings.notice import Findings
from desireline.findings.opportunities.opportunity import Opportunity
from desireline.initiatives.records import Initiative
from desireline.maps.outline import Outline
from desireline.maps.records import Touchpoint

BriefForm: TypeAlias = Literal["pdf", "pptx"]

MOST_KEYS = 3
MOST_CLAIMS = 5
LEAST_SHARE = 0.01  # of journeys, for a departure to be marked
COUNTS = ("customers", "journeys")  # they stand in the line of facts
METHOD = (
    "Events are matched with touchpoints by the map's rules and counted per customer; groups under 5 are never shown. "
    f"Findings are surely larger than what would not matter, at a false discovery rate of 5{NARROW}%."
)
DEFINITIONS = (
    (
        "At each place",
        "share of journeys that come there, and of settled ones that are lost there; the bar is both",
    ),
    ("[…]", f"95{NARROW}% interval"),
    ("pp", "percentage points"),
    ("Grade", f"how it is known: {', '.join(f'{grade} {means}' for grade, means in GRADES.items())}"),
)


@dataclass(frozen=True)
class Key:
    """A number of the whole map, with its interval and what became of its target."""

    measure: str
    title: str
    value: str
    interval: str
    target: str


@dataclass(frozen=True)
class Stop:
    """A touchpoint, or a stage without any: its number on the map, what was measured, how journeys depart from the
    plan there. That they are lost there is told by `lost`.
    """

    number: int
    title: str
    reach: Reading | None
    lost: Reading | None
    departures: tuple[Deviation, ...]
    point: Point

    @property
    def measured(self) -> bool:
        """Anything at all is known of it."""
        return bool(self.reach or self.departures)


@dataclass(frozen=True)
class Part:
    """A stage with its stops."""

    title: str
    reach: Reading | None
    lost: Reading | None
    stops: tuple[Stop, ...]


@dataclass(frozen=True)
class Brief:
    """Everything that the page and the slides say. `looked`: how much was looked at for findings, in words;
    empty: nothing was."""

    title: str
    question: str
    facts: tuple[str, ...]
    answer: tuple[str, ...]
    keys: tuple[Key, ...]
    parts: tuple[Part, ...]
    mood: str
    claims: tuple[Claim, ...]
    found: int
    looked: str
    deeds: tuple[Deed, ...]
    method: tuple[str, ...]
    commands: tuple[str, ...]
    made: str
    measured: bool

    @property
    def lead(self) -> str:
        """How many arrive, and what costs most; what is known where that is not."""
        return " ".join(self.answer[1:] or self.answer)

    @property
    def meanings(self) -> tuple[str, ...]:
        """What the words and signs mean, a sentence each."""
        return tuple(f"{word}: {means}." for word, means in DEFINITIONS)

    @property
    def legend(self) -> str:
        """How to read the numbers on the map."""
        return self.meanings[0] if self.measured else ""

    @property
    def first_of(self) -> str:
        """How many findings there are, and how many are told here."""
        told = len(self.top)
        return f"the first {told} of {self.found} findings" if told < self.found else many(self.found, "finding")

    @property
    def top(self) -> tuple[Claim, ...]:
        """The findings that are told in full."""
        return self.claims[:MOST_CLAIMS]


@dataclass(frozen=True)
class Told:
    """What matters and what was done about it: findings with the costliest first, initiatives, and what was decided
    of findings, in words by their keys.
    """

    found: Findings | None = None
    ranked: Sequence[Opportunity] = ()
    done: Sequence[Initiative] = ()
    decided: Mapping[str, str] = field(default_factory=dict)


def brief(
    outline: Outline,
    readings: pl.DataFrame | None = None,
    ledger: pl.DataFrame | None = None,
    meta: Meta | None = None,
    told: Told | None = None,
) -> Brief:
    """The brief of a map. What is None was not measured, and is told so. The same input gives the same brief."""
    meta, told, book = meta or Meta(), told or Told(), Readings(readings)
    gone = deviations(ledger, outline.titles)
    claims = claims_of(told.ranked, outline, told.done, told.decided)
    head = outline.map.map
    parts = _parts(outline, book, gone)
    return Brief(
        title=head.title or head.id,
        question=head.purpose or "",
        facts=tuple(_facts(outline, book, meta)),
        answer=tuple(three_sentences(outline, book, gone, meta, first=_costliest(claims))),
        keys=tuple(_keys(outline, book)),
        parts=parts,
        mood=describe([stop.point for part in parts for stop in part.stops]) if len(book) else "",
        claims=tuple(claims),
        found=len(claims),
        looked=_looked(told.found),
        deeds=tuple(deeds_of(told.done, outline)),
        method=(METHOD, f"{CUTS[head.journey.by]} {GROUND_RULES[3]}", GROUND_RULES[4]),
        commands=tuple(meta.commands),
        made=" ".join(part for part in ("Desireline", meta.version) if part),
        measured=bool(len(book)),
    )


def _facts(outline: Outline, book: Readings, meta: Meta) -> list[str]:
    at = outline.map.map.id
    people = book.value("customers", at) or meta.customers
    trips = book.value("journeys", at) or meta.journeys
    said = [
        data_window(meta),
        freshness(outline, meta),
        f"n{FIRM}={FIRM}{many(int(people), 'customer')}".replace(" customer", f"{FIRM}customer")
        if people
        else "no data yet",
        many(int(trips), "journey") if trips else None,
        f"Owner: {outline.map.map.owner}" if outline.map.map.owner else None,
    ]
    return [one for one in said if one]


def _costliest(claims: Sequence[Claim]) -> str:
    """The first finding, in short."""
    if not claims or not claims[0].lost:
        return ""
    one = claims[0]
    return f"What costs most: {one.kind[:1].lower()}{one.kind[1:]} (“{one.place}”), {one.cost}."


def _keys(outline: Outline, book: Readings) -> list[Key]:
    told = [one for one in key_readings(outline, book) if one.measure not in COUNTS]
    return [_key(one, outline) for one in told[:MOST_KEYS]]


def _key(one: Reading, outline: Outline) -> Key:
    targets = [target_met(kpi, one)[1] for kpi in outline.map.map.kpis if kpi.measure == one.measure]
    interval = f"95{NARROW}% interval {say_interval(*one.interval, one.unit)}" if one.interval else f"n = {one.n:,}"
    value = say(one.value or 0, one.unit)
    return Key(one.measure, measure_title(one.measure), value, interval, "; ".join(targets))


def _parts(outline: Outline, book: Readings, gone: Sequence[Deviation]) -> tuple[Part, ...]:
    points = {point.place: point for point in curve_points(outline, book)}
    found: list[Part] = []
    number = 0
    for stage in outline.stages:
        inside: list[Touchpoint | None] = [one for one in outline.touchpoints if one.stage == stage.id]
        stops: list[Stop] = []
        for place in inside or [None]:
            number += 1
            at, title = (place.id, place.title or place.id) if place else (stage.id, "no touchpoint yet")
            mine = tuple(one for one in gone if one.place == at and place and _marked(one))
            stops.append(Stop(number, title, book.shown("reach", at), book.shown("drop_off", at), mine, points[at]))
        come, lost = book.shown("reach", stage.id), book.shown("drop_off", stage.id)
        found.append(Part(stage.title or stage.id, come, lost, tuple(stops)))
    return tuple(found)


def _marked(one: Deviation) -> bool:
    """It is more than a trace, and no other number tells it."""
    return one.kind != "lost" and (one.share is None or one.share >= LEAST_SHARE)


def _looked(found: Findings | None) -> str:
    if found is None:
        return ""
    passed, tried = found.checks
    return f"{passed:,} of {tried:,} checks tell of something."
