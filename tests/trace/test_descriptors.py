"""Reading a trace takes few file descriptors, however many pieces it has; too few of them is not damage."""

from __future__ import annotations

import errno
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.trace.company import SOME, frame, journeys, many, read

from desireline.errors import TraceDamaged, TraceError
from desireline.trace.grouped import keep_grouped
from desireline.trace.raw import build_raw
from desireline.trace.trace import Trace

WALK = """
import pickle, resource, sys
resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
from desireline.trace.trace import Trace
trace = pickle.loads(pickle.dumps(Trace.open(sys.argv[1])))
trace.check()
print(sum(part.events for bucket in range(trace.buckets) for part in trace.slices(bucket)))
"""


def test_many_pieces_are_walked_with_few_descriptors(tmp_path: Path):
    keep_grouped(tmp_path, lambda bucket, _: frame(SOME), [(f"file {bucket}",) for bucket in range(256)])
    assert len(list(tmp_path.glob("*.cols"))) == 256
    said = subprocess.run([sys.executable, "-c", WALK, str(tmp_path)], capture_output=True, text=True, check=True)
    assert said.stdout == f"{256 * len(SOME)}\n"


def test_columns_stay_as_they_are_when_the_trace_is_gone(tmp_path: Path):
    build_raw([frame(SOME)], tmp_path)
    [part] = Trace.open(tmp_path).slices(0)
    build_raw([frame(many(100))], tmp_path)
    assert sorted(part.at.tolist()) == sorted(event[1] for event in SOME)
    assert not part.at.flags.owndata


@pytest.mark.parametrize("number", [errno.EMFILE, errno.ENFILE])
def test_too_many_open_files_are_not_taken_for_damage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int):
    def refuse(*_: Any, **__: Any) -> Any:
        raise OSError(number, "Too many open files")

    build_raw([frame(SOME)], tmp_path)
    trace = Trace.open(tmp_path)
    monkeypatch.setattr(Path, "open", refuse)
    for ask in (lambda: Trace.open(tmp_path), lambda: list(trace.slices(0))):
        with pytest.raises(TraceError, match="raise the limit") as fault:
            ask()
        assert not isinstance(fault.value, TraceDamaged)


def test_files_that_are_read_are_swept_by_a_later_build(tmp_path: Path):
    build_raw([frame(SOME)], tmp_path)
    trace = Trace.open(tmp_path)
    for count in (100, 200):
        build_raw([frame(many(count))], tmp_path)
    assert len(list(tmp_path.glob("*.cols"))) == 3
    assert read(pickle.loads(pickle.dumps(trace))) == journeys(SOME)
    del trace
    build_raw([frame(many(300))], tmp_path)
    assert len(list(tmp_path.glob("*.cols"))) == 1
