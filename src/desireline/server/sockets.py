"""The connection between a browser and the room of a map. What is said on it: `live.messages`."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from secrets import token_hex
from time import monotonic

from fastapi import APIRouter, WebSocket
from starlette.websockets import WebSocketDisconnect

from desireline.access import Right, Role
from desireline.errors import DesirelineError, MapArchived, NotAllowed, RoomClosed, SharedError, UpdateRefused
from desireline.live.admit import MAX_DOCUMENT, MAX_MERGE, MAX_UPDATE
from desireline.live.messages import Kind, numbered, read_json, read_number, told
from desireline.live.room import Room
from desireline.server.desk import Desk
from desireline.server.files import keep_day
from desireline.server.guards import Actor, check_origin, desk_of, who
from desireline.server.problems import noted

router = APIRouter()
log = logging.getLogger("desireline.sockets")
FULL = 1000  # messages that wait for a slow connection before it is closed; it asks for what it lacks when it is back
MESSAGES_S, BYTES_S = 60.0, 1024 * 1024.0  # that one connection may say in a second
MAX_PRESENCE = 4096
MOST_REFUSED = 200  # edits of one connection, before it is closed
REASON = 120  # bytes of a closing message
CLOSING_S = 2.0
GONE = (asyncio.CancelledError, WebSocketDisconnect, RuntimeError, OSError)  # what sending to nobody ends in


@router.websocket("/api/maps/{map_id}/live")
async def live(socket: WebSocket, map_id: str) -> None:
    """Edit a map together."""
    desk = desk_of(socket)
    try:
        check_origin(socket)
        looker = await asyncio.to_thread(look, socket, desk, map_id)
        await desk.rooms.room(map_id)
    except DesirelineError as fault:
        status, told_why = noted(fault)
        await socket.accept()
        await socket.close(4000 + status, short(told_why.says))
        return
    await socket.accept()
    day = asyncio.create_task(_keep_day(desk, map_id))
    try:
        await _Connection(socket, looker, desk, map_id).run()
    finally:
        day.cancel()


async def _keep_day(desk: Desk, map_id: str) -> None:
    """Keep the map as it was left on an earlier day; whoever opens it does not wait for that."""
    with suppress(DesirelineError):
        await keep_day(desk, map_id)


@dataclass(frozen=True)
class Looker:
    """Who looks at a map. What is archived is read only, so there everybody is a viewer."""

    actor: Actor
    archived: bool

    @property
    def rights(self) -> frozenset[Right]:
        """What they may do here."""
        return self.actor.rights & {Right.READ} if self.archived else self.actor.rights

    @property
    def role(self) -> Role:
        """What they are here."""
        return Role.VIEWER if self.archived else self.actor.role


def look(socket: WebSocket, desk: Desk, map_id: str) -> Looker:
    """Who it is that looks at a map. Raises NotSignedIn, NotAllowed, UnknownDocument."""
    actor = who(socket, desk)
    if Right.READ not in actor.rights:
        raise NotAllowed("read", actor.role.value)
    return Looker(actor, bool(desk.documents.get(map_id).archived_at))


def short(says: str) -> str:
    """As much of the words as a closing message holds."""
    return says if len(says.encode()) <= REASON else says.encode()[: REASON - 3].decode(errors="ignore") + "…"


class Bucket:
    """Lets through so much a second, and some more at once; beyond that one waits."""

    def __init__(self, rate: float, burst: float, clock: Callable[[], float] = monotonic) -> None:
        self._rate, self._burst, self._clock = rate, burst, clock
        self._left, self._at = burst, clock()

    def take(self, much: float) -> float:
        """Take that much; the seconds to wait until it is there."""
        now = self._clock()
        self._left = min(self._burst, self._left + (now - self._at) * self._rate) - much
        self._at = now
        return max(0.0, -self._left / self._rate)


class _Connection:
    """A seat in a room, for as long as its socket is open."""

    def __init__(self, socket: WebSocket, looker: Looker, desk: Desk, map_id: str) -> None:
        self.client = token_hex(6)
        self.member = looker.actor.id
        self.name = looker.actor.name
        self.rights = looker.rights
        self._looker = looker
        self._map_id = map_id
        self._socket = socket
        self._rooms = desk.rooms
        self._desk = desk
        self._room: Room
        self._out: asyncio.Queue[bytes | tuple[int, str]] = asyncio.Queue(FULL)
        self._messages, self._bytes = Bucket(MESSAGES_S, MESSAGES_S * 10), Bucket(BYTES_S, 2 * MAX_MERGE)
        self._refused = 0
        self._epoch: str | None = None
        self._met = False
        self._stopped = False
        self._reviewing = asyncio.Lock()

    def send(self, message: bytes) -> None:
        """Queue a message; whoever was told to go gets no more, or a connection that is stuck would fill the memory."""
        if self._stopped:
            return
        try:
            self._out.put_nowait(message)
        except asyncio.QueueFull:
            self.stop(4408, "Too far behind; connect again.")

    async def review(self) -> None:
        """Ask again who this is: other rights count from now on, and whoever may not look any more is put out.

        One after the other: an answer from before a change must not come after the one that knows of it.
        """
        async with self._reviewing:
            await self._review()

    async def _review(self) -> None:
        try:
            looker = await asyncio.to_thread(look, self._socket, self._desk, self._map_id)
        except SharedError as fault:
            self.rights = frozenset()
            self.stop(4000 + fault.status, str(fault))
            return
        except DesirelineError:  # the ledger cannot tell now, so nothing is known to have changed
            return
        before, self._looker, self.rights = self._looker, looker, looker.rights
        if looker.archived != before.archived:
            self.send(told(Kind.TOLD, {"kind": "archived", "archived": looker.archived, "role": looker.role.value}))
        elif looker.rights != before.rights:
            self.send(told(Kind.TOLD, {"kind": "role", "role": looker.role.value}))
        if looker.actor.name != self.name:
            self.name = looker.actor.name
            self.send(told(Kind.TOLD, {"kind": "name", "name": self.name}))
            self._room.rename(self)

    def stop(self, code: int, says: str) -> None:
        """Say only this, and close."""
        self._stopped = True
        kept = [] if code == 4408 else [self._out.get_nowait() for _ in range(self._out.qsize())]
        waiting, self._out = self._out, asyncio.Queue()
        for message in [*kept, (code, says)]:
            self._out.put_nowait(message)
        if waiting.empty():
            waiting.put_nowait(b"")  # whoever waits for a message looks again

    async def run(self) -> None:
        """Until either side closes."""
        try:
            self._room = await self._rooms.enter(self._map_id, self)
        except DesirelineError as fault:
            await self._socket.close(1012, short(noted(fault)[1].says))
            return
        self._desk.present.enter(self)
        sending = asyncio.create_task(self._send_all())
        hearing = asyncio.create_task(self._hear_all())
        try:
            await self.review()  # of what changed while this was opened nobody was told
            await asyncio.wait([sending, hearing], return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._desk.present.leave(self)
            self._room.leave(self)
            for task in (sending, hearing):
                task.cancel()
            for ended in await asyncio.gather(sending, hearing, return_exceptions=True):
                if isinstance(ended, BaseException) and not isinstance(ended, GONE):
                    log.error("a connection failed", exc_info=ended)

    async def _send_all(self) -> None:
        while True:
            message = await self._out.get()
            if isinstance(message, tuple):
                await self._socket.close(message[0], short(message[1]))
                return
            if message:
                await self._socket.send_bytes(message)

    async def _hear_all(self) -> None:
        try:
            while True:
                message = await self._socket.receive_bytes()
                await self._slowly(len(message))
                await self._take(Kind(message[0]), message[1:])
        except (WebSocketDisconnect, RuntimeError):
            return
        except (UpdateRefused, KeyError, ValueError, IndexError):
            self.stop(4400, "A message could not be read. Load the page again.")
            await asyncio.sleep(CLOSING_S)

    async def _slowly(self, much: int) -> None:
        """Whoever says too much at once is heard later; nothing of it is lost."""
        await asyncio.sleep(max(self._messages.take(1), self._bytes.take(much)))
        while self._room.crowded:
            await asyncio.sleep(0.1)

    async def _take(self, kind: Kind, body: bytes) -> None:
        takes: dict[Kind, Callable[[bytes], Awaitable[None]]] = {
            Kind.HELLO: self._hello,
            Kind.STATE: self._state,
            Kind.UPDATE: self._update,
            Kind.PRESENCE: self._presence,
        }
        await takes[kind](body)

    async def _hello(self, body: bytes) -> None:
        self._epoch = str(read_json(body).get("epoch") or "")
        about = {
            "epoch": self._room.epoch,
            "client": self.client,
            "member": {"id": self.member, "name": self.name},
            "role": self._looker.role.value,
            "archived": self._looker.archived,
            "limits": {"update": MAX_UPDATE, "merge": MAX_MERGE, "document": MAX_DOCUMENT},
        }
        self.send(told(Kind.HELLO, about))
        self.send(bytes([Kind.STATE]) + self._room.doc.get_state())

    async def _state(self, body: bytes) -> None:
        self.send(numbered(Kind.UPDATE, 0, await self._room.answer(body)))

    async def _update(self, body: bytes) -> None:
        seq, update = read_number(body)
        try:
            if self._looker.archived:
                raise UpdateRefused(str(MapArchived()), code=MapArchived.code)
            if self._epoch not in ("", self._room.epoch):
                raise UpdateRefused("This copy of the map has another history than the server’s.", code="other-epoch")
            self._room.edit(self, seq, update, most=MAX_UPDATE if self._met else MAX_MERGE)
            self._met = True
        except UpdateRefused as fault:
            self.send(told(Kind.REFUSED, {"seq": seq, "code": fault.code, "says": str(fault)}))
            self._refused += 1
            if self._refused > MOST_REFUSED:
                self.stop(4429, "Too many edits in a row could not be taken.")
        except RoomClosed:
            self.stop(1012, "The server reads the map again.")

    async def _presence(self, body: bytes) -> None:
        if len(body) > MAX_PRESENCE:
            raise UpdateRefused("Where somebody is takes no more than 4 KB to say.", code="too-large")
        self._room.place(self, read_json(body))
