"""Names become numbers and rows find their order, whatever the column is made of."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.measures.codes import added, code, distinct, in_order, positions, rows_in_order
from desireline.measures.routes import hash_routes

NAMES = ["pay", None, "ad", "page", "ad"]


@pytest.mark.parametrize("kind", [pl.String, pl.Categorical, pl.Enum(["page", "pay", "ad", "unused"])])
def test_known_names_come_first_and_others_by_the_alphabet(kind):
    coded = code(pl.Series(NAMES, dtype=pl.String).cast(kind), ["ad"])
    told = [None if number < 0 else coded.names[number] for number in coded.codes]
    assert told == NAMES
    assert [name for name in coded.names if name != "unused"] == ["ad", "page", "pay"]


def test_a_name_stands_where_it_is_and_a_stranger_nowhere():
    assert positions(pl.Series(["b", "x", "a", "b"]), pl.Series(["a", "b"])).tolist() == [1, -1, 0, 1]
    assert positions(pl.Series(["a", "b"]), pl.Series(["a", "b"])).tolist() == [0, 1]


@given(st.lists(st.one_of(st.integers(0, 5), st.integers(0, 2**62)), min_size=1))
def test_rows_are_sorted_and_ties_keep_their_order(keys):
    column = np.array(keys)
    expected = sorted(range(len(keys)), key=lambda row: (keys[row], row))
    order = rows_in_order(column)
    assert (list(range(len(keys))) if order is None else order.tolist()) == expected
    key, rows = in_order(column)
    assert (key.tolist(), rows.tolist()) == (sorted(keys), expected)


@given(st.lists(st.integers(-(2**62), 2**62), min_size=1, max_size=99), st.integers(1, 40))
def test_runs_add_up_whether_they_are_short_or_long(numbers, every):
    runs = [numbers[start : start + every] for start in range(0, len(numbers), every)]
    starts = np.arange(0, len(numbers), every)
    wrapped = [(sum(run) + 2**63) % 2**64 - 2**63 for run in runs]
    assert added(np.array(numbers), starts).tolist() == wrapped
    assert added(np.array(numbers) > 0, starts).tolist() == [sum(number > 0 for number in run) for run in runs]


@given(st.lists(st.integers(-3, 3)))
def test_different_numbers_grow_and_are_there_once(numbers):
    assert distinct(np.array(numbers, dtype=np.int64)).tolist() == sorted(set(numbers))


@given(st.lists(st.lists(st.integers(0, 3), max_size=5), min_size=1, max_size=8))
def test_two_routes_have_one_hash_only_when_they_are_the_same(routes):
    starts = np.cumsum([0, *(len(route) for route in routes)])
    places = np.array([place for route in routes for place in route], dtype=np.int32)
    hashes = hash_routes(places, starts, np.ones(len(places), dtype=np.bool_)).tolist()
    for one, its_hash in zip(routes, hashes, strict=True):
        for other, other_hash in zip(routes, hashes, strict=True):
            assert (one == other) == (its_hash == other_hash)
