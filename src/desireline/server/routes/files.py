"""Files brought into the workspace: read first, told in numbers, then imported; and the recipes that were used."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, File, Form, Request, UploadFile
from pydantic import BaseModel, Field

from desireline.kept.recipes import keep_recipe, kept_recipes
from desireline.recipes.corrections import correct
from desireline.server.answers import DataAnswers, answers_in
from desireline.server.fields import Id, Line
from desireline.server.guards import EDIT, READ, Actor, desk_of
from desireline.server.imported import import_upload, read_upload
from desireline.server.jobs import Job

router = APIRouter(prefix="/api/data", tags=["data"])

Editing = Annotated[Actor, Depends(EDIT)]
RecipeText = Annotated[str, Field(max_length=500_000)]


class RecipeKept(BaseModel):
    """A recipe of this workspace, as text (YAML)."""

    name: str
    text: str


class RecipeWritten(BaseModel):
    """The text of a recipe."""

    text: RecipeText


class WayOfWriting(BaseModel):
    """How the cells of a source are written; what is left out stays."""

    encoding: Line | None = None
    delimiter: Annotated[str, Field(max_length=1)] | None = None


class Corrections(BaseModel):
    """What is to be otherwise in the recipe by which the files were read.

    `called`: events and questions with the names that they get, "" for those that are left out; `without`: tables that
    are left out; `written`: encoding and delimiter by source.
    """

    called: dict[Line, Line] = Field(default_factory=dict)
    without: list[Line] = Field(default_factory=list)
    written: dict[Line, WayOfWriting] = Field(default_factory=dict)


class FilesSaid(DataAnswers):
    """What a person says of files: answers, the recipe (YAML) that they wrote for them, or corrections of it."""

    recipe: RecipeText | None = None
    corrections: Corrections | None = None


@router.post("/files", status_code=202)
def files(
    request: Request,
    files: Annotated[list[UploadFile], File()],
    actor: Editing,
    answers: Annotated[str, Form(max_length=10_000)] = "{}",
) -> Job:
    """Read files as they would be imported. Nothing is imported yet.

    The job's result: {upload, files, how, name, recipe, parts, sources, reasons, unused, questions, preview, counts}.
    With questions there are no preview and no counts yet: answer them.
    """
    desk = desk_of(request)
    told = answers_in(answers)
    upload = desk.uploads.take([(file.filename or "file", file.file) for file in files], by=actor.id)
    return desk.jobs.start("reading", read_upload(desk, upload, told), by=actor.id)


@router.post("/files/{upload_id}/answers", status_code=202)
def answer(request: Request, upload_id: Id, wanted: FilesSaid, actor: Editing) -> Job:
    """Say what the files leave open, or correct their recipe; the job is the same as that of the upload.

    Answers add up; an empty object takes all of them back.
    """
    desk = desk_of(request)
    upload, text = desk.uploads.of(upload_id, actor), wanted.recipe
    if wanted.corrections:
        text = correct(text or upload.text, **wanted.corrections.model_dump(exclude_none=True))
    return desk.jobs.start("reading", read_upload(desk, upload, wanted, text), by=actor.id)


@router.post("/files/{upload_id}/import", status_code=202)
def bring(request: Request, upload_id: Id, actor: Editing) -> Job:
    """Import the files as they were read. The job's result: {import_id, counts, aside, recipe}."""
    desk = desk_of(request)
    upload = desk.uploads.of(upload_id, actor)
    return desk.jobs.start("importing", import_upload(desk, upload, by=actor.id), by=actor.id)


@router.delete("/files/{upload_id}", status_code=204)
def let_go(request: Request, upload_id: Id, actor: Editing) -> None:
    """Let files go that were not imported."""
    desk = desk_of(request)
    desk.uploads.let_go(desk.uploads.of(upload_id, actor).id)


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
