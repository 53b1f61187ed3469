"""Batches may cut a customer; slices do not."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from desireline.engine.rows import slices
from desireline.hashes import hash_text
from desireline.slices import Slice

Row = tuple[str, int, int, int, int]
ROWS = st.lists(
    st.tuples(st.sampled_from("abcdef"), st.integers(-9, 9), *[st.integers(0, 3)] * 2, st.integers(-99, 99)),
    max_size=40,
).map(sorted)


def frame(rows: list[Row]) -> pl.DataFrame:
    kinds = {"customer": pl.String, "at": pl.Int64, "touchpoint": pl.UInt8, "channel": pl.UInt8, "value": pl.Int64}
    return pl.DataFrame(rows, schema=kinds, orient="row")


def customers(parts: list[Slice]) -> list[tuple[int, list[tuple[int, ...]]]]:
    """Each customer's key and events, in their order."""
    found = []
    for part in parts:
        columns = [column.tolist() for column in (part.at, part.touchpoint, part.channel, part.value)]
        events = list(zip(*columns, strict=True))
        for key, (start, end) in zip(part.key.tolist(), pairwise(part.starts.tolist()), strict=True):
            found.append((key, events[start:end]))
    return found


@given(ROWS, st.lists(st.integers(0, 40), max_size=6), st.integers(1, 12))
def test_however_batches_are_cut_each_customer_is_whole_in_one_slice(rows: list[Row], cuts: list[int], largest: int):
    edges = [0, *sorted(min(cut, len(rows)) for cut in cuts), len(rows)]
    parts = list(slices((frame(rows[a:b]) for a, b in pairwise(edges)), largest=largest))
    names = sorted({row[0] for row in rows})
    keys = hash_text(pl.Series(names, dtype=pl.String)).tolist()
    wanted = [(key, [row[1:] for row in rows if row[0] == name]) for name, key in zip(names, keys, strict=True)]
    assert customers(parts) == wanted


def test_no_rows_are_no_slices():
    assert list(slices([])) == []
    assert list(slices([frame([]), frame([])])) == []


def test_a_slice_ends_as_soon_as_it_is_large_and_a_customer_ends():
    rows = [(who, at, 0, 0, 0) for who in "abc" for at in range(4)]
    parts = slices((frame(rows[k : k + 3]) for k in range(0, 12, 3)), largest=5)
    assert [part.counts.tolist() for part in parts] == [[4], [4], [4]]


def test_a_customer_larger_than_a_slice_is_not_cut():
    rows = [("a", at, 0, 0, 0) for at in range(50)] + [("b", 0, 0, 0, 0)]
    parts = slices((frame(rows[k : k + 7]) for k in range(0, 51, 7)), largest=10)
    assert [part.counts.tolist() for part in parts] == [[50], [1]]


def test_a_table_without_channels_and_values_gives_slices_without_them():
    (part,) = slices([frame([("a", 1, 2, 3, 4)]).drop("channel", "value")])
    assert (part.channel, part.value, part.touchpoint.dtype) == (None, None, np.uint8)
