"""Who asks, and whether they may: every route declares one guard, and a route without one does not start.

A browser is known by its session cookie, a program by `Authorization: Bearer TOKEN`. A cookie counts for a change only
when the request comes from our own pages; a token is never sent by a page of somebody else. What a token may do is what
both its scopes and its member's role grant, and it never acts in person: it makes no tokens and sets no passwords.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from fastapi import Request
from starlette.requests import HTTPConnection

from desireline.access import Right, Role, rights_of
from desireline.errors import ForeignPage, NotAllowed, NotInPerson, NotSignedIn
from desireline.ledger.tokens import PREFIX
from desireline.server.desk import Desk

SAFE = {"GET", "HEAD", "OPTIONS"}


@dataclass(frozen=True)
class Actor:
    """Who asks. One of `session` and `token` is the id of what they came in with."""

    id: str
    name: str
    role: Role
    rights: frozenset[Right]
    session: str = ""
    token: str = ""
    recovers: bool = False  # came in by a link just now: a forgotten password can be replaced


class Guard:
    """Lets in whoever has a right; the actor is what the route gets. `in_person`: no token will do."""

    def __init__(self, right: Right, *, in_person: bool = False) -> None:
        self.right: Right | None = right
        self.in_person = in_person

    def __call__(self, request: Request) -> Actor:
        actor = who(request, desk_of(request))
        if request.method not in SAFE and not actor.token:
            check_origin(request)
        if self.right not in actor.rights:
            raise NotAllowed(str(self.right), actor.role.value)
        if self.in_person and actor.token:
            raise NotInPerson
        return actor


class Open:
    """Lets everybody in: for what must work before anybody is signed in."""

    right = None
    in_person = False

    def __call__(self, request: Request) -> None:
        if request.method not in SAFE:
            check_origin(request)


READ, COMMENT, EDIT = Guard(Right.READ), Guard(Right.COMMENT), Guard(Right.EDIT)
SHARE, MANAGE, ANYBODY = Guard(Right.SHARE), Guard(Right.MANAGE), Open()
IN_PERSON, MANAGE_IN_PERSON = Guard(Right.READ, in_person=True), Guard(Right.MANAGE, in_person=True)


def desk_of(connection: HTTPConnection) -> Desk:
    """The workspace that this server serves."""
    desk: Desk = connection.app.state.desk
    return desk


def cookie_name(desk: Desk) -> str:
    """Each workspace has a cookie of its own, since cookies do not know ports."""
    return f"desireline-{desk.workspace[:8]}"


def who(connection: HTTPConnection, desk: Desk) -> Actor:
    """Who is signed in, or whose token it is. Raises NotSignedIn."""
    said = connection.headers.get("authorization")
    return _by_token(said, desk) if said is not None else _by_cookie(connection, desk)


def check_origin(connection: HTTPConnection) -> None:
    """A page of somebody else does not act in our member's name. Raises ForeignPage."""
    origin = connection.headers.get("origin")
    if origin is not None and _host_in(origin) != connection.headers.get("host", "").lower():
        raise ForeignPage
    if connection.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise ForeignPage


def _host_in(origin: str) -> str | None:
    """The host and port of an origin; None for what is none."""
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return None


def address_of(connection: HTTPConnection) -> str:
    """Where the request comes from, as far as the server knows."""
    return connection.client.host if connection.client else ""


def _by_token(said: str, desk: Desk) -> Actor:
    scheme, _, secret = said.strip().partition(" ")
    if scheme.lower() != "bearer" or not secret.strip().startswith(PREFIX):
        raise NotSignedIn
    member, token = desk.tokens.bearer(secret.strip(), at=desk.clock())
    rights = rights_of(member.role, token.scopes)
    return Actor(member.id, member.name, member.role, rights, token=token.id)


def _by_cookie(connection: HTTPConnection, desk: Desk) -> Actor:
    secret = connection.cookies.get(cookie_name(desk))
    if not secret:
        raise NotSignedIn
    found = desk.members.of_session(secret, at=desk.clock())
    member = found.member
    rights = rights_of(member.role)
    return Actor(member.id, member.name, member.role, rights, session=found.session, recovers=found.recovers)
