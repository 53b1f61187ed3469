"""Who is signed in, and signing in and out."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel

from desireline.access import Right, Role
from desireline.server.guards import ANYBODY, READ, Actor, cookie_name, desk_of

router = APIRouter(prefix="/api", tags=["me"])


class Me(BaseModel):
    """The member who asks."""

    id: str
    name: str
    role: Role
    rights: list[Right]
    workspace: str


class Link(BaseModel):
    """The secret of a one-time link: what stands after `#`."""

    secret: str


@router.get("/me")
def me(request: Request, actor: Annotated[Actor, Depends(READ)]) -> Me:
    """Who is signed in."""
    return Me(
        id=actor.id,
        name=actor.name,
        role=actor.role,
        rights=sorted(actor.rights),
        workspace=desk_of(request).folder.resolve().name,
    )


@router.post("/session/link", dependencies=[Depends(ANYBODY)], status_code=204)
def open_link(request: Request, response: Response, link: Link) -> None:
    """Sign in by a link that works once."""
    desk = desk_of(request)
    _, secret = desk.members.use_link(link.secret, at=desk.clock())
    response.set_cookie(
        cookie_name(desk),
        secret,
        max_age=30 * 86_400,
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )


@router.delete("/session", status_code=204)
def sign_out(request: Request, response: Response, _actor: Annotated[Actor, Depends(READ)]) -> None:
    """Sign out."""
    desk = desk_of(request)
    desk.members.sign_out(request.cookies.get(cookie_name(desk), ""), at=desk.clock())
    response.delete_cookie(cookie_name(desk))
