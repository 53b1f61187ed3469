"""How a map is bound to the data: events without a touchpoint, touchpoints without events, what a rule would take."""

from __future__ import annotations

import json
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel, ValidationError

from desireline.access import may_show
from desireline.errors import NoEvents, QuestionUnclear, UnknownRecord
from desireline.kept.bindings import Around
from desireline.maps.rules import Rule
from desireline.server.fields import Id
from desireline.server.guards import READ, desk_of
from desireline.server.looks import LATER
from desireline.server.measured import map_of
from desireline.server.routes.numbers import CoverageOf, OffMap
from desireline.workspace import Workspace

router = APIRouter(prefix="/api/maps/{map_id}/binding", tags=["binding"], dependencies=[Depends(READ)])


class UnmatchedEvent(OffMap):
    """Events on no touchpoint. `elsewhere`: others of this name are on one, so a rule should name the channel too.

    `named`: what the sources call the channel; that is what rules look at.
    """

    elsewhere: bool
    named: list[str]


class BoundPoint(BaseModel):
    """A touchpoint with what its rule takes; both null for fewer than 5 customers.

    `due`: events that its rule names say by when they were due, so the touchpoint can promise that time.
    """

    id: str
    title: str
    stage: str
    bound: bool
    events: int | None
    customers: int | None
    due: bool


class AskedOf(BaseModel):
    """Answers of one kind to one question; `about`: the places whose rules claim some of them, most first."""

    kind: str
    question: str | None
    answers: int
    customers: int
    about: list[str]


class BindingSuggestion(BaseModel):
    """A touchpoint to which an event may belong, and why; nothing is bound until somebody takes it."""

    touchpoint: str
    event: str
    score: float
    why: list[str]


class Binding(BaseModel):
    """A map and the events of the data, both ways."""

    coverage: CoverageOf
    unmatched: list[UnmatchedEvent]
    touchpoints: list[BoundPoint]
    suggestions: list[BindingSuggestion]
    answers: list[AskedOf]


class RuleTally(BaseModel):
    """Events and their customers; both null for fewer than 5 customers."""

    events: int | None
    customers: int | None


class RuleTaken(RuleTally):
    """What a touchpoint that stands earlier on the map has of it."""

    touchpoint: str
    title: str


class RuleCount(BaseModel):
    """What a rule takes: all that it means, what of it stands here, and what others before it have."""

    meant: RuleTally
    here: RuleTally
    first: list[RuleTaken]


@router.get("", response_model=Binding, responses=LATER)
async def binding(request: Request, map_id: Id) -> Response:
    """The events that no touchpoint explains, the touchpoints with what their rules take, and suggestions."""
    desk = desk_of(request)
    map_ = await map_of(desk, map_id)

    def work(workspace: Workspace, step: Any) -> dict[str, Any]:
        measured = workspace.measure(map_, step=step)
        coverage = measured.as_json(measured.readings.head(0))["coverage"]
        try:
            suggested, known = workspace.suggest_bindings(map_, measured.coverage, step=step)
        except NoEvents:
            suggested, known = [], Around({}, set(), {})
        due = workspace.events_with_due()
        visits = {row["touchpoint"]: row for row in measured.coverage.visits.iter_rows(named=True)}
        points = [
            {"id": point.id, "title": point.title, "stage": point.stage, "bound": point.when is not None}
            | _shown(visits.get(point.id, {"events": 0, "customers": 0}))
            | {"due": point.when is not None and not due.isdisjoint(point.when.texts("event"))}
            for point in measured.outline.touchpoints
        ]
        unmatched = [
            {**row, "elsewhere": row["event"] in known.elsewhere}
            | {"named": known.channels.get((row["event"], row["channel"]), [])}
            for row in coverage["off_map"]
        ]
        answers = [vars(one) for one in workspace.bound_answers(map_)]
        both = {"unmatched": unmatched, "touchpoints": points}
        return {"coverage": coverage, **both, "suggestions": suggested, "answers": answers}

    return await desk.looks.ask("binding", [map_], work)


@router.get("/count", response_model=RuleCount, responses=LATER)
async def count(
    request: Request,
    map_id: Id,
    when: Annotated[str, Query(max_length=4000)],
    touchpoint: Annotated[str | None, Query(max_length=80)] = None,
) -> Response:
    """How many events and customers a rule (as JSON) takes, written at this touchpoint; without one, off the map."""
    desk = desk_of(request)
    rule = _rule(when)
    map_ = await map_of(desk, map_id)
    known = [point.id for point in map_.touchpoints if not point.deleted]
    if touchpoint is not None and touchpoint not in known:
        raise UnknownRecord(touchpoint, known)

    def work(workspace: Workspace, step: Any) -> dict[str, Any]:
        return workspace.count_rule(map_, rule, touchpoint, step=step)

    return await desk.looks.ask("rule", [map_, rule.model_dump(mode="json"), touchpoint], work)


def _rule(text: str) -> Rule:
    try:
        return Rule.model_validate(json.loads(text))
    except ValidationError as fault:
        first = fault.errors(include_url=False)[0]
        where = " → ".join(str(step) for step in first["loc"])
        says = str(first["msg"]).removeprefix("Value error, ")
        raise QuestionUnclear(f"The rule cannot be used{f', at {where}' if where else ''}: {says}.") from None
    except ValueError:
        raise QuestionUnclear('The rule is no JSON. Write it like {"event": "pay"}.') from None


def _shown(row: dict[str, Any]) -> dict[str, int | None]:
    shown = may_show(row["customers"])
    return {"events": row["events"] if shown else None, "customers": row["customers"] if shown else None}
