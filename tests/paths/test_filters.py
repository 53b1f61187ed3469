"""Filters leave the events of a period, of channels, of customers."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.paths.customers import HOUR, SECOND, as_slice, customers, same, walk

from desireline.paths.filters import Filter
from desireline.slices import Slice


def test_a_period_holds_its_first_instant_and_not_its_last():
    left = Filter(since=2 * SECOND, until=5 * SECOND)(walk("a1 b2 c4 d5", "a0 a9", "b3"))
    assert (left.starts.tolist(), left.touchpoint.tolist(), left.key.tolist()) == ([0, 2, 3], [1, 2, 1], [0, 2])


def test_channels_and_customers_are_chosen_together():
    people = walk("a0/0 b1/1 c2/2", "a0/1", "a0/2 d1/1")
    left = Filter(channels=(1, 9))(people, customers=np.array([True, False, True]))
    assert (left.starts.tolist(), left.touchpoint.tolist(), left.key.tolist()) == ([0, 1, 2], [1, 3], [0, 2])


def test_a_slice_that_passes_is_handed_on_as_it_is():
    people = walk("a0/0 b1/1")
    assert Filter()(people) is people
    assert Filter(since=0, channels=(0, 1))(people, customers=np.array([True])) is people


def test_nobody_may_be_left():
    left = Filter(channels=())(walk("a0", "b1"))
    assert (left.customers, left.events, left.starts.tolist()) == (0, 0, [0])
    assert Filter(since=3)(left).customers == 0


def test_a_slice_without_channels_has_only_the_channel_none():
    bare = Slice(starts=np.array([0, 1]), at=np.array([0]), touchpoint=np.array([0], dtype=np.uint8))
    assert Filter(channels=(0, 2))(bare) is bare
    assert Filter(channels=(1,))(bare).events == 0


some = st.one_of(st.none(), st.integers(-40, 40).map(lambda hour: hour * HOUR))


@settings(deadline=None, max_examples=200)
@given(customers(channels=20), some, some, st.one_of(st.none(), st.sets(st.integers(0, 25)).map(tuple)), st.data())
def test_what_is_left_is_what_loops_leave(found, since, until, channels, data):
    chosen = data.draw(st.lists(st.booleans(), min_size=len(found), max_size=len(found)))
    left = Filter(since, until, channels)(as_slice(found), customers=np.array(chosen, dtype=bool))
    wanted = [
        [
            event
            for event in customer
            if (since is None or event[0] >= since)
            and (until is None or event[0] < until)
            and (channels is None or event[2] in channels)
        ]
        for customer, chosen in zip(found, chosen, strict=True)
        if chosen
    ]
    expected = as_slice(wanted)
    for name in ("starts", "at", "touchpoint", "channel"):
        assert same(getattr(left, name), getattr(expected, name))
