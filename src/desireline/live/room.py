"""A room: one shared map in memory, and everybody who has it open.

An edit is admitted (limits, role, a map that can still be read), kept, and only then shown to others and acknowledged.
Edits that arrive while others are being kept go to the disk together. While the disk takes nothing, everybody is told,
nothing is acknowledged, and the room tries again until it does. A room holds no connection: `Seat`s do.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol, TypeVar

from pycrdt import Doc

from desireline.access import Right
from desireline.errors import DesirelineError, NotKeptYet, RoomClosed
from desireline.live.admit import MAX_UPDATE, Admitted, Gate
from desireline.live.document import Reading, fields_of
from desireline.live.messages import Kind, numbered, read_json, told
from desireline.live.said import Writer
from desireline.live.shape import COMMENTS, DRAWN, HEAD, RECORDS, root

T = TypeVar("T")
SNAPSHOT_EVERY = 500  # updates
PAUSES_S = (0.25, 0.5, 1, 2, 5)  # between tries while the disk takes nothing; the last one for ever
PATIENCE_S = 20  # for which a change by the server waits for the disk
_KEEPING = ThreadPoolExecutor(4, "keeping")  # of their own, so that saving never waits for other slow work
CROWDED = 5000  # edits that wait for the disk; nobody is heard while there are more


@dataclass(frozen=True)
class Kept:
    """An admitted update with who sent it and when (UTC), and the comments in it, by id, as they are now."""

    body: bytes
    member: str
    at: datetime
    admitted: Admitted
    comments: dict[str, dict[str, Any]] = field(default_factory=dict)


class Shelf(Protocol):
    """Where the history is kept. Called on a thread of its own, one call at a time; raises DesirelineError, OSError."""

    def keep(self, some: Sequence[Kept], head: dict[str, Any]) -> int:
        """Updates are on the disk, all or none, and the map's head with them; the number of the last."""

    def compact(self, body: bytes, seq: int) -> None:
        """The history up to this number is this one update."""


class Seat(Protocol):
    """One connection in a room."""

    client: str
    member: str
    name: str
    rights: frozenset[Right]

    def send(self, message: bytes) -> None:
        """Queue a message; a connection that cannot take more is closed by itself."""

    def stop(self, code: int, says: str) -> None:
        """The connection ends with this code and these words."""


@dataclass
class Waiting:
    """An admitted update that is not on the disk yet; without one, somebody who waits for those before it."""

    kept: Kept | None
    seat: Seat | None = None
    seq: int = 0
    done: asyncio.Future[None] | None = None


@dataclass
class Room:
    """Everybody who edits one map. All methods are called on the event loop."""

    doc: Doc[Any]
    epoch: str
    shelf: Shelf
    clock: Callable[[], datetime]
    since_snapshot: int = 0
    pauses: Sequence[float] = PAUSES_S
    on_change: Callable[[], None] = lambda: None  # what is drawn has changed
    on_empty: Callable[[], None] = lambda: None  # the last one left
    words: Callable[[Exception], str] = str  # why the disk takes nothing, for those who are here
    seats: list[Seat] = field(default_factory=list)
    closed: bool = False
    trouble: str = ""  # why the disk takes nothing; "" while it does
    _waiting: list[Waiting] = field(default_factory=list)
    _keeping: asyncio.Task[None] | None = None
    _where: dict[str, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._gate = Gate(self.doc)
        self._reading = Reading(self.doc)

    @property
    def idle(self) -> bool:
        """Nobody is here, and everything is on the disk."""
        return not self.seats and self._keeping is None and not self._waiting

    @property
    def crowded(self) -> bool:
        """More waits for the disk than this room likes to hold."""
        return len(self._waiting) > CROWDED

    def data(self) -> dict[str, Any]:
        """The map, in the shape of its file."""
        return self._reading.data()

    def enter(self, seat: Seat) -> None:
        """The seat hears what is edited from now on, and where the others are. Raises RoomClosed."""
        if self.closed:
            raise RoomClosed
        self.seats.append(seat)
        for message in self._where.values():
            seat.send(message)
        if self.trouble:
            seat.send(_disk(self.trouble))

    def leave(self, seat: Seat) -> None:
        """The seat is gone, and so is its presence."""
        if seat not in self.seats:
            return
        self.seats.remove(seat)
        self._where.pop(seat.client, None)
        self.tell(told(Kind.PRESENCE, {"client": seat.client, "member": seat.member, "state": None}))
        if not self.seats:
            self.on_empty()

    def place(self, seat: Seat, state: dict[str, Any]) -> None:
        """The others see where this seat is; those who come later too."""
        message = {"client": seat.client, "member": seat.member, "name": seat.name, "state": state}
        self._where[seat.client] = told(Kind.PRESENCE, message)
        self.tell(self._where[seat.client], but=seat)

    def rename(self, seat: Seat) -> None:
        """The others see the seat's new name where it is."""
        if seat.client in self._where:
            self.place(seat, read_json(self._where[seat.client][1:])["state"])

    def edit(self, seat: Seat, seq: int, body: bytes, *, most: int = MAX_UPDATE) -> None:
        """Admit an edit and queue it for the disk. Raises UpdateRefused, RoomClosed; then nothing has changed."""
        if self.closed:
            raise RoomClosed
        admitted = self._gate.admit(body, by=Writer(seat.member, seat.name, seat.rights), most=most)
        self._queue(Waiting(self._kept(body, seat.member, admitted), seat, seq))

    async def write(self, member: str, change: Callable[[Doc[Any]], object]) -> None:
        """The server itself edits (an import, a restored version), all or nothing; returns when it is on the disk.

        `change` gets a copy of the document. Raises UpdateRefused, RoomClosed and what `change` raises; NotKeptYet when
        the disk takes nothing: then the change is there, and will be on the disk as soon as that works.
        """
        if self.closed:
            raise RoomClosed
        body, admitted = self._gate.write(change)
        await self._done(self._kept(body, member, admitted))

    async def answer(self, state: bytes) -> bytes:
        """What somebody with this state lacks. It is on the disk, so that nobody holds what a crash could undo."""
        body = self.doc.get_update(state)
        if self._keeping is not None:
            await self._done(None, patience=None)
        return body

    def tell(self, message: bytes, *, but: Seat | None = None) -> None:
        """Everybody, or everybody but one, gets a message."""
        for seat in self.seats:
            if seat is not but:
                seat.send(message)

    async def settled(self) -> None:
        """Everything that was admitted until now is on the disk."""
        if self._keeping is not None:
            await self._done(None, patience=None)

    def close(self, code: int = 1012, says: str = "") -> None:
        """The room takes nothing any more, and those who are in it leave."""
        self.closed = True
        for seat in list(self.seats):
            seat.stop(code, says)

    def _kept(self, body: bytes, member: str, admitted: Admitted) -> Kept | None:
        if not admitted.new:
            return None
        touched = admitted.touched
        self._reading.forget(touched.get(RECORDS, ()))
        if any(name in touched for name in DRAWN):
            self.on_change()
        said = root(self.doc, COMMENTS)
        comments = {id_: fields_of(said[id_]) for id_ in touched.get(COMMENTS, ()) if id_ in said}
        return Kept(body, member, self.clock(), admitted, comments)

    async def _done(self, kept: Kept | None, *, patience: float | None = PATIENCE_S) -> None:
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._queue(Waiting(kept, done=done))
        try:
            await asyncio.wait_for(asyncio.shield(done), patience)
        except TimeoutError:
            raise NotKeptYet(self.trouble) from None

    def _queue(self, waiting: Waiting) -> None:
        self._waiting.append(waiting)
        if self._keeping is None:
            self._keeping = asyncio.create_task(self._keep_all())

    async def _keep_all(self) -> None:
        some: list[Waiting] = []
        try:
            while self._waiting:
                some, self._waiting = self._waiting, []
                await self._keep([one.kept for one in some if one.kept is not None])
                self._announce(some)
        except BaseException:
            # A fault of this program: those who are here ask again, of a room that is read from the disk.
            for one in [*some, *self._waiting]:
                if one.done is not None and not one.done.done():
                    one.done.set_exception(RoomClosed())
            self.close(1011, "The server made a mistake; it reads the map again.")
            raise
        finally:
            self._keeping = None

    async def _keep(self, some: list[Kept]) -> None:
        """These are on the disk, however long that takes."""
        tries = 0
        head = fields_of(root(self.doc, HEAD)) if any(HEAD in one.admitted.touched for one in some) else {}
        while some:
            try:
                seq = await _apart(self.shelf.keep, some, head)
            except (DesirelineError, OSError) as fault:
                self._in_trouble(self.words(fault))
                await asyncio.sleep(self.pauses[min(tries, len(self.pauses) - 1)])
                tries += 1
                continue
            self._in_trouble("")
            self.since_snapshot += len(some)
            if self.since_snapshot >= SNAPSHOT_EVERY:
                await self._compact(seq)
            return

    async def _compact(self, seq: int) -> None:
        """The history is one snapshot; where that fails it stays as it is, and is tried again later."""
        self.since_snapshot = 0
        try:
            await _apart(self.shelf.compact, self.doc.get_update(), seq)
        except (DesirelineError, OSError):
            return

    def _in_trouble(self, says: str) -> None:
        if bool(says) != bool(self.trouble):
            self.tell(_disk(says))
        self.trouble = says

    def _announce(self, some: Sequence[Waiting]) -> None:
        last: dict[str, int] = {}
        for one in some:
            if one.kept is not None:
                self.tell(numbered(Kind.UPDATE, 0, one.kept.body), but=one.seat)
            if one.done is not None and not one.done.done():
                one.done.set_result(None)
            if one.seat is not None:
                last[one.seat.client] = max(one.seq, last.get(one.seat.client, 0))
        for seat in self.seats:
            if seat.client in last:
                seat.send(numbered(Kind.SAVED, last[seat.client]))


async def _apart(act: Callable[..., T], *said: object) -> T:
    return await asyncio.get_running_loop().run_in_executor(_KEEPING, act, *said)


def _disk(says: str) -> bytes:
    return told(Kind.TOLD, {"kind": "disk", "works": not says, "says": says})
