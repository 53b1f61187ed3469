"""How far a map may be believed, and how well its cards are grounded: what `desireline check --json` says."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel

from desireline.kept.living import Wanted, alive
from desireline.living.cards import Agreement, Grade
from desireline.maps.outline import Outline
from desireline.server.fields import Id
from desireline.server.guards import READ, desk_of
from desireline.server.looks import LATER
from desireline.server.measured import map_of
from desireline.workspace import Workspace

router = APIRouter(prefix="/api/maps/{map_id}", tags=["numbers"], dependencies=[Depends(READ)])

TOLD = ("data", "truth", "grades", "cards", "promises", "reminders")


class CheckFailed(BaseModel):
    """One thing that does not hold: a promise, drift, a source, the data, the review, the truth score."""

    check: str
    at: str
    says: str
    way_out: str
    value: float | None
    low: float | None
    high: float | None
    n: int | None


class DataAge(BaseModel):
    """The first and the last day of the data, and how many days before today they end."""

    first: str | None
    last: str | None
    days_old: int | None


class TruthPart(BaseModel):
    """One part of the score, from 0 to 1; null where it cannot be told."""

    name: str
    value: float | None
    weight: float
    says: str


class TruthTold(BaseModel):
    """The score from 0 to 100, its parts, and the name of the part that costs most."""

    score: float | None
    parts: list[TruthPart]
    weakest: str | None


class CardGraded(BaseModel):
    """A card, how well it is grounded, and what the grade is made of. `customers` by kind of source: `sources`."""

    card: str
    at: str
    lane: str
    says: str
    grade: Grade
    why: str
    evidence: str
    observed: str | None
    sources: dict[str, int]
    customers: int
    fresh: float
    newest: str | None
    agreement: Agreement
    measure: str
    value: float | None
    low: float | None
    high: float | None
    n: int | None


class PromiseJudged(BaseModel):
    """A promise of the map beside what is measured: kept, broken, undecided, or not measured."""

    at: str
    group: str
    measure: str
    at_least: float | None
    at_most: float | None
    verdict: str
    says: str
    value: float | None
    low: float | None
    high: float | None
    n: int | None
    unit: str


class ReminderTold(BaseModel):
    """What people should look at again: the review, owners, cards that were observed long ago."""

    kind: str
    at: str
    says: str
    way_out: str
    days: int | None


class MapTruth(BaseModel):
    """A map, checked as of today."""

    map: str
    failed: bool
    failures: list[CheckFailed]
    data: DataAge
    truth: TruthTold
    grades: dict[str, int]
    cards: list[CardGraded]
    promises: list[PromiseJudged]
    reminders: list[ReminderTold]


@router.get("/truth", response_model=MapTruth, responses=LATER)
async def truth(request: Request, map_id: Id) -> Response:
    """The map as it is now, held against all data; 202 with a job while that is worked on."""
    desk = desk_of(request)
    map_, today = await map_of(desk, map_id), desk.clock().date()

    def work(workspace: Workspace, step: Any) -> dict[str, Any]:
        found = alive(workspace, Outline(map_), Wanted(today), step=step)
        failures = [one.as_json() for one in found.failures]
        told = {name: value for name, value in found.as_json().items() if name in TOLD}
        told["truth"] |= {"weakest": found.truth.weakest.name if found.truth.score is not None else None}
        return {"map": map_.map.id, "failed": bool(failures), "failures": failures, **told}

    return await desk.looks.ask("truth", [map_, str(today)], work)
