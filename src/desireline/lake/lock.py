"""Only one import at a time: a lock file that the system frees when its holder dies, however it dies."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from desireline.errors import LakeBusy
from desireline.lake.faults import writing


class ImportLock:
    """Held from `acquire` to `release`. The file stays, and names the process that held it last."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._handle: int | None = None

    def acquire(self) -> None:
        """This process is the lake's only writer. Raises `LakeBusy` at once when another one is."""
        with writing(self.path):
            handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as taken:
            holder = os.read(handle, 32).decode("ascii", "replace").strip() or "unknown"
            os.close(handle)
            raise LakeBusy(
                f"Another import (process {holder}) is writing to {self.path.parent}. "
                "Wait until it ends, then import again."
            ) from taken
        self._handle = handle
        with writing(self.path):
            os.ftruncate(handle, 0)
            os.write(handle, str(os.getpid()).encode())

    def release(self) -> None:
        """Another import may start."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
