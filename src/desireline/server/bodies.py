"""How much a request may bring along: little from strangers, and from members what their routes take.

FastAPI reads a body before it asks a guard, so that this is decided before: whoever sends more than a little has to be
signed in, and nobody sends more than the server can hold.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from fastapi import HTTPException
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from desireline.access import Right
from desireline.errors import DesirelineError, NotAllowed, RequestTooLarge
from desireline.server.desk import Desk
from desireline.server.guards import who
from desireline.server.problems import answer_to

LITTLE = 64 * 1024
MOST = 16 * 1024 * 1024
DATA = 512 * 1024 * 1024
LARGER = (("/api/doors/data", DATA), ("/api/data/files", DATA))  # files of data


class Bodies:
    """Refuses requests that are too large: at once when they say so, else where they pass the limit."""

    def __init__(self, app: ASGIApp, desk: Desk, larger: Sequence[tuple[str, int]] = LARGER) -> None:
        self.app = app
        self.desk = desk
        self.larger = larger

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD", "OPTIONS"):
            await self.app(scope, receive, send)
            return
        length = _length(HTTPConnection(scope).headers)
        try:
            most = LITTLE if length is not None and length <= LITTLE else await self._most(scope)
            if length is not None and length > most:
                raise RequestTooLarge(most)
        except DesirelineError as fault:
            await answer_to(fault)(scope, receive, send)
            return
        await self.app(scope, _counted(receive, most), send)

    async def _most(self, scope: Scope) -> int:
        """What whoever asks may send here. Raises NotSignedIn, NotAllowed."""
        actor = await asyncio.to_thread(who, HTTPConnection(scope), self.desk)
        most = next((most for path, most in self.larger if scope["path"].startswith(path)), MOST)
        if most > MOST and Right.EDIT not in actor.rights:
            raise NotAllowed(Right.EDIT, actor.role.value)
        return most


def _length(headers: Headers) -> int | None:
    """How much will come; None when only its end will tell."""
    said = headers.get("content-length", "")
    return int(said) if said.isdigit() else None if "transfer-encoding" in headers else 0


def _counted(receive: Receive, most: int) -> Receive:
    had = 0

    async def received() -> Message:
        nonlocal had
        message = await receive()
        had += len(message.get("body", b""))
        if had > most:
            raise HTTPException(413, str(RequestTooLarge(most)))
        return message

    return received
