"""Shared maps: listed, begun, read. What is in a map is edited over its socket."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel

from desireline.ledger.documents import Document, Update
from desireline.live.bring import bring
from desireline.live.document import document_data
from desireline.live.shape import new_document
from desireline.maps.files import map_data, read_map
from desireline.maps.templates import load_template
from desireline.server.guards import EDIT, READ, Actor, desk_of

router = APIRouter(prefix="/api/maps", tags=["maps"])


class MapCard(BaseModel):
    """A map as it stands in a list. Instants are ISO texts in UTC, "" for never."""

    id: str
    map_id: str
    title: str
    owner: str
    made_at: str
    changed_at: str
    archived_at: str


class NewMap(BaseModel):
    """A map to be begun from a template."""

    template: str = "default"
    title: str = ""


@router.get("", dependencies=[Depends(READ)])
def maps(request: Request) -> list[MapCard]:
    """All maps, the last changed first."""
    return [card(one) for one in desk_of(request).documents.all()]


@router.post("", status_code=201)
def begin(request: Request, wanted: NewMap, actor: Annotated[Actor, Depends(EDIT)]) -> MapCard:
    """Begin a map from a template."""
    desk, text = desk_of(request), load_template(wanted.template)
    data = map_data(read_map(text, wanted.template))
    if wanted.title:
        data["map"]["title"] = wanted.title
    doc = new_document()
    bring(doc, data)
    first = Update(doc.get_update(), actor.id, desk.clock().isoformat())
    head = data["map"]
    made = desk.documents.make(
        map_id=head["id"], title=head["title"], owner=head.get("owner", ""), text=text, first=first
    )
    return card(made)


@router.get("/{map_id}", dependencies=[Depends(READ)])
def about(request: Request, map_id: str) -> MapCard:
    """What is known of a map beside what is in it."""
    return card(desk_of(request).documents.get(map_id))


@router.get("/{map_id}/data", dependencies=[Depends(READ)])
async def data(request: Request, map_id: str) -> dict[str, Any]:
    """The map as data, in the shape of its file."""
    room = await desk_of(request).rooms.room(map_id)
    return document_data(room.doc)


def card(one: Document) -> MapCard:
    """A document as an answer."""
    return MapCard(**{name: getattr(one, name) for name in MapCard.model_fields})
