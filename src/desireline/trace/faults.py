"""A full or closed disk is raised as Desireline's own error, with the way out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desireline.errors import TraceUnwritable


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
