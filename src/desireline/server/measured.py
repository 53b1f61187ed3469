"""Which map is measured: the one that people draw together, as it is now; its numbers, asked for and kept at hand."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from fastapi import Response

from desireline.draw.sections.method import how_cut
from desireline.errors import DesirelineError
from desireline.live.written import map_of_document
from desireline.maps.records import Map
from desireline.pipeline.bringing import Step
from desireline.pipeline.question import Measured, Question
from desireline.server.files import data_of
from desireline.server.looks import PATIENCE_S
from desireline.server.masking import of_many

if TYPE_CHECKING:
    from desireline.server.desk import Desk
    from desireline.workspace import Workspace

EVERY_S = 2.0
FIRST = (Question(),)
NEXT = (*FIRST, Question(by=("persona",)), Question(by=("channel",)), Question(by=("team",)))
"""What whoever looks at a map's numbers is likely to ask next."""


async def map_of(desk: Desk, id_: str) -> Map:
    """The map as it is now. Raises UnknownDocument."""
    data = await data_of(desk, id_)
    return await asyncio.to_thread(map_of_document, data)


async def ask_measured(desk: Desk, map_id: str, question: Question, *, patience: float | None = PATIENCE_S) -> Response:
    """The map's readings and deviations, or the job that works on them. `patience` and errors as in `Looks.ask`.

    As `desireline measure --json` says them, without values of a property that only few share.
    """
    map_ = await map_of(desk, map_id)

    def work(workspace: Workspace, step: Step) -> dict[str, Any]:
        found = workspace.measure(map_, question, step=step)
        told = found.as_json() | {"deviations": found.deviations_json(), "method": method_of(found)}
        return told | {"readings": of_many(told["readings"], workspace)}

    return await desk.looks.ask("measured", [map_, asdict(question)], work, patience=patience)


def method_of(found: Measured) -> list[dict[str, str]]:
    """How all of a map's numbers were counted, in sentences under a word each."""
    cover = found.coverage
    ends = [f"{at.day} {at:%B %Y}" for at in (found.first_at, found.last_at) if at]
    told = {
        "Unit": "Customers are what is counted as independent: each n is a number of customers, and intervals are 95 % "
        "intervals over them.",
        "Journeys": how_cut(found.outline),
        "Order": "Each customer's events in the order of time; an event stands on the first touchpoint of the map "
        "whose rule it meets.",
        "Window": f"All data, from {' to '.join(ends)}, in days of UTC. Journeys under way at the end are neither "
        "reached nor lost; they are left out of shares."
        if ends
        else "There are no data.",
        "Other": f"{cover.events - cover.events_explained:,} of {cover.events:,} events are explained by nothing on "
        "the map: they count at no touchpoint. “(none)” is who has nothing to be grouped by. Fewer than five customers "
        "are never shown, nor what would tell of them.",
    }
    return [{"about": about, "says": says} for about, says in told.items()]


class Ready:
    """Keeps at hand what is likely to be asked of the maps that are open. Used on one event loop."""

    def __init__(self) -> None:
        self._looked_at: set[str] = set()
        self._working: dict[str, asyncio.Task[None]] = {}

    def want(self, desk: Desk, map_id: str) -> None:
        """Somebody looks at the map's numbers: what comes next is worked out, one after the other."""
        self._looked_at.add(map_id)
        self._work(desk, map_id, NEXT)

    async def keep(self, desk: Desk, *, every: float = EVERY_S) -> None:
        """Until it is cancelled: whoever has a map open hears when data have landed, whoever imported them."""
        known: str | None = None
        while True:
            await asyncio.sleep(every)
            rooms = desk.rooms.opened()
            if not rooms:
                known = None  # whoever comes asks for the numbers as they are then
                self._looked_at.clear()
                self._working.clear()
                continue
            now = await asyncio.to_thread(_state, desk)
            landed, known = known is not None and now != known, now
            for id_ in rooms:
                if landed:
                    desk.rooms.tell(id_, "data")
                if now and (landed or id_ not in self._working):
                    self._work(desk, id_, NEXT if id_ in self._looked_at else FIRST)

    def _work(self, desk: Desk, map_id: str, questions: Sequence[Question]) -> None:
        if map_id not in self._working or self._working[map_id].done():
            self._working[map_id] = asyncio.create_task(_work_ahead(desk, map_id, questions))


async def _work_ahead(desk: Desk, map_id: str, questions: Sequence[Question]) -> None:
    with suppress(DesirelineError):
        for question in questions:
            await ask_measured(desk, map_id, question, patience=None)


def _state(desk: Desk) -> str:
    try:
        return desk.looks.opened().state()
    except (DesirelineError, OSError):  # none yet, or it is being written
        return ""
