"""The cumulative sum of what fitness lost, by hand; and the quiet cases."""

from __future__ import annotations

import numpy as np
import pytest

from desireline.living import cusum
from desireline.living.cusum import limit_of, watch_fall
from desireline.living.ratios import change_of


def reference():
    """Mean 0.8, spread 0.02, neighbours not alike."""
    return np.array([0.78, 0.82, 0.82, 0.78] * 5)


def test_what_lies_below_by_more_than_half_a_spread_is_added_up():
    before = reference()
    spread = np.std(before, ddof=1)
    after = 0.8 - spread * np.array([1.0, 0.0, 2.0, 1.0])
    found = watch_fall(before, after)
    assert found is not None
    assert found.sums == pytest.approx((0.5, 0.0, 1.5, 2.0))
    assert not found.alarm


def test_a_lasting_fall_alarms_and_says_since_which_week():
    found = watch_fall(reference(), np.array([0.81, 0.80] + [0.72] * 8))
    assert found is not None
    assert found.alarm
    assert found.start == 2


def test_a_rise_never_alarms():
    found = watch_fall(reference(), np.full(10, 0.95))
    assert found is not None
    assert found.sums == (0.0,) * 10


def test_a_constant_series_is_fine_and_its_fall_is_seen():
    flat = watch_fall(np.full(12, 1.0), np.full(8, 1.0))
    fallen = watch_fall(np.full(12, 1.0), np.full(8, 0.9))
    assert flat is not None
    assert fallen is not None
    assert (flat.alarm, fallen.alarm) == (False, True)


def test_too_few_weeks_are_not_watched():
    assert watch_fall(np.full(cusum.LEAST_REFERENCE - 1, 0.8), np.full(8, 0.8)) is None
    assert watch_fall(np.full(12, 0.8), np.full(cusum.LEAST_WATCHED - 1, 0.8)) is None


def test_a_long_watch_and_a_short_reference_take_a_higher_limit():
    assert limit_of(40, 52) > limit_of(200, 52)
    assert limit_of(40, 13) == limit_of(40, 13)


def test_weeks_that_are_alike_count_for_less():
    waves = 0.8 + 0.02 * np.sin(np.arange(24) / 4)
    low = np.full(8, 0.77)
    alike, mixed = watch_fall(waves, low), watch_fall(np.random.default_rng(0).permutation(waves), low)
    assert alike is not None
    assert mixed is not None
    assert alike.sums[-1] < mixed.sums[-1]


def sides(before, after, groups=40):
    """Groups of one customer each: x of 10."""
    return [np.column_stack([np.resize(x, groups), np.full(groups, 10.0)]) for x in (before, after)]


def test_the_change_of_a_ratio_is_the_paired_t_interval_of_its_customers():
    before, after = sides([1, 2, 3], [4, 2, 6])
    found = change_of(before, after, smallest=0.05)
    gaps = (after[:, 0] - before[:, 0]) / 10
    half = 2.0226909200367604 * gaps.std(ddof=1) / np.sqrt(40)  # t with 39 degrees of freedom
    assert found is not None
    assert (found.value, found.low, found.high) == pytest.approx((gaps.mean(), gaps.mean() - half, gaps.mean() + half))


def test_a_ratio_without_spread_or_customers():
    same = change_of(*sides([1], [1]), smallest=0.05)
    assert same is not None
    assert (same.value, same.p, same.over) == (0.0, 1.0, 1.0)
    assert change_of(np.zeros((40, 2)), np.ones((40, 2)), smallest=0.05) is None


def test_the_feared_direction_may_be_down():
    before, after = sides([5, 6, 7], [1, 2, 3])
    down, up = (change_of(before, after, smallest=0.05, falls=falls) for falls in (True, False))
    assert down is not None
    assert up is not None
    assert down.over < 0.01 < 0.99 < up.over
