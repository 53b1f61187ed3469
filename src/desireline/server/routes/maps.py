"""Shared maps: listed, begun, called something else, copied, put away. What is in them is edited over their sockets."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from time import monotonic
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel

from desireline.ledger.documents import Document
from desireline.maps.templates import load_template
from desireline.server.desk import Desk
from desireline.server.fields import Id, Line, Title
from desireline.server.files import begin, data_of, edit_head, text_of
from desireline.server.guards import EDIT, MANAGE, READ, Actor, desk_of
from desireline.server.names import names_of
from desireline.server.sketches import MapSketch

router = APIRouter(prefix="/api/maps", tags=["maps"])

PATIENCE_S = 2.0  # for drawing the sketches of a list
Editing = Annotated[Actor, Depends(EDIT)]
Managing = Annotated[Actor, Depends(MANAGE)]


class MapCard(BaseModel):
    """A map as it stands in a list. Instants are ISO texts in UTC, "" for never; `made_by` and `here` are names.

    A list that would take too long to draw comes with some sketches missing; the next one has more of them.
    """

    id: str
    map_id: str
    title: str
    owner: str
    made_by: str
    made_at: str
    changed_at: str
    archived_at: str
    here: list[str]
    sketch: MapSketch | None


class NewMap(BaseModel):
    """A map to be begun from a template."""

    template: str = "default"
    title: Line = ""


class MapHeadEdit(BaseModel):
    """What a map is called, and whose it is; what is left out stays."""

    title: Title | None = None
    owner: Line | None = None


class MapCopy(BaseModel):
    """How the copy of a map is called."""

    title: Title


class PutAway(BaseModel):
    """Whether a map is put away."""

    archived: bool


@router.get("", dependencies=[Depends(READ)])
def maps(request: Request, archived: bool = False, search: Annotated[str, Query(max_length=200)] = "") -> list[MapCard]:
    """All maps, the last changed first; with `archived` only those that were put away.

    `search`: each of its words stands in the title, the owner, a stage or a persona.
    """
    desk = desk_of(request)
    some = [one for one in desk.documents.all(archived=True) if bool(one.archived_at) == archived]
    names, until = names_of(desk), monotonic() + PATIENCE_S
    cards = [card(desk, one, names, draw=monotonic() < until) for one in some]
    return [one for one in cards if _found(one, search)]


@router.post("", status_code=201)
def begin_map(request: Request, wanted: NewMap, actor: Editing) -> MapCard:
    """Begin a map from a template."""
    desk = desk_of(request)
    text = load_template(wanted.template)
    made = begin(desk.documents, desk.shelf, text, by=actor.id, at=desk.clock(), title=wanted.title)
    return card(desk, made, names_of(desk))


@router.get("/{map_id}", dependencies=[Depends(READ)])
def about(request: Request, map_id: Id) -> MapCard:
    """What is known of a map beside what is in it."""
    desk = desk_of(request)
    return card(desk, desk.documents.get(map_id), names_of(desk))


@router.get("/{map_id}/data", dependencies=[Depends(READ)])
async def data(request: Request, map_id: Id) -> dict[str, Any]:
    """The map as data, in the shape of its file."""
    return await data_of(desk_of(request), map_id)


@router.patch("/{map_id}")
async def edit(request: Request, map_id: Id, wanted: MapHeadEdit, actor: Editing) -> MapCard:
    """Call a map something else, or give it another owner: an edit like any other."""
    desk = desk_of(request)
    said = {name: value for name, value in wanted.model_dump().items() if value is not None}
    await edit_head(desk, map_id, by=actor.id, **said)
    return await asyncio.to_thread(lambda: card(desk, desk.documents.get(map_id), names_of(desk)))


@router.post("/{map_id}/copies", status_code=201)
async def copy(request: Request, map_id: Id, wanted: MapCopy, actor: Editing) -> MapCard:
    """Begin a map that says the same. Comments, votes, versions and links stay with the first."""
    desk = desk_of(request)
    text = await text_of(desk, map_id)

    def made() -> MapCard:
        new = begin(desk.documents, desk.shelf, text, by=actor.id, at=desk.clock(), title=wanted.title)
        desk.pictures.copy(map_id, new.id, by=actor.id, at=desk.clock().isoformat())
        return card(desk, new, names_of(desk))

    return await asyncio.to_thread(made)


@router.put("/{map_id}/archived")
def archive(request: Request, map_id: Id, wanted: PutAway, actor: Managing) -> MapCard:
    """Put a map away, or bring it back. Nothing of it is lost.

    In the archive it can be read and copied, but not changed, and its share links do not work.
    """
    desk = desk_of(request)
    if wanted.archived:
        desk.shelf.archive(map_id, at=desk.clock())
    else:
        desk.shelf.bring_back(map_id)
    desk.audit.add(actor.id, "map.archived" if wanted.archived else "map.restored", at=desk.clock(), map=map_id)
    for member in desk.rooms.members_in(map_id):
        desk.present.review(member)
    return card(desk, desk.documents.get(map_id), names_of(desk))


def card(desk: Desk, one: Document, names: Mapping[str, str], *, draw: bool = True) -> MapCard:
    """A document as an answer; without `draw`, with a sketch only where one is at hand."""
    here = sorted({names.get(member, "") for member in desk.rooms.members_in(one.id)} - {""})
    said = {name: getattr(one, name) for name in MapCard.model_fields if hasattr(one, name)}
    sketch = desk.sketches.of(one, today=desk.clock().date(), draw=draw)
    return MapCard(**said | {"made_by": names.get(one.made_by, ""), "here": here, "sketch": sketch})


def _found(one: MapCard, search: str) -> bool:
    drawn = [*one.sketch.stages, *one.sketch.personas] if one.sketch else []
    whole = " ".join([one.title, one.owner, *drawn]).casefold()
    return all(word in whole for word in search.casefold().split())
