"""A ledger on SQLite, and one on PostgreSQL where its server is installed: the same tests run on both."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

import pytest
from sqlalchemy import text

from desireline.initiatives.records import By, Draft, draft
from desireline.ledger.engine import VARIABLE, connect, ledger_url
from desireline.ledger.store import Ledger

ANA = By("ana", datetime(2026, 3, 2, 9, tzinfo=UTC))
PLACES = [Path("/usr/lib/postgresql"), Path("/usr/pgsql")]


def a_draft(title: str = "Faster answers") -> Draft:
    baseline = {"value": 0.2, "n": 90, "unit": "share", "since": "2026-01-05", "until": "2026-03-01"}
    target = {"measure": "promise_kept", "at": "answer", "baseline": baseline}
    return draft({"title": title, "map_id": "shop", "target": target, "starts_on": "2026-03-02"})


def _server() -> Path | None:
    found = sorted(found for place in PLACES if place.exists() for found in place.glob("*/bin/postgres"))
    return found[-1].parent if found and find_spec("pg8000") else None


def _nobody() -> dict[str, int]:
    """PostgreSQL refuses to run as root; another user has to."""
    if os.geteuid():
        return {}
    user = pwd.getpwnam("nobody")
    return {"user": user.pw_uid, "group": user.pw_gid}


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A server of its own on loopback, in a folder that goes with it."""
    tools = _server()
    if tools is None:
        pytest.skip("no PostgreSQL server here")
    folder = Path("/tmp") / f"desireline-pg-{os.getpid()}"
    folder.mkdir(mode=0o700)
    as_user = _nobody()
    if as_user:
        shutil.chown(folder, as_user["user"], as_user["group"])
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder}
    data = folder / "data"
    options = f"-h 127.0.0.1 -p {port} -k {folder} -c fsync=off"
    try:
        make = [tools / "initdb", "-D", data, "-U", "ledger", "--auth=trust", "-E", "UTF8", "--locale=C"]
        subprocess.run(make, check=True, timeout=60, **quiet, **as_user)
        start = [tools / "pg_ctl", "-D", data, "-w", "-t", "30", "-o", options, "-l", folder / "log", "start"]
        subprocess.run(start, check=True, timeout=60, **quiet, **as_user)
        yield f"postgresql+pg8000://ledger@127.0.0.1:{port}/postgres"
    finally:
        stop = [tools / "pg_ctl", "-D", data, "-m", "immediate", "-w", "-t", "30", "stop"]
        subprocess.run(stop, check=False, timeout=60, **quiet, **as_user)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder whose ledger is new: in a file, or on the server."""
    monkeypatch.delenv(VARIABLE, raising=False)
    if request.param == "postgres":
        url = request.getfixturevalue("postgres")
        (tmp_path / "ledger.url").write_text(url + "\n")
        with connect(ledger_url(tmp_path)).begin() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
    return tmp_path


@pytest.fixture
def ledger(place: Path) -> Ledger:
    """An empty ledger."""
    return Ledger.open(place)
