"""What tests of every room may ask for."""

from __future__ import annotations

import ctypes
import os
import pwd
import shutil
import socket
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import text

from desireline.ledger.engine import VARIABLE, connect, ledger_url

VERSION_3 = 0x20080522
OVERRIDES = 1 << 1 | 1 << 2  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
PLACES = [Path("/usr/lib/postgresql"), Path("/usr/pgsql")]


# A busy machine is no fault of the code. A law is tried on 60 made-up cases each time, which are others each time.
settings.register_profile("patient", deadline=None, max_examples=60)
settings.load_profile("patient")


@pytest.fixture
def no_special_rights() -> Iterator[None]:
    """The rights of files and folders bind this thread, also when it belongs to root."""
    if os.geteuid() != 0:
        yield
        return
    libc = ctypes.CDLL(None, use_errno=True)
    head, data = (ctypes.c_uint32 * 2)(VERSION_3, 0), (ctypes.c_uint32 * 6)()
    assert libc.capget(head, data) == 0, os.strerror(ctypes.get_errno())
    held = data[0]
    data[0] = held & ~OVERRIDES
    assert libc.capset(head, data) == 0, os.strerror(ctypes.get_errno())
    try:
        yield
    finally:
        data[0] = held
        assert libc.capset(head, data) == 0, os.strerror(ctypes.get_errno())


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
