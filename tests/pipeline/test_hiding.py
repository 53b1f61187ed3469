"""Nothing that is kept back can be told from what is shown beside it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.access import may_show
from desireline.paths.order import OrderAnswer
from desireline.pipeline.asked_moves import AskOrder
from desireline.pipeline.hiding import keep_back
from desireline.pipeline.names import Names

counts = st.lists(st.integers(0, 30), max_size=8)


@pytest.mark.parametrize(
    ("given_counts", "small", "hidden"),
    [
        ([20, 8, 9], set(), set()),
        ([20, 8, 3, 9], {2}, {1, 2}),  # a single one would be the difference
        ([20, 8, 7], {2}, {1, 2}),  # seven times the same customer
        ([20, 2, 2], {1, 2}, {0, 1, 2}),  # four together are few
        ([20, 3, 2], {1, 2}, {1, 2}),
        ([0, 3], {1}, {1}),  # nothing hides nothing
        ([], set(), set()),
    ],
)
def test_a_small_count_does_not_hide_alone(given_counts: list[int], small: set[int], hidden: set[int]):
    assert keep_back(given_counts, small) == hidden


def test_what_stands_nowhere_hides_too():
    assert keep_back([9, 8], set(), beyond=4) == {1}
    assert keep_back([9, 8], set(), beyond=5) == set()


def test_counts_that_are_not_customers_hide_with_those_of_many():
    assert keep_back([20, 9, 50, 50], {2, 3}, few={2, 3}) == {1, 2, 3}
    assert keep_back([20, 9, 50], {1, 2}, few={2}) == {1, 2}
    assert keep_back([50, 50], {0, 1}, few={0, 1}) == {0, 1}


@given(counts)
def test_the_hidden_are_no_few_together_unless_all_are_hidden(given_counts: list[int]):
    small = {place for place, count in enumerate(given_counts) if not may_show(count)}
    hidden = keep_back(given_counts, small)
    assert small <= hidden
    shown = [count for place, count in enumerate(given_counts) if place not in hidden]
    assert may_show(sum(given_counts) - sum(shown)) or not any(shown)


@given(st.lists(st.integers(0, 12), min_size=12, max_size=12))
def test_of_moves_that_begin_go_back_or_skip_never_one_alone_is_hidden(moves: list[int]):
    table = np.array(moves).reshape(4, 3)  # from the start, from a, from b, from c
    asked = AskOrder(("a > b > c",))
    told = asked.told(OrderAnswer(50, 9, 9, 9, 9, table), Names(("a", "b", "c"), (None,)))
    shown = {row[:2] for row in told.rows}
    met = {
        (before, after) for b, before in enumerate(["start", *"abc"]) for a, after in enumerate("abc") if table[b, a]
    }
    begins, back = {("start", after) for after in "abc"}, {("b", "a"), ("c", "a"), ("c", "b")}
    skips = {("start", "b"), ("start", "c"), ("a", "c")}
    for group in (begins & met, back & met, skips & met):
        assert len(group - shown) != 1 or len(group) == 1
