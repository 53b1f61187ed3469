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
    """Cells of (stratum, journeys, with the outcome), each customer with one journey and in a lot of its own."""
    stratum, m, x = (np.array(column, dtype=np.int64) for column in zip(*rows, strict=True))
    kind = np.repeat(np.arange(len(m)), m)
    number = np.arange(len(kind)) - np.repeat(np.cumsum(m) - m, m)
    each = np.ones_like(kind)
    return Cells(stratum[kind], each, (number < x[kind]).astype(np.int64), each, np.arange(len(kind)), kind)


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
    assert standardise(TWO, EXPOSED).error[0] == pytest.approx(by_hand**0.5, rel=0.01)


def test_what_only_strata_explain_is_no_difference():
    mixed = cells((0, 90, 45), (0, 30, 15), (1, 30, 3), (1, 90, 9))
    assert standardise(mixed, EXPOSED).gap[0] == pytest.approx(0.0)


def test_strata_with_too_few_others_are_left_out_and_none_at_all_is_no_evidence():
    few = cells((0, 40, 20), (0, FEWEST - 1, 1))
    found = standardise(few, np.array([[True], [False]]))
    assert (found.exposed[0], found.over(0.0)[0]) == (0, 1.0)


def test_journeys_of_one_customer_that_are_copies_say_no_more_than_one_of_them():
    twice = TWO._replace(m=TWO.m * 2, x=TWO.x * 2)
    once, again = standardise(TWO, EXPOSED), standardise(twice, EXPOSED)
    assert again.gap[0] == once.gap[0]
    assert again.error[0] == pytest.approx(once.error[0], rel=0.05)
    assert (again.exposed[0], again.people[0]) == (200, 100)


def test_a_customer_counts_once_in_whatever_cells_its_journeys_lie():
    """The same journeys of the same customers: in one cell each side, or in as many as there are journeys."""
    lot, exposed = np.repeat(np.arange(60), 6), np.tile([True, True, False], 120)
    x, one = (lot % 3 == 0).astype(np.int64), np.ones_like(lot)
    scattered = Cells(np.zeros_like(lot), one, x, one, lot, np.arange(len(lot)))
    gathered = Cells(np.zeros_like(lot), one, x, one, lot, (~exposed).astype(np.int64))
    apart = standardise(scattered, exposed[:, None])
    assert apart.error[0] == standardise(gathered, np.array([[True], [False]])).error[0]
    alone = standardise(scattered._replace(lot=np.arange(len(lot))), exposed[:, None])
    assert apart.error[0] == pytest.approx(alone.error[0], rel=0.05)  # each customer stands on both sides alike
    sided = standardise(gathered, np.array([[True], [False]]))
    split = standardise(gathered._replace(kind=(lot % 2).astype(np.int64)), np.array([[True], [False]]))
    assert split.error[0] > 2 * sided.error[0]  # six journeys say as much as one


def test_the_error_is_that_of_customers_left_out_one_by_one():
    dice = np.random.default_rng(3)
    lot = np.repeat(np.arange(200), 8)
    stratum = np.sort(np.tile(np.arange(4), 400))
    kind = np.arange(len(lot))
    people = dice.permutation(lot)
    x = (dice.random(len(lot)) < np.where(dice.random(200) < 0.4, 0.8, 0.1)[people]).astype(np.int64)
    exposed = dice.random(len(lot)) < np.where(dice.random(200) < 0.5, 0.9, 0.1)[people]
    one = np.ones_like(lot)
    whole = Cells(stratum, one, x, one, people, kind)
    without = []
    for customer in range(200):
        rest = people != customer
        part = Cells(*(column[rest] for column in whole[:-1]), kind=np.arange(rest.sum()))
        without.append(standardise(part, exposed[rest][:, None]).gap[0])
    jackknife = np.sqrt(199 / 200 * ((np.array(without) - np.mean(without)) ** 2).sum())
    assert standardise(whole, exposed[:, None]).error[0] == pytest.approx(jackknife, rel=0.05)


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
    given_ = Cells(stratum, m, dice.binomial(m, 0.3), m, dice.integers(0, 256, 12), np.arange(12))
    exposed = dice.random((12, 5)) < 0.4
    together = standardise(given_, exposed)
    for i in range(5):
        alone = standardise(given_, exposed[:, [i]])
        assert together.gap[i] == pytest.approx(alone.gap[0], abs=1e-12)
        assert together.error[i] == pytest.approx(alone.error[0], rel=1e-12)
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
    once, again = (by_chance(standardise(large, EXPOSED), draws=400, seed=3) for _ in range(2))
    assert once.tolist() == again.tolist()
    # One exposure: the largest of one is a plain two-sided test, whose 5 % point is about 1.96.
    assert np.quantile(once, 0.95) == pytest.approx(1.96, abs=0.25)


def test_more_exposures_make_a_larger_largest():
    dice = np.random.default_rng(5)
    many = cells(*[(0, 30, 9)] * 30)
    flags = dice.random((30, 40)) < 0.5
    one = np.quantile(by_chance(standardise(many, flags[:, :1]), draws=200, seed=1), 0.95)
    assert np.quantile(by_chance(standardise(many, flags), draws=200, seed=1), 0.95) > one + 0.5


def test_no_exposure_is_larger_than_chance_where_nothing_is_compared():
    none = standardise(cells((0, 40, 20), (0, FEWEST - 1, 1)), EXPOSED[:2])
    assert by_chance(none, draws=5, seed=1).tolist() == [0.0] * 5
