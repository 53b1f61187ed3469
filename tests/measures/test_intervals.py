"""Intervals, against closed forms and a second library."""

import numpy as np
import pytest
from scipy import stats
from scipy.optimize import brentq
from scipy.special import betainc
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint
from statsmodels.stats.weightstats import CompareMeans, DescrStatsW

from desireline.measures.clusters import Clusters
from desireline.measures.differences import difference_of_means, difference_of_nets, difference_of_shares
from desireline.measures.intervals import (
    adjusted_interval,
    count_interval,
    mean_interval,
    net_of,
    quantile_ranks,
    share_interval,
    total_interval,
    wilson,
)
from desireline.measures.ranks import rank_at


def sums(x, m=None) -> Clusters:
    """The sums of customers with these X and M, each M being that many rows."""
    x = np.asarray(x, dtype=object)
    m = np.ones(len(x), dtype=object) if m is None else np.asarray(m, dtype=object)
    return Clusters(len(x), int(m.sum()), *(int(s.sum()) for s in (x, m, x * x, x * m, m * m)))


def test_a_share_of_single_rows_has_wilsons_interval():
    for won, n in [(0, 5), (3, 7), (17, 40), (40, 40)]:
        assert share_interval(sums([1] * won + [0] * (n - won))) == pytest.approx(
            proportion_confint(won, n, method="wilson"), abs=1e-12
        )


def test_nothing_and_everything_end_exactly_at_the_border():
    assert share_interval(sums([0] * 300)).low == 0
    assert share_interval(sums([1] * 300)).high == 1


def test_a_mean_of_single_rows_has_the_t_interval():
    scores = [1, 4, 4, 5, 2, 3, 5, 5, 1, 4]
    assert mean_interval(sums(scores)) == pytest.approx(DescrStatsW(scores).tconfint_mean())


def test_a_total_is_n_times_the_mean():
    spent = [10, 0, 25, 40, 5, 0]
    low, high = DescrStatsW(spent).tconfint_mean()
    assert total_interval(sums(spent)) == pytest.approx((6 * low, 6 * high))


def test_a_count_of_one_per_customer_has_garwoods_interval():
    assert count_interval(sums([1] * 10)) == pytest.approx(
        (stats.chi2.ppf(0.025, 20) / 2, stats.chi2.ppf(0.975, 22) / 2)
    )


def test_customers_who_bring_several_widen_a_count():
    low, high = count_interval(sums([5, 5]))
    assert (low, high) == pytest.approx((5 * stats.chi2.ppf(0.025, 4) / 2, 5 * stats.chi2.ppf(0.975, 6) / 2))


def test_copies_of_a_customers_row_add_nothing():
    once = share_interval(sums([1, 1, 0, 1, 0, 0, 1, 1]))
    copied = share_interval(sums([3, 3, 0, 3, 0, 0, 3, 3], [3] * 8))
    assert copied.high - copied.low > once.high - once.low


def test_equal_weights_change_nothing():
    plain = Clusters(4, 4, 3, 4, 3, 3, 4)
    weighted = Clusters(4, 4, 30, 40, 300, 300, 400)
    assert share_interval(weighted) == share_interval(plain)


def test_the_net_promoter_interval_adds_three_answers():
    promoters, passives, detractors = 8, 3, 4
    n = promoters + passives + detractors
    up, down = (promoters + 0.75) / (n + 3), (detractors + 0.75) / (n + 3)
    half = stats.norm.ppf(0.975) * ((up + down - (up - down) ** 2) / (n + 3)) ** 0.5
    clusters = sums([1] * promoters + [0] * passives + [-1] * detractors)
    assert adjusted_interval(net_of(clusters, 12)) == pytest.approx((up - down - half, up - down + half))


def test_a_quantile_has_no_limit_where_the_sample_ends_too_soon():
    assert np.isnan(quantile_ranks(0.9, 20).high)
    assert np.isnan(quantile_ranks(0.5, 5).low)
    assert quantile_ranks(0.9, 40).high == pytest.approx(39.75, abs=0.01)


def test_the_median_ranks_mirror_each_other():
    low, high = quantile_ranks(0.5, 31)
    assert low + high == pytest.approx(32)
    assert stats.beta.cdf(0.5, low, 32 - low) == pytest.approx(0.975)


def test_differences_agree_with_statsmodels():
    one, two = [1] * 30 + [0] * 20, [1] * 20 + [0] * 40
    shares = difference_of_shares(sums(one), sums(two))
    assert shares[1:] == pytest.approx(confint_proportions_2indep(30, 50, 20, 60, method="newcomb"))
    means = difference_of_means(sums([3, 5, 4, 5, 2]), sums([1, 2, 2, 4, 1, 3]))
    welch = CompareMeans.from_data([3, 5, 4, 5, 2], [1, 2, 2, 4, 1, 3]).tconfint_diff(usevar="unequal")
    assert means[1:] == pytest.approx(welch)


def test_the_difference_of_two_equal_nets_is_zero():
    one = sums([1, 1, 0, -1])
    assert difference_of_nets(one, one, extremes=(3, 3)).value == 0


def test_huge_amounts_do_not_cancel():
    wealth = 10**14
    near = sums([wealth, wealth + 1, wealth + 2])
    assert near.scatter() == pytest.approx(2.0)


def test_one_customer_gives_no_interval_of_a_mean():
    assert np.isnan([*mean_interval(sums([7])), *total_interval(sums([7])), *wilson(0.5, 0)]).all()


def test_many_cells_at_once_have_the_same_intervals_as_each_by_itself():
    dice = np.random.default_rng(2)
    cells = [sums(dice.binomial(4, 0.3, n), 1 + dice.poisson(2, n)) for n in (2, 5, 9, 200)]
    cells.append(sums([10**15, 10**15 + 1, 10**15 + 5], [1, 2, 3]))  # too large for 64 bits
    together = Clusters(*(np.array(column, dtype=object) for column in zip(*cells, strict=True)))
    for interval in (share_interval, mean_interval, total_interval, count_interval):
        with np.errstate(invalid="ignore"):
            low, high = interval(together)
            for i, cell in enumerate(cells):
                expected = tuple(float(end) for end in interval(cell))
                assert (low[i], high[i]) == pytest.approx(expected, rel=1e-12, nan_ok=True)


@pytest.mark.parametrize("q", [0.25, 0.5, 0.9])
def test_ranks_are_where_the_beta_law_says(q):
    def missed(r, n, tail):
        return betainc(r, n - r + 1, q) - tail

    n = np.array([1.0, 2.5, 7.0, 40.0, 999.123, 1e7])
    for tail in (0.025, 0.975):
        found = rank_at(q, n, tail)
        expected = [brentq(missed, 1e-9, size + 1 - 1e-9, args=(size, tail)) for size in n]
        assert found == pytest.approx(expected, rel=1e-11, abs=1e-11)
