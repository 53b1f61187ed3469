"""The rooms of a workspace: each map that somebody has open, once in memory."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime

from desireline.ledger.documents import Documents, Edit, Update
from desireline.live.admit import Admitted
from desireline.live.document import document_data
from desireline.live.room import Kept, Room
from desireline.live.shape import COMMENTS, HEAD, RECORDS, new_document


class Rooms:
    """Opens rooms from the ledger, and keeps in it what is edited in them."""

    def __init__(self, documents: Documents, clock: Callable[[], datetime]) -> None:
        self._documents = documents
        self._clock = clock
        self._open: dict[str, Room] = {}
        self._opening = asyncio.Lock()

    async def room(self, id_: str) -> Room:
        """The room of a map. Raises UnknownDocument."""
        async with self._opening:
            if id_ not in self._open:
                self._open[id_] = await self._opened(id_)
            return self._open[id_]

    def opened(self) -> dict[str, Room]:
        """The rooms that are in memory."""
        return dict(self._open)

    async def close(self) -> None:
        """Everything is on the disk, and no room is in memory."""
        for id_, room in list(self._open.items()):
            await room.settled()
            self._open.pop(id_, None)

    async def _opened(self, id_: str) -> Room:
        about = await asyncio.to_thread(self._documents.get, id_)
        history = await asyncio.to_thread(self._documents.history, id_)
        doc = new_document()
        for body in history.bodies:
            doc.apply_update(body)

        def keep(some: Sequence[Kept]) -> None:
            head = document_data(doc).get("map", {}) if any(HEAD in one.admitted.touched for one in some) else {}
            updates = [_update(one) for one in some]
            self._documents.append(id_, updates, title=head.get("title", ""), owner=head.get("owner", ""))

        return Room(doc, about.epoch, keep, self._clock)


def _update(one: Kept) -> Update:
    return Update(one.body, one.member, one.at.isoformat(), _edits(one.admitted))


def _edits(admitted: Admitted) -> tuple[Edit, ...]:
    found = [
        Edit(record, fields) for name in (HEAD, RECORDS) for record, fields in admitted.touched.get(name, {}).items()
    ]
    said = [Edit(f"{COMMENTS}/{id_}", fields) for id_, fields in admitted.touched.get(COMMENTS, {}).items()]
    return tuple(found + said)
