"""API tokens: with one, a program acts for a member (`Authorization: Bearer dl_…`), within its scopes."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, Field

from desireline.access import Right
from desireline.ledger.tokens import Token
from desireline.server.fields import Id, Title
from desireline.server.guards import IN_PERSON, Actor, desk_of

router = APIRouter(prefix="/api/tokens", tags=["tokens"])

InPerson = Annotated[Actor, Depends(IN_PERSON)]


class TokenCard(BaseModel):
    """A token that is still good; `used_at` is "" for never."""

    id: str
    title: str
    member: str
    scopes: list[Right]
    made_at: str
    expires_at: str
    used_at: str


class NewToken(BaseModel):
    """What the token is for, what it may do, and for how many days."""

    title: Title
    scopes: list[Right] = Field(max_length=10)
    days: int = Field(default=90, ge=1, le=366)


class MadeToken(BaseModel):
    """A new token; it is shown only now."""

    about: TokenCard
    token: str


@router.get("")
def tokens(request: Request, actor: InPerson) -> list[TokenCard]:
    """Your tokens; for owners those of everybody."""
    desk = desk_of(request)
    return [_card(one) for one in desk.tokens.all(at=desk.clock(), member=_whose(actor))]


@router.post("", status_code=201)
def make(request: Request, wanted: NewToken, actor: InPerson) -> MadeToken:
    """Make a token."""
    desk = desk_of(request)
    member, lasts = desk.members.get(actor.id), timedelta(days=wanted.days)
    made, secret = desk.tokens.make(member, wanted.title, wanted.scopes, at=desk.clock(), lasts=lasts)
    return MadeToken(about=_card(made), token=secret)


@router.delete("/{token_id}", status_code=204)
def revoke(request: Request, token_id: Id, actor: InPerson) -> None:
    """Make a token good for nothing: your own, as an owner anybody's."""
    desk = desk_of(request)
    ended = desk.tokens.revoke(token_id, by=actor.id, at=desk.clock(), member=_whose(actor))
    desk.present.review(ended.member)


def _whose(actor: Actor) -> str | None:
    return None if Right.MANAGE in actor.rights else actor.id


def _card(one: Token) -> TokenCard:
    return TokenCard(**{name: getattr(one, name) for name in TokenCard.model_fields})
