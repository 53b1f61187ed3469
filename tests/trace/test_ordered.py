"""Slices from a Parquet file whose rows stand by customer and time."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest
from tests.trace.company import frame, many

from desireline.errors import SourceUnreadable, UnknownColumn
from desireline.slices import Slice
from desireline.trace.ordered import OrderedParquet, ordered_parquet, write_ordered
from desireline.trace.raw import build_raw
from desireline.trace.trace import Trace


def rows(parts: list[Slice]) -> list[tuple[int, ...]]:
    found, first = [], 0
    for part in parts:
        owner = np.repeat(np.arange(first, first + part.customers), np.diff(part.starts))
        columns = [owner, part.at, part.touchpoint, part.channel, part.value]
        found += list(zip(*(column.tolist() for column in columns if column is not None), strict=True))
        first += part.customers
    return found


def read(file: OrderedParquet) -> list[Slice]:
    return [part for bucket in range(file.buckets) for part in file.slices(bucket)]


def test_a_trace_written_as_ordered_parquet_reads_the_same(tmp_path: Path):
    build_raw([frame(many(3000))], tmp_path / "trace")
    parts = list(Trace.open(tmp_path / "trace").slices(0, largest=300))
    write_ordered(tmp_path / "ordered.parquet", parts, largest=500)
    file = OrderedParquet(tmp_path / "ordered.parquet")
    assert file.buckets > 3
    assert rows(read(file)) == rows(parts)


@pytest.mark.parametrize("largest", [1, 2, 3, 7, 100])
def test_files_of_others_are_cut_between_customers(tmp_path: Path, largest: int):
    path = tmp_path / "other.parquet"
    owners = [7] * 5 + [3] + [9] * 4 + [1, 2, 4]
    other = pl.DataFrame({"who": owners, "ts": range(13), "event": [1] * 13}).cast({"ts": pl.Datetime("ms")})
    other.write_parquet(path, row_group_size=2)
    parts = read(OrderedParquet(path, customer="who", at="ts", largest=largest))
    assert rows(parts) == [(owner, at * 1000, 1) for at, owner in enumerate([0] * 5 + [1] + [2] * 4 + [3, 4, 5])]
    assert len(parts) == {1: 6, 2: 4, 3: 3, 7: 2, 100: 1}[largest]


def test_a_folder_of_files_is_read_as_one(tmp_path: Path):
    for number, owners in enumerate(([5, 5, 6], [], [7, 8])):
        part = pl.DataFrame({"customer": owners, "at": [1] * len(owners), "event": [0] * len(owners)})
        part.write_parquet(tmp_path / f"part-{number}.parquet")
    parts = list(ordered_parquet(tmp_path, value=None))
    assert [part.starts.tolist() for part in parts] == [[0, 2, 3], [0, 1, 2]]


def test_columns_that_nobody_wants_are_not_read(tmp_path: Path):
    path = tmp_path / "other.parquet"
    pl.DataFrame({"customer": [5, 5, 6], "ts": [3, 4, 5], "event": [1, 2, 1]}).write_parquet(path)
    [part] = read(OrderedParquet(path, at=None))
    assert (part.at.tolist(), part.touchpoint.tolist()) == ([0, 0, 0], [1, 2, 1])
    [part] = read(OrderedParquet(path, at="ts", event=None))
    assert (part.at.tolist(), part.touchpoint.tolist()) == ([3, 4, 5], [0, 0, 0])
    with pytest.raises(UnknownColumn):
        OrderedParquet(path, at="ts", customer=None)


def test_no_rows_are_no_buckets(tmp_path: Path):
    write_ordered(tmp_path / "none.parquet", [])
    assert OrderedParquet(tmp_path / "none.parquet").buckets == 0
    pl.DataFrame({"customer": [], "at": [], "event": []}).write_parquet(tmp_path / "none.parquet")
    assert OrderedParquet(tmp_path / "none.parquet").buckets == 0


def test_what_is_not_such_a_file_is_said(tmp_path: Path):
    (tmp_path / "text").write_text("hello")
    with pytest.raises(SourceUnreadable, match="cannot be read as Parquet"):
        OrderedParquet(tmp_path / "text")
    pl.DataFrame({"customer": [1], "event": [1]}).write_parquet(tmp_path / "short.parquet")
    with pytest.raises(UnknownColumn, match="'at'"):
        OrderedParquet(tmp_path / "short.parquet")
