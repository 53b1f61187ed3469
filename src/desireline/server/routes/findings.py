"""Findings: what matters in a map's data, as `desireline findings --json` says it, and what people decide of it."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, BackgroundTasks, Depends, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from desireline.errors import NoDataYet, UnknownFinding
from desireline.findings.finding import Finding, Grade
from desireline.findings.rule import Sort
from desireline.initiatives.records import By
from desireline.ledger.store import Ledger
from desireline.maps.outline import Outline
from desireline.maps.records import Map
from desireline.server.desk import Desk
from desireline.server.effects import EffectTold
from desireline.server.fields import Id
from desireline.server.guards import EDIT, READ, Actor, desk_of
from desireline.server.looks import LATER
from desireline.server.measured import map_of
from desireline.workspace import Workspace

router = APIRouter(prefix="/api/maps/{map_id}/findings", tags=["findings"])

Editing = Annotated[Actor, Depends(EDIT)]


class FindingEffect(EffectTold):
    """A number with its 95 % interval; `told` is the same in words. `difference`: it is told with its sign."""

    told: str
    difference: bool


class FindingHarm(BaseModel):
    """What one affected journey costs: a difference of an outcome, below 0 for worse."""

    outcome: str
    value: float
    low: float
    high: float
    unit: str


class YearRange(BaseModel):
    """A number a year with its 95 % interval."""

    value: float
    low: float
    high: float
    told: str


class RankSpan(BaseModel):
    """Between which places it stands in 90 % of draws."""

    low: int
    high: int


class FindingCost(BaseModel):
    """What a finding costs in a year, and how sure its place in the order is. What no data tell is null."""

    influence: str
    influence_says: str
    effort: float | None
    harmed: str | None
    reach: YearRange | None
    lost: YearRange | None
    money: YearRange | None
    in_top_3: float | None
    ranks: RankSpan | None
    worth_knowing: float | None
    scores: dict[str, float]
    says: str


class FindingDecision(BaseModel):
    """What somebody decided about a finding: accept, dismiss, snooze or reopen."""

    finding_key: str
    decision: str
    reason: str
    who: str
    at: str
    until: str | None


class CheckCounts(BaseModel):
    """How many checks told of something, of all that were made."""

    passed: int
    tried: int


class FindingCore(BaseModel):
    """A finding with its words. `records`: where it is on the map; `opens`: its customers can be listed."""

    id: str
    key: str
    rule: str
    title: str
    at: str
    place: str
    records: list[str]
    stage: str
    sort: Sort
    group: str
    since: str | None
    until: str | None
    says: str
    effect: FindingEffect
    customers: int
    journeys: int
    grade: Grade
    grade_says: str
    p: float | None
    q: float | None
    checks: CheckCounts
    shrunk: float
    facts: list[str]
    method: list[str]
    what_helps: str
    about: str
    opens: bool
    recompute: str
    evidence: list[FindingEffect]
    harms: list[FindingHarm]
    quotes: list[str]


class FindingTold(FindingCore):
    """A finding that leads, what it costs, its place in each order, and what it shows in beside it."""

    cost: FindingCost
    ranks: dict[str, int]
    decision: FindingDecision | None
    beside: list[str]
    also: list[FindingCore]


class FindingsWindow(BaseModel):
    """From when to when the data are, and their version."""

    model_config = ConfigDict(populate_by_name=True)

    from_: str | None = Field(alias="from")
    to: str | None
    version: str


class MapFindings(BaseModel):
    """What was found in a map's data. `put_away`: how many were dismissed or put off and are not told."""

    map: str
    data: FindingsWindow
    checks: CheckCounts
    families: dict[str, CheckCounts]
    findings: list[FindingTold]
    put_away: int
    currency: str | None
    orders: list[str]


class ToDecide(BaseModel):
    """What is to be done with a finding; a dismissal needs a reason, a snooze a day that is to come."""

    decision: Annotated[str, Field(max_length=40)]
    reason: Annotated[str, Field(max_length=10_000)] = ""
    until: date | None = None


class ToEffort(BaseModel):
    """How much work it is, in what the team counts in (person-months, points …); null: nobody knows."""

    effort: Annotated[float, Field(gt=0, lt=1e9)] | None


@router.get("", dependencies=[Depends(READ)], response_model=MapFindings, responses=LATER)
async def findings(
    request: Request,
    map_id: Id,
    all_: Annotated[bool, Query(alias="all")] = False,
    formula: Annotated[str | None, Query(max_length=200)] = None,
) -> Response:
    """What matters, the largest loss first; `all`: also what was put away; `formula`: a score of one's own."""
    desk = desk_of(request)
    map_, ledger, today = await map_of(desk, map_id), Ledger(desk.engine), desk.clock().date()
    decided = await asyncio.to_thread(ledger.decisions, today=today)
    efforts = await asyncio.to_thread(ledger.efforts)

    def work(workspace: Workspace, step: Any) -> dict[str, Any]:
        from desireline.server.found import found_json  # noqa: PLC0415  loads scikit-learn

        found = workspace.findings(map_, step=step)
        outline = Outline(map_)
        return found_json(found, outline, decided=decided, efforts=efforts, all_=all_, formula=formula)

    said = [decided[key].as_json() for key in sorted(decided)]
    about = [map_, all_, formula, str(today), said, sorted(efforts.items())]
    return await desk.looks.ask("findings", about, work)


@router.post("/{finding_id}/decision")
async def decide(
    request: Request, map_id: Id, finding_id: Id, wanted: ToDecide, actor: Editing, after: BackgroundTasks
) -> FindingDecision:
    """Accept a finding, dismiss it with a reason, put it off until a day, or open it again."""
    desk = desk_of(request)
    key = (await _finding(desk, map_id, finding_id)).key
    ledger, by = Ledger(desk.engine), By(actor.name, desk.clock())

    def done() -> FindingDecision:
        made = ledger.decide(key, wanted.decision, reason=wanted.reason, by=by, until=wanted.until)
        desk.audit.add(
            actor.id, "finding.decided", at=by.at, map=map_id, finding=key, decision=made.decision, reason=made.reason
        )
        return FindingDecision(**made.as_json())

    made = await asyncio.to_thread(done)
    desk.rooms.tell(map_id, "data")
    after.add_task(ledger.deliver)
    return made


@router.get("/{finding_id}/decisions", dependencies=[Depends(READ)])
async def decisions(request: Request, map_id: Id, finding_id: Id) -> list[FindingDecision]:
    """All that was ever decided about a finding, the newest first; it holds for all maps with a finding of this key."""
    desk = desk_of(request)
    key = (await _finding(desk, map_id, finding_id)).key
    made = await asyncio.to_thread(Ledger(desk.engine).decided, key)
    return [FindingDecision(**one.as_json()) for one in reversed(made)]


@router.put("/{finding_id}/effort")
async def estimate(request: Request, map_id: Id, finding_id: Id, wanted: ToEffort, actor: Editing) -> ToEffort:
    """Say how much work it would be to mend what was found."""
    desk = desk_of(request)
    key = (await _finding(desk, map_id, finding_id)).key
    by = By(actor.name, desk.clock())
    await asyncio.to_thread(Ledger(desk.engine).set_effort, key, wanted.effort, by=by)
    desk.rooms.tell(map_id, "data")
    return wanted


async def _finding(desk: Desk, map_id: str, id_: str) -> Finding:
    """The finding of the map as it is now. Raises UnknownDocument, UnknownFinding."""
    map_ = await map_of(desk, map_id)
    found = await asyncio.to_thread(_findings, desk, map_)
    for one in found:
        if one.id == id_:
            return one
    raise UnknownFinding(id_, [one.id for one in found])


def _findings(desk: Desk, map_: Map) -> list[Finding]:
    try:
        found = desk.looks.opened().findings(map_)
    except NoDataYet:
        return []
    return [one for lead in found.findings for one in (lead, *lead.also)]
