"""One server in a workspace: two would not see each other's edits. The system frees the lock when its holder dies."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from desireline.errors import LedgerUnwritable, ServerRuns

FILE = "server.lock"


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


def _take(handle: int, folder: Path) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as taken:
        pid, address = _holder(handle)
        raise ServerRuns(str(folder.resolve()), address or "an address that it will print soon", pid) from taken


def _holder(handle: int) -> tuple[int, str]:
    try:
        said = json.loads(os.pread(handle, 4096, 0))
        return int(said["pid"]), str(said["address"])
    except (ValueError, KeyError, TypeError):  # it is just being written
        return 0, ""


def _write(handle: int, said: dict[str, object]) -> None:
    os.ftruncate(handle, 0)
    os.pwrite(handle, json.dumps(said).encode(), 0)
