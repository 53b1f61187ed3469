"""Who is connected right now, so that a change of what they may do reaches them at once.

A connection is asked again who it is, with the cookie or the token that it came with: whoever was signed out, has
another role, or may not come in any more is told, or put out, within the moment.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from threading import Lock
from typing import Any, Protocol


class Connected(Protocol):
    """A connection of a member."""

    member: str

    async def review(self) -> None:
        """Ask again who this is, and act on it."""


class Present:
    """All connections of a server. `review` may be called from any thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._here: dict[Connected, asyncio.AbstractEventLoop] = {}
        self._asked: set[asyncio.Task[None]] = set()

    def enter(self, one: Connected) -> None:
        """The connection is there. Call it on its event loop."""
        with self._lock:
            self._here[one] = asyncio.get_running_loop()

    def leave(self, one: Connected) -> None:
        """The connection is gone."""
        with self._lock:
            self._here.pop(one, None)

    def count(self) -> int:
        """How many there are."""
        with self._lock:
            return len(self._here)

    def review(self, member: str) -> None:
        """Every connection of this member is asked again who it is."""
        with self._lock:
            some = [(one, loop) for one, loop in self._here.items() if one.member == member]
        for one, loop in some:
            with suppress(RuntimeError):  # that loop is closed, and the connection with it
                loop.call_soon_threadsafe(self._ask, one.review)

    async def keep_asking(self, every: float = 60) -> None:
        """Until it is cancelled, all are asked again now and then: sessions and tokens also end by themselves."""
        while True:
            await asyncio.sleep(every)
            with self._lock:
                members = {one.member for one in self._here}
            for member in members:
                self.review(member)

    def _ask(self, review: Callable[[], Coroutine[Any, Any, None]]) -> None:
        task = asyncio.create_task(review())
        self._asked.add(task)
        task.add_done_callback(self._asked.discard)
