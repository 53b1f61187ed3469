"""Shares as effects: against Newcombe's interval, within strata, and the likelihood that two add."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from desireline.findings.evidence import difference_over
from desireline.findings.shares import compare_within, gain, in_arrays, ones, share_of
from desireline.measures.differences import difference_of_shares


def test_a_share_is_told_with_its_interval():
    share = share_of(ones(20, 100))
    assert (share.value, share.n) == (0.2, 100)
    oracle = stats.binomtest(20, 100).proportion_ci(method="wilson")
    assert (share.low, share.high) == (pytest.approx(oracle.low), pytest.approx(oracle.high))
    assert share.effect("they do").unit == "share"


def test_one_stratum_is_newcombes_interval():
    first, second = ones(40, 80), ones(30, 300)
    sides = compare_within({"": first}, {"": second})
    assert sides is not None
    assert sides.gap == pytest.approx([float(one) for one in difference_of_shares(first, second)])
    assert sides.over(sides.gap[1]) == pytest.approx(0.025)
    assert float(difference_over(*(in_arrays([one]) for one in (first, second)), sides.gap[1])[0]) == pytest.approx(
        0.025
    )


def test_the_same_shares_in_every_stratum_are_no_difference_however_they_are_mixed():
    here = {"phone": ones(480, 800), "mail": ones(20, 200), "": ones(500, 1000)}
    rest = {"phone": ones(120, 200), "mail": ones(80, 800), "": ones(200, 1000)}
    names = ("phone", "mail")
    sides = compare_within({name: here[name] for name in names}, rest)
    assert sides is not None
    assert sides.gap[0] == pytest.approx(0)
    assert (sides.first.value, sides.second.value) == (pytest.approx(0.5), pytest.approx(0.5))
    assert sides.over(0.1) > 0.99
    assert sides.over(0.0) == pytest.approx(0.5)
    assert sides.strata == 2


def test_no_stratum_of_five_customers_on_both_sides_compares_nothing():
    assert compare_within({"a": ones(1, 4)}, {"a": ones(1, 100)}) is None
    assert compare_within({"a": ones(1, 100)}, {"b": ones(1, 100)}) is None
    assert compare_within({}, {}) is None


def test_shares_of_nobody_and_of_all_have_an_interval():
    sides = compare_within({"a": ones(50, 50)}, {"a": ones(0, 50)})
    assert sides is not None
    value, low, high = sides.gap
    assert (value, high) == (1.0, pytest.approx(1.0))
    assert 0.8 < low < 1.0
    assert 0.0 < sides.over(0.1) < 1e-6


def test_what_two_shares_add_is_the_likelihood_ratio():
    x, m = np.array([30, 50, 0]), np.array([100, 50, 10])
    other_x, other_m = np.array([60, 20, 0]), np.array([100, 50, 10])
    found = gain(x, m, other_x, other_m)

    def fit(x: int, m: int) -> float:
        return float(stats.binom.logpmf(x, m, x / m) - stats.binom.logpmf(x, m, 0.5) + m * np.log(0.5))

    expected = [fit(a, b) + fit(c, d) - fit(a + c, b + d) for a, b, c, d in zip(x, m, other_x, other_m, strict=True)]
    assert found == pytest.approx(expected)
