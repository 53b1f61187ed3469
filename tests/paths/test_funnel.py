"""A funnel counts customers by the furthest step they reach in order, soon enough."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.paths import plain
from tests.paths.customers import DAY, HOUR, SECOND, as_slice, customers, walk

from desireline.paths.funnel import Funnel, FunnelAnswer


def ask(funnel, slice):
    return funnel.finish(funnel.partial(slice))


def test_steps_count_in_order_whatever_lies_between():
    people = walk(
        "a0 d1 b2 c5",  # goes all the way
        "b0 a1 c2",  # b came too early
        "a0 a1 b4 b5",
        "c0 d3",
    )
    assert ask(Funnel((0, 1, 2)), people) == FunnelAnswer(4, (3, 2, 1), (0.0, 2.5, 5.0))


def test_the_window_runs_from_the_latest_start():
    late, latest = walk("a0 b5 c12"), walk("a0 a4 b5 c12")
    funnel = Funnel((0, 1, 2), within=10 * SECOND)
    assert ask(funnel, late).reached == (1, 1, 0)
    assert ask(funnel, latest).reached == (1, 1, 1)


def test_the_window_holds_its_last_instant():
    assert ask(Funnel((0, 1), within=5 * SECOND), walk("a0 b5")).reached == (1, 1)
    assert ask(Funnel((0, 1), within=5 * SECOND - 1), walk("a0 b5")).reached == (1, 0)


def test_at_one_instant_the_order_of_the_slice_decides():
    assert ask(Funnel((0, 1), within=0), walk("a3 b3", "b3 a3")).reached == (2, 1)


def test_one_event_is_one_step_only():
    assert ask(Funnel((0, 0)), walk("a0", "a0 a1", "a0 b1 a2")).reached == (3, 2)


def test_a_touchpoint_that_nobody_meets_ends_the_funnel():
    assert ask(Funnel((0, 7, 1)), walk("a0 b1")).reached == (1, 0, 0)
    assert ask(Funnel((0, 70_000)), walk("a0 b1")).reached == (1, 0)


def test_nobody_gets_anywhere():
    assert ask(Funnel((0, 1)), walk()) == FunnelAnswer(0, (0, 0), (None, None))


def test_a_window_of_ages_is_told_from_longer_ones():
    ages = [[(0, 0, 0), (one * 2**58, 1, 0)] for one in range(1, 8)]
    assert ask(Funnel((0, 1)), as_slice(ages)).reached == (7, 7)
    assert ask(Funnel((0, 1), within=3 * 2**58), as_slice(ages)).reached == (7, 3)


@pytest.mark.parametrize("within", [None, 0, 2 * SECOND, DAY, 9000 * 366 * DAY])
def test_far_dates_of_a_few_change_nothing_for_the_others(within):
    last, first = 253_402_214_400 * SECOND, -62_135_596_800 * SECOND  # 9999-12-31 and 0001-01-01
    near = [[(-9 * SECOND, one % 2, 0), (-7 * SECOND, one % 3, 0), (one * SECOND, 1, 0)] for one in range(300)]
    far = [[(0, 0, 0), (last, 1, 0)], [(first, 0, 0), (SECOND, 1, 0), (last, 0, 0)], [(first, 1, 0)], [(last, 0, 0)]]
    people = [*near[:100], *far[:2], *near[100:], *far[2:]]
    for steps in [(0, 1), (0, 0, 1), (1, 0, 1)]:
        assert list(ask(Funnel(steps, within), as_slice(people)).reached) == plain.funnel(people, steps, within)


def test_one_far_date_among_others_keeps_their_waits_exact():
    far = [[(-SECOND, 0, 0), (SECOND, 1, 0)], [(0, 0, 0), (253_402_214_400 * SECOND, 1, 0)], [(3, 0, 0), (4, 1, 0)]]
    assert ask(Funnel((0, 1)), as_slice(far)) == FunnelAnswer(3, (3, 3), (0.0, 2.0))
    assert ask(Funnel((0, 1)), as_slice(far[1:2])) == FunnelAnswer(1, (1, 1), (0.0, 253_402_214_400.0))


def test_a_window_of_less_than_nothing_holds_the_first_step_only():
    assert ask(Funnel((0, 1), within=-5 * SECOND), walk("a0 b0", "a0 b9")).reached == (2, 0)


def test_a_funnel_without_steps_is_refused():
    with pytest.raises(ValueError, match="at least one step"):
        Funnel(())


@settings(deadline=None, max_examples=300)
@given(
    customers(touchpoints=3),
    st.lists(st.integers(0, 2), min_size=1, max_size=5).map(tuple),
    st.sampled_from([None, 0, HOUR, DAY, 6 * DAY]),
)
def test_it_counts_as_trying_every_chain_does(found, steps, within):
    assert list(ask(Funnel(steps, within), as_slice(found)).reached) == plain.funnel(found, steps, within)


def test_codes_of_any_size_are_told_apart():
    wide = as_slice([[(0, 300, 0), (1, 44, 0)]], codes="u2")
    assert ask(Funnel((300, 44)), wide).reached == (1, 1)
    assert ask(Funnel((44,)), as_slice([[(0, 44, 0)]])).reached == (1,)
    assert wide.touchpoint.dtype == np.uint16
