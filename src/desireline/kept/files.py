"""The trace of a plain file of events: made once, kept in the user's cache, found again by the file's fingerprint."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from pathlib import Path

from desireline.errors import SourceMissing, TraceDamaged
from desireline.kept.passing import make_or_pass
from desireline.trace.faults import writing
from desireline.trace.trace import Trace

TRACES = 8
"""As many traces of files are kept in the cache; those not used for longest go first."""

LEFT_OUT = "left-out"
"""The name of the file, beside the trace, that says how many rows were left out."""

Step = Callable[[str, int, int], None]


@dataclass(frozen=True)
class FileTrace:
    """Where the trace of a file lies. The file is looked at once, so one that grows is told from what it is later.

    `columns` names the file's column for customer_id, at, event, channel, value."""

    file: Path
    columns: Mapping[str, str]
    keep: Path | None = None

    @cached_property
    def inputs(self) -> str:
        """The file's fingerprint when it was first asked for: place, size, time of change, columns looked at.

        Raises SourceMissing.
        """
        try:
            known = self.file.stat()
        except OSError:
            raise SourceMissing(self.file) from None
        said = [f"{ours}={theirs}" for ours, theirs in sorted(self.columns.items())]
        return " ".join([str(self.file.resolve()), str(known.st_size), str(known.st_mtime_ns), *said])

    @property
    def folder(self) -> Path:
        """The folder that holds the trace and what is kept beside it."""
        name = blake2b(self.inputs.encode(), digest_size=12).hexdigest()
        return self.keep or cache_home() / "desireline" / "traces" / name

    @property
    def partials(self) -> Path:
        """The folder for states of questions."""
        return self.folder / "partials"

    def current(self, step: Step | None = None) -> Trace | None:
        """The trace, when it is whole and made from the file as it is now; else None. `step` is told what it lacks."""
        try:
            trace = Trace.open(self.folder / "trace", inputs=self.inputs)
        except TraceDamaged:
            return None
        with suppress(OSError):
            os.utime(self.folder)
        if step:
            self._tell(self.folder, step)
        return trace

    def make(self, build: Callable[[FileTrace, Path, Step], int], *, step: Step) -> Trace:
        """The trace, made anew by `build` from the file. `step` is told what it lacks, and when it cannot be kept."""
        if self.keep:
            return self._make(self.keep, build, step)
        trace = make_or_pass(lambda folder: self._make(folder, build, step), self.folder, step=step)
        with suppress(OSError):
            _forget_oldest(self.folder)
        return trace

    def _make(self, folder: Path, build: Callable[[FileTrace, Path, Step], int], step: Step) -> Trace:
        with writing(folder):
            folder.mkdir(parents=True, exist_ok=True)
        left_out = build(self, folder / "trace", step)
        with writing(folder):
            (folder / LEFT_OUT).write_text(str(left_out))
        self._tell(folder, step)
        return Trace.open(folder / "trace", inputs=self.inputs)

    def _tell(self, folder: Path, step: Step) -> None:
        """The user knows how many rows the trace lacks, as far as that is known."""
        with suppress(OSError, ValueError):
            if left_out := int((folder / LEFT_OUT).read_text()):
                rows = "1 row" if left_out == 1 else f"{left_out:,} rows"
                step(f"Left out: {rows} without a customer, an instant or an event that can be read.", 0, 0)


def cache_home() -> Path:
    """The folder where this system keeps what can be made again."""
    if said := os.environ.get("XDG_CACHE_HOME"):
        return Path(said)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local"))
    return Path.home() / ("Library/Caches" if sys.platform == "darwin" else ".cache")


def _forget_oldest(newest: Path) -> None:
    traces = [place for place in newest.parent.iterdir() if place.is_dir() and place != newest]
    for place in sorted(traces, key=lambda place: -place.stat().st_mtime_ns)[TRACES - 1 :]:
        shutil.rmtree(place, ignore_errors=True)
