"""The kept trace of a workspace: where it lies, and whether it says what the lake says now.

    WORKSPACE/derived/trace/        the trace; it names the import that it was made after
    WORKSPACE/derived/partials/     what its buckets contributed to questions about paths
    WORKSPACE/derived/readings/     what the lake's buckets contributed to the readings of maps

Asking needs neither Delta nor polars: the trace is up to date when it names the lake's newest import.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from desireline.errors import TraceDamaged
from desireline.kept.code import code_version
from desireline.lake.newest import newest_import
from desireline.trace.trace import Trace

ALWAYS = ("status",)
"""Fields that every trace of a lake holds beside event and channel."""

ROOMS = ("trace", "slices", "kept/growing", "journeys/claims", "hashes", "letters", "mixing")
"""The code whose change makes earlier traces worthless."""


class KeptTrace:
    """The trace of the workspace in this folder."""

    def __init__(self, workspace: Path) -> None:
        self.folder = workspace / "derived" / "trace"
        self.partials = workspace / "derived" / "partials"
        self._lake = workspace / "lake"

    def newest(self) -> str | None:
        """The name of the lake's newest import; None when a quick look cannot tell it."""
        return newest_import(self._lake)

    @property
    def basis(self) -> str:
        """The version of the code that decides what a trace holds; a trace of another one is not up to date."""
        return code_version(ROOMS)

    def current(self, fields: Iterable[str] = ()) -> Trace | None:
        """The trace, when it is whole, has these fields, and was made by this code after the newest import; or None."""
        newest, trace = self.newest(), self.any()
        if trace is None or newest is None or not self._follows(trace, newest) or not set(fields) <= set(trace.fields):
            return None
        return trace

    def any(self) -> Trace | None:
        """The trace as it is, however old; None when there is none that can be used."""
        try:
            return Trace.open(self.folder)
        except TraceDamaged:
            return None

    def examine(self) -> tuple[bool, str]:
        """Whether every byte of the trace is as it was written, and how it stands to the lake, in a sentence."""
        try:
            trace = Trace.open(self.folder)
        except TraceDamaged as fault:
            missing = fault.reason == "missing"
            return missing, "Not made yet; the first question about paths makes it." if missing else str(fault)
        try:
            trace.check()
        except TraceDamaged as fault:
            return False, str(fault)
        follows = (
            ", as in the lake" if self._follows(trace, self.newest()) else "; the next question brings it up to date"
        )
        return True, f"{trace.events:,} events of {trace.customers:,} customers{follows}."

    def _follows(self, trace: Trace, newest: str | None) -> bool:
        return trace.inputs == newest and trace.basis == self.basis
