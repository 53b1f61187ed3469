"""Kept states are found again, thrown away when they are damaged, and never take more room than they may."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from desireline.kept.partials import Partials

PARTS = ("first file", "second file")


def test_what_was_kept_is_found_with_what_it_was_made_from(tmp_path: Path):
    kept = Partials(tmp_path)
    kept.keep("how many?", 3, PARTS, {"customers": 7})
    assert kept.find("how many?", 3) == (PARTS, {"customers": 7})
    assert kept.find("how many?", 2) is None
    assert kept.find("how long?", 3) is None


def test_a_damaged_file_is_thrown_away_and_counted(tmp_path: Path):
    kept = Partials(tmp_path)
    kept.keep("how many?", 0, PARTS, {"customers": 7})
    [path] = tmp_path.rglob("*.part")
    path.write_bytes(path.read_bytes()[:-3])
    assert (kept.find("how many?", 0), kept.damaged, path.exists()) == (None, 1, False)
    kept.keep("how many?", 0, PARTS, {"customers": 8})
    assert kept.find("how many?", 0) == (PARTS, {"customers": 8})


def test_only_so_many_questions_are_kept_and_the_longest_unused_go(tmp_path: Path):
    kept = Partials(tmp_path, questions=2)
    for question in ("old", "unused"):
        kept.keep(question, -1, PARTS, question)
        for folder in tmp_path.iterdir():
            os.utime(folder, (1, 1))
    kept.find("old", -1)
    kept.keep("new", -1, PARTS, "new")
    assert [question for question in ("old", "unused", "new") if kept.find(question, -1)] == ["old", "new"]


def test_only_so_many_bytes_are_kept(tmp_path: Path):
    kept = Partials(tmp_path, room=30_000)
    for number in range(5):
        kept.keep(str(number), -1, PARTS, np.zeros(1000, dtype=np.int64))
    assert sum(path.stat().st_size for path in tmp_path.rglob("*.part")) <= 30_000
    assert kept.find("4", -1)


def test_of_a_question_larger_than_the_room_only_the_whole_is_kept(tmp_path: Path):
    kept = Partials(tmp_path, room=20_000)
    for bucket in (0, 1, 2, -1):
        kept.keep("how many?", bucket, PARTS, np.zeros(1000, dtype=np.int64))
    assert [path.name for path in tmp_path.rglob("*.part")] == ["whole.part"]


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path: Path):
    (tmp_path / "file").write_text("")
    kept = Partials(tmp_path / "file" / "folder")
    kept.keep("how many?", 0, PARTS, {"customers": 7})
    assert kept.find("how many?", 0) is None


def test_what_cannot_be_packed_is_not_kept(tmp_path: Path):
    kept = Partials(tmp_path)
    kept.keep("how many?", 0, PARTS, object())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("bucket", [0, -1])
def test_no_half_file_is_left(tmp_path: Path, bucket: int):
    Partials(tmp_path).keep("how many?", bucket, PARTS, 1)
    assert [path.suffix for path in tmp_path.rglob("*") if path.is_file()] == [".part"]
