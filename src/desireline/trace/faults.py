"""What the system refuses is raised as Desireline's own error, with the way out."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desireline.errors import TraceDamaged, TraceError, TraceUnwritable

_TOO_MANY = (errno.EMFILE, errno.ENFILE)


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """A file that cannot be read is raised as `TraceDamaged`; not so when only too many files are open just now."""
    try:
        yield
    except (OSError, ValueError) as fault:
        if isinstance(fault, OSError) and fault.errno in _TOO_MANY:
            raise TraceError(
                f"{path} cannot be opened: as many files are open as the system allows. The trace is as it was. "
                "Close some files or raise the limit (`ulimit -n`), then try again."
            ) from fault
        raise TraceDamaged("torn", f"{path} cannot be read ({fault})") from fault


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Whatever the system refuses inside is raised as `TraceUnwritable`, naming the trace's folder."""
    try:
        yield
    except OSError as fault:
        raise TraceUnwritable(
            f"The trace in {folder} cannot be written: {fault.strerror or fault}. What was there before is still "
            "there, nothing is half-written. Free some space or allow writing there, then try again."
        ) from fault
