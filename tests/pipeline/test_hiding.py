"""Nothing that is kept back can be told from what is shown beside it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.access import may_show
from desireline.pipeline.hiding import keep_back

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


@given(counts)
def test_the_hidden_are_no_few_together_unless_all_are_hidden(given_counts: list[int]):
    small = {place for place, count in enumerate(given_counts) if not may_show(count)}
    hidden = keep_back(given_counts, small)
    assert small <= hidden
    shown = [count for place, count in enumerate(given_counts) if place not in hidden]
    assert may_show(sum(given_counts) - sum(shown)) or not any(shown)
