"""A map as a file for others: pictures, pages, slides, workbooks and notations; and notations read as a map's file."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel, Field

from desireline.draw.files.exports import FORMATS, export_map, file_name, format_of
from desireline.errors import SharedError
from desireline.live.written import map_of_document
from desireline.maps.files import map_text
from desireline.maps.notations.reading import Notation, read_any
from desireline.maps.outline import Outline, in_order
from desireline.maps.records import Map
from desireline.maps.written import MAX_BYTES
from desireline.server.desk import Desk
from desireline.server.fields import Id, Line
from desireline.server.files import data_of, text_of
from desireline.server.guards import EDIT, READ, Actor, desk_of

router = APIRouter(prefix="/api", tags=["exports"])

DRAWING = ThreadPoolExecutor(2, "drawing")
"""Drawing takes a whole processor: the rest waits, but not on the threads that other requests need."""

INERT = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox", "X-Robots-Tag": "noindex"}


class ExportFormat(BaseModel):
    """A kind of file. `loses`: what of a map is not in it; nothing: everything is."""

    name: str
    title: str
    ending: str
    says: str
    loses: list[str]


class NotationText(BaseModel):
    """A text in another notation. `notation` is found out when it is missing; `title` is for a grid, which has none."""

    text: str = Field(max_length=MAX_BYTES)
    name: Line = "the text"
    notation: Notation | None = None
    title: Line = ""


class StageRead(BaseModel):
    """A stage as it was read, with the titles of its touchpoints."""

    title: str
    touchpoints: list[str]


class NotationRead(BaseModel):
    """What a text holds: the map in short, what to know about it, and its file, from which a map can be begun."""

    notation: Notation
    title: str
    stages: list[StageRead]
    cards: int
    personas: list[str]
    lacks: list[str]
    text: str


@router.get("/exports", dependencies=[Depends(READ)])
def formats() -> list[ExportFormat]:
    """The kinds of file that a map can be exported as."""
    return [
        ExportFormat(name=one.name, title=one.title, ending=one.ending, says=one.says, loses=list(one.loses))
        for one in FORMATS.values()
    ]


@router.get("/maps/{map_id}/exports/{format}", response_class=Response)
async def export(
    request: Request,
    map_id: Id,
    format: Id,
    actor: Annotated[Actor, Depends(READ)],
    paper: Annotated[Literal["a4", "a3", "letter"], Query()] = "a4",
) -> Response:
    """The map as a file of this kind."""
    desk = desk_of(request)
    wanted = format_of(format)
    map_ = await asyncio.to_thread(map_of_document, await data_of(desk, map_id))
    if format == "yaml":
        body = (await text_of(desk, map_id)).encode()
    else:
        drawn = partial(_drawn, desk, map_id, map_, format, paper)
        body = await asyncio.get_running_loop().run_in_executor(DRAWING, drawn)
    await asyncio.to_thread(desk.audit.add, actor.id, "map.exported", at=desk.clock(), map=map_id, format=format)
    name = f'attachment; filename="{file_name(map_, format)}"'
    return Response(body, media_type=wanted.media, headers={**INERT, "Content-Disposition": name})


@router.post("/notations", dependencies=[Depends(EDIT)])
def read_notation(wanted: NotationText) -> NotationRead:
    """Read a Mermaid journey or a grid as a map. Nothing is kept: begin a map from the file in the answer."""
    found = read_any(wanted.text, wanted.name, notation=wanted.notation or "", title=wanted.title)
    outline = Outline(found.map)
    stages = [
        StageRead(
            title=stage.title or stage.id,
            touchpoints=[point.title or point.id for point in outline.touchpoints if point.stage == stage.id],
        )
        for stage in outline.stages
    ]
    return NotationRead(
        notation=found.notation,
        title=found.map.map.title,
        stages=stages,
        cards=len(in_order(found.map.cards)),
        personas=[one.title or one.id for one in in_order(found.map.personas)],
        lacks=list(found.lacks),
        text=map_text(found.map),
    )


def _drawn(desk: Desk, map_id: str, map_: Map, format: str, paper: str) -> bytes:
    return export_map(map_, format, paper=paper, pictures=_pictures(desk, map_id, map_))


def _pictures(desk: Desk, map_id: str, map_: Map) -> dict[str, bytes]:
    """The pictures that records name; one that is gone is left out."""
    points, people, cards = in_order(map_.touchpoints), in_order(map_.personas), in_order(map_.cards)
    named = {*(one.image for one in points), *(one.image for one in people), *(one.image for one in cards)}
    found: dict[str, bytes] = {}
    for name in sorted(one for one in named if one):
        try:
            found[name] = desk.pictures.get(map_id, name).body
        except SharedError:
            continue
    return found
