"""The rooms of a workspace: each map that somebody has open, once in memory, for as long as somebody needs it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from desireline.errors import LedgerBusy, LedgerUnreadable
from desireline.ledger.documents import Documents, Edit, Update
from desireline.ledger.mentions import LONGEST, Named
from desireline.live.admit import Admitted
from desireline.live.messages import Kind, told
from desireline.live.room import Kept, Room, Seat
from desireline.live.shape import COMMENTS, HEAD, RECORDS, document_of
from desireline.server.remarks import Remarks

log = logging.getLogger("desireline.faults")
IDLE_S = 30.0  # a room that nobody needed for so long is not kept in memory
STOPPING_S = 8.0  # for which a server that stops waits for the disk


class Rooms:
    """Opens rooms from the ledger, and keeps in it what is edited in them. Used on one event loop."""

    def __init__(self, documents: Documents, clock: Callable[[], datetime], *, idle_s: float = IDLE_S) -> None:
        self._documents = documents
        self._clock = clock
        self._idle_s = idle_s
        self._open: dict[str, Room] = {}
        self._remarks: dict[str, Remarks] = {}
        self._used: dict[str, float] = {}
        self._opening: dict[str, asyncio.Task[Room]] = {}
        self._loop: asyncio.AbstractEventLoop | None = None

    async def room(self, id_: str) -> Room:
        """The room of a map; it stays open for a while. Raises UnknownDocument."""
        self._loop = asyncio.get_running_loop()
        room = self._open.get(id_)
        if room is None or room.closed:
            # Whoever comes meanwhile waits for the same one: of two rooms, each would lack what is edited in the other.
            if id_ not in self._opening:
                self._opening[id_] = asyncio.create_task(self._begin(id_))
            room = await asyncio.shield(self._opening[id_])
        self._use(id_)
        return room

    async def enter(self, id_: str, seat: Seat) -> Room:
        """The room of a map, with this seat in it. Raises UnknownDocument."""
        room = await self.room(id_)
        room.enter(seat)
        self._remarks[id_].greet(seat)
        return room

    def opened(self) -> dict[str, Room]:
        """The rooms that are in memory."""
        return dict(self._open)

    def members_in(self, id_: str) -> set[str]:
        """The ids of the members who have this map open. From any thread."""
        room = self._open.get(id_)
        return {seat.member for seat in list(room.seats)} if room else set()

    def tell(self, id_: str, kind: str, **said: Any) -> None:
        """Everybody who has this map open is told that something happened beside it. From any thread."""
        message = told(Kind.TOLD, {"kind": kind, **said})
        self._soon(lambda: self._open[id_].tell(message) if id_ in self._open else None)

    async def close(self) -> None:
        """Everything is on the disk as far as that takes it, and no room is in memory."""
        rooms, self._open = list(self._open.values()), {}
        for remarks in self._remarks.values():
            remarks.stop()
        settling = [asyncio.create_task(room.settled()) for room in rooms]
        if settling:
            await asyncio.wait(settling, timeout=STOPPING_S)
        for room in rooms:
            room.close(1012, "The server stops.")

    def _soon(self, act: Callable[[], object]) -> None:
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(act)

    def _use(self, id_: str) -> None:
        """Note that somebody needs the room; look later whether it may go."""
        loop = asyncio.get_running_loop()
        if id_ not in self._used:
            loop.call_later(self._idle_s, self._look, id_)
        self._used[id_] = loop.time()

    def _look(self, id_: str) -> None:
        """Let go of a room that nobody needs: empty, all of it on the disk, and unused for a while.

        All of this happens without a pause, so nobody comes in between the look and the end.
        """
        room, used = self._open.get(id_), self._used.pop(id_, 0.0)
        if room is None:
            return
        loop = asyncio.get_running_loop()
        left = used + self._idle_s - loop.time()
        if room.seats and not room.closed:
            return  # `on_empty` brings us here again
        if not room.closed and (left > 0 or not room.idle):
            self._used[id_] = used
            loop.call_later(max(left, self._idle_s / 10), self._look, id_)
            return
        room.close()
        self._remarks.pop(id_).stop()
        del self._open[id_]

    async def _begin(self, id_: str) -> Room:
        try:
            room = await self._opened(id_)
            self._open[id_] = room
            self._remarks[id_] = Remarks(room)
            return room
        finally:
            del self._opening[id_]

    async def _opened(self, id_: str) -> Room:
        about = await asyncio.to_thread(self._documents.get, id_)
        history = await asyncio.to_thread(self._documents.history, id_)
        return Room(
            document_of(history.bodies),
            about.epoch,
            _Shelf(self._documents, id_),
            self._clock,
            since_snapshot=history.single,
            on_change=lambda: self._remarks[id_].changed() if id_ in self._remarks else None,
            on_empty=lambda: self._use(id_),
            words=trouble,
        )


def trouble(fault: Exception) -> str:
    """Why nothing is saved, for whoever edits: no path of the server; what exactly failed stands in its log."""
    log.warning("%s", fault)
    if isinstance(fault, LedgerBusy):
        why = "another program writes to the workspace"
    elif isinstance(fault, LedgerUnreadable):
        why = "the server cannot reach what it saved"
    else:
        why = "the server’s disk is full, or it may not write there"
    return f"Nothing is saved at the moment: {why}. What you change stays in this browser, and is saved when it can be."


class _Shelf:
    """The history of one map in the ledger."""

    def __init__(self, documents: Documents, id_: str) -> None:
        self._documents = documents
        self._id = id_

    def keep(self, some: Sequence[Kept], head: dict[str, Any]) -> int:
        """All of it or nothing."""
        return self._documents.append(
            self._id,
            [Update(one.body, one.member, one.at.isoformat(), _edits(one.admitted)) for one in some],
            title=_fit(head.get("title", ""), 300) if head else None,
            owner=_fit(head.get("owner", ""), 200) if head else None,
            named=[named for one in some for named in _named(one)],
        )

    def compact(self, body: bytes, seq: int) -> None:
        """The history up to this number is this one update."""
        self._documents.compact(self._id, body, seq)


def _edits(admitted: Admitted) -> tuple[Edit, ...]:
    found = [
        Edit(record, fields) for name in (HEAD, RECORDS) for record, fields in admitted.touched.get(name, {}).items()
    ]
    said = [Edit(f"{COMMENTS}/{id_}", fields) for id_, fields in admitted.touched.get(COMMENTS, {}).items()]
    return tuple(found + said)


def _named(one: Kept) -> list[Named]:
    """The comments in which members are named."""
    at = one.at.isoformat()
    return [
        Named(id_, tuple(said["mentions"]), said["by"], at, _fit(said["says"], LONGEST))
        for id_, said in one.comments.items()
        if said.get("mentions")
    ]


def _fit(text: str, most: int) -> str:
    """As much of a text as every ledger takes: what one refuses would be tried again for ever."""
    return text.replace("\x00", "")[:most]
