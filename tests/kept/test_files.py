"""A file of events is made into a trace once, and again when the file or the columns change."""

from __future__ import annotations

import os
from pathlib import Path

import polars as pl
import pytest

from desireline.errors import SourceMissing, SourceUnreadable, UnknownColumn
from desireline.kept.files import TRACES, FileTrace, Step, cache_home
from desireline.kept.reading import build
from desireline.trace.trace import Trace

COLUMNS = {"customer_id": "who", "at": "when", "event": "what"}
LOG = "who,what,when\nana,see,2026-03-01T10:00:00Z\nben,see,2026-03-01 11:00:00\nana,pay,2026-03-02T10:00:00+01:00\n"


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "log.csv").write_text(LOG)
    return tmp_path / "log.csv"


def make(asked: FileTrace) -> Trace:
    return asked.make(build, step=lambda what, done, of: None)


def test_the_trace_lies_in_the_cache_and_is_found_again(log: Path):
    asked = FileTrace(log, COLUMNS)
    assert asked.current() is None
    assert (make(asked).events, make(asked).customers) == (3, 2)
    found = asked.current()
    assert found is not None
    assert found.span == (1_772_359_200_000_000, 1_772_442_000_000_000)
    assert asked.folder.is_relative_to(cache_home())


def test_a_file_that_changed_is_read_again(log: Path):
    make(FileTrace(log, COLUMNS))
    log.write_text(LOG + "eva,see,2026-03-03T10:00:00Z\n")
    asked = FileTrace(log, COLUMNS)
    assert asked.current() is None
    assert make(asked).customers == 3


def test_other_columns_make_another_trace(log: Path):
    make(FileTrace(log, COLUMNS))
    assert FileTrace(log, COLUMNS | {"event": "who"}).current() is None


def test_the_trace_can_be_kept_in_a_folder_of_ones_own(log: Path, tmp_path: Path):
    asked = FileTrace(log, COLUMNS, tmp_path / "mine")
    make(asked)
    assert asked.current() is not None
    assert (tmp_path / "mine" / "trace").is_dir()
    os.utime(log, (1, 1))
    assert FileTrace(log, COLUMNS, tmp_path / "mine").current() is None


def test_a_file_that_grows_while_it_is_read_is_read_again_next_time(log: Path):
    asked = FileTrace(log, COLUMNS)

    def build_slowly(asked: FileTrace, into: Path, step: Step) -> int:
        left_out = build(asked, into, step)
        log.write_text(LOG + "eva,see,2026-03-03T10:00:00Z\n")
        return left_out

    assert asked.make(build_slowly, step=lambda what, done, of: None).customers == 2
    assert FileTrace(log, COLUMNS).current() is None


def test_rows_that_were_left_out_are_told_each_time(log: Path):
    log.write_text(LOG + ",see,2026-03-03T10:00:00Z\n")
    told: list[str] = []
    make(FileTrace(log, COLUMNS))
    FileTrace(log, COLUMNS).current(lambda what, done, of: told.append(what))
    assert told == ["Left out: 1 row without a customer, an instant or an event that can be read."]


def test_lines_that_are_no_rows_are_left_out_and_told(tmp_path: Path):
    log = tmp_path / "log.jsonl"
    row = '{"who": "ana", "when": "2026-03-01T10:00:00Z", "what": "see"}'
    log.write_text("\n".join([row, row[:-1], row, "nothing"]) + "\n")
    told: list[str] = []
    assert make(FileTrace(log, COLUMNS)).events == 2
    FileTrace(log, COLUMNS).current(lambda what, done, of: told.append(what))
    assert told == ["Left out: 2 rows without a customer, an instant or an event that can be read."]


def test_numbers_are_no_instants(tmp_path: Path):
    pl.DataFrame({"who": ["ana"], "when": [1_772_359_200], "what": ["see"]}).write_parquet(tmp_path / "log.parquet")
    with pytest.raises(SourceUnreadable, match="'when' holds numbers"):
        make(FileTrace(tmp_path / "log.parquet", COLUMNS, tmp_path / "mine"))


def test_the_cache_holds_only_the_traces_used_last(log: Path, tmp_path: Path):
    for number in range(TRACES + 3):
        file = tmp_path / f"log{number}.csv"
        file.write_text(LOG)
        make(FileTrace(file, COLUMNS))
    assert len(list((cache_home() / "desireline" / "traces").iterdir())) == TRACES


def test_what_cannot_be_read_is_told_with_the_way_out(log: Path, tmp_path: Path):
    with pytest.raises(SourceMissing, match="There is no file at"):
        FileTrace(tmp_path / "gone.csv", COLUMNS).current()
    with pytest.raises(UnknownColumn, match="Did you mean 'who'"):
        make(FileTrace(log, COLUMNS | {"customer_id": "whoo"}))
    log.write_text("who,what,when\nana,see,3/4/26\n")
    with pytest.raises(SourceUnreadable, match="not written like 2026-03-01"):
        make(FileTrace(log, COLUMNS))
    (tmp_path / "log.parquet").write_text("no")
    with pytest.raises(SourceUnreadable, match="cannot be read as Parquet"):
        make(FileTrace(tmp_path / "log.parquet", COLUMNS))
