"""Questions about paths, asked of a kept trace with what was kept of earlier answers."""

from __future__ import annotations

from pathlib import Path

from desireline.engine.local import run
from desireline.kept.code import code_version
from desireline.kept.partials import Partials
from desireline.pipeline.paths import Walking, between, by_event
from desireline.trace.trace import Trace

ROOMS = (
    *("paths", "slices", "hashes", "letters", "mixing", "trace", "maps", "journeys/claims", "journeys/personas"),
    *("pipeline/paths", "pipeline/names", "pipeline/placing", "kept/parcel", "kept/placed", "kept/people"),
    *("kept/properties", "pipeline/asked", "pipeline/asked_moves", "access"),
)
"""The code whose change makes earlier states worthless."""


def walking(trace: Trace, partials: Path, *, source: str = "") -> Walking:
    """The trace, ready to be asked: touchpoints are event names.

    `source` names what the trace was made from, where the parts of its buckets do not.
    """
    code = f"{code_version(ROOMS)} {trace.basis} {source}"
    return Walking(trace, by_event(trace.names), run, Partials(partials), code=code, span=between(trace.span))
