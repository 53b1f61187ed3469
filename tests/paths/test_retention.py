"""Retention counts customers by when they first came and when they came again."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from tests.paths import plain
from tests.paths.customers import DAY, as_slice, customers, walk

from desireline.paths.retention import Retention


def ask(retention, slice):
    return retention.finish(retention.partial(slice))


def test_a_customer_counts_once_in_each_week():
    people = walk("a4 b5 a12 a12", "a4 a25", "a11", unit=DAY)  # day 4 of 1970 was the first Monday
    answer = ask(Retention(), people)
    assert np.datetime_as_string(answer.cohorts).tolist() == ["1970-01-05", "1970-01-12"]
    assert answer.matrix.tolist() == [[2, 1, 0, 1], [1, 0, 0, 0]]
    assert answer.known.tolist() == [4, 3]


def test_weeks_begin_on_monday_also_before_1970():
    answer = ask(Retention(), walk("a-4 a-3", unit=DAY))  # a Sunday and the Monday after
    assert np.datetime_as_string(answer.cohorts).tolist() == ["1969-12-22"]
    assert answer.matrix.tolist() == [[1, 1]]


def test_months_are_those_of_the_calendar():
    answer = ask(Retention("month"), walk("a-1 a30 a31 a58 a59", unit=DAY))
    assert np.datetime_as_string(answer.cohorts).tolist() == ["1969-12-01"]
    assert answer.matrix.tolist() == [[1, 1, 1, 1]]


def test_one_wrong_clock_makes_one_more_row():
    answer = ask(Retention("day"), walk("a-30000", "a20000 a20001", unit=DAY))
    assert answer.matrix.tolist() == [[1, 0], [1, 1]]
    assert answer.known.tolist() == [50_002, 2]


def test_a_date_that_means_never_makes_no_wide_table():
    answer = ask(Retention("day"), walk("a0 a1 a520 a521 a2932896", "a0", unit=DAY))  # the last day of year 9999
    assert (answer.matrix.shape, answer.matrix.sum(), answer.later) == ((1, 521), 4, 2)


def test_nobody_came():
    answer = ask(Retention(), walk())
    assert answer.matrix.shape == (0, 0)


@settings(deadline=None, max_examples=100)
@given(customers())
@pytest.mark.parametrize("grain", ["day", "week", "month"])
def test_it_is_what_loops_find(grain, found):
    answer = ask(Retention(grain), as_slice(found))
    cells = Counter(
        {
            (str(answer.cohorts[row]), offset): int(count)
            for (row, offset), count in np.ndenumerate(answer.matrix)
            if count
        }
    )
    assert cells == plain.retention(found, grain)
