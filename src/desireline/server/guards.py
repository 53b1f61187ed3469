"""Who asks, and whether they may: every route declares one guard, and a route without one does not start.

A browser is known by its session cookie, a program by `Authorization: Bearer TOKEN`. A cookie counts for a change only
when the request comes from our own pages (`Origin`).
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from fastapi import Request
from starlette.requests import HTTPConnection

from desireline.access import Right, Role, rights_of
from desireline.errors import NotAllowed, NotSignedIn
from desireline.server.desk import Desk

SAFE = {"GET", "HEAD", "OPTIONS"}


@dataclass(frozen=True)
class Actor:
    """Who asks."""

    id: str
    name: str
    role: Role
    rights: frozenset[Right]


class Guard:
    """Lets in whoever has a right; the actor is what the route gets."""

    def __init__(self, right: Right) -> None:
        self.right: Right | None = right

    def __call__(self, request: Request) -> Actor:
        actor = who(request, desk_of(request))
        if request.method not in SAFE:
            check_origin(request)
        if self.right not in actor.rights:
            raise NotAllowed(str(self.right), actor.role.value)
        return actor


class Open:
    """Lets everybody in: for what must work before anybody is signed in."""

    right = None

    def __call__(self, request: Request) -> None:
        if request.method not in SAFE:
            check_origin(request)


READ, COMMENT, EDIT = Guard(Right.READ), Guard(Right.COMMENT), Guard(Right.EDIT)
SHARE, MANAGE, ANYBODY = Guard(Right.SHARE), Guard(Right.MANAGE), Open()


def desk_of(connection: HTTPConnection) -> Desk:
    """The workspace that this server serves."""
    desk: Desk = connection.app.state.desk
    return desk


def cookie_name(desk: Desk) -> str:
    """Each workspace has a cookie of its own, since cookies do not know ports."""
    return f"desireline-{desk.workspace[:8]}"


def who(connection: HTTPConnection, desk: Desk) -> Actor:
    """Who is signed in. Raises NotSignedIn."""
    secret = connection.cookies.get(cookie_name(desk))
    if not secret:
        raise NotSignedIn
    member = desk.members.of_session(secret, at=desk.clock())
    return Actor(member.id, member.name, member.role, rights_of(member.role))


def check_origin(connection: HTTPConnection) -> None:
    """A page of somebody else does not act in our member's name. Raises NotSignedIn."""
    origin = connection.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != connection.headers.get("host"):
        raise NotSignedIn
