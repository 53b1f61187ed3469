"""An import that was made: its recipe, its refused rows taken up again, its files let go, itself taken back."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel

from desireline.errors import ImportGone, NoDataYet
from desireline.kept.aside import discard as discard_aside
from desireline.kept.aside import look_aside
from desireline.server.fields import Id
from desireline.server.guards import EDIT, Actor, desk_of
from desireline.server.imported import replay
from desireline.server.jobs import Job
from desireline.server.routes.files import RecipeKept, RecipeText
from desireline.workspace.replay import Replay

router = APIRouter(prefix="/api/data/imports/{import_id}", tags=["data"])

Editing = Annotated[Actor, Depends(EDIT)]


class ReplayWanted(BaseModel):
    """The corrected recipe (YAML); with `dry_run` it is only told what would happen."""

    recipe: RecipeText
    dry_run: bool = False


class ImportUndone(BaseModel):
    """The import that is no longer there."""

    import_id: str


@router.get("/recipe", dependencies=[Depends(EDIT)])
def recipe_of(request: Request, import_id: Id) -> RecipeKept:
    """The recipe by which the files were read that wait to be read again."""
    return RecipeKept(name=import_id, text=look_aside(desk_of(request).folder, import_id).text)


@router.post("/replay", status_code=202)
def take_up(request: Request, import_id: Id, wanted: ReplayWanted, actor: Editing) -> Job:
    """Read the files of an import again by a corrected recipe. Rows that are known stay; refused ones get a new chance.

    The job's result is that of an import; with `dry_run` its `import_id` is null.
    """
    desk = desk_of(request)
    again = Replay.of(desk.folder, import_id, wanted.recipe)
    return desk.jobs.start("replaying", replay(desk, again, by=actor.id, dry_run=wanted.dry_run), by=actor.id)


@router.delete("/files", status_code=204)
def discard(request: Request, import_id: Id, actor: Editing) -> None:
    """The files of an import with refused rows are not kept any longer."""
    desk = desk_of(request)
    with desk.uploads.entering:  # nobody reads them now
        names = ", ".join(one.name for one in look_aside(desk.folder, import_id).files)
        desk.audit.add(actor.id, "data.files_discarded", at=desk.clock(), files=names)
        discard_aside(desk.folder, import_id)


@router.post("/undo")
def undo(request: Request, import_id: Id, actor: Editing) -> ImportUndone:
    """Take the last import back: the data are as they were before it."""
    desk = desk_of(request)
    with desk.uploads.entering:
        try:
            desk.looks.opened().undo_import(import_id)
        except NoDataYet:
            raise ImportGone(import_id) from None
    desk.audit.add(actor.id, "data.undone", at=desk.clock(), **{"import": import_id})
    return ImportUndone(import_id=import_id)
