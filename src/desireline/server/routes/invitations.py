"""Invitations: made and taken back by owners, looked at and accepted by whoever holds the link `/join#SECRET`."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, Field

from desireline.access import Role
from desireline.ledger.invitations import Invitation
from desireline.server.fields import Id, Line, Password, Secret
from desireline.server.guards import ANYBODY, MANAGE, Actor, address_of, desk_of
from desireline.server.routes.session import let_in

router = APIRouter(prefix="/api/invitations", tags=["invitations"])

Managing = Annotated[Actor, Depends(MANAGE)]


class InvitationCard(BaseModel):
    """An invitation that nobody has accepted yet. `title` says for whom it is."""

    id: str
    title: str
    role: Role
    made_by: str
    made_at: str
    expires_at: str


class NewInvitation(BaseModel):
    """Whom to invite: a note for owners, a role, and how many days the link lasts."""

    role: Role = Role.EDITOR
    title: Line = ""
    days: int = Field(default=7, ge=1, le=30)


class MadeInvitation(BaseModel):
    """A new invitation; its secret is shown only now. The link is `/join#SECRET`."""

    invitation: InvitationCard
    secret: str


class InvitationSecret(BaseModel):
    """What stands after `#` in the link."""

    secret: Secret


class Invited(BaseModel):
    """What an invitation offers."""

    workspace: str
    role: Role
    by: str
    expires_at: str


class Joining(BaseModel):
    """Who accepts: the name that others see and that one signs in with, and a password."""

    secret: Secret
    name: Line
    password: Password


@router.get("", dependencies=[Depends(MANAGE)])
def invitations(request: Request) -> list[InvitationCard]:
    """Those that can still be accepted, the oldest first."""
    desk = desk_of(request)
    return [_card(one) for one in desk.invitations.open(at=desk.clock())]


@router.post("", status_code=201)
def invite(request: Request, wanted: NewInvitation, actor: Managing) -> MadeInvitation:
    """Invite somebody."""
    desk = desk_of(request)
    lasts = timedelta(days=wanted.days)
    made, secret = desk.invitations.make(wanted.title, wanted.role, by=actor.id, at=desk.clock(), lasts=lasts)
    return MadeInvitation(invitation=_card(made), secret=secret)


@router.delete("/{invitation_id}", status_code=204)
def revoke(request: Request, invitation_id: Id, actor: Managing) -> None:
    """Take an invitation back; its link stops working at once."""
    desk = desk_of(request)
    desk.invitations.revoke(invitation_id, by=actor.id, at=desk.clock())


@router.post("/look", dependencies=[Depends(ANYBODY)])
def look(request: Request, said: InvitationSecret) -> Invited:
    """What an invitation offers, before it is accepted."""
    desk = desk_of(request)
    desk.limits.open_link(address_of(request))
    found, by = desk.invitations.look(said.secret, at=desk.clock())
    return Invited(workspace=desk.folder.resolve().name, role=found.role, by=by, expires_at=found.expires_at)


@router.post("/accept", dependencies=[Depends(ANYBODY)], status_code=204)
def accept(request: Request, response: Response, said: Joining) -> None:
    """Become a member, and be signed in."""
    desk = desk_of(request)
    desk.limits.open_link(address_of(request))
    _, secret = desk.invitations.accept(said.secret, said.name, said.password, at=desk.clock())
    let_in(request, response, secret)


def _card(one: Invitation) -> InvitationCard:
    return InvitationCard(**{name: getattr(one, name) for name in InvitationCard.model_fields})
