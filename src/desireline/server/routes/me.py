"""Who is signed in, and what they may change about themselves."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel

from desireline.access import Right, Role
from desireline.errors import SignInFailed
from desireline.server.fields import Line, Password
from desireline.server.guards import IN_PERSON, READ, Actor, address_of, desk_of

router = APIRouter(prefix="/api/me", tags=["me"])

InPerson = Annotated[Actor, Depends(IN_PERSON)]


class Me(BaseModel):
    """The member who asks."""

    id: str
    name: str
    role: Role
    rights: list[Right]
    workspace: str
    has_password: bool
    needs_current: bool  # a new password is taken only with the one that is there


class NewName(BaseModel):
    """What a member wants to be called."""

    name: Line


class NewPassword(BaseModel):
    """A new password; `current` is the one that it replaces."""

    password: Password
    current: Password = ""


@router.get("")
def me(request: Request, actor: Annotated[Actor, Depends(READ)]) -> Me:
    """Who is signed in."""
    return _told(request, actor)


@router.patch("")
def rename(request: Request, wanted: NewName, actor: InPerson) -> Me:
    """Be called something else."""
    desk = desk_of(request)
    desk.members.rename(actor.id, wanted.name, by=actor.id, at=desk.clock())
    desk.present.review(actor.id)
    return _told(request, actor)


@router.put("/password", status_code=204)
def set_password(request: Request, wanted: NewPassword, actor: InPerson) -> None:
    """Sign in with this from now on. Whoever is signed in as you elsewhere is signed out."""
    desk = desk_of(request)
    if desk.members.get(actor.id).has_password and not actor.recovers:
        desk.limits.sign_in(actor.id, address_of(request))
        if not desk.members.is_current(actor.id, wanted.current):
            raise SignInFailed
        desk.limits.signed_in(actor.id, address_of(request))
    desk.members.set_password(actor.id, wanted.password, at=desk.clock(), staying=actor.session)
    desk.present.review(actor.id)


@router.delete("/sessions", status_code=204)
def sign_out_elsewhere(request: Request, actor: InPerson) -> None:
    """Sign out everywhere but here."""
    desk = desk_of(request)
    desk.members.sign_out_elsewhere(actor.id, at=desk.clock(), staying=actor.session)
    desk.present.review(actor.id)


def _told(request: Request, actor: Actor) -> Me:
    desk = desk_of(request)
    member = desk.members.get(actor.id)
    return Me(
        id=member.id,
        name=member.name,
        role=member.role,
        rights=sorted(actor.rights),
        workspace=desk.folder.resolve().name,
        has_password=member.has_password,
        needs_current=member.has_password and not actor.recovers,
    )
