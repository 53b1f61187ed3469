"""Share links: anybody who has one may look at one map, and at nothing else, until it expires or is taken back."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, Field

from desireline.ledger.shares import Share
from desireline.live.written import map_of_document
from desireline.maps.files import map_data
from desireline.server.desk import Desk
from desireline.server.fields import Id, Line
from desireline.server.files import data_of
from desireline.server.guards import ANYBODY, SHARE, Actor, address_of, desk_of
from desireline.server.names import names_of
from desireline.server.routes.pictures import shown

router = APIRouter(prefix="/api", tags=["shares"])

Sharing = Annotated[Actor, Depends(SHARE)]
RULES = {"when", "failed_when", "kept_when", "feedback", "segment", "entry", "exit", "journey"}
UNSEEN = {"X-Robots-Tag": "noindex, nofollow, noarchive", "Cache-Control": "no-store"}


class ShareCard(BaseModel):
    """A link. `made_by` is a name; `expires_at` and `ended_at` are "" for never; `opened` counts how often it was."""

    id: str
    title: str
    made_by: str
    made_at: str
    expires_at: str
    ended_at: str
    opened: int
    works: bool


class NewShare(BaseModel):
    """A note on whom the link is for, and for how many days it works; none: until it is taken back."""

    title: Line = ""
    days: int | None = Field(default=30, ge=1, le=3650)


class MadeShare(BaseModel):
    """A new link. Its address (`path`, behind that of the server) is shown only now."""

    share: ShareCard
    secret: str
    path: str


class SharedMap(BaseModel):
    """A map as anybody with the link sees it: without comments, votes, and who changed what."""

    title: str
    changed_at: str
    expires_at: str
    data: dict[str, Any]


@router.get("/maps/{map_id}/shares", dependencies=[Depends(SHARE)])
def shares(request: Request, map_id: Id) -> list[ShareCard]:
    """The links of a map, the newest first; also those that are over."""
    desk = desk_of(request)
    names = names_of(desk)
    return [_card(desk, one, names) for one in desk.shares.of(map_id)]


@router.post("/maps/{map_id}/shares", status_code=201)
def share(request: Request, map_id: Id, wanted: NewShare, actor: Sharing) -> MadeShare:
    """Make a link."""
    desk, lasts = desk_of(request), timedelta(days=wanted.days) if wanted.days else None
    at = desk.clock()
    made, secret = desk.shares.make(map_id, title=wanted.title, by=actor.id, at=at, lasts=lasts)
    desk.audit.add(actor.id, "share.made", at=at, map=map_id, share=made.id, expires_at=made.expires_at)
    desk.rooms.tell(map_id, "shares")
    return MadeShare(share=_card(desk, made, {actor.id: actor.name}), secret=secret, path=f"/shared/{secret}")


@router.delete("/maps/{map_id}/shares/{share_id}")
def end(request: Request, map_id: Id, share_id: Id, actor: Sharing) -> ShareCard:
    """Take a link back; it works no longer from now on."""
    desk = desk_of(request)
    over = desk.shares.end(map_id, share_id, at=desk.clock())
    desk.audit.add(actor.id, "share.ended", at=desk.clock(), map=map_id, share=share_id)
    desk.rooms.tell(map_id, "shares")
    return _card(desk, over, names_of(desk))


@router.get("/shared/{secret}", dependencies=[Depends(ANYBODY)])
async def shared(request: Request, response: Response, secret: Id) -> SharedMap:
    """The map behind a link."""
    desk = desk_of(request)
    desk.limits.open_share(address_of(request))
    response.headers.update(UNSEEN)
    used = await asyncio.to_thread(lambda: desk.shares.use(secret, at=desk.clock()))
    about = await asyncio.to_thread(desk.documents.get, used.document_id)
    now = await data_of(desk, used.document_id)
    drawn = await asyncio.to_thread(lambda: _drawn(map_data(map_of_document(now))))
    return SharedMap(title=about.title, changed_at=about.changed_at, expires_at=used.expires_at, data=drawn)


@router.get("/shared/{secret}/pictures/{picture_id}", dependencies=[Depends(ANYBODY)], response_class=Response)
def shared_picture(request: Request, secret: Id, picture_id: Id) -> Response:
    """A picture of the map behind a link."""
    desk = desk_of(request)
    desk.limits.open_share(address_of(request))
    used = desk.shares.use(secret, at=desk.clock(), count=False)
    return shown(desk.pictures.get(used.document_id, picture_id), UNSEEN)


def _drawn(value: Any) -> Any:
    """What is drawn, without the rules that tie it to data: they tell how a company's systems call things."""
    if isinstance(value, dict):
        return {name: _drawn(item) for name, item in value.items() if name not in RULES}
    return [_drawn(item) for item in value] if isinstance(value, list) else value


def _card(desk: Desk, one: Share, names: Mapping[str, str]) -> ShareCard:
    said = {name: getattr(one, name) for name in ShareCard.model_fields if name != "works"}
    return ShareCard(**said | {"made_by": names.get(one.made_by, ""), "works": one.open(desk.clock())})
