"""A trace is the old one or the new one, whatever happens; a damaged one is noticed, made again, and that is said."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from tests.trace.company import SOME, frame, journeys, many, read

from desireline.errors import TraceDamaged, TraceUnwritable
from desireline.trace import manifest as manifest_file
from desireline.trace.columns import ColumnWriter
from desireline.trace.grouped import keep_grouped
from desireline.trace.raw import build_raw
from desireline.trace.trace import Trace

OLD, NEW = SOME, many(3000)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    build_raw([frame(OLD)], tmp_path, inputs="old")
    return tmp_path


def data(folder: Path) -> Path:
    (path,) = folder.glob("*.cols")
    return path


def cut_short(folder: Path) -> None:
    os.truncate(data(folder), data(folder).stat().st_size - 1)


def cut_to_nothing(folder: Path) -> None:
    os.truncate(data(folder), 0)


def lost(folder: Path) -> None:
    data(folder).unlink()


def other_directory(folder: Path) -> None:
    path = data(folder)
    held = bytearray(path.read_bytes())
    held[-12] ^= 1
    path.write_bytes(held)


def torn_manifest(folder: Path) -> None:
    os.truncate(folder / "manifest.json", 80)


def strange_manifest(folder: Path) -> None:
    (folder / "manifest.json").write_text("hello")


@pytest.mark.parametrize("harm", [cut_short, cut_to_nothing, lost, other_directory, torn_manifest, strange_manifest])
def test_damage_is_noticed_at_once_and_a_new_build_heals_it(folder: Path, harm: Callable[[Path], None]):
    harm(folder)
    with pytest.raises(TraceDamaged, match="has to be made again") as fault:
        Trace.open(folder)
    assert fault.value.reason == "torn"
    build_raw([frame(NEW)], folder)
    assert read(Trace.open(folder)) == journeys(NEW)


def test_a_missing_trace_is_missing_not_torn(tmp_path: Path):
    with pytest.raises(TraceDamaged, match="There is no trace") as fault:
        Trace.open(tmp_path / "nowhere")
    assert fault.value.reason == "missing"


def test_a_flipped_bit_is_found_by_the_full_check(folder: Path):
    held = bytearray(data(folder).read_bytes())
    held[70] ^= 4
    data(folder).write_bytes(held)
    trace = Trace.open(folder)
    with pytest.raises(TraceDamaged, match="column 'starts'"):
        trace.check()


def test_another_version_of_the_files_is_not_read(folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(manifest_file, "VERSION", 999)
    with pytest.raises(TraceDamaged, match="form") as fault:
        Trace.open(folder)
    assert fault.value.reason == "version"
    built = build_raw([frame(NEW)], folder)
    assert "form" in built.notes[0]
    assert read(Trace.open(folder)) == journeys(NEW)


def test_a_trace_of_other_inputs_is_not_taken_for_the_one_asked_for(folder: Path):
    assert Trace.open(folder, inputs="old").inputs == "old"
    with pytest.raises(TraceDamaged, match="'old', not 'new'") as fault:
        Trace.open(folder, inputs="new")
    assert fault.value.reason == "inputs"


def test_only_the_damaged_bucket_is_made_again_and_it_is_said(tmp_path: Path):
    days = [frame(NEW), frame(OLD)]

    def keep() -> Any:
        return keep_grouped(tmp_path, lambda bucket, _: days[bucket], [("a",), ("b",)])

    keep()
    os.truncate(next(tmp_path.glob("00001*.cols")), 10)
    built = keep()
    assert (built.made, built.kept) == (1, 1)
    assert "00001-1.cols is not as it was written" in built.notes[0]
    assert Trace.open(tmp_path).events == len(OLD) + len(NEW)


def test_a_full_disk_leaves_the_old_trace(folder: Path, monkeypatch: pytest.MonkeyPatch):
    def full(self: ColumnWriter, name: str, column: Any) -> None:
        if name == "ids":
            raise OSError(errno.ENOSPC, "No space left on device")
        kept(self, name, column)

    kept = ColumnWriter.add
    before = sorted(path.name for path in folder.iterdir())
    monkeypatch.setattr(ColumnWriter, "add", full)
    with pytest.raises(TraceUnwritable, match="No space left on device"):
        build_raw([frame(NEW)], folder, memory=0)
    assert sorted(path.name for path in folder.iterdir()) == before
    assert read(Trace.open(folder, inputs="old")) == journeys(OLD)


@pytest.mark.parametrize("fault", [OSError(errno.EIO, "the source broke off"), ValueError("odd rows")])
def test_a_fault_of_the_source_is_its_own_and_leaves_the_old_trace(folder: Path, fault: Exception):
    def broken() -> Iterator[pl.DataFrame]:
        yield frame(NEW)
        raise fault

    with pytest.raises(type(fault), match=str(fault.args[-1])):
        build_raw(broken(), folder)
    assert read(Trace.open(folder)) == journeys(OLD)


def test_a_closed_folder_is_said(tmp_path: Path):
    (tmp_path / "file").write_text("")
    with pytest.raises(TraceUnwritable, match="cannot be written"):
        build_raw([frame(NEW)], tmp_path / "file" / "trace")


def test_ctrl_c_leaves_the_old_trace(folder: Path):
    def interrupted() -> Iterator[pl.DataFrame]:
        yield frame(NEW)
        raise KeyboardInterrupt

    before = sorted(path.name for path in folder.iterdir())
    with pytest.raises(KeyboardInterrupt):
        build_raw(interrupted(), folder, memory=0)
    assert sorted(path.name for path in folder.iterdir()) == before
    assert read(Trace.open(folder)) == journeys(OLD)


ENDLESS = """
import sys, itertools
from desireline.trace.raw import build_raw
from tests.trace.company import frame, many
part = frame(many(2000))
build_raw((part for _ in itertools.count()), sys.argv[1], memory=0, progress=lambda *_: print(".", flush=True))
"""


def test_a_killed_build_leaves_the_old_trace_and_the_next_one_cleans_up(folder: Path):
    with subprocess.Popen([sys.executable, "-c", ENDLESS, str(folder)], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.send_signal(signal.SIGKILL)
        process.stdout.read()
    assert (folder / "spill").exists()
    assert read(Trace.open(folder)) == journeys(OLD)
    build_raw([frame(NEW)], folder)
    assert sorted(path.suffix for path in folder.iterdir()) == ["", ".cols", ".json"]
    assert read(Trace.open(folder)) == journeys(NEW)


def test_a_reader_keeps_the_trace_that_it_opened(folder: Path):
    trace = Trace.open(folder)
    build_raw([frame(NEW)], folder)
    assert read(trace) == journeys(OLD)


READING = """
import sys
from pathlib import Path
from desireline.trace.trace import Trace
from tests.trace.company import read
while not Path(sys.argv[2]).exists():
    trace = Trace.open(sys.argv[1])
    assert sum(map(len, read(trace).values())) == int(trace.inputs), trace.inputs
"""


def test_readers_see_whole_traces_while_others_are_made(tmp_path: Path):
    into, done = tmp_path / "trace", tmp_path / "done"
    build_raw([frame(many(100))], into, inputs="100")
    readers = [subprocess.Popen([sys.executable, "-c", READING, str(into), str(done)]) for _ in range(2)]
    end = time.monotonic() + 3
    for count in range(1, 500):
        build_raw([frame(many(count))], into, inputs=str(count))
        if time.monotonic() > end:
            break
    done.touch()
    assert [reader.wait(20) for reader in readers] == [0, 0]


def test_opening_a_trace_and_taking_slices_loads_numpy_and_nothing_else(folder: Path):
    script = (
        "import sys; from desireline.trace.trace import Trace; trace = Trace.open(sys.argv[1]); "
        "list(trace.slices(0)); print({'polars', 'pydantic', 'scipy', 'narwhals', 'pyarrow'} & set(sys.modules))"
    )
    said = subprocess.run([sys.executable, "-c", script, str(folder)], capture_output=True, text=True, check=True)
    assert said.stdout == "set()\n"
