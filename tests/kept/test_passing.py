"""Where no trace can be kept, one is made for the answer, and goes with it."""

from __future__ import annotations

import gc
import tempfile
from pathlib import Path

import pytest

from desireline.errors import TraceUnwritable
from desireline.kept.files import FileTrace
from desireline.kept.passing import make_or_pass
from desireline.kept.reading import build
from desireline.trace.trace import Trace

COLUMNS = {"customer_id": "who", "at": "when", "event": "what"}


def no_step(what: str, done: int, of: int) -> None:
    """Nobody is told."""


def test_the_passing_trace_goes_with_its_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "log.csv").write_text("who,what,when\nana,see,2026-03-01T10:00:00Z\n")
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))

    def make(folder: Path) -> Trace:
        if folder == tmp_path / "full":
            raise TraceUnwritable("No room.")
        build(FileTrace(tmp_path / "log.csv", COLUMNS), folder, no_step)
        return Trace.open(folder)

    trace = make_or_pass(make, tmp_path / "full", step=no_step)
    assert (trace.events, len(list((tmp_path / "temporary").iterdir()))) == (1, 1)
    del trace
    gc.collect()
    assert list((tmp_path / "temporary").iterdir()) == []


def test_without_room_for_temporary_files_the_trace_is_unwritable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))

    def make(folder: Path) -> Trace:
        raise TraceUnwritable("No room.")

    with pytest.raises(TraceUnwritable, match=r"The trace in .*full cannot be written: No such file"):
        make_or_pass(make, tmp_path / "full", step=no_step)
