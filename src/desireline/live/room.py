"""A room: one shared map in memory, and everybody who has it open.

An edit is admitted (limits, role, a map that can still be read), kept, and only then shown to others and acknowledged.
Edits that arrive while others are being kept go to the disk together. A room holds no connection: `Seat`s do.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from pycrdt import Doc

from desireline.access import Right
from desireline.live.admit import Admitted, Gate
from desireline.live.messages import Kind, numbered, told


@dataclass(frozen=True)
class Kept:
    """An admitted update with who sent it and when (UTC)."""

    body: bytes
    member: str
    at: datetime
    admitted: Admitted


Keep = Callable[[Sequence[Kept]], None]
"""Puts updates on the disk, all or none; raises what the ledger raises. Called on a thread of its own."""


class Seat(Protocol):
    """One connection in a room."""

    client: str
    member: str
    rights: frozenset[Right]

    def send(self, message: bytes) -> None:
        """Queue a message; a connection that cannot take more is closed by itself."""


@dataclass
class Waiting:
    """An admitted update that is not on the disk yet."""

    kept: Kept
    seat: Seat | None
    seq: int
    done: asyncio.Future[None] | None = None


@dataclass
class Room:
    """Everybody who edits one map. All methods are called on the event loop."""

    doc: Doc[Any]
    epoch: str
    keep: Keep
    clock: Callable[[], datetime]
    seats: list[Seat] = field(default_factory=list)
    _waiting: list[Waiting] = field(default_factory=list)
    _keeping: asyncio.Task[None] | None = None

    def __post_init__(self) -> None:
        self._gate = Gate(self.doc)

    def enter(self, seat: Seat) -> None:
        """The seat hears what is edited from now on."""
        self.seats.append(seat)

    def leave(self, seat: Seat) -> None:
        """The seat is gone, and so is its presence."""
        if seat in self.seats:
            self.seats.remove(seat)
            self.tell(told(Kind.PRESENCE, {"client": seat.client, "member": seat.member, "state": None}))

    def edit(self, seat: Seat, seq: int, body: bytes) -> None:
        """Admit an edit and queue it for the disk. Raises UpdateRefused; then nothing has changed."""
        admitted = self._gate.admit(body, member=seat.member, rights=seat.rights)
        self._queue(Waiting(Kept(body, seat.member, self.clock(), admitted), seat, seq))

    async def write(self, member: str, change: Callable[[Doc[Any]], None]) -> None:
        """The server itself edits (an import, a restored version); returns when it is on the disk."""
        before = self.doc.get_state()
        change(self.doc)
        body = self.doc.get_update(before)
        admitted = self._gate.follow(body)
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._queue(Waiting(Kept(body, member, self.clock(), admitted), None, 0, done))
        await done

    def tell(self, message: bytes, *, but: Seat | None = None) -> None:
        """Everybody, or everybody but one, gets a message."""
        for seat in self.seats:
            if seat is not but:
                seat.send(message)

    async def settled(self) -> None:
        """Everything that was admitted is on the disk."""
        while self._keeping is not None:
            await asyncio.shield(self._keeping)

    def _queue(self, waiting: Waiting) -> None:
        self._waiting.append(waiting)
        if self._keeping is None:
            self._keeping = asyncio.create_task(self._keep_all())

    async def _keep_all(self) -> None:
        try:
            while self._waiting:
                some, self._waiting = self._waiting, []
                await asyncio.to_thread(self.keep, [one.kept for one in some])
                self._announce(some)
        finally:
            self._keeping = None

    def _announce(self, some: Sequence[Waiting]) -> None:
        for one in some:
            self.tell(numbered(Kind.UPDATE, 0, one.kept.body), but=one.seat)
            if one.done is not None:
                one.done.set_result(None)
        for seat in self.seats:
            last = max((one.seq for one in some if one.seat is seat), default=0)
            if last:
                seat.send(numbered(Kind.SAVED, last))
