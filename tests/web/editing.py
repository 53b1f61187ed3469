"""Programs that edit a map as browsers do: they connect, exchange what each lacks, and keep what is not saved yet."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from pycrdt import Doc, Map, Text
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidHandshake, WebSocketException

from desireline.live.messages import Kind, numbered, read_json, read_number, told
from desireline.live.shape import RECORDS, new_document, root


@dataclass
class Editor:
    """Somebody who edits one map. `marks` are in the text that all share; each says who made it and which it is."""

    address: str  # ws://HOST:PORT/api/maps/ID/live
    cookie: str
    number: int
    pause_s: tuple[float, float] = (0.01, 0.05)
    heard: Callable[[bytes], None] = lambda _update: None
    doc: Doc[Any] = field(default_factory=new_document)
    made: list[str] = field(default_factory=list)
    saved: set[str] = field(default_factory=set)
    refused: list[dict[str, Any]] = field(default_factory=list)
    met: asyncio.Event = field(default_factory=asyncio.Event)
    resting: bool = False
    _epoch: str = ""
    _seq: int = 0
    _sent: dict[int, list[str]] = field(default_factory=dict)

    async def run(self) -> None:
        """Until cancelled: whenever the line is lost, try again."""
        while True:
            with suppress(OSError, WebSocketException, InvalidHandshake, asyncio.IncompleteReadError, EOFError):
                async with connect(
                    self.address, additional_headers={"Cookie": self.cookie}, max_size=None, close_timeout=1
                ) as socket:
                    await self._talk(socket)
            self.met.clear()
            await asyncio.sleep(0.03)

    def all_saved(self) -> bool:
        """Everything that was made is acknowledged."""
        return self.saved >= set(self.made)

    async def _talk(self, socket: ClientConnection) -> None:
        await socket.send(told(Kind.HELLO, {"epoch": self._epoch}))
        editing = asyncio.create_task(self._edit_all(socket))
        try:
            async for message in socket:
                assert isinstance(message, bytes)
                await self._take(socket, Kind(message[0]), message[1:])
        finally:
            editing.cancel()

    async def _take(self, socket: ClientConnection, kind: Kind, body: bytes) -> None:
        if kind is Kind.HELLO:
            self._epoch = read_json(body)["epoch"]
        elif kind is Kind.STATE:
            await socket.send(bytes([Kind.STATE]) + self.doc.get_state())
            waiting = [mark for mark in self.made if mark not in self.saved]
            self._sent = {}
            await self._send(socket, self.doc.get_update(body), waiting)
        elif kind is Kind.UPDATE:
            update = read_number(body)[1]
            self.doc.apply_update(update)
            self.heard(update)
            self.met.set()
        elif kind is Kind.SAVED:
            last = read_number(body)[0]
            for seq in [seq for seq in self._sent if seq <= last]:
                self.saved.update(self._sent.pop(seq))
        elif kind is Kind.REFUSED:
            self.refused.append(read_json(body))

    async def _send(self, socket: ClientConnection, update: bytes, marks: list[str]) -> None:
        self._seq += 1
        self._sent[self._seq] = marks
        await socket.send(numbered(Kind.UPDATE, self._seq, update))

    async def _edit_all(self, socket: ClientConnection) -> None:
        await self.met.wait()
        while True:
            await asyncio.sleep(random.uniform(*self.pause_s))
            if not self.resting:
                update, mark = self.edit()
                await self._send(socket, update, [mark])

    def edit(self) -> tuple[bytes, str]:
        """One more mark in the shared text, and every third time a card; the update that says so."""
        mark = f"<{self.number}.{len(self.made)}>"
        before = self.doc.get_state()
        with self.doc.transaction():
            records = root(self.doc, RECORDS)
            text: Text = records["board"]["says"]
            text.insert(random.choice([0, len(text)]), mark)
            if len(self.made) % 3 == 0:
                records[card_of(mark)] = Map(_card(card_of(mark)))
        self.made.append(mark)
        return self.doc.get_update(before), mark


def card_of(mark: str) -> str:
    """The id of the card that came with a mark."""
    return "k" + mark.strip("<>")


def board() -> dict[str, Any]:
    """The card in whose text all write, and where it stands."""
    return {
        "format": "desireline/1",
        "map": {"id": "m", "title": "M"},
        "stages": [{"id": "buy", "title": "Buy"}],
        "touchpoints": [{"id": "pay", "title": "Pay", "stage": "buy"}],
        "cards": [{"id": "board", "at": "pay", "lane": "doing", "says": ""}],
    }


def _card(id_: str) -> dict[str, Any]:
    return {"section": "cards", "id": id_, "at": "pay", "lane": "doing", "says": Text(""), "order": "V"}


def missing_and_doubled(doc: Doc[Any], marks: set[str]) -> tuple[list[str], list[str]]:
    """Of these marks: those that are not in the document, or without their card; and those that are twice in it."""
    records = root(doc, RECORDS)
    text, cards = str(records["board"]["says"]), set(records.keys())
    with_card = {mark for mark in marks if int(mark.strip("<>").split(".")[1]) % 3 == 0}
    missing = {mark for mark in marks if mark not in text} | {mark for mark in with_card if card_of(mark) not in cards}
    return sorted(missing), sorted(mark for mark in marks if text.count(mark) > 1)
