"""The workspace's data: what is there and how fresh it is, and the rows that were refused."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel, ConfigDict

from desireline.draw.files.spreadsheet import csv_text
from desireline.errors import QuestionUnclear, did_you_mean
from desireline.kept.aside import held_aside, replayed
from desireline.recipes.refusal import REASONS
from desireline.server.guards import EDIT, READ, Actor, desk_of
from desireline.server.looks import LATER
from desireline.server.masking import sees_ids, without_rare
from desireline.workspace import Workspace

router = APIRouter(prefix="/api/data", tags=["data"])

Editing = Annotated[Actor, Depends(EDIT)]
Reason = Annotated[str | None, Query(max_length=40)]


class DataCounts(BaseModel):
    """How much the lake holds."""

    events: int
    feedback: int
    customers: int
    campaigns: int
    refusals: int
    imports: int


class ImportedFile(BaseModel):
    """A file of an import, and its rows."""

    name: str
    sha256: str
    rows: int


class ImportMade(BaseModel):
    """An import. Rows: accepted + refused + duplicates = read; the others count records that were new.

    `aside`: its files wait to be read again. `replayed`: the import that took its refused rows up again.
    """

    id: str
    at: str
    recipe: str
    files: list[ImportedFile]
    read: int
    accepted: int
    refused: int
    duplicates: int
    events: int
    feedback: int
    customers: int
    campaigns: int
    undoable: bool
    aside: bool
    replayed: str | None


class SourceSilence(BaseModel):
    """A source without its usual rows; still so where `until` is null."""

    source: str
    kind: str
    since: str
    until: str | None
    days: int
    rows: int
    usual: float
    events: list[str]
    says: str


class SourceEvents(BaseModel):
    """Rows of one name of event, answers having none; days in UTC."""

    event: str | None
    rows: int
    first: str
    last: str


class SourceHeld(BaseModel):
    """What one table of a recipe brought; days in UTC."""

    source: str
    rows: int
    first: str
    last: str
    events: list[SourceEvents]
    silence: SourceSilence | None


class DataHeld(BaseModel):
    """What the workspace holds; the newest import first, the source that is quiet for longest first.

    `usual_days`: so long after their last row data are not old yet.
    """

    counts: DataCounts
    first: str | None
    last: str | None
    tier: str
    imports: list[ImportMade]
    sources: list[SourceHeld]
    usual_days: int
    silences: list[SourceSilence]


class RefusalReason(BaseModel):
    """Refused rows of one reason; `replayed` of them belong to imports that were taken up again since."""

    reason: str
    says: str
    rows: int
    replayed: int


class RefusedRow(BaseModel):
    """A row that was not taken; personal data is masked."""

    model_config = ConfigDict(extra="ignore")

    import_id: str
    source: str
    row: int | None
    reason: str
    detail: str | None
    raw: str | None


class Refusals(BaseModel):
    """All reasons, and the first rows of the one that was asked for, or of all."""

    total: int
    reasons: list[RefusalReason]
    rows: list[RefusedRow]


@router.get("", response_model=DataHeld, responses=LATER)
async def data(request: Request, actor: Annotated[Actor, Depends(READ)]) -> Response:
    """What the workspace holds, what came in when, and which sources fell silent.

    Whoever may not edit does not meet the names of events that fewer than five customers met.
    """
    desk, all_of_it = desk_of(request), sees_ids(actor)
    aside, taken = await asyncio.to_thread(held_aside, desk.folder), await asyncio.to_thread(replayed, desk.folder)

    def work(workspace: Workspace, _step: Any) -> dict[str, Any]:
        told = workspace.holdings()
        return told if all_of_it else without_rare(told, workspace.rare_events())

    return await desk.looks.ask("data", [sorted(aside), taken, all_of_it], work)


@router.get("/refusals", dependencies=[Depends(READ)], response_model=Refusals, responses=LATER)
async def refusals(
    request: Request, reason: Reason = None, limit: Annotated[int, Query(ge=1, le=500)] = 20
) -> Response:
    """The rows that were not taken: counts by reason, and the first ones, as `desireline refusals --json` has them."""
    desk = desk_of(request)
    _check(reason)
    taken = await asyncio.to_thread(replayed, desk.folder)

    def work(workspace: Workspace, _step: Any) -> dict[str, Any]:
        again = {one["id"] for one in workspace.imports() if one["replayed"]}
        reasons: dict[str, dict[str, Any]] = {}
        for one in workspace.refusal_counts():
            held = reasons.setdefault(
                one["reason"], {"reason": one["reason"], "says": one["says"], "rows": 0, "replayed": 0}
            )
            held["rows"] += one["rows"]
            held["replayed"] += one["rows"] if one["import_id"] in again else 0
        most = sorted(reasons.values(), key=lambda one: (-one["rows"], one["reason"]))
        rows = workspace.refusals(limit=limit, reason=reason).to_dicts()
        return {"total": sum(one["rows"] for one in most), "reasons": most, "rows": rows}

    return await desk.looks.ask("refusals", [reason, limit, taken], work)


@router.get("/refusals.csv", response_class=Response)
async def refusals_file(request: Request, actor: Editing, reason: Reason = None) -> Response:
    """All refused rows as a table for spreadsheets, personal data masked; no cell of it runs as a formula."""
    desk = desk_of(request)
    _check(reason)

    def made() -> str:
        found = desk.looks.opened().refusals(reason=reason)
        desk.audit.add(actor.id, "data.refusals_exported", at=desk.clock(), rows=found.height, reason=reason or "all")
        return csv_text(found)

    name = f"refused-rows{f'-{reason}' if reason else ''}.csv"
    head = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(await asyncio.to_thread(made), media_type="text/csv; charset=utf-8", headers=head)


def _check(reason: str | None) -> None:
    """It is a code of a reason, or none. Raises QuestionUnclear."""
    if reason is not None and reason not in REASONS:
        known = f"Known codes: {', '.join(REASONS)}."
        raise QuestionUnclear(f"No reason is called {reason!r}. {did_you_mean(reason, REASONS, known)}")
