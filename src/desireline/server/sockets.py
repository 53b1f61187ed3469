"""The connection between a browser and the room of a map. What is said on it: `live.messages`."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from secrets import token_hex

from fastapi import APIRouter, WebSocket
from starlette.websockets import WebSocketDisconnect

from desireline.access import Right
from desireline.errors import DesirelineError, NotAllowed, SharedError, UpdateRefused
from desireline.live.admit import MAX_DOCUMENT, MAX_UPDATE
from desireline.live.messages import Kind, numbered, read_json, read_number, told
from desireline.live.room import Room
from desireline.server.desk import Desk
from desireline.server.guards import Actor, check_origin, desk_of, who
from desireline.server.problems import status_of

router = APIRouter()
FULL = 1000  # messages that wait for a slow connection before it is closed; it asks for what it lacks when it is back


@router.websocket("/api/maps/{map_id}/live")
async def live(socket: WebSocket, map_id: str) -> None:
    """Edit a map together."""
    desk = desk_of(socket)
    try:
        check_origin(socket)
        actor = await asyncio.to_thread(_looker, socket, desk)
        room = await desk.rooms.room(map_id)
    except DesirelineError as fault:
        await socket.accept()
        await socket.close(4000 + status_of(fault)[0], str(fault)[:120])
        return
    await socket.accept()
    await _Connection(socket, actor, room, desk).run()


def _looker(socket: WebSocket, desk: Desk) -> Actor:
    """Who it is that looks. Raises NotSignedIn, NotAllowed."""
    actor = who(socket, desk)
    if Right.READ not in actor.rights:
        raise NotAllowed("read", actor.role.value)
    return actor


class _Connection:
    """A seat in a room, for as long as its socket is open."""

    def __init__(self, socket: WebSocket, actor: Actor, room: Room, desk: Desk) -> None:
        self.client = token_hex(6)
        self.member = actor.id
        self.name = actor.name
        self.rights = actor.rights
        self._actor = actor
        self._socket = socket
        self._room = room
        self._desk = desk
        self._ending = (4408, "Too far behind; connect again.")
        self._out: asyncio.Queue[bytes | None] = asyncio.Queue(FULL)

    def send(self, message: bytes) -> None:
        """Queue a message."""
        try:
            self._out.put_nowait(message)
        except asyncio.QueueFull:
            self._out = asyncio.Queue(1)
            self._out.put_nowait(None)

    async def run(self) -> None:
        """Until either side closes."""
        self._room.enter(self)
        self._desk.present.enter(self)
        sending = asyncio.create_task(self._send_all())
        try:
            await self.review()  # what changed while this was opened was told to nobody
            while True:
                message = await self._socket.receive_bytes()
                if message:
                    await self._take(Kind(message[0]), message[1:])
        except (WebSocketDisconnect, RuntimeError, KeyError, ValueError):
            return
        finally:
            self._desk.present.leave(self)
            self._room.leave(self)
            sending.cancel()

    async def review(self) -> None:
        """Ask again who this is: another role counts from now on, and whoever may not look any more is put out."""
        try:
            actor = await asyncio.to_thread(_looker, self._socket, self._desk)
        except SharedError as fault:
            self.rights = frozenset()
            self._end(4000 + fault.status, str(fault)[:120])
            return
        except DesirelineError:  # the ledger cannot tell now, so nothing is known to have changed
            return
        before, self._actor, self.rights = self._actor, actor, actor.rights
        if actor.rights != before.rights:
            self.send(told(Kind.TOLD, {"kind": "role", "role": actor.role.value}))

    def _end(self, code: int, says: str) -> None:
        self._ending = (code, says)
        while not self._out.empty():
            self._out.get_nowait()
        self._out.put_nowait(None)

    async def _send_all(self) -> None:
        while (message := await self._out.get()) is not None:
            await self._socket.send_bytes(message)
        await self._socket.close(*self._ending)

    async def _take(self, kind: Kind, body: bytes) -> None:
        takes: dict[Kind, Callable[[bytes], Awaitable[None]]] = {
            Kind.HELLO: self._hello,
            Kind.STATE: self._state,
            Kind.UPDATE: self._update,
            Kind.PRESENCE: self._presence,
        }
        await takes[kind](body)

    async def _hello(self, _body: bytes) -> None:
        about = {
            "epoch": self._room.epoch,
            "client": self.client,
            "member": {"id": self._actor.id, "name": self._actor.name},
            "role": self._actor.role.value,
            "limits": {"update": MAX_UPDATE, "document": MAX_DOCUMENT},
        }
        self.send(told(Kind.HELLO, about))
        self.send(bytes([Kind.STATE]) + self._room.doc.get_state())

    async def _state(self, body: bytes) -> None:
        self.send(numbered(Kind.UPDATE, 0, self._room.doc.get_update(body)))

    async def _update(self, body: bytes) -> None:
        seq, update = read_number(body)
        try:
            self._room.edit(self, seq, update)
        except UpdateRefused as fault:
            self.send(told(Kind.REFUSED, {"seq": seq, "code": fault.code, "says": str(fault)}))

    async def _presence(self, body: bytes) -> None:
        state = read_json(body)
        name = self._actor.name
        message = {"client": self.client, "member": self.member, "name": name, "state": state}
        self._room.tell(told(Kind.PRESENCE, message), but=self)
