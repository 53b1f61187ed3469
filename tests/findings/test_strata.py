"""Differences adjusted by strata: worked out by hand, against plain loops, and as chance would have them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

from desireline.findings.strata import FEWEST, Cells, by_chance, standardise
from desireline.measures.clusters import LEVEL


def cells(*rows: tuple[int, int, int]) -> Cells:
    """Cells of (stratum, journeys, with the outcome), each customer with one journey."""
    stratum, m, x = (np.array(column, dtype=np.int64) for column in zip(*rows, strict=True))
    return Cells(stratum, m, x, m)


# Stratum 0: 20 of 40 exposed, 10 of 40 others; stratum 1: 30 of 60 exposed, 6 of 20 others.
TWO = cells((0, 40, 20), (0, 40, 10), (1, 60, 30), (1, 20, 6))
EXPOSED = np.array([[True], [False], [True], [False]])


def test_strata_count_by_their_exposed():
    found = standardise(TWO, EXPOSED)
    assert found.share[0] == pytest.approx(0.5)
    assert found.other[0] == pytest.approx(0.4 * 0.25 + 0.6 * 0.3)
    assert found.gap[0] == pytest.approx(0.22)
    assert (found.exposed[0], found.others[0], found.having[0]) == (100, 60, 50)


def test_the_error_is_that_of_the_shares_put_together():
    share, one, two = 50.5 / 101, 10.5 / 41, 6.5 / 21
    by_hand = share * (1 - share) / 100 + 0.4**2 * one * (1 - one) / 40 + 0.6**2 * two * (1 - two) / 20
    assert standardise(TWO, EXPOSED).error[0] == pytest.approx(by_hand**0.5)


def test_what_only_strata_explain_is_no_difference():
    mixed = cells((0, 90, 45), (0, 30, 15), (1, 30, 3), (1, 90, 9))
    assert standardise(mixed, EXPOSED).gap[0] == pytest.approx(0.0)


def test_strata_with_too_few_others_are_left_out_and_none_at_all_is_no_evidence():
    few = cells((0, 40, 20), (0, FEWEST - 1, 1))
    found = standardise(few, np.array([[True], [False]]))
    assert (found.exposed[0], found.over(0.0)[0]) == (0, 1.0)


def test_journeys_of_one_customer_count_as_copies():
    twice = TWO._replace(mm=TWO.m * 2)
    assert standardise(twice, EXPOSED).error[0] == pytest.approx(standardise(TWO, EXPOSED).error[0] * 2**0.5)


def test_p_is_the_level_at_which_the_interval_ends_at_the_smallest_that_matters():
    found = standardise(TWO, EXPOSED)
    assert found.over(float(found.low[0]))[0] == pytest.approx((1 - LEVEL) / 2)
    assert found.over(0.1)[0] == pytest.approx(norm.sf((0.22 - 0.1) / found.error[0]))


@settings(max_examples=40)
@given(st.integers(0, 2**31), st.integers(1, 4))
def test_all_exposures_at_once_are_each_of_them_alone(seed: int, strata: int):
    dice = np.random.default_rng(seed)
    stratum = np.sort(dice.integers(0, strata, 12))
    _, stratum = np.unique(stratum, return_inverse=True)
    m = dice.integers(1, 60, 12)
    given_ = Cells(stratum, m, dice.binomial(m, 0.3), m)
    exposed = dice.random((12, 5)) < 0.4
    together = standardise(given_, exposed)
    for i in range(5):
        alone = standardise(given_, exposed[:, [i]])
        assert together.gap[i] == alone.gap[0]
        assert together.error[i] == alone.error[0]
        assert alone.gap[0] == pytest.approx(plainly(given_, exposed[:, i]))


def plainly(given_: Cells, exposed: np.ndarray) -> float:
    """The standardised difference, stratum by stratum."""
    parts = []
    for one in sorted(set(given_.stratum.tolist())):
        here = given_.stratum == one
        m1, x1 = given_.m[here & exposed].sum(), given_.x[here & exposed].sum()
        m0, x0 = given_.m[here & ~exposed].sum(), given_.x[here & ~exposed].sum()
        if m1 and m0 >= FEWEST:
            parts.append((m1, x1 / m1 - x0 / m0))
    total = sum(m for m, _ in parts)
    return sum(m * gap for m, gap in parts) / total if total else 0.0


def test_chance_is_dealt_the_same_way_each_time_and_covers_what_chance_makes():
    large = cells((0, 900, 300), (0, 900, 300), (1, 900, 90), (1, 900, 90))
    once, again = (by_chance(large, EXPOSED, draws=400, seed=3) for _ in range(2))
    assert once.tolist() == again.tolist()
    # One exposure: the largest of one is a plain two-sided test, whose 5 % point is about 1.96.
    assert np.quantile(once, 0.95) == pytest.approx(1.96, abs=0.25)


def test_more_exposures_make_a_larger_largest():
    dice = np.random.default_rng(5)
    many = cells(*[(0, 30, 9)] * 30)
    flags = dice.random((30, 40)) < 0.5
    one = np.quantile(by_chance(many, flags[:, :1], draws=200, seed=1), 0.95)
    assert np.quantile(by_chance(many, flags, draws=200, seed=1), 0.95) > one + 0.5
