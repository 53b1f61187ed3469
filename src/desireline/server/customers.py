"""Customers as the app shows them: the command line's rows, with the words that stand beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from desireline.draw.figures import many, measure_title, say
from desireline.draw.sections.groups import group_title
from desireline.draw.sections.method import CUTS, place_title
from desireline.errors import FindingClosed, UnknownFinding
from desireline.maps.outline import Outline
from desireline.maps.records import Map
from desireline.measures.catalog import find_measure
from desireline.pipeline.one_customer import OneCustomer
from desireline.pipeline.opening import Cell
from desireline.workspace import Workspace


class CustomerBehind(BaseModel):
    """A customer behind a number: `x`, what is counted, out of `m`; `says` is `x` in its unit. Null for findings.

    `texts`: how many they wrote, in surveys, reviews, tickets, chats.
    """

    customer_id: str
    texts: int
    x: int | None
    m: int | None
    says: str | None


class CustomersBehind(BaseModel):
    """Whom a number or a finding is about: the first of `n`. Without `n` its `note` says why nobody is listed."""

    measure: str
    at: str
    group: str
    period: str
    finding: str
    title: str
    place: str
    whose: str
    about: str
    n: int | None
    with_texts: int  # of them, so many wrote something
    note: str
    customers: list[CustomerBehind]


class EventTold(BaseModel):
    """An event where it was placed; `title` is the touchpoint's, or the event's own name."""

    at: str
    after_s: float | None
    event: str | None
    title: str
    touchpoint: str | None
    stage: str | None
    step: int | None
    named: bool
    channel: str | None
    channel_title: str
    status: str | None
    value: float | None
    currency: str | None
    case_id: str | None
    due_at: str | None
    deviations: list[str]


class LaidTold(BaseModel):
    """A touchpoint of the route: done, extra, missing, not reached; and how it departed from the map."""

    touchpoint: str
    title: str
    move: str
    deviations: list[str]


class LeftTold(BaseModel):
    """A deviation from the map."""

    kind: str
    place: str
    title: str


class SignTold(BaseModel):
    """A sign of effort."""

    component: str
    title: str
    says: str
    value: float


class WordTold(BaseModel):
    """An answer, a review, a ticket; `feeling` is that of the text, −2 … +2."""

    feedback_id: str
    at: str | None
    kind: str | None
    question: str | None
    score: float | None
    low: float | None
    high: float | None
    text: str | None
    feeling: float | None
    channel: str | None
    places: list[str]
    titles: list[str]
    bound: str | None


class JourneyTold(BaseModel):
    """One journey, beside the map."""

    journey_id: str
    number: int
    started_at: str
    ended_at: str
    lasted_s: float
    state: str
    success: bool
    channel: str | None
    channel_title: str
    value: float
    kept: bool | None
    fitness: float
    route: list[LaidTold]
    route_says: str
    expects: list[str]
    expects_titles: list[str]
    deviations: list[LeftTold]
    effort: list[SignTold]
    events: list[EventTold]
    feedback: list[WordTold]


class CustomerTold(BaseModel):
    """One customer; `customer_id` is a pseudonym for whoever may not edit."""

    map: str
    customer_id: str
    persona: str | None
    persona_title: str
    properties: dict[str, str]
    cut: str
    cut_says: str
    currency: str | None
    data_end: str
    journeys: list[JourneyTold]
    feedback: list[WordTold]


def listed(workspace: Workspace, map_: Map, asked: Mapping[str, str], step: Any) -> dict[str, Any]:
    """As `desireline customers --json`, or `findings --customers --json`, lists them: all of them.

    Raises UnknownMeasure, UnknownPlace, UnknownGroup, UnknownFinding.
    """
    outline = Outline(map_)
    found = _of_finding(workspace, outline, asked, step) if asked["finding"] else _of_number(workspace, outline, asked)
    wrote = workspace.texts() if found["customers"] else {}
    customers = [{**one, "texts": wrote.get(one["customer_id"], 0)} for one in found["customers"]]
    return found | {"customers": customers, "with_texts": sum(one["texts"] > 0 for one in customers)}


def _of_number(workspace: Workspace, outline: Outline, asked: Mapping[str, str]) -> dict[str, Any]:
    one, at = find_measure(asked["measure"]), asked["at"] or outline.map.map.id
    behind = workspace.behind_reading(outline.map, one.name, Cell(at, asked["group"], asked["period"]))
    found, note = behind.customers, behind.closed
    scale = getattr(one.family, "scale", 1)
    unit = one.unit if scale > 1 else "count"
    rows = [] if note else found.iter_rows(named=True)
    return {
        **asked,
        "at": at,
        "title": measure_title(one.name),
        "place": place_title(at, outline),
        "whose": group_title(asked["group"], outline) if asked["group"] else "",
        "about": one.about,
        "n": None if note else found.height,
        "note": note,
        "customers": [{**row, "says": say(row["x"] / scale, unit)} for row in rows],
    }


def _of_finding(workspace: Workspace, outline: Outline, asked: Mapping[str, str], step: Any) -> dict[str, Any]:
    from desireline.draw.finding import place, title  # noqa: PLC0415  loads what findings need

    found = workspace.findings(outline.map, step=step)
    every = {one.id: one for lead in found.findings for one in (lead, *lead.also)}
    if asked["finding"] not in every:
        raise UnknownFinding(asked["finding"], list(every))
    one = every[asked["finding"]]
    told = {**asked, "at": one.at, "title": title(one), "place": place(one, outline), "whose": "", "about": one.says}
    try:
        behind = workspace.behind(outline.map, one, step=step)
    except FindingClosed as fault:
        return told | {"n": None, "note": str(fault), "customers": []}
    customers = [{"customer_id": id_, "x": None, "m": None, "says": None} for id_ in behind["customer_id"]]
    return told | {"n": len(customers), "note": "", "customers": customers}


def told_customer(found: OneCustomer, map_: Map) -> dict[str, Any]:
    """The customer with the titles of places and channels."""
    titles, told = Outline(map_).titles, found.as_json()

    def word(one: dict[str, Any]) -> dict[str, Any]:
        return one | {"titles": [titles.get(place, place) for place in one["places"]]}

    def titled(one: dict[str, Any], key: str) -> dict[str, Any]:
        return one | {"title": titles.get(one[key], one[key])}

    for journey in told["journeys"]:
        journey["channel_title"] = titles.get(journey["channel"], journey["channel"] or "")
        journey["route"] = [titled(one, "touchpoint") for one in journey["route"]]
        journey["route_says"] = _route_says(journey["route"])
        journey["deviations"] = [titled(one, "place") for one in journey["deviations"]]
        journey["expects_titles"] = [titles.get(one, one) for one in journey["expects"]]
        journey["feedback"] = [word(one) for one in journey["feedback"]]
        for event in journey["events"]:
            event["title"] = titles.get(event["touchpoint"], event["event"] or "an event without a name")
            event["channel_title"] = titles.get(event["channel"], event["channel"] or "")
    return told | {
        "persona_title": titles.get(found.persona or "", ""),
        "currency": map_.map.currency,
        "cut_says": CUTS[found.cut],
        "feedback": [word(one) for one in told["feedback"]],
    }


def _route_says(route: list[dict[str, Any]]) -> str:
    """The planned route against the one taken, in a sentence."""
    counts = Counter(one["move"] for one in route)
    told = [f"{many(counts['done'], 'step')} as planned"]
    told += [f"{counts['missing']:,} left out"] if counts["missing"] else []
    told += [f"{counts['extra']:,} where the map has none"] if counts["extra"] else []
    told += [f"{counts['not reached']:,} not reached"] if counts["not reached"] else []
    return f"{', '.join(told)}."
