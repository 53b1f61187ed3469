"""Visits end with a long silence; their first events are counted by step."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.paths import plain
from tests.paths.customers import SECOND, as_slice, customers, walk

from desireline.paths.visits import HALF_HOUR, Visits

MINUTE = 60 * SECOND


def ask(visits, slice):
    return visits.finish(visits.partial(slice))


def test_a_long_silence_starts_a_new_visit():
    answer = ask(Visits(2, steps=2), walk("a0 b20 a110", "b0", unit=MINUTE))
    assert answer.visits == 3
    assert answer.matrix.tolist() == [[2, 1], [0, 1]]


def test_a_silence_of_just_that_length_does_not_end_a_visit():
    assert ask(Visits(1), walk("a0 a30", unit=MINUTE)).visits == 1
    assert ask(Visits(1, silence=HALF_HOUR - 1), walk("a0 a30", unit=MINUTE)).visits == 2


def test_steps_beyond_those_asked_are_counted_as_later():
    answer = ask(Visits(2, steps=2), walk("a0 b1 b2 b3 a4"))
    assert (answer.visits, answer.matrix.tolist(), answer.later) == (1, [[1, 0], [0, 1]], 3)


def test_events_at_one_instant_are_steps_in_the_order_of_the_slice():
    assert ask(Visits(2, steps=2), walk("b0 a0")).matrix.tolist() == [[0, 1], [1, 0]]


def test_nobody_visits():
    answer = ask(Visits(2, steps=1), walk())
    assert (answer.visits, answer.matrix.tolist(), answer.later) == (0, [[0, 0]], 0)


@settings(deadline=None, max_examples=200)
@given(customers(), st.sampled_from([0, 20 * MINUTE, 40 * MINUTE]), st.sampled_from([1, 2, 3, 10, 300]))
def test_they_are_what_loops_find(found, silence, steps):
    answer = ask(Visits(4, silence, steps), as_slice(found))
    number, cells = plain.visits(found, silence)
    assert answer.visits == number
    assert {cell: count for cell, count in np.ndenumerate(answer.matrix) if count} == {
        cell: count for cell, count in cells.items() if cell[0] < steps
    }
    assert answer.later == sum(count for (step, _), count in cells.items() if step >= steps)
