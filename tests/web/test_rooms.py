"""The rooms of a workspace: of each map there is one at a time, whatever the disk does."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.loops import on_a_loop

from desireline.errors import LedgerBusy, UnknownDocument
from desireline.ledger.documents import Document, Documents
from desireline.ledger.engine import connect, ledger_url
from desireline.ledger.shelf import Shelf
from desireline.maps.templates import load_template
from desireline.server.files import begin
from desireline.server.rooms import Rooms

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)


class BusyOnce(Documents):
    """A ledger that is locked when it is asked for the first time."""

    asked = 0

    def get(self, id_: str) -> Document:
        self.asked += 1
        if self.asked == 1:
            raise LedgerBusy("ledger.db")
        return super().get(id_)


@pytest.fixture
def ledger(tmp_path: Path) -> Callable[[type[Documents]], Documents]:
    engine = connect(ledger_url(tmp_path))
    return lambda kind: kind(engine, "ours")


def begun(documents: Documents) -> str:
    shelf = Shelf(documents.engine, documents.workspace)
    return begin(documents, shelf, load_template("default"), by="olga", at=NOW).id


def test_everybody_who_comes_at_once_is_in_the_same_room(ledger):
    documents = ledger(Documents)
    id_ = begun(documents)

    async def story() -> set[int]:
        rooms = Rooms(documents, lambda: NOW)
        some = await asyncio.gather(*(rooms.room(id_) for _ in range(20)))
        await rooms.close()
        return {id(room) for room in some}

    assert len(on_a_loop(story())) == 1


def test_a_ledger_that_is_busy_for_a_moment_does_not_open_two_rooms(ledger):
    documents = ledger(BusyOnce)
    id_ = begun(documents)

    async def story() -> list[object]:
        rooms = Rooms(documents, lambda: NOW)

        async def comes(late: int) -> object:
            for _ in range(late):
                await asyncio.sleep(0.002)
            try:
                return await rooms.room(id_)
            except LedgerBusy:
                return await rooms.room(id_)

        some = await asyncio.gather(*(comes(late) for late in range(20)))
        await rooms.close()
        return list(some)

    assert len({id(room) for room in on_a_loop(story())}) == 1


def test_whoever_goes_away_does_not_take_the_room_from_those_who_wait(ledger):
    documents = ledger(Documents)
    id_ = begun(documents)

    async def story() -> bool:
        rooms = Rooms(documents, lambda: NOW)
        first, second = asyncio.create_task(rooms.room(id_)), asyncio.create_task(rooms.room(id_))
        await asyncio.sleep(0)
        first.cancel()
        room = await second
        same = rooms.opened()[id_] is room
        await rooms.close()
        return same

    assert on_a_loop(story())


def test_a_map_that_is_not_there_is_not_there_however_often_one_asks(ledger):
    documents = ledger(Documents)

    async def story() -> list[object]:
        rooms = Rooms(documents, lambda: NOW)
        return await asyncio.gather(*(rooms.room("none") for _ in range(5)), return_exceptions=True)

    assert {type(one) for one in on_a_loop(story())} == {UnknownDocument}
