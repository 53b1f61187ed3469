"""A map's initiatives: proposed from findings, fixed at the start, and judged, as `desireline initiative` does it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, BackgroundTasks, Depends, Request, Response
from pydantic import BaseModel, Field

from desireline.draw.files.spreadsheet import csv_text
from desireline.errors import BaselineMissing
from desireline.initiatives import changes
from desireline.initiatives.export import as_table
from desireline.initiatives.records import By, Direction, Initiative, Kind, draft, new_task
from desireline.initiatives.revision import given, same_watch, target_of, target_over
from desireline.initiatives.trial import Trial
from desireline.json_form import json_text
from desireline.maps.records import Map
from desireline.server import decided
from desireline.server.decided import InitiativeTold
from desireline.server.desk import Desk
from desireline.server.fields import Id
from desireline.server.guards import EDIT, READ, Actor, desk_of
from desireline.server.measured import map_of

router = APIRouter(prefix="/api/maps/{map_id}", tags=["initiatives"])

Editing = Annotated[Actor, Depends(EDIT)]
Said = Annotated[str, Field(max_length=5000)]
Edit = Callable[[Initiative, By], Initiative]


class TargetSaid(BaseModel):
    """Which number is to move, where, for whom, and by how much, in its unit without a sign. What is left out stays."""

    measure: Said | None = None
    at: Said | None = None
    group: Said | None = None
    direction: Direction | None = None
    expected: float | None = None
    smallest: float | None = None


class ArmSaid(BaseModel):
    """Customers with this value of the property; `since` a day of their own."""

    name: Said
    treated: bool = True
    since: date | None = None


class RollOutSaid(BaseModel):
    """Who gets it: everybody at once, some groups before others, or customers by lot."""

    kind: Kind = "everywhere"
    by: Said = ""
    arms: Annotated[list[ArmSaid], Field(max_length=50)] = []
    controls: Annotated[list[Said], Field(max_length=20)] = []


class TaskSaid(BaseModel):
    """Something to do."""

    title: Said
    owner: Said = ""


class InitiativeEdit(BaseModel):
    """What is to be changed of an initiative; what is left out stays."""

    title: Said | None = None
    owner: Said | None = None
    team: Said | None = None
    hypothesis: Said | None = None
    findings: Annotated[list[Said], Field(max_length=50)] | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    target: TargetSaid | None = None
    roll_out: RollOutSaid | None = None


class InitiativeNew(InitiativeEdit):
    """An initiative to propose. Its baseline is measured at once: the half year before the start, or this window."""

    title: Said
    tasks: Annotated[list[TaskSaid], Field(max_length=100)] = []
    baseline_since: date | None = None
    baseline_until: date | None = None


class BaselineAsked(BaseModel):
    """The window that is measured; the half year before the start when nothing is said."""

    since: date | None = None
    until: date | None = None


class StatusMove(BaseModel):
    """Where an initiative goes, on which day (today), and why it is stopped."""

    to: Literal["running", "finished", "stopped"]
    on: date | None = None
    reason: Said = ""


class TaskMove(BaseModel):
    """Whether a task is done."""

    done: bool


@router.get("/initiatives", dependencies=[Depends(READ)])
async def initiatives(request: Request, map_id: Id) -> list[InitiativeTold]:
    """The initiatives of this map, in the order in which they were proposed."""
    desk = desk_of(request)
    map_ = await map_of(desk, map_id)

    def all_of_it() -> list[InitiativeTold]:
        some = decided.of_map(desk, map_)
        return [decided.told(one, some, map_) for one in some]

    return await asyncio.to_thread(all_of_it)


@router.get("/initiatives.csv", response_class=Response)
async def as_csv(request: Request, map_id: Id, actor: Annotated[Actor, Depends(READ)]) -> Response:
    """The initiatives of this map for another tracker, a row for each; no cell runs as a formula."""
    some, name = await _leaving(desk_of(request), map_id, actor, "csv")
    return Response(csv_text(as_table(some)), media_type="text/csv; charset=utf-8", headers=name)


@router.get("/initiatives.json", response_class=Response)
async def as_json(request: Request, map_id: Id, actor: Annotated[Actor, Depends(READ)]) -> Response:
    """The initiatives of this map for another tracker, with everything."""
    some, name = await _leaving(desk_of(request), map_id, actor, "json")
    text = json_text([one.as_json() for one in some], indent=2)
    return Response(text, media_type="application/json", headers=name)


@router.get("/initiatives/{initiative_id}", dependencies=[Depends(READ)])
async def initiative(request: Request, map_id: Id, initiative_id: Id) -> InitiativeTold:
    """One initiative with its tasks, its history and its verdicts."""
    desk = desk_of(request)
    map_ = await map_of(desk, map_id)
    return await asyncio.to_thread(_told, desk, map_, initiative_id)


@router.post("/initiatives", status_code=201)
async def propose(
    request: Request, map_id: Id, wanted: InitiativeNew, actor: Editing, later: BackgroundTasks
) -> InitiativeTold:
    """Write down what is to be done, which number it is to move, and how that number is now."""
    desk, map_ = desk_of(request), await map_of(desk_of(request), map_id)
    said = given(wanted.model_dump(exclude={"target", "baseline_since", "baseline_until"}))
    target = wanted.target.model_dump() if wanted.target else {}
    said["target"] = target_of(map_.map.id, {"measure": "conversion"} | given(target))
    made = draft(said | {"map_id": map_.map.id})
    window = (wanted.baseline_since, wanted.baseline_until)
    seen = await decided.baseline_of(desk, map_, Trial.planned(made), window)
    made = made.model_copy(update={"target": made.target.model_copy(update={"baseline": seen})})
    ledger = decided.ledger_of(desk)
    one = await asyncio.to_thread(lambda: ledger.propose(made, by=decided.by(desk, actor)))
    await decided.changed(desk, map_id, actor, "initiative.created", one)
    later.add_task(ledger.deliver)
    return await asyncio.to_thread(_told, desk, map_, one.id)


@router.patch("/initiatives/{initiative_id}")
async def edit(
    request: Request, map_id: Id, initiative_id: Id, wanted: InitiativeEdit, actor: Editing, later: BackgroundTasks
) -> InitiativeTold:
    """Change what an initiative says; what its verdict rests on only before it has started."""
    desk, map_ = desk_of(request), await map_of(desk_of(request), map_id)
    one = await asyncio.to_thread(decided.found, desk, map_, initiative_id)
    said = wanted.model_dump(exclude_unset=True)
    dates = {name: said[name] for name in ("starts_on", "ends_on") if name in said}
    said = given(said) | dates
    if wanted.target:
        said["target"] = target_over(one, wanted.target.model_dump(exclude_unset=True))
    changed = changes.edit(one, said, by=decided.by(desk, actor))
    if not same_watch(one, changed):
        await decided.baseline_of(desk, map_, Trial.planned(changed))
    return await _changed(
        desk, map_id, one, actor, later, what="initiative.changed", edit=lambda old, by: changes.edit(old, said, by=by)
    )


@router.post("/initiatives/{initiative_id}/baseline")
async def baseline(
    request: Request, map_id: Id, initiative_id: Id, wanted: BaselineAsked, actor: Editing, later: BackgroundTasks
) -> InitiativeTold:
    """Measure how things are before the start."""
    desk, map_ = desk_of(request), await map_of(desk_of(request), map_id)
    one = await asyncio.to_thread(decided.found, desk, map_, initiative_id)
    seen = await decided.baseline_of(desk, map_, Trial.planned(one), (wanted.since, wanted.until))
    if seen is None:
        raise BaselineMissing(initiative_id)
    target = one.target.model_copy(update={"baseline": seen})

    def measured(old: Initiative, by: By) -> Initiative:
        return changes.edit(old, {"target": target}, by=by)

    return await _changed(desk, map_id, one, actor, later, what="initiative.measured", edit=measured)


@router.post("/initiatives/{initiative_id}/status")
async def move(
    request: Request, map_id: Id, initiative_id: Id, wanted: StatusMove, actor: Editing, later: BackgroundTasks
) -> InitiativeTold:
    """Start, finish or stop it. From its start on, target, baseline, design and start stay as they are."""
    desk, map_ = desk_of(request), await map_of(desk_of(request), map_id)
    one = await asyncio.to_thread(decided.found, desk, map_, initiative_id)

    def moved(old: Initiative, by: By) -> Initiative:
        on = wanted.on or by.at.date()
        if wanted.to == "stopped":
            return changes.stop(old, reason=wanted.reason, on=on, by=by)
        return (changes.start if wanted.to == "running" else changes.finish)(old, on=on, by=by)

    return await _changed(desk, map_id, one, actor, later, what=f"initiative.{wanted.to}", edit=moved)


@router.post("/initiatives/{initiative_id}/tasks", status_code=201)
async def add_task(
    request: Request, map_id: Id, initiative_id: Id, wanted: TaskSaid, actor: Editing, later: BackgroundTasks
) -> InitiativeTold:
    """Add something to do."""
    desk, map_ = desk_of(request), await map_of(desk_of(request), map_id)
    one = await asyncio.to_thread(decided.found, desk, map_, initiative_id)
    added = new_task(wanted.title, wanted.owner)

    def with_task(old: Initiative, by: By) -> Initiative:
        return changes.add_task(old, added, by=by)

    return await _changed(desk, map_id, one, actor, later, what="initiative.changed", edit=with_task)


@router.patch("/initiatives/{initiative_id}/tasks/{number}")
async def set_task(
    request: Request,
    map_id: Id,
    initiative_id: Id,
    number: int,
    wanted: TaskMove,
    actor: Editing,
    later: BackgroundTasks,
) -> InitiativeTold:
    """A task, numbered from 1, is done or not."""
    desk, map_ = desk_of(request), await map_of(desk_of(request), map_id)
    one = await asyncio.to_thread(decided.found, desk, map_, initiative_id)

    def ticked(old: Initiative, by: By) -> Initiative:
        return changes.set_task(old, number, done=wanted.done, by=by)

    return await _changed(desk, map_id, one, actor, later, what="initiative.changed", edit=ticked)


async def _leaving(desk: Desk, map_id: str, actor: Actor, format: str) -> tuple[list[Initiative], dict[str, str]]:
    """What leaves, and under which name; it stands in the audit."""
    map_ = await map_of(desk, map_id)
    some = await asyncio.to_thread(decided.of_map, desk, map_)
    note = desk.audit.add
    await asyncio.to_thread(note, actor.id, "initiatives.exported", at=desk.clock(), map=map_id, format=format)
    return some, {"Content-Disposition": f'attachment; filename="{map_.map.id}-initiatives.{format}"'}


def _told(desk: Desk, map_: Map, id_: str) -> InitiativeTold:
    return decided.told(decided.found(desk, map_, id_), decided.of_map(desk, map_), map_)


async def _changed(
    desk: Desk, map_id: str, one: Initiative, actor: Actor, later: BackgroundTasks, *, what: str, edit: Edit
) -> InitiativeTold:
    """The initiative is changed, if it still is as it was read; the audit, the room and hooks hear of it."""
    ledger, now = decided.ledger_of(desk), decided.by(desk, actor)
    await asyncio.to_thread(lambda: ledger.change(one.id, lambda old: edit(old, now), at_version=one.version))
    await decided.changed(desk, map_id, actor, what, one)
    later.add_task(ledger.deliver)
    return await asyncio.to_thread(_told, desk, await map_of(desk, map_id), one.id)
