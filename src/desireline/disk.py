"""What was written survives: a loss of power, somebody else who writes the same file, and being stopped half way."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path


def sync(path: Path) -> None:
    """The file's bytes, or the names in the folder, are on the disk itself."""
    handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def put(path: Path, write: Callable[[Path], object]) -> None:
    """The file is what `write` wrote, or as it was before; of two who put the same file, one wins whole.

    `write` is given a path of its own beside it. Raises OSError.
    """
    half = path.with_name(f".{path.name}.{os.getpid()}.{threading.get_ident()}")
    try:
        try:
            write(half)
        except FileNotFoundError:  # the folder is made when it is missed, not looked for each time
            path.parent.mkdir(parents=True, exist_ok=True)
            write(half)
        half.replace(path)
    finally:
        with suppress(OSError):
            half.unlink(missing_ok=True)
