"""Which map is measured: the one that people draw together, as it is now; and telling them when data has landed."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from desireline.errors import DesirelineError
from desireline.live.written import map_of_document
from desireline.maps.records import Map
from desireline.server.files import data_of

if TYPE_CHECKING:
    from desireline.server.desk import Desk

EVERY_S = 2.0


async def map_of(desk: Desk, id_: str) -> Map:
    """The map as it is now. Raises UnknownDocument."""
    data = await data_of(desk, id_)
    return await asyncio.to_thread(map_of_document, data)


async def tell_when_data_lands(desk: Desk, *, every: float = EVERY_S) -> None:
    """Until it is cancelled: whoever has a map open hears when its numbers may be others, whoever imported."""
    known: str | None = None
    while True:
        await asyncio.sleep(every)
        rooms = desk.rooms.opened()
        if not rooms:
            known = None  # whoever comes asks for the numbers as they are then
            continue
        now = await asyncio.to_thread(_state, desk)
        if known is not None and now != known:
            for id_ in rooms:
                desk.rooms.tell(id_, "data")
        known = now


def _state(desk: Desk) -> str:
    try:
        return desk.looks.opened().state()
    except DesirelineError:  # none yet, or it is being written
        return ""
