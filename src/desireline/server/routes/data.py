"""The workspace's data: what is there and how fresh it is, files brought in, refused rows, an import taken back."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Depends, File, Form, Query, Request, Response, UploadFile
from pydantic import BaseModel, ConfigDict, Field

from desireline.draw.spreadsheet import csv_text
from desireline.errors import ImportGone, NoDataYet, QuestionUnclear, did_you_mean
from desireline.recipes.refusal import REASONS
from desireline.server.aside import discard as discard_aside
from desireline.server.aside import forget, held_aside, look_aside, replayed
from desireline.server.fields import Id
from desireline.server.guards import EDIT, READ, Actor, desk_of
from desireline.server.imported import import_upload, read_upload, replay
from desireline.server.jobs import Job
from desireline.server.kept_recipes import keep_recipe, kept_recipes
from desireline.server.routes.doors import DataAnswers, answers_in, mine, said_by
from desireline.workspace import Workspace

router = APIRouter(prefix="/api/data", tags=["data"])

Editing = Annotated[Actor, Depends(EDIT)]
LATER: dict[int | str, dict[str, Any]] = {202: {"model": Job, "description": "Ask again when this job is done."}}
Reason = Annotated[str | None, Query(max_length=40)]
RecipeText = Annotated[str, Field(max_length=500_000)]


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
    """What the workspace holds; the newest import first, the source that is quiet for longest first."""

    counts: DataCounts
    first: str | None
    last: str | None
    tier: str
    imports: list[ImportMade]
    sources: list[SourceHeld]
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


class RecipeKept(BaseModel):
    """A recipe of this workspace, as text (YAML)."""

    name: str
    text: str


class RecipeWritten(BaseModel):
    """The text of a recipe."""

    text: RecipeText


class FilesSaid(DataAnswers):
    """What a person says of files, or the recipe (YAML) that they wrote for them."""

    recipe: RecipeText | None = None


class ReplayWanted(BaseModel):
    """The corrected recipe (YAML); with `dry_run` it is only told what would happen."""

    recipe: RecipeText
    dry_run: bool = False


class ImportUndone(BaseModel):
    """The import that is no longer there."""

    import_id: str


@router.get("", dependencies=[Depends(READ)], response_model=DataHeld, responses=LATER)
async def data(request: Request) -> Response:
    """What the workspace holds, what came in when, and which sources fell silent."""
    desk = desk_of(request)
    aside, taken = await asyncio.to_thread(held_aside, desk.folder), await asyncio.to_thread(replayed, desk.folder)

    def work(workspace: Workspace, _step: Any) -> dict[str, Any]:
        found = workspace.holdings()
        for number, one in enumerate(found["imports"]):
            one |= {"undoable": number == 0, "aside": one["id"] in aside, "replayed": taken.get(one["id"])}
        return found

    return await desk.looks.ask("data", [sorted(aside), taken], work)


@router.get("/refusals", dependencies=[Depends(READ)], response_model=Refusals, responses=LATER)
async def refusals(
    request: Request, reason: Reason = None, limit: Annotated[int, Query(ge=1, le=500)] = 20
) -> Response:
    """The rows that were not taken: counts by reason, and the first ones, as `desireline refusals --json` has them."""
    desk = desk_of(request)
    _check(reason)
    taken = await asyncio.to_thread(replayed, desk.folder)

    def work(workspace: Workspace, _step: Any) -> dict[str, Any]:
        reasons: dict[str, dict[str, Any]] = {}
        for one in workspace.refusal_counts():
            held = reasons.setdefault(
                one["reason"], {"reason": one["reason"], "says": one["says"], "rows": 0, "replayed": 0}
            )
            held["rows"] += one["rows"]
            held["replayed"] += one["rows"] if one["import_id"] in taken else 0
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


@router.post("/files", status_code=202)
def files(
    request: Request,
    files: Annotated[list[UploadFile], File()],
    actor: Editing,
    answers: Annotated[str, Form(max_length=10_000)] = "{}",
) -> Job:
    """Read files as they would be imported. Nothing is imported yet.

    The job's result: {upload, files, how, name, recipe, reasons, unused, questions, preview, counts}. With questions
    there are no preview and no counts yet: answer them.
    """
    desk = desk_of(request)
    told = answers_in(answers)
    upload = desk.uploads.take([(file.filename or "file", file.file) for file in files], by=actor.id)
    return desk.jobs.start("reading", read_upload(desk, upload, told), by=actor.id)


@router.post("/files/{upload_id}/answers", status_code=202)
def answer(request: Request, upload_id: Id, wanted: FilesSaid, actor: Editing) -> Job:
    """Say what the files leave open, or correct their recipe; the job is the same as that of the upload."""
    desk = desk_of(request)
    upload = mine(desk.uploads.get(upload_id), actor)
    return desk.jobs.start("reading", read_upload(desk, upload, said_by(wanted), wanted.recipe), by=actor.id)


@router.post("/files/{upload_id}/import", status_code=202)
def bring(request: Request, upload_id: Id, actor: Editing) -> Job:
    """Import the files as they were read. The job's result: {import_id, counts, aside, recipe}."""
    desk = desk_of(request)
    upload = mine(desk.uploads.get(upload_id), actor)
    return desk.jobs.start("importing", import_upload(desk, upload, by=actor.id), by=actor.id)


@router.delete("/files/{upload_id}", status_code=204)
def let_go(request: Request, upload_id: Id, actor: Editing) -> None:
    """Let files go that were not imported."""
    desk = desk_of(request)
    desk.uploads.let_go(mine(desk.uploads.get(upload_id), actor).id)


@router.get("/recipes", dependencies=[Depends(READ)])
def recipes(request: Request) -> list[RecipeKept]:
    """The recipes that were used here: the next files of the same names are read by them."""
    return [RecipeKept(name=name, text=text) for name, text in kept_recipes(desk_of(request).folder).items()]


@router.put("/recipes/{name}")
def write_recipe(request: Request, name: Id, wanted: RecipeWritten, actor: Editing) -> RecipeKept:
    """Keep a recipe under this name."""
    desk = desk_of(request)
    kept = keep_recipe(desk.folder, name, wanted.text)
    desk.audit.add(actor.id, "recipe.written", at=desk.clock(), recipe=kept)
    return RecipeKept(name=kept, text=wanted.text)


@router.get("/imports/{import_id}/recipe", dependencies=[Depends(EDIT)])
def recipe_of(request: Request, import_id: Id) -> RecipeKept:
    """The recipe by which the files were read that wait to be read again."""
    return RecipeKept(name=import_id, text=look_aside(desk_of(request).folder, import_id).text)


@router.post("/imports/{import_id}/replay", status_code=202)
def take_up(request: Request, import_id: Id, wanted: ReplayWanted, actor: Editing) -> Job:
    """Read the files of an import again by a corrected recipe. Rows that are known stay; refused ones get a new chance.

    The job's result is that of an import; with `dry_run` its `import_id` is null.
    """
    desk = desk_of(request)
    work = replay(desk, look_aside(desk.folder, import_id), wanted.recipe, by=actor.id, dry_run=wanted.dry_run)
    return desk.jobs.start("replaying", work, by=actor.id)


@router.delete("/imports/{import_id}/files", status_code=204)
def discard(request: Request, import_id: Id, actor: Editing) -> None:
    """The files of an import with refused rows are not kept any longer."""
    desk = desk_of(request)
    held = look_aside(desk.folder, import_id)
    desk.audit.add(actor.id, "data.files_discarded", at=desk.clock(), files=", ".join(one.name for one in held.files))
    discard_aside(desk.folder, import_id)


@router.post("/imports/{import_id}/undo")
def undo(request: Request, import_id: Id, actor: Editing) -> ImportUndone:
    """Take the last import back: the data are as they were before it."""
    desk = desk_of(request)
    with desk.uploads.entering:
        try:
            shop = desk.looks.opened()
        except NoDataYet:
            raise ImportGone(import_id) from None
        if import_id not in shop.import_ids():
            raise ImportGone(import_id)
        shop.undo_import(import_id)
        forget(desk.folder, import_id)
    desk.audit.add(actor.id, "data.undone", at=desk.clock(), **{"import": import_id})
    return ImportUndone(import_id=import_id)


def _check(reason: str | None) -> None:
    """It is a code of a reason, or none. Raises QuestionUnclear."""
    if reason is not None and reason not in REASONS:
        known = f"Known codes: {', '.join(REASONS)}."
        raise QuestionUnclear(f"No reason is called {reason!r}. {did_you_mean(reason, REASONS, known)}")
