"""A map's file: taken out, and brought in again. What somebody changed in it by hand becomes an edit of the map."""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, Field

from desireline.maps.written import MAX_BYTES
from desireline.server.fields import Id, Line
from desireline.server.files import begin, bring_text, changes_to, import_words, text_of
from desireline.server.guards import EDIT, READ, Actor, desk_of
from desireline.server.routes.maps import MapCard, card
from desireline.server.routes.versions import MapBrought, brought

router = APIRouter(prefix="/api", tags=["imports"])

Editing = Annotated[Actor, Depends(EDIT)]


class MapFileText(BaseModel):
    """A map's file. `name` is what the file is called; with `dry_run` nothing is changed, only told."""

    text: str = Field(max_length=MAX_BYTES)
    name: Line = "the file"
    dry_run: bool = False


class NewMapFile(BaseModel):
    """A file from which a map is begun, and how the map is called if not as the file says."""

    text: str = Field(max_length=MAX_BYTES)
    name: Line = "the file"
    title: Line = ""


@router.get("/maps/{map_id}/file", dependencies=[Depends(READ)], response_class=Response)
async def file(request: Request, map_id: Id) -> Response:
    """The map's file (YAML): the one that it was last brought in from, with only those lines changed that differ."""
    desk = desk_of(request)
    text = await text_of(desk, map_id)
    about = await asyncio.to_thread(desk.documents.get, map_id)
    name = f'attachment; filename="{about.map_id}.journey.yaml"'
    return Response(text, media_type="application/yaml; charset=utf-8", headers={"Content-Disposition": name})


@router.put("/maps/{map_id}/file")
async def bring(request: Request, map_id: Id, wanted: MapFileText, actor: Editing) -> MapBrought:
    """Bring the map to what its file says. The answer tells what that changes."""
    desk = desk_of(request)
    if wanted.dry_run:
        return brought(await changes_to(desk, map_id, wanted.text), {})
    found = await bring_text(desk, map_id, wanted.text, by=actor.id, words=import_words(wanted.name))
    return brought(found, {actor.id: actor.name})


@router.post("/imports", status_code=201)
def begin_from_file(request: Request, wanted: NewMapFile, actor: Editing) -> MapCard:
    """Begin a map from its file."""
    desk = desk_of(request)
    made = begin(desk.documents, desk.shelf, wanted.text, by=actor.id, at=desk.clock(), title=wanted.title)
    return card(desk, made, {actor.id: actor.name})
