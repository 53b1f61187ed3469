"""Rows in the order of a slice, against plain sorting."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.trace import order as order_file
from desireline.trace.order import among, group, in_time, spans

near = st.integers(0, 3)
keys = st.lists(st.builds(lambda a, b, c, d: a << 48 | b << 32 | c << 16 | d, near, near, near, near), max_size=60)


@given(keys=keys)
def test_rows_stand_by_key_and_as_they_came(keys: list[int]):
    found = group(np.array(keys, dtype=np.uint64))
    assert found.rows.tolist() == sorted(range(len(keys)), key=lambda row: keys[row])
    assert found.key.tolist() == sorted(set(keys))
    assert found.starts.tolist() == [sum(key < one for key in keys) for one in sorted(set(keys))] + [len(keys)]


@given(keys=keys, again=st.integers(2, 5))
def test_rows_of_one_key_that_stand_together_are_moved_together(keys: list[int], again: int):
    rows = [key for key in keys for _ in range(again)]
    found = group(np.array(rows, dtype=np.uint64))
    assert found.rows.tolist() == sorted(range(len(rows)), key=lambda row: rows[row])
    assert found.key.tolist() == sorted(set(rows))
    assert found.starts.tolist() == [sum(key < one for key in rows) for one in sorted(set(rows))] + [len(rows)]


@given(keys=st.sets(st.integers(0, 9)), others=st.sets(st.integers(0, 9)))
def test_keys_are_found_among_others(keys: set[int], others: set[int]):
    ours, theirs = (np.array(sorted(some), dtype=np.uint64) for some in (keys, others))
    assert ours[among(ours, theirs)].tolist() == sorted(keys & others)


@given(keys=keys, used=st.integers(0, 60))
def test_top_bits_that_all_keys_share_need_not_be_looked_at(keys: list[int], used: int):
    shared = np.array([key >> used for key in keys], dtype=np.uint64)
    assert group(shared, used=used).rows.tolist() == group(shared).rows.tolist()


@given(
    rows=st.lists(st.tuples(st.integers(0, 5), st.integers(-5, 5) | st.integers(-(2**62), 2**62), near), max_size=60),
    ranked=st.booleans(),
)
def test_events_stand_by_time_then_rank_then_as_they_came(rows: list[tuple[int, int, int]], ranked: bool):
    rows.sort(key=lambda row: row[0])
    at, rank = (np.array([row[place] for row in rows], dtype=np.int64) for place in (1, 2))
    owners = [row[0] for row in rows]
    starts = np.array([owners.index(one) for one in sorted(set(owners))] + [len(rows)], dtype=np.int64)
    found = in_time(at, starts, rank if ranked else None)
    order = list(range(len(rows))) if found is None else found.tolist()
    assert order == sorted(range(len(rows)), key=lambda row: (rows[row][0], rows[row][1], rows[row][2] * ranked))


@pytest.mark.parametrize("widest", [0, 2**62])
def test_late_events_of_many_customers(monkeypatch: pytest.MonkeyPatch, widest: int):
    monkeypatch.setattr(order_file, "_WIDEST", widest)
    dice = np.random.default_rng(3)
    at = np.arange(1000) - np.where(dice.random(1000) < 0.1, 400, 0)
    found = in_time(at, np.arange(0, 1001, 100))
    assert found is not None
    assert found.tolist() == sorted(range(1000), key=lambda row: (row // 100, at[row]))


def test_spans_are_the_numbers_in_between():
    assert spans(np.array([5, 1, 9]), np.array([2, 0, 3])).tolist() == [5, 6, 9, 10, 11]
