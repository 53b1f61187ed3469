"""The socket of a map, spoken to as a browser does: who may do what, and what is told to whom."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
from pycrdt import Doc, Map, Text
from tests.web.serving import Served
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from desireline.access import Role
from desireline.live.admit import MAX_UPDATE
from desireline.live.bring import bring_text
from desireline.live.messages import Kind, numbered, read_json, read_number, told
from desireline.live.shape import COMMENTS, RECORDS, new_document, root
from desireline.server.remarks import QUIET_S
from desireline.server.rooms import Rooms
from desireline.server.sockets import Bucket


class Line:
    """One connection."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.doc = new_document()
        self.seq = 0
        self.heard: list[bytes] = []
        self.member: dict[str, str] = {}

    def meet(self) -> Line:
        """Exchange what each lacks."""
        self.socket.send(told(Kind.HELLO, {"epoch": ""}))
        self.member = read_json(self.hear(Kind.HELLO))["member"]
        self.socket.send(bytes([Kind.STATE]) + self.doc.get_state())
        self.doc.apply_update(read_number(self.hear(Kind.UPDATE))[1])
        return self

    def hear(self, kind: Kind, timeout: float = 10) -> bytes:
        """The body of the next message of a kind; others wait until they are asked for."""
        ends = time.monotonic() + timeout
        while True:
            for message in self.heard:
                if message[0] == kind:
                    self.heard.remove(message)
                    return message[1:]
            message = self.socket.recv(max(0.01, ends - time.monotonic()))
            assert isinstance(message, bytes)
            self.heard.append(message)

    def told(self, kind: str) -> dict[str, Any]:
        while (said := read_json(self.hear(Kind.TOLD)))["kind"] != kind:
            pass
        return said

    def edit(self, change: Any) -> int:
        before = self.doc.get_state()
        with self.doc.transaction():
            change(self.doc)
        self.seq += 1
        self.socket.send(numbered(Kind.UPDATE, self.seq, self.doc.get_update(before)))
        return self.seq

    def saved(self) -> int:
        return read_number(self.hear(Kind.SAVED))[0]


@contextmanager
def line(served: Served, id_: str, cookies: httpx.Cookies) -> Iterator[Line]:
    address = f"{served.address.replace('http', 'ws')}/api/maps/{id_}/live"
    said = "; ".join(f"{name}={value}" for name, value in cookies.items())
    with connect(address, additional_headers={"Cookie": said}, close_timeout=1) as socket:
        yield Line(socket)


@contextmanager
def member(served: Served, role: Role, name: str) -> Iterator[tuple[httpx.Client, str]]:
    """A program in which a member with this role is signed in, and the member's id."""
    with served.client() as olga, httpx.Client(base_url=served.address, timeout=20) as client:
        asked = {"role": role.value, "title": name}
        secret = olga.post("/api/invitations", json=asked).raise_for_status().json()["secret"]
        said = {"secret": secret, "name": name, "password": "correct horse battery"}
        client.post("/api/invitations/accept", json=said).raise_for_status()
        yield client, client.get("/api/me").raise_for_status().json()["id"]


def types(text: str, at: str = "read-reviews") -> Any:
    return lambda doc: root(doc, RECORDS)[at]["title"].insert(0, text)


def a_touchpoint(served: Served, id_: str) -> str:
    with served.client() as client:
        return str(client.get(f"/api/maps/{id_}/data").json()["touchpoints"][0]["id"])


def test_an_edit_is_acknowledged_after_it_is_on_the_disk_and_others_hear_it(served: Served):
    id_ = served.new_map()
    at = a_touchpoint(served, id_)
    with served.client() as olga, line(served, id_, olga.cookies) as one, line(served, id_, olga.cookies) as two:
        one.meet()
        two.meet()
        assert one.edit(types("Now ", at)) == one.saved()
        two.doc.apply_update(read_number(two.hear(Kind.UPDATE))[1])
        assert str(root(two.doc, RECORDS)[at]["title"]).startswith("Now ")
        doc = new_document()
        for body in served.desk.documents.history(id_).bodies:
            doc.apply_update(body)
        assert str(root(doc, RECORDS)[at]["title"]).startswith("Now ")
        [edit] = served.desk.documents.edits(id_, at)
        assert (edit.member, edit.record, edit.fields) == (one.member["id"], at, ("title",))


def test_a_viewer_cannot_edit_through_the_socket(served: Served):
    id_ = served.new_map()
    at = a_touchpoint(served, id_)
    before = served.desk.documents.history(id_)
    with member(served, Role.VIEWER, "Vera") as (vera, _), line(served, id_, vera.cookies) as one:
        one.meet()
        one.edit(types("Mine ", at))
        refused = read_json(one.hear(Kind.REFUSED))
        assert (refused["seq"], refused["code"]) == (1, "not-allowed")
        one.edit(lambda doc: root(doc, COMMENTS).__setitem__("c1", Map({"id": "c1"})))
        assert read_json(one.hear(Kind.REFUSED))["seq"] == 2
    assert served.desk.documents.history(id_) == before


def test_a_role_that_changes_counts_at_once(served: Served):
    id_ = served.new_map()
    at = a_touchpoint(served, id_)
    as_eva = member(served, Role.EDITOR, "Eva")
    with as_eva as (eva, eva_id), served.client() as olga, line(served, id_, eva.cookies) as one:
        one.meet()
        assert one.edit(types("a", at)) == one.saved()
        olga.patch(f"/api/members/{eva_id}", json={"role": "viewer"}).raise_for_status()
        assert one.told("role")["role"] == "viewer"
        one.edit(types("b", at))
        assert read_json(one.hear(Kind.REFUSED))["code"] == "not-allowed"
        olga.patch(f"/api/members/{eva_id}", json={"active": False}).raise_for_status()
        with pytest.raises(ConnectionClosed) as ended:
            one.hear(Kind.HELLO)
        assert ended.value.rcvd is not None
        assert ended.value.rcvd.code in (4401, 4403)


@pytest.mark.parametrize("message", [b"\x09", b"", b"\x02", b"\x00no json", b"\x05[]", "text"])
def test_a_message_that_cannot_be_read_ends_in_clear_words(served: Served, message: bytes | str):
    id_ = served.new_map()
    with served.client() as olga, line(served, id_, olga.cookies) as one, line(served, id_, olga.cookies) as two:
        two.meet()
        one.meet()
        one.socket.send(message)
        with pytest.raises(ConnectionClosed) as ended:
            one.hear(Kind.REFUSED)
        assert ended.value.rcvd is not None
        assert (ended.value.rcvd.code, "could not be read" in ended.value.rcvd.reason) == (4400, True)
        assert two.edit(types("Still here ", a_touchpoint(served, id_))) == two.saved()


def test_an_edit_that_is_too_large_or_broken_is_refused_and_the_line_stays(served: Served):
    id_ = served.new_map()
    at = a_touchpoint(served, id_)
    with served.client() as olga, line(served, id_, olga.cookies) as one:
        one.meet()
        assert one.edit(types("a", at)) == one.saved()
        one.socket.send(numbered(Kind.UPDATE, 2, b"x" * (MAX_UPDATE + 1)))
        assert read_json(one.hear(Kind.REFUSED))["code"] == "too-large"
        one.socket.send(numbered(Kind.UPDATE, 3, b"\xff" * 50))
        assert read_json(one.hear(Kind.REFUSED))["code"] == "malformed"
        one.seq = 3
        assert one.edit(types("b", at)) == one.saved()


def test_a_long_time_offline_comes_in_one_piece_and_a_long_title_stops_nobody(served: Served):
    id_ = served.new_map()
    at = a_touchpoint(served, id_)
    with served.client() as olga, line(served, id_, olga.cookies) as one:
        one.meet()
        assert one.edit(types("word " * 100_000, at)) == one.saved()
        one.edit(types("word " * 100_000, at))
        assert read_json(one.hear(Kind.REFUSED))["code"] == "too-large"
    with served.client() as olga, line(served, id_, olga.cookies) as two:
        two.meet()
        two.edit(lambda doc: bring_text(root(doc, "map")["title"], "Long\0 " * 100))
        assert two.saved() == 1
        assert olga.get(f"/api/maps/{id_}").json()["title"] == ("Long " * 100)[:300]


def test_whoever_says_too_much_at_once_waits():
    now = [0.0]
    bucket = Bucket(10, 20, lambda: now[0])
    assert [bucket.take(1) for _ in range(20)] == [0.0] * 20
    assert [bucket.take(1), bucket.take(1)] == [0.1, 0.2]
    now[0] = 1.2
    assert [bucket.take(10), bucket.take(1)] == [0.0, 0.1]


def test_another_history_is_not_mixed_with_the_servers(served: Served):
    id_ = served.new_map()
    with served.client() as olga, line(served, id_, olga.cookies) as one:
        one.socket.send(told(Kind.HELLO, {"epoch": "of another server"}))
        one.hear(Kind.HELLO)
        one.edit(lambda doc: root(doc, "map").__setitem__("title", Text("Mine")))
        assert read_json(one.hear(Kind.REFUSED))["code"] == "other-epoch"


def test_who_is_named_in_a_comment_is_told_of_it(served: Served):
    id_ = served.new_map()
    at = a_touchpoint(served, id_)
    with member(served, Role.EDITOR, "Eva") as (_, eva_id), served.client() as olga:
        with line(served, id_, olga.cookies) as one:
            one.meet()
            said = {"id": "c1", "at": at, "by": one.member["id"], "name": one.member["name"], "on": "2026-03-02"}
            said |= {"says": "@Eva, is this so?", "mentions": [eva_id]}
            assert one.edit(lambda doc: root(doc, COMMENTS).__setitem__("c1", Map(said))) == one.saved()
        [mention] = served.desk.mentions.open(eva_id)
        assert (mention.document_id, mention.comment_id, mention.by) == (id_, "c1", one.member["id"])


def test_what_the_linter_says_is_told_shortly_after_an_edit(served: Served):
    id_ = served.new_map()
    at = a_touchpoint(served, id_)
    with served.client() as olga, line(served, id_, olga.cookies) as one:
        one.meet()
        first = one.told("remarks")["remarks"]
        one.edit(lambda doc: _empties(doc, at))
        second = one.told("remarks")["remarks"]
        new = [remark for remark in second if remark not in first]
        assert [(remark["record"], remark["check"]) for remark in new] != []
        assert set(new[0]) == {"check", "severity", "record", "says", "way_out"}
        with line(served, id_, olga.cookies) as two:
            two.meet()
            assert two.told("remarks")["remarks"] == second


def test_whoever_comes_after_the_last_one_left_in_haste_hears_what_the_linter_says(served: Served):
    id_ = served.new_map()
    at = a_touchpoint(served, id_)
    with served.client() as olga:
        with line(served, id_, olga.cookies) as one:
            one.meet()
            one.told("remarks")
            one.edit(lambda doc: _empties(doc, at))
            one.saved()
        time.sleep(2 * QUIET_S)
        with line(served, id_, olga.cookies) as two:
            two.meet()
            assert at in [remark["record"] for remark in two.told("remarks")["remarks"]]


def _empties(doc: Doc[Any], at: str) -> None:
    record = root(doc, RECORDS)[at]
    for name in ("channels", "team", "when", "promise"):
        if name in record:
            del record[name]


def test_a_room_that_nobody_needs_is_let_go_and_what_was_edited_is_there_again(served: Served):
    id_ = served.new_map()
    rooms = served.desk.rooms
    rooms._idle_s = 0.1
    at = a_touchpoint(served, id_)
    with served.client() as olga:
        for word in ("One ", "Two "):
            with line(served, id_, olga.cookies) as one:
                one.meet()
                assert one.edit(types(word, at)) == one.saved()
                time.sleep(0.4)
                assert list(rooms.opened()) == [id_]
            _until(lambda: rooms.opened() == {})
        data = olga.get(f"/api/maps/{id_}/data").json()
        assert data["touchpoints"][0]["title"].startswith("Two One ")
    assert isinstance(rooms, Rooms)


def _until(true: Any) -> None:
    for _ in range(100):
        if true():
            return
        time.sleep(0.05)
    raise AssertionError("It did not come true.")


def test_others_see_where_somebody_is_until_they_leave(served: Served):
    id_ = served.new_map()
    with served.client() as olga, line(served, id_, olga.cookies) as one:
        one.meet()
        with line(served, id_, olga.cookies) as two:
            two.meet()
            two.socket.send(told(Kind.PRESENCE, {"at": "pay", "colour": 3}))
            seen = read_json(one.hear(Kind.PRESENCE))
            assert (seen["name"], seen["state"]) == ("Olga", {"at": "pay", "colour": 3})
            with line(served, id_, olga.cookies) as three:
                three.meet()
        assert read_json(one.hear(Kind.PRESENCE)) | {"client": ""} == {
            "client": "",
            "member": two.member["id"],
            "state": None,
        }
