"""Signing in and out. Secrets come in the body, so that they are in no log and no history."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel

from desireline.ledger.members import SESSION_LASTS, folded
from desireline.server.desk import Desk
from desireline.server.fields import Line, Password, Secret
from desireline.server.guards import ANYBODY, READ, Actor, address_of, cookie_name, desk_of

router = APIRouter(prefix="/api/session", tags=["session"])


class Link(BaseModel):
    """The secret of a one-time link: what stands after `#`."""

    secret: Secret


class SignIn(BaseModel):
    """A member's name and password."""

    name: Line
    password: Password


@router.post("/link", dependencies=[Depends(ANYBODY)], status_code=204)
def open_link(request: Request, response: Response, link: Link) -> None:
    """Sign in by a link that works once."""
    desk = desk_of(request)
    desk.limits.open_link(address_of(request))
    _, secret = desk.members.use_link(link.secret, at=desk.clock())
    let_in(request, response, secret)


@router.post("/password", dependencies=[Depends(ANYBODY)], status_code=204)
def sign_in(request: Request, response: Response, said: SignIn) -> None:
    """Sign in with name and password. 429 with `Retry-After` when it was tried too often."""
    desk, name, address = desk_of(request), folded(said.name), address_of(request)
    desk.limits.sign_in(name, address)
    _, secret = desk.members.sign_in(said.name, said.password, at=desk.clock())
    desk.limits.signed_in(name, address)
    let_in(request, response, secret)


@router.delete("", status_code=204)
def sign_out(request: Request, response: Response, actor: Annotated[Actor, Depends(READ)]) -> None:
    """Sign out."""
    desk = desk_of(request)
    _end(desk, request)
    response.delete_cookie(cookie_name(desk))
    desk.present.review(actor.id)


def let_in(request: Request, response: Response, secret: str) -> None:
    """The browser is signed in with this new session; the one that it had before is over."""
    desk = desk_of(request)
    _end(desk, request)
    response.set_cookie(
        cookie_name(desk),
        secret,
        max_age=int(SESSION_LASTS.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )


def _end(desk: Desk, request: Request) -> None:
    before = request.cookies.get(cookie_name(desk))
    if before:
        desk.members.sign_out(before, at=desk.clock())
