"""How far two mixes differ: against scipy, against numbers worked out by hand, and laws."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial.distance import jensenshannon
from scipy.stats import false_discovery_control, ks_2samp, t

from desireline.living import mix
from desireline.living.mix import adjust, common_ones, compare
from desireline.living.scan import best_split


def table(rng, share, *, weeks=12, groups=60, each=40):
    """One customer per group who comes `each` times a week."""
    return rng.multinomial(each, share, size=(weeks, groups)).astype(float)


def distance(before, after, kind, *, customers=(60, 60), smallest=0.1):
    found = compare(before, after, kind=kind, smallest=smallest, customers=customers)
    assert found is not None
    return found


@pytest.fixture
def rng():
    return np.random.default_rng(7)


def test_the_js_distance_is_scipys_where_there_is_much_data(rng):
    one, two = [0.5, 0.3, 0.2], [0.2, 0.3, 0.5]
    found = distance(table(rng, one), table(rng, two), "JS", customers=(10**9, 10**9))
    assert found.value == pytest.approx(jensenshannon(found.before, found.after, base=2), abs=2e-3)
    assert found.low < jensenshannon(one, two, base=2) < found.high


def test_the_psi_is_the_sum_by_hand(rng):
    found = distance(table(rng, [0.6, 0.4]), table(rng, [0.4, 0.6]), "PSI", customers=(10**9, 10**9))
    by_hand = sum((a - b) * np.log(a / b) for a, b in zip(found.after, found.before, strict=True))
    assert found.value == pytest.approx(by_hand, rel=0.01)


def test_the_ks_distance_is_scipys(rng):
    before, after = table(rng, [0.25] * 4), table(rng, [0.1, 0.2, 0.3, 0.4])
    drawn = [np.repeat(np.arange(4), side.sum(axis=(0, 1)).astype(int)) for side in (before, after)]
    found = distance(before, after, "KS", customers=(10**9, 10**9))
    assert found.value == pytest.approx(ks_2samp(*drawn).statistic, abs=2e-3)


def test_what_did_not_change_is_near_nothing_and_what_did_is_sure(rng):
    same = distance(table(rng, [0.5, 0.5]), table(rng, [0.5, 0.5]), "JS")
    other = distance(table(rng, [0.9, 0.1]), table(rng, [0.3, 0.7]), "JS")
    assert same.value < 0.03
    assert same.over > 0.9
    assert other.p == 1 / (1 + mix.FLIPS)
    assert other.over < 1e-6


def test_the_share_that_changed_most_is_named_with_its_interval(rng):
    found = distance(table(rng, [0.5, 0.4, 0.1]), table(rng, [0.5, 0.1, 0.4]), "JS")
    low, high = found.interval(found.most)
    assert found.most in (1, 2)
    assert low < found.change[found.most] < high


def test_one_busy_customer_is_no_change():
    quiet, loud = np.zeros((8, 40, 2)), np.zeros((8, 40, 2))
    quiet[:, :, 0] = quiet[:, :, 1] = 1
    loud[:, :, 0] = loud[:, :, 1] = 1
    loud[:, 0, 1] = 400  # a single customer, on a single side
    assert distance(quiet, loud, "JS").p > 0.05
    assert distance(quiet, loud, "JS").over > 0.05


def test_what_comes_and_goes_every_few_weeks_is_no_lasting_change(rng):
    weeks = np.concatenate([table(rng, mix_, weeks=3) for mix_ in ([0.9, 0.1], [0.2, 0.8]) * 4])
    found = distance(weeks[:12], weeks[12:], "JS")
    swinging = distance(weeks[:3], weeks[3:], "JS")
    assert found.over > 0.05
    assert swinging.over > 0.05


def test_a_zero_among_few_is_not_taken_for_never(rng):
    before, after = np.zeros((8, 30, 2)), np.zeros((8, 30, 2))
    before[0, :, 0] = 1
    after[0, :, 0], after[0, :3, 1] = 1, 1
    assert distance(before, after, "JS", customers=(30, 30)).over > 0.05


def test_one_or_two_weeks_after_can_tell_of_a_large_change(rng):
    for weeks in (1, 2, 4):
        for kind in ("JS", "KS"):
            found = distance(table(rng, [0.9, 0.1], weeks=20), table(rng, [0.4, 0.6], weeks=weeks), kind)
            assert found.over < 0.01
            assert 0.1 < found.low < found.value < found.high < 0.9


def test_one_restless_week_after_tells_nothing(rng):
    mixes = [rng.dirichlet([2.0, 2.0]) for _ in range(300)]
    weeks = np.concatenate([table(rng, mix_, weeks=1, each=5) for mix_ in mixes])
    told = [distance(weeks[k : k + 14], weeks[k + 14 : k + 15], "KS").over <= 0.05 for k in range(0, 300, 15)]
    assert sum(told) <= 3


def test_intervals_pay_for_the_search_as_p_does(rng):
    found = distance(table(rng, [0.7, 0.3]), table(rng, [0.4, 0.6]), "JS")
    best = found.searched(20)
    assert (best.p, best.over) == pytest.approx((20 * found.p, 20 * found.over))
    assert best.low < found.low < found.value == best.value < found.high < best.high
    assert best.interval(0)[0] < found.interval(0)[0]
    far = found.far
    assert found.high == pytest.approx(far.root + t.ppf(0.975, far.freedom) * far.error)
    assert best.high == pytest.approx(far.root + t.ppf(1 - 0.025 / 20, far.freedom) * far.error)


def test_too_few_customers_are_not_compared():
    few = np.ones((4, 5, 2))
    assert compare(few, few, kind="JS", smallest=0.1, customers=(5, 5)) is None


def test_a_share_that_never_varies_says_so():
    same = np.zeros((6, 30, 2))
    same[:, :, 0] = 2
    same[:, :, 1] = 1
    found = distance(same, same, "KS")
    assert (found.value, found.p, found.over) == (0.0, 1.0, 1.0)


@given(st.permutations(range(30)), st.permutations(range(3)))
@settings(max_examples=20, deadline=None)
def test_neither_the_order_of_groups_nor_of_categories_matters_for_the_distance(groups, names):
    rng = np.random.default_rng(3)
    before, after = table(rng, [0.5, 0.3, 0.2], groups=30), table(rng, [0.2, 0.3, 0.5], groups=30)
    plain = distance(before, after, "JS")
    moved = distance(before[:, groups][:, :, names], after[:, groups][:, :, names], "JS")
    assert moved.value == pytest.approx(plain.value, abs=0.003)


def test_families_are_adjusted_like_scipy_does_once_the_hopeless_are_set_aside():
    ps = [0.001, 0.2, 0.9, 0.03, 0.6]
    expected = false_discovery_control([0.002, 0.4, 0.06])
    assert [adjust(ps)[k] for k in (0, 1, 3)] == pytest.approx(list(expected))
    assert [adjust(ps)[k] for k in (2, 4)] == [1.0, 1.0]
    assert adjust([]) == []


def test_rare_categories_are_those_below_one_in_two_hundred():
    assert common_ones(np.array([990.0, 6, 4])).tolist() == [True, True, False]
    assert common_ones(np.zeros(2)).tolist() == [False, False]


def test_the_week_of_a_change_is_found(rng):
    weeks = np.concatenate([table(rng, [0.8, 0.2], weeks=14), table(rng, [0.5, 0.5], weeks=10)])
    for kind in ("JS", "PSI", "KS"):
        assert best_split(weeks, range(4, 20), kind) == 14


def test_nothing_on_one_side_is_no_split(rng):
    late = np.concatenate([np.zeros((10, 60, 2)), table(rng, [0.5, 0.5], weeks=5)])
    assert best_split(late, [4, 8], "JS") is None
    assert best_split(late, [12], "JS") == 12
