"""Members: who they are, their roles, and whether they may come in."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel

from desireline.access import Role
from desireline.ledger.members import Member
from desireline.server.fields import Id, Line
from desireline.server.guards import MANAGE, MANAGE_IN_PERSON, READ, Actor, desk_of

router = APIRouter(prefix="/api/members", tags=["members"])
LINK_LASTS = timedelta(hours=24)

Managing = Annotated[Actor, Depends(MANAGE)]
ManagingInPerson = Annotated[Actor, Depends(MANAGE_IN_PERSON)]


class MemberCard(BaseModel):
    """A member as others see them. `active`: may come in."""

    id: str
    name: str
    role: Role
    active: bool
    made_at: str


class MemberChange(BaseModel):
    """What is to be changed; what is left out stays."""

    name: Line | None = None
    role: Role | None = None
    active: bool | None = None


class MemberLink(BaseModel):
    """A link that signs a member in once: `/open#SECRET`. It is shown only now."""

    secret: str
    expires_at: str


@router.get("", dependencies=[Depends(READ)])
def members(request: Request) -> list[MemberCard]:
    """All members, in the order in which they came."""
    return [_card(one) for one in desk_of(request).members.everybody()]


@router.patch("/{member_id}")
def change(request: Request, member_id: Id, wanted: MemberChange, actor: Managing) -> MemberCard:
    """Change a member's name or role, or let them come in no more. It counts at once, also in maps that are open."""
    desk = desk_of(request)
    members, by, at = desk.members, actor.id, desk.clock()
    try:
        if wanted.name is not None:
            members.rename(member_id, wanted.name, by=by, at=at)
        if wanted.role is not None:
            members.set_role(member_id, wanted.role, by=by, at=at)
        if wanted.active is not None:
            (members.activate if wanted.active else members.deactivate)(member_id, by=by, at=at)
    finally:  # what was changed before a fault is changed
        desk.present.review(member_id)
    return _card(members.get(member_id))


@router.post("/{member_id}/link", status_code=201)
def link(request: Request, member_id: Id, actor: ManagingInPerson) -> MemberLink:
    """Make a link that lets a member in once, for instance when a password was forgotten. It lasts a day."""
    desk = desk_of(request)
    at = desk.clock()
    secret = desk.members.link(member_id, at=at, lasts=LINK_LASTS, by=actor.id)
    return MemberLink(secret=secret, expires_at=(at + LINK_LASTS).isoformat())


def _card(one: Member) -> MemberCard:
    return MemberCard(**{name: getattr(one, name) for name in MemberCard.model_fields})
