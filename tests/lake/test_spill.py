"""Staged rows come back by bucket, in the order in which they came, from memory and from files alike."""

from __future__ import annotations

import tempfile
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desireline.lake.spill import Spill

law = settings(deadline=None, max_examples=40)
SCHEMA = pl.Schema({"n": pl.Int64})


@law
@given(st.lists(st.lists(st.integers(0, 255), max_size=6), max_size=5), st.sampled_from([1, 4, 256]))
def test_reading_every_bucket_gives_every_row_once_in_order(batches, buckets):
    with tempfile.TemporaryDirectory() as folder:
        for limit in (0, 60, 10**6):
            spill = Spill(Path(folder) / str(limit), "events", schema=SCHEMA, limit=limit)
            rows = [bucket for batch in batches for bucket in batch]
            number = 0
            for batch in batches:
                numbers = range(number, number + len(batch))
                number += len(batch)
                spill.add(pl.DataFrame({"n": numbers, "_bucket": batch}, schema={**SCHEMA, "_bucket": pl.Int32}))
            found = [spill.read(bucket, of=buckets)["n"].to_list() for bucket in range(buckets)]
            width = 256 // buckets
            wanted = [[n for n, row in enumerate(rows) if row // width == bucket] for bucket in range(buckets)]
            assert [sorted(part) for part in found] == wanted
            assert spill.rows == len(rows)


def test_rows_of_one_finest_bucket_keep_their_order(tmp_path: Path):
    for limit in (0, 10**6):
        spill = Spill(tmp_path / str(limit), "events", schema=SCHEMA, limit=limit)
        for n in (3, 1, 2):
            spill.add(pl.DataFrame({"n": [n, n], "_bucket": [7, 7]}, schema={**SCHEMA, "_bucket": pl.Int32}))
        assert spill.read(7, of=256)["n"].to_list() == [3, 3, 1, 1, 2, 2]


@pytest.mark.parametrize(("limit", "files"), [(0, 3), (10**6, 0)])
def test_only_many_rows_go_to_files(tmp_path: Path, limit: int, files: int):
    spill = Spill(tmp_path / "private", "events", schema=SCHEMA, limit=limit)
    for n in range(3):
        spill.add(pl.DataFrame({"n": [n], "_bucket": [n]}, schema={**SCHEMA, "_bucket": pl.Int32}))
    assert len(list(tmp_path.rglob("*.arrow"))) == files
    assert spill.read(0, of=1)["n"].to_list() == [0, 1, 2]
