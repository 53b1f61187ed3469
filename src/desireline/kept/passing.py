"""A trace for one answer, where none can be kept: on a disk that is full, in a workspace that may only be read."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from weakref import finalize

from desireline.errors import TraceUnwritable
from desireline.trace.faults import writing
from desireline.trace.trace import Trace

Step = Callable[[str, int, int], None]


def make_or_pass(make: Callable[[Path], Trace], folder: Path, *, step: Step) -> Trace:
    """The trace that `make` makes in the folder; where nothing can be written, in another one that goes with it.

    `step` is told so. Raises TraceUnwritable when the system has no room for that either.
    """
    try:
        return make(folder)
    except TraceUnwritable:
        with writing(folder):
            elsewhere = Path(tempfile.mkdtemp(prefix="desireline-"))
        step(f"{folder} cannot be written: the trace is made for this answer alone.", 0, 0)
    try:
        trace = make(elsewhere)
    except BaseException:
        shutil.rmtree(elsewhere, ignore_errors=True)
        raise
    finalize(trace, shutil.rmtree, elsewhere, ignore_errors=True)
    return trace
