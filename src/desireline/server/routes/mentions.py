"""Where others named you in a comment, until you looked."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, Field

from desireline.server.guards import READ, Actor, desk_of
from desireline.server.names import names_of

router = APIRouter(prefix="/api/mentions", tags=["mentions"])

Asking = Annotated[Actor, Depends(READ)]


class MentionCard(BaseModel):
    """A comment in which you were named. `map_id` is the map's, `by` a name."""

    id: int
    map_id: str
    title: str
    comment_id: str
    by: str
    at: str
    says: str


class SeenMentions(BaseModel):
    """Mentions that you looked at."""

    ids: list[Annotated[int, Field(ge=1, le=2**31 - 1)]] = Field(max_length=1000)


class SeenCount(BaseModel):
    """How many of them were new."""

    seen: int


@router.get("")
def mentions(request: Request, actor: Asking) -> list[MentionCard]:
    """Yours that you have not seen yet, the newest first."""
    desk = desk_of(request)
    names = names_of(desk)
    return [
        MentionCard(
            id=one.id,
            map_id=one.document_id,
            title=one.title,
            comment_id=one.comment_id,
            by=names.get(one.by, ""),
            at=one.at,
            says=one.says,
        )
        for one in desk.mentions.open(actor.id)
    ]


@router.post("/seen")
def see(request: Request, wanted: SeenMentions, actor: Asking) -> SeenCount:
    """You looked at these. Those of others stay as they are."""
    desk = desk_of(request)
    return SeenCount(seen=desk.mentions.see(actor.id, wanted.ids, at=desk.clock().isoformat()))
