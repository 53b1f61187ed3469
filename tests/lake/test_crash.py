"""An import that dies, at whatever moment and of whatever cause, leaves the lake as before or complete."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import desireline
from desireline.errors import LakeBusy, LakeDamaged
from desireline.lake.commit import commit
from desireline.lake.staging import Staging
from desireline.lake.store import Lake

from .company import NOW, content
from .importer import fill


def importer(folder: Path, import_id: str, *options: str) -> subprocess.Popen[str]:
    """An importing process that waits for its start."""
    source = str(Path(desireline.__file__).parents[1])
    return subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("importer.py")), str(folder), import_id, *options],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": source},
    )


def start(process: subprocess.Popen[str]) -> None:
    assert process.stdout is not None
    assert process.stdin is not None
    assert process.stdout.readline() == "ready\n"
    process.stdin.write("\n")
    process.stdin.flush()


def finish(process: subprocess.Popen[str]) -> str:
    """What the process said last."""
    start(process)
    told, _ = process.communicate(timeout=60)
    return told.strip()


def kill(process: subprocess.Popen[str]) -> bool:
    """True when the process died of the kill, not before it."""
    process.kill()
    process.communicate()
    return process.returncode == -9


def unnamed_files(lake: Lake) -> set[str]:
    """Data files that neither the current import nor the one before names, and other leftovers."""
    snapshot = lake.current()
    named = {f"{table}/{file.path}" for table in snapshot.versions for file in snapshot.files(table)}
    named |= {f"imports/{file.path}" for file in lake.switch()}
    found = {path.relative_to(lake.folder).as_posix() for path in lake.folder.rglob("*.parquet")}
    extra = {path for path in found - named if "second" in path}
    return extra | {path.name for path in lake.folder.rglob("*") if "#" in path.name or path.name == "spill"}


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A lake with one import."""
    lake = Lake.create(tmp_path_factory.mktemp("first") / "lake")
    with Staging(lake, "first") as staging:
        fill(staging, since=0)
        commit(staging, at=NOW)
    return lake.folder


@pytest.fixture(scope="module")
def before(first: Path) -> dict[str, object]:
    return content(first)


@pytest.fixture(scope="module")
def timed(first: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, object], float]:
    """The content after a second import that nobody disturbed, and how long that took."""
    folder = tmp_path_factory.mktemp("second") / "lake"
    shutil.copytree(first, folder)
    process = importer(folder, "second")
    start(process)
    began = time.monotonic()
    assert process.communicate(timeout=60)[0] == "done\n"
    return content(folder), time.monotonic() - began


@pytest.fixture
def folder(first: Path, tmp_path: Path) -> Path:
    shutil.copytree(first, tmp_path / "lake")
    return tmp_path / "lake"


@pytest.mark.parametrize("kills", [6, pytest.param(25, marks=pytest.mark.long)])
def test_kills_at_any_moment_leave_the_lake_as_before_or_complete(first, before, timed, folder, kills):
    after, seconds = timed
    dice = random.Random(25)
    died = 0
    waiting = importer(folder, "second")
    while died < kills:
        process, waiting = waiting, importer(folder, "second")
        start(process)
        time.sleep(dice.uniform(0, 1.1) * seconds)
        died += kill(process)
        found = content(folder)
        assert found in (before, after)
        if found == after:
            shutil.rmtree(folder)
            shutil.copytree(first, folder)
    assert finish(waiting) == "done"
    assert content(folder) == after
    assert unnamed_files(Lake.open(folder)) == set()


MOMENTS = [
    "events/bucket=0/second.parquet",
    *(f"{table}/_delta_log/{2:020}.json" for table in ("events", "customers", "refusals", "imports")),
    "imports/second.parquet",
]


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_kill_between_two_steps_leaves_the_lake_as_before_or_complete(before, timed, folder, moment):
    after, _ = timed
    process = importer(folder, "second")
    start(process)
    while process.poll() is None and not (folder / moment).exists():
        pass
    kill(process)
    found = content(folder)
    assert found in (before, after)
    if found == before:
        assert finish(importer(folder, "second")) == "done"
    assert content(folder) == after


def test_a_second_importer_is_told_who_is_first_and_readers_are_not_kept_waiting(before, timed, folder):
    process = importer(folder, "second", "--hold")
    start(process)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    with pytest.raises(LakeBusy, match=rf"process {process.pid}\b"):
        Staging(Lake.open(folder), "third")
    assert content(folder) == before
    assert process.communicate("\n", timeout=60)[0] == "done\n"
    assert content(folder) == timed[0]


@pytest.mark.parametrize("limit", [1_000, 12_000])
def test_a_full_disk_is_told_and_leaves_the_lake_as_before(before, timed, folder, limit):
    told = finish(importer(folder, "second", "--file-size", str(limit)))
    assert told.startswith("LakeUnwritable: ")
    assert "The lake is as it was before." in told
    assert content(folder) == before
    assert unnamed_files(Lake.open(folder)) == set()
    assert finish(importer(folder, "second")) == "done"
    assert content(folder) == timed[0]


@pytest.fixture
def open_folder(first: Path) -> Iterator[Path]:
    """A lake that every user may read, outside of pytest's private folders."""
    with tempfile.TemporaryDirectory() as top:
        Path(top).chmod(0o755)
        shutil.copytree(first, Path(top) / "lake")
        yield Path(top) / "lake"


def test_a_folder_that_may_not_be_written_is_told_and_can_be_read(before, open_folder):
    for path in [open_folder, *open_folder.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    told = finish(importer(open_folder, "second", "--nobody"))
    assert told.startswith("LakeUnwritable: ")
    assert "Permission denied" in told
    assert content(open_folder) == before
    for path in [open_folder, *open_folder.rglob("*")]:
        path.chmod(0o755)


def test_a_torn_last_entry_of_the_switch_counts_as_never_written(before, timed, folder):
    assert finish(importer(folder, "second")) == "done"
    entry = folder / "imports/_delta_log" / f"{2:020}.json"
    whole = entry.read_bytes()
    for length in sorted({*range(0, len(whole), 101), len(whole) - 1, *line_ends(whole)}):
        entry.write_bytes(whole[:length])
        assert content(folder) in (before, timed[0])
    entry.write_bytes(whole[: len(whole) // 3])
    assert finish(importer(folder, "again")) == "done"
    assert content(folder) == {
        **timed[0],
        "imports": ["first", "again"],
        "refusals": content(folder)["refusals"],
    }


def line_ends(data: bytes) -> list[int]:
    return [place + 1 for place, byte in enumerate(data) if byte == 10]


def test_torn_and_missing_data_files_are_named(folder):
    snapshot = Lake.open(folder).current()
    path = folder / "events" / snapshot.files("events")[0].path
    whole = path.read_bytes()
    for length in range(0, len(whole), 4096):
        path.write_bytes(whole[:length])
        with pytest.raises(LakeDamaged, match=path.name):
            snapshot.events(0)
    path.write_bytes(bytes(len(whole)))
    with pytest.raises(LakeDamaged, match=path.name):
        snapshot.events(0)
    path.unlink()
    with pytest.raises(LakeDamaged, match="backup"):
        snapshot.events(0)


def test_a_table_whose_log_lost_an_entry_is_named(folder):
    (folder / "events/_delta_log" / f"{1:020}.json").write_bytes(b"")
    with pytest.raises(LakeDamaged, match="events"):
        Lake.open(folder).current().events(0)


def test_a_reader_of_the_import_before_can_read_on(folder):
    old = Lake.open(folder).current()
    assert finish(importer(folder, "second")) == "done"
    assert old.events(0).height == old.counts()["events"]
    assert old.customers(0)["properties"].str.contains('"0"').all()
