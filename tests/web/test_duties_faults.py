"""When the disk is full, the ledger is locked, broken or gone: clear words, and what was there is as it was."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import event
from tests.web.serving import Served, serving
from tests.web.test_live import a_touchpoint, line, types
from websockets.exceptions import ConnectionClosed

from desireline.ledger.engine import connect, ledger_url
from desireline.server import files
from desireline.server.bodies import LITTLE
from desireline.server.desk import PATIENCE_S, open_desk


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """A server that does not wait long for others who write."""
    with serving(tmp_path, patience_s=1) as found:
        yield found


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Another program writes, and does not come to an end."""
    with sqlite3.connect(file, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")
    other.close()


@contextmanager
def full(served: Served) -> Iterator[None]:
    """The disk takes nothing more."""

    def no_more(connection: Any, _record: object) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count={pages}")

    event.listen(served.desk.engine, "connect", no_more)
    yield
    event.remove(served.desk.engine, "connect", no_more)


def told(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def test_a_ledger_that_is_locked_is_told_and_what_can_be_read_is_read(served: Served):
    id_ = served.new_map()
    with served.client() as owner:
        with locked(served.desk.folder / "ledger.db"):
            answer = owner.post("/api/maps", json={})
            assert told(answer) == (503, "busy")
            assert "Nothing was lost; try again in a moment." in answer.json()["says"]
            assert owner.get(f"/api/maps/{id_}").status_code == 200
            assert owner.get("/readyz").status_code == 200
        assert owner.post("/api/maps", json={}).status_code == 201


def test_a_ledger_that_is_locked_keeps_nobody_from_a_shared_map(served: Served):
    id_ = served.new_map()
    with served.client() as owner:
        path = owner.post(f"/api/maps/{id_}/shares", json={}).raise_for_status().json()["path"]
        with locked(served.desk.folder / "ledger.db"):
            assert owner.get(f"/api{path}").status_code == 200
        assert owner.get(f"/api{path}").status_code == 200
        assert [one["opened"] for one in owner.get(f"/api/maps/{id_}/shares").json()] == [1]


def test_no_version_is_made_of_what_the_disk_does_not_take(served: Served, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(files, "PATIENCE_S", 0.3)
    id_ = served.new_map()
    at = a_touchpoint(served, id_)
    with served.client() as owner, line(served, id_, owner.cookies) as socket:
        socket.meet()
        address = f"/api/maps/{id_}/versions"
        with locked(served.desk.folder / "ledger.db"):
            socket.edit(types("Now ", at))
            assert socket.told("disk")["works"] is False
            answer = owner.post(address, json={"title": "Agreed"})
            assert told(answer) == (507, "not-saved")
            assert "This was not taken" in answer.json()["says"]
        assert socket.saved() == 1
        assert owner.get(address).json() == []
        assert owner.post(address, json={"title": "Agreed"}).status_code == 201


def test_somebody_at_a_browser_waits_less_for_a_locked_ledger_than_a_command(tmp_path: Path):
    asked = {"web": open_desk(tmp_path, patience_s=PATIENCE_S).engine, "command": connect(ledger_url(tmp_path))}
    waits = {}
    for who, engine in asked.items():
        with engine.connect() as connection:
            waits[who] = connection.exec_driver_sql("PRAGMA busy_timeout").scalar()
    assert waits == {"web": 5_000, "command": 20_000}


def test_a_full_disk_is_told_and_what_was_there_stays(served: Served):
    with served.client() as owner:
        before = owner.get("/api/maps").json()
        with full(served):
            answers = [owner.post("/api/maps", json={}) for _ in range(3)]
            assert told(answers[-1]) == (507, "not-saved")
            assert "its disk is full" in answers[-1].json()["says"]
            assert str(served.desk.folder) not in answers[-1].text
        after = [one for one in owner.get("/api/maps").json() if one not in before]
        assert len(after) == sum(answer.status_code == 201 for answer in answers)
        assert owner.post("/api/maps", json={}).status_code == 201


def test_where_the_ledger_is_is_told_to_nobody_outside(served: Served):
    id_ = served.new_map()
    file = served.desk.folder / "ledger.db"
    with served.client() as owner:
        for one in served.desk.folder.glob("ledger.db*"):
            one.write_bytes(b"this is no ledger" * 1000)
        large = owner.post("/api/imports", content=b" " * (LITTLE + 1))
        assert told(large) == (503, "ledger-gone")
        assert str(file.parent) not in large.text
        with line(served, id_, owner.cookies) as socket, pytest.raises(ConnectionClosed) as ended:
            socket.socket.recv(10)
        assert ended.value.rcvd is not None
        assert ended.value.rcvd.code == 4503
        assert "cannot reach what it saved" in ended.value.rcvd.reason


@pytest.mark.parametrize("how", ["gone", "broken", "emptied"])
def test_a_ledger_that_cannot_be_read_is_told_and_the_server_is_not_ready(served: Served, how: str):
    file = served.desk.folder / "ledger.db"
    with served.client() as owner:
        served.new_map()
        for one in served.desk.folder.glob("ledger.db*"):
            if how == "gone":
                one.unlink()
            else:
                one.write_bytes(b"this is no ledger" * 1000 if how == "broken" else b"")
        for asked in (owner.get("/api/me"), owner.get("/readyz"), owner.post("/api/maps", json={})):
            assert told(asked) == (503, "ledger-gone"), asked.text
            assert str(file) not in asked.text
        assert owner.get("/healthz").status_code == 200


def test_a_fault_of_this_program_is_answered_with_a_number_and_logged_with_it(
    served: Served, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    def broken(**_said: object) -> None:
        raise ZeroDivisionError("somebody's secret")

    with served.client() as owner:
        monkeypatch.setattr(type(served.desk.documents), "all", broken)
        answer = owner.get("/api/maps")
        assert told(answer) == (500, "internal")
        assert answer.headers["x-request-id"] in answer.json()["says"]
        assert "secret" not in answer.text
        assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    logged = [one for one in caplog.records if one.getMessage() == "failed"]
    assert [one.request for one in logged] == [answer.headers["x-request-id"]]  # type: ignore[attr-defined]
