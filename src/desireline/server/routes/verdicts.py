"""Whether an initiative helped: what `desireline verdict ID MAP --json` says."""

from __future__ import annotations

import asyncio
import json
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, BackgroundTasks, Depends, Request, Response
from pydantic import BaseModel

from desireline.initiatives import changes
from desireline.initiatives.records import Initiative, Judged
from desireline.initiatives.revision import check_begun, overlap_notes
from desireline.initiatives.trial import Trial
from desireline.maps.records import Map
from desireline.server import decided
from desireline.server.decided import InitiativeTold
from desireline.server.desk import Desk
from desireline.server.effects import EffectTold
from desireline.server.fields import Id
from desireline.server.guards import EDIT, READ, Actor, desk_of
from desireline.server.looks import LATER, Work
from desireline.server.measured import map_of
from desireline.workspace import Workspace

router = APIRouter(prefix="/api/maps/{map_id}/initiatives/{initiative_id}/verdict", tags=["initiatives"])


class VerdictEffect(EffectTold):
    """A number with its interval; of a difference, what it is compared with."""


class NeededTold(BaseModel):
    """What would be enough to see the effect that is sought, in 80 of 100 cases."""

    says: str
    customers: int | None
    weeks: int | None
    groups: int | None
    more: bool


class PointTold(BaseModel):
    """A further reading of the same data: weeks from the start, or a day when nothing began."""

    kind: str
    at: int | str
    value: float
    low: float
    high: float
    p: float


class VerdictOne(BaseModel):
    """The verdict on an arm, or on all of it."""

    verdict: str
    says: str
    measure: str
    method: str
    reason: str
    grade: str
    strength: str
    arm: str
    effect: VerdictEffect | None
    p: float | None
    p_adjusted: float | None
    baseline: float | None
    needed: NeededTold | None
    equivalent: bool
    warnings: list[str]
    points: list[PointTold]
    narrowed: float | None


class CourseWeek(BaseModel):
    """The number in the week that begins on this Monday."""

    week: str
    value: float
    n: int


class CourseLine(BaseModel):
    """The weeks of those who got it, or of those they are compared with."""

    name: str
    treated: bool
    weeks: list[CourseWeek]


class CourseWithout(BaseModel):
    """What the number would have been after the start without it."""

    value: float
    low: float | None
    high: float | None


class CourseTold(BaseModel):
    """How the number went, week by week."""

    unit: str
    starts_on: str
    lines: list[CourseLine]
    reached: float | None
    without: CourseWithout | None


class VerdictTold(BaseModel):
    """Did it help: helped, no clear effect, harmed, or too early."""

    initiative: str | None
    verdict: str
    says: str
    verdicts: list[VerdictOne]
    notes: list[str]
    share_of_plan: float | None
    looks: int
    data_until: str
    course: CourseTold
    overlaps: list[str]


@router.get("", response_model=VerdictTold, responses=LATER)
async def verdict(request: Request, map_id: Id, initiative_id: Id, actor: Annotated[Actor, Depends(READ)]) -> Response:
    """Look at its effect. No verdict is written; the look is counted, because who looks often sees chance."""
    desk, map_ = desk_of(request), await map_of(desk_of(request), map_id)
    one, about, work = await asyncio.to_thread(_question, desk, map_, initiative_id)
    answer = await desk.looks.ask("verdict", about, work)
    if answer.status_code == 200:
        until = datetime.fromisoformat(json.loads(bytes(answer.body))["data_until"]).date()
        if until not in one.seen_until:
            ledger, now = decided.ledger_of(desk), decided.by(desk, actor)
            await asyncio.to_thread(lambda: ledger.change(one.id, lambda old: changes.look(old, until, by=now)))
    return answer


@router.post("", status_code=201)
async def judge(
    request: Request,
    map_id: Id,
    initiative_id: Id,
    actor: Annotated[Actor, Depends(EDIT)],
    later: BackgroundTasks,
) -> InitiativeTold:
    """Write the verdict beside the initiative, after those before it."""
    desk, map_ = desk_of(request), await map_of(desk_of(request), map_id)
    one, about, work = await asyncio.to_thread(_question, desk, map_, initiative_id)
    found = await desk.looks.answer("verdict", about, work)
    now = decided.by(desk, actor)
    judged = Judged(
        at=now.at,
        who=now.who,
        word=found["verdict"],
        says=found["says"][:4_000],
        data_until=datetime.fromisoformat(found["data_until"]),
        whole={name: value for name, value in found.items() if name != "initiative"},
    )
    ledger = decided.ledger_of(desk)

    def written() -> InitiativeTold:
        ledger.change(one.id, lambda old: changes.judge(old, judged, by=now), at_version=one.version)
        return decided.told(decided.found(desk, map_, one.id), decided.of_map(desk, map_), map_)

    told = await asyncio.to_thread(written)
    await decided.changed(desk, map_id, actor, "initiative.judged", one)
    later.add_task(ledger.deliver)
    return told


def _question(desk: Desk, map_: Map, id_: str) -> tuple[Initiative, list[Any], Work]:
    """What is asked of the data, and all that the answer depends on. Raises UnknownInitiative, QuestionUnclear."""
    one, others = decided.found(desk, map_, id_), decided.ledger_of(desk).initiatives()
    check_begun(one)
    trial, notes = Trial.of(one), overlap_notes(one, others)

    def work(workspace: Workspace, step: Any) -> dict[str, Any]:
        found = workspace.watch(map_, trial, step=step).judgement()
        return {"initiative": one.id} | found.as_json() | {"overlaps": notes}

    return one, [one.id, map_, decided.about_of(trial), notes], work
