"""Doors into a new workspace: the demo company, and a map proposed from files of one's own. Each is a job."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, File, Form, Request, UploadFile
from pydantic import BaseModel, Field

from desireline.server.answers import DataAnswers, answers_in
from desireline.server.doors import accept, demo_map, propose, show_demo
from desireline.server.fields import Id, Line
from desireline.server.guards import EDIT, READ, Actor, desk_of
from desireline.server.jobs import Job

router = APIRouter(prefix="/api/doors", tags=["doors"])

Editing = Annotated[Actor, Depends(EDIT)]


class DemoShown(BaseModel):
    """The map that shows the demo company here; none until somebody asks for it."""

    map_id: str | None


class ProposalChoice(BaseModel):
    """Which pieces of a proposal to take (all, when none are named), how the map is called, and what success is."""

    pieces: Annotated[list[str], Field(max_length=1000)] | None = None
    title: Line = ""
    success: Line = ""


@router.get("/demo", dependencies=[Depends(READ)])
def shown(request: Request) -> DemoShown:
    """Whether the demo company is here already."""
    return DemoShown(map_id=demo_map(desk_of(request)))


@router.post("/demo", status_code=202)
def demo(request: Request, actor: Editing) -> Job:
    """Bring in the demo company. The job's result: {map_id, there}; `there` when it was here already."""
    desk = desk_of(request)
    return desk.jobs.start("demo", show_demo(desk, by=actor.id), by=actor.id)


@router.post("/data", status_code=202)
def data(
    request: Request,
    files: Annotated[list[UploadFile], File()],
    actor: Editing,
    answers: Annotated[str, Form(max_length=10_000)] = "{}",
) -> Job:
    """Propose a map from files. Nothing is imported yet.

    The job's result: {upload, questions, counts, proposal}. With questions there is no proposal yet: answer them.
    """
    desk = desk_of(request)
    said = answers_in(answers)
    upload = desk.uploads.take([(file.filename or "file", file.file) for file in files], by=actor.id)
    return desk.jobs.start("proposal", propose(desk, upload, said), by=actor.id)


@router.post("/data/{upload_id}/answers", status_code=202)
def answer(request: Request, upload_id: Id, said: DataAnswers, actor: Editing) -> Job:
    """Say what the files leave open; the job is the same as that of the upload.

    Answers add up; an empty object takes all of them back.
    """
    desk = desk_of(request)
    upload = desk.uploads.of(upload_id, actor)
    return desk.jobs.start("proposal", propose(desk, upload, said), by=actor.id)


@router.post("/data/{upload_id}/accept", status_code=202)
def take(request: Request, upload_id: Id, choice: ProposalChoice, actor: Editing) -> Job:
    """Bring the files into the workspace, and draw the map. The job's result: {map_id, accepted, refused}."""
    desk = desk_of(request)
    upload = desk.uploads.of(upload_id, actor)
    work = accept(desk, upload, choice.pieces, title=choice.title, success=choice.success, by=actor.id)
    return desk.jobs.start("accepting", work, by=actor.id)


@router.delete("/data/{upload_id}", status_code=204)
def discard(request: Request, upload_id: Id, actor: Editing) -> None:
    """Let a proposal and its files go."""
    desk = desk_of(request)
    desk.uploads.let_go(desk.uploads.of(upload_id, actor).id)
