"""One server in a workspace: two would not see each other's edits. The system frees the lock when its holder dies."""

from __future__ import annotations

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from desireline.errors import LedgerUnwritable, ServerRuns
from desireline.ledger.engine import reading, where

FILE = "server.lock"
TRIES = 4


@dataclass(frozen=True)
class Held:
    """The lock, while this server holds it."""

    handle: int

    def tells(self, address: str) -> None:
        """A second server says that this one is at this address."""
        _write(self.handle, {"pid": os.getpid(), "address": address})


@contextmanager
def only_server(folder: Path) -> Iterator[Held]:
    """This process is the workspace's only server. Raises ServerRuns, LedgerUnwritable.

    The file stays behind. Whether a server runs is not read from it but from the lock that the system holds on it, so
    that a server which was killed leaves nothing to clean up.
    """
    file = folder / FILE
    try:
        handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as fault:
        raise LedgerUnwritable(f"{file} cannot be written ({fault.strerror}), so no server can work here.") from fault
    try:
        _take(handle, folder)
        _write(handle, {"pid": os.getpid(), "address": ""})
        yield Held(handle)
    finally:
        os.close(handle)


@contextmanager
def only_on_ledger(engine: Engine, workspace: str) -> Iterator[None]:
    """No server on another machine works on the same ledger in this workspace. Raises ServerRuns, LedgerError.

    A ledger on SQLite lies on this machine, where `only_server` sees to it. On PostgreSQL the server holds the lock for
    as long as this connection lives.
    """
    if engine.dialect.name != "postgresql":
        yield
        return
    key = {"key": int.from_bytes(sha256(workspace.encode()).digest()[:8], "big", signed=True)}
    with reading(engine) as session:
        if not session.scalar(text("SELECT pg_try_advisory_lock(:key)"), key):
            raise ServerRuns(where(engine), f"another machine ({_elsewhere(session)})", 0)
        session.commit()  # the lock is the connection's, and outlives the transaction
        yield


def _elsewhere(session: Session) -> str:
    """Where the holder of the lock connects from, as far as the server tells."""
    holder = "SELECT host(client_addr) FROM pg_stat_activity JOIN pg_locks USING (pid) WHERE locktype = 'advisory'"
    return str(session.scalar(text(holder)) or "unknown")


def _take(handle: int, folder: Path) -> None:
    for left in reversed(range(TRIES)):
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError as taken:
            if not left:
                pid, address = _holder(handle)
                raise ServerRuns(str(folder.resolve()), address or "an address that it will print soon", pid) from taken
        time.sleep(0.05)  # somebody may just look whether a server works here (`works_at`)


def _holder(handle: int) -> tuple[int, str]:
    try:
        said = json.loads(os.pread(handle, 4096, 0))
        return int(said["pid"]), str(said["address"])
    except (ValueError, KeyError, TypeError):  # it is just being written
        return 0, ""


def _write(handle: int, said: dict[str, object]) -> None:
    os.ftruncate(handle, 0)
    os.pwrite(handle, json.dumps(said).encode(), 0)


def works_at(folder: Path) -> str | None:
    """The address of the server that works in this workspace; None when none does, or none that tells yet."""
    try:
        handle = os.open(folder / FILE, os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return _holder(handle)[1] or None
    else:
        return None
    finally:
        os.close(handle)
