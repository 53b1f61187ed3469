"""A room: what is acknowledged is on the disk, what is not is tried again, and nobody loses anything."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
from pycrdt import Doc
from tests.live.test_bring import copied, shared, small
from tests.live.test_gate import comment, puts, sets, update
from tests.loops import on_a_loop

from desireline.access import RIGHTS, Right, Role
from desireline.errors import LedgerUnwritable, NotKeptYet, RoomClosed, UpdateRefused
from desireline.live import room as rooms
from desireline.live.document import document_data
from desireline.live.messages import Kind, read_json, read_number
from desireline.live.room import Kept, Room
from desireline.live.shape import COMMENTS, RECORDS, new_document, root

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@dataclass
class Person:
    """A seat that remembers what it was told."""

    client: str = "c1"
    member: str = "ana"
    name: str = "Ana"
    rights: frozenset[Right] = RIGHTS[Role.EDITOR]
    heard: list[bytes] = field(default_factory=list)
    stopped: tuple[int, str] | None = None

    def send(self, message: bytes) -> None:
        self.heard.append(message)

    def stop(self, code: int, says: str) -> None:
        self.stopped = (code, says)

    def of(self, kind: Kind) -> list[bytes]:
        return [message[1:] for message in self.heard if message[0] == kind]

    def saved(self) -> list[int]:
        return [read_number(body)[0] for body in self.of(Kind.SAVED)]

    def told(self) -> list[dict[str, Any]]:
        return [read_json(body) for body in self.of(Kind.TOLD)]


@dataclass
class Disk:
    """A shelf in memory that can fail, and that can be slow."""

    bodies: list[bytes] = field(default_factory=list)
    heads: list[dict[str, Any]] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)
    fails: int = 0
    broken: bool = False
    snapshots: list[int] = field(default_factory=list)

    def keep(self, some: Sequence[Kept], head: dict[str, Any]) -> int:
        if self.broken:
            raise ZeroDivisionError
        if self.fails:
            self.fails -= 1
            raise LedgerUnwritable("No space left on the device.")
        self.bodies += [one.body for one in some]
        self.kept += some
        self.heads.append(head)
        return len(self.bodies)

    def compact(self, body: bytes, seq: int) -> None:
        self.bodies = [body]
        self.snapshots.append(seq)

    def read(self) -> Doc[Any]:
        doc = new_document()
        for body in self.bodies:
            doc.apply_update(body)
        return doc


def opened(disk: Disk | None = None) -> tuple[Room, Disk, Person]:
    doc = shared(small())
    disk = disk or Disk()
    disk.bodies.insert(0, doc.get_update())
    room, ana = Room(doc, "e1", disk, lambda: NOW, pauses=(0.01,)), Person()
    room.enter(ana)
    return room, disk, ana


def test_an_edit_is_told_to_others_and_acknowledged_when_it_is_on_the_disk():
    async def story() -> None:
        room, disk, ana = opened()
        ben = Person("c2", "ben", "Ben")
        room.enter(ben)
        body = update(room.doc, sets(RECORDS, "pay", optional=True))
        room.edit(ana, 1, body)
        assert (ana.heard, ben.heard) == ([], [])
        await room.settled()
        assert (ana.saved(), ben.of(Kind.UPDATE), ben.saved()) == ([1], [b"\0" + body], [])
        assert document_data(disk.read()) == document_data(room.doc)

    on_a_loop(story())


def test_an_edit_that_came_twice_is_acknowledged_and_kept_once():
    async def story() -> None:
        room, disk, ana = opened()
        body = update(room.doc, sets(RECORDS, "pay", optional=True))
        room.edit(ana, 1, body)
        room.edit(ana, 2, body)
        room.edit(ana, 3, b"\0\0")
        await room.settled()
        assert (len(disk.kept), ana.saved()) == (1, [3])

    on_a_loop(story())


def test_while_the_disk_fails_nothing_is_acknowledged_and_afterwards_all_of_it():
    async def story() -> None:
        room, disk, ana = opened(Disk(fails=3))
        for seq in (1, 2, 3):
            room.edit(ana, seq, update(room.doc, _typed(seq)))
        await asyncio.sleep(0.015)
        assert ana.saved() == []
        ben = Person("c2", "ben", "Ben")
        room.enter(ben)
        await room.settled()
        assert ana.saved()[-1] == 3
        assert [(one["kind"], one["works"]) for one in ana.told()] == [("disk", False), ("disk", True)]
        assert "No space left" in ana.told()[0]["says"]
        assert [one["works"] for one in ben.told()] == [False, True]
        assert document_data(disk.read())["touchpoints"][1]["title"] == "321Pay"

    on_a_loop(story())


def _typed(number: int) -> Any:
    return lambda doc: root(doc, RECORDS)["pay"]["title"].insert(0, str(number))


def test_a_change_by_the_server_waits_for_the_disk_and_says_when_that_takes_too_long(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(rooms, "PATIENCE_S", 0.03)

    async def story() -> None:
        room, disk, ana = opened(Disk(fails=8))
        with pytest.raises(NotKeptYet, match="No space left"):
            await room._done(room._kept(*_written(room)), patience=0.03)
        await room.settled()
        assert document_data(disk.read())["touchpoints"][1]["optional"] is True
        await room.write("ana", sets(RECORDS, "cart", optional=True))
        assert document_data(disk.read())["touchpoints"][0]["optional"] is True
        assert len(ana.of(Kind.UPDATE)) == 2

    on_a_loop(story())


def _written(room: Room) -> Any:
    body, admitted = room._gate.write(sets(RECORDS, "pay", optional=True))
    return body, "ana", admitted


def test_a_fault_of_the_program_closes_the_room_and_nothing_is_acknowledged():
    async def story() -> None:
        room, _, ana = opened(Disk(broken=True))
        room.edit(ana, 1, update(room.doc, sets(RECORDS, "pay", optional=True)))
        with pytest.raises(RoomClosed):
            await room.settled()
        assert (ana.saved(), ana.stopped and ana.stopped[0], room.closed) == ([], 1011, True)
        with pytest.raises(RoomClosed):
            room.edit(ana, 2, b"\0\0")

    on_a_loop(story(), debug=False)


def test_a_newcomer_gets_only_what_is_on_the_disk():
    async def story() -> None:
        room, disk, ana = opened(Disk(fails=3))
        room.edit(ana, 1, update(room.doc, sets(RECORDS, "pay", optional=True)))
        answer = await room.answer(b"\0")
        assert ana.saved() == [1]
        doc = new_document()
        doc.apply_update(answer)
        assert document_data(doc) == document_data(disk.read()) == document_data(room.doc)

    on_a_loop(story())


def test_after_many_edits_the_history_is_one_snapshot(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(rooms, "SNAPSHOT_EVERY", 10)

    async def story() -> None:
        room, disk, ana = opened()
        for seq in range(1, 26):
            room.edit(ana, seq, update(room.doc, _typed(seq % 10)))
            await room.settled()
        assert disk.snapshots == [11, 11]
        assert len(disk.bodies) < 10
        assert document_data(disk.read()) == document_data(room.doc)

    on_a_loop(story())


def test_a_refused_edit_is_kept_nowhere():
    async def story() -> None:
        room, disk, ana = opened()
        before = room.doc.get_update()
        ana.rights = RIGHTS[Role.VIEWER]
        with pytest.raises(UpdateRefused):
            room.edit(ana, 1, update(room.doc, sets(RECORDS, "pay", optional=True)))
        await room.settled()
        assert (room.doc.get_update() == before, disk.kept, ana.heard) == (True, [], [])

    on_a_loop(story())


def test_what_is_kept_says_who_changed_what_and_which_comments_are_new():
    async def story() -> None:
        room, disk, ana = opened()
        said = comment(mentions=["ben"], says="@Ben?")
        room.edit(ana, 1, update(room.doc, puts(COMMENTS, "c1", said), _typed(1)))
        await room.settled()
        [kept] = disk.kept
        assert (kept.member, kept.at, kept.comments) == ("ana", NOW, {"c1": said})
        assert kept.admitted.touched[RECORDS] == {"pay": ("title",)}

    on_a_loop(story())


def test_those_who_come_later_see_where_the_others_are():
    async def story() -> None:
        room, _, ana = opened()
        room.place(ana, {"at": "pay"})
        ben = Person("c2", "ben", "Ben")
        room.enter(ben)
        room.leave(ana)
        said = [read_json(body) for body in ben.of(Kind.PRESENCE)]
        assert said == [
            {"client": "c1", "member": "ana", "name": "Ana", "state": {"at": "pay"}},
            {"client": "c1", "member": "ana", "state": None},
        ]
        assert room.idle is False
        room.leave(ben)
        assert room.idle is True

    on_a_loop(story())


def test_the_map_as_data_is_the_same_as_read_anew():
    async def story() -> None:
        room, _, ana = opened()
        other = copied(room.doc)
        room.data()
        for seq, edit in enumerate(
            (_typed(1), sets(RECORDS, "cart", order="k"), sets(RECORDS, "wear", deleted=True)), 1
        ):
            room.edit(ana, seq, update(other, edit))
            await room.write("ben", sets(RECORDS, "pay", repeatable=bool(seq % 2)))
            assert room.data() == document_data(room.doc)

    on_a_loop(story())
