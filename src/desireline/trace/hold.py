"""A reader holds the folder of a trace; while anyone does, a builder leaves the files of older traces there.

The hold is a shared lock on the folder itself: it costs one file descriptor, and ends with the reader's process.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from weakref import finalize

from desireline.errors import TraceDamaged
from desireline.trace.faults import reading


class Hold:
    """The folder is held as long as this object lives. A folder that is not there, or cannot be locked, is not."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with suppress(TraceDamaged), reading(folder):
            held = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
            finalize(self, os.close, held)
            fcntl.flock(held, fcntl.LOCK_SH)

    def __reduce__(self) -> tuple[Callable[[Path], Hold], tuple[Path]]:
        """In another process the folder is held anew."""
        return Hold, (self._folder.absolute(),)


def unless_held(folder: Path, sweep: Callable[[], None]) -> None:
    """`sweep` is done while no reader has the folder, and none can begin to; left undone when one has it."""
    held = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return
    except OSError:  # a disk that knows no locks on folders: readers there could not hold it either
        sweep()
    else:
        sweep()
    finally:
        os.close(held)
