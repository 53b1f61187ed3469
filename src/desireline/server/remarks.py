"""What the map linter says about an open map, told to everybody in it shortly after it has changed."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Any

from pydantic import ValidationError

from desireline.live.messages import Kind, told
from desireline.live.room import Room, Seat
from desireline.maps.checks.catalog import run_checks
from desireline.maps.records import Map

QUIET_S = 0.4  # after the last edit
AT_LATEST_S = 4.0  # while people go on editing


class Remarks:
    """The remarks of one room: worked out beside the loop, one after the other."""

    def __init__(self, room: Room, *, quiet_s: float = QUIET_S) -> None:
        self._room = room
        self._quiet_s = quiet_s
        self._said: list[dict[str, str]] | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._since = 0.0
        self._working: asyncio.Task[None] | None = None

    def changed(self) -> None:
        """They will be worked out when the map has been quiet for a moment, or was not for too long."""
        loop = asyncio.get_running_loop()
        if self._timer is None:
            self._since = loop.time()
        else:
            self._timer.cancel()
        wait = min(self._quiet_s, max(0.0, self._since + AT_LATEST_S - loop.time()))
        self._timer = loop.call_later(wait, self._begin)

    def greet(self, seat: Seat) -> None:
        """Whoever comes in hears them too."""
        if self._said is not None:
            seat.send(_message(self._said))
        elif self._timer is None and not self._works():
            self.changed()

    def stop(self) -> None:
        """Nothing more is worked out."""
        if self._timer is not None:
            self._timer.cancel()

    def _begin(self) -> None:
        self._timer = None
        if self._works():
            self.changed()
            return
        if self._room.closed or not self._room.seats:
            self._said = None
            return
        self._working = asyncio.create_task(self._work())

    def _works(self) -> bool:
        return self._working is not None and not self._working.done()

    async def _work(self) -> None:
        found = await asyncio.to_thread(remarks_on, self._room.data(), self._room.clock().date())
        if found != self._said:
            self._said = found
            self._room.tell(_message(found))


def remarks_on(data: dict[str, Any], today: date) -> list[dict[str, str]]:
    """What the linter says about a map that may be half drawn; nothing about one that cannot be read."""
    try:
        remarks = run_checks(Map.model_validate(data), None, today)
    except ValidationError:
        return []
    return [
        {"check": one.code, "severity": one.severity, "record": one.at, "says": one.says, "way_out": one.way_out}
        for one in remarks
    ]


def _message(said: list[dict[str, str]]) -> bytes:
    return told(Kind.TOLD, {"kind": "remarks", "remarks": said})
