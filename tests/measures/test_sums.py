"""Sums per cell: the same as plain Python's, whatever the size of the numbers and whoever shares a cell."""

from collections import defaultdict

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.measures.layout import lay_out
from desireline.measures.sums import SUMS, add_up, dot, numbers_of, whole

NUMBERS = st.one_of(st.integers(-3, 3), st.integers(-(2**40), 2**40), st.integers(-(2**62), 2**62))
ROWS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 5), NUMBERS, st.integers(0, 3)), min_size=1, max_size=40)


def plain(rows) -> dict:
    """SUMS by cell, in Python's own whole numbers."""
    people, found = defaultdict(lambda: [0, 0]), {}
    for cell, customer, x, m in rows:
        if m:
            people[cell, customer][0] += x
            people[cell, customer][1] += m
    for cell in {row[0] for row in rows}:
        told = [row for row in rows if row[0] == cell and row[3]]
        sums = [pair for (where, _), pair in people.items() if where == cell]
        found[cell] = {
            "n": len(sums),
            "came": sum(x > 0 for x, _ in sums),
            "rows": len(told),
            "size": sum(abs(row[2]) for row in told),
            "squares": sum(row[3] ** 2 for row in told),
            "x": sum(x for x, _ in sums),
            "m": sum(m for _, m in sums),
            "xx": sum(x * x for x, _ in sums),
            "xm": sum(x * m for x, m in sums),
            "mm": sum(m * m for _, m in sums),
        }
    return found


@given(ROWS)
def test_sums_are_those_of_plain_loops(rows):
    if any(abs(sum(row[2] for row in rows if row[:2] == key)) >= 2**63 for key in {row[:2] for row in rows}):
        return  # a single customer's own sum has 64 bits
    cell, customer, x, m = (np.array(column) for column in zip(*rows, strict=True))
    layout = lay_out(cell, customer.astype(np.int32))
    found, expected = add_up(layout, x, m), plain(rows)
    for i, key in enumerate(layout.key.tolist()):
        assert {name: int(getattr(found, name)[i]) for name in SUMS} == expected[key]


@given(ROWS)
def test_flags_add_up_like_numbers(rows):
    cell, customer, x, m = (np.array(column) for column in zip(*rows, strict=True))
    layout = lay_out(cell, customer.astype(np.int32))
    flags, numbers = add_up(layout, x > 0, m > 0), add_up(layout, (x > 0).astype(np.int64), (m > 0).astype(np.int64))
    for name in SUMS:
        assert getattr(flags, name).tolist() == getattr(numbers, name).tolist()


@given(st.lists(NUMBERS, min_size=1, max_size=50), st.integers(1, 9))
def test_products_add_up_exactly(numbers, every):
    column, starts = np.array(numbers), np.arange(0, len(numbers), every)
    groups = [numbers[start : start + every] for start in starts]
    assert [int(one) for one in dot(column, column, starts)] == [sum(x * x for x in group) for group in groups]
    assert [int(one) for one in dot(column, None, starts)] == [sum(group) for group in groups]
    assert [int(one) for one in dot(column, column[::-1].copy(), starts)] == [
        sum(numbers[i] * numbers[-1 - i] for i in range(start, min(start + every, len(numbers)))) for start in starts
    ]


def test_rows_left_out_of_a_layout_count_nowhere():
    layout = lay_out(np.array([1, 0, 1, 0]), np.array([4, 4, 4, 5], dtype=np.int32), keep=np.array([0, 2, 3]))
    found = add_up(layout, np.array([10, 100, 20, 7]))
    assert layout.key.tolist() == [0, 1]
    assert (found.n.tolist(), found.x.tolist(), found.xx.tolist()) == ([1, 1], [7, 30], [49, 900])


@pytest.mark.parametrize("numbers", [[], [5, -7], [2**100, -(2**90)]])
def test_whole_numbers_survive_a_table(numbers):
    kind = object if any(abs(one) > 2**62 for one in numbers) else np.int64
    column = whole(np.array(numbers, dtype=kind))
    assert column.dtype == pl.Int128
    assert numbers_of(column).tolist() == numbers
