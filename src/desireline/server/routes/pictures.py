"""Pictures of a map: uploaded, drawn again by this program without anything that was hidden in them, and shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Depends, File, Request, Response, UploadFile
from pydantic import BaseModel

from desireline.errors import PictureRefused
from desireline.ledger.pictures import Picture
from desireline.server.fields import Id
from desireline.server.files import check_in_use
from desireline.server.guards import EDIT, READ, Actor, desk_of
from desireline.server.redrawn import MOST_BYTES, redrawn

router = APIRouter(prefix="/api/maps/{map_id}/pictures", tags=["pictures"])

MOST_OF_A_MAP = 200 * 1024 * 1024
SAFE_TO_SHOW = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Content-Disposition": "inline",
    "Cache-Control": "private, max-age=31536000, immutable",
}


class PictureCard(BaseModel):
    """A picture that a record may name as its `image`, and its size in pixels."""

    id: str
    width: int
    height: int


@router.post("", status_code=201)
def upload(
    request: Request, map_id: Id, file: Annotated[UploadFile, File()], actor: Annotated[Actor, Depends(EDIT)]
) -> PictureCard:
    """Upload a picture: PNG, JPEG, GIF or WebP of at most 5 MB."""
    desk = desk_of(request)
    check_in_use(desk, map_id)
    found = redrawn(file.file.read(MOST_BYTES + 1))
    if desk.pictures.size(map_id) + len(found.body) > MOST_OF_A_MAP:
        raise PictureRefused(f"The pictures of a map take at most {MOST_OF_A_MAP // 1024 // 1024} MB together.")
    at = desk.clock().isoformat()
    kept = desk.pictures.add(map_id, kind=found.kind, body=found.body, by=actor.id, at=at)
    return PictureCard(id=kept.id, width=found.width, height=found.height)


@router.get("/{picture_id}", dependencies=[Depends(READ)], response_class=Response)
def picture(request: Request, map_id: Id, picture_id: Id) -> Response:
    """A picture."""
    return shown(desk_of(request).pictures.get(map_id, picture_id))


def shown(one: Picture, more: Mapping[str, str] | None = None) -> Response:
    """A picture as an answer that can be nothing but a picture."""
    return Response(one.body, media_type=one.kind, headers={**SAFE_TO_SHOW, **(more or {})})
