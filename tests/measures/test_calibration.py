"""95 % intervals cover the truth in 93–97 % of simulated companies, customers with several rows included."""

import numpy as np
import pytest
from tests.measures.test_intervals import sums

from desireline.measures.differences import difference_of_means, difference_of_shares
from desireline.measures.intervals import (
    adjusted_interval,
    count_interval,
    mean_interval,
    net_of,
    quantile_ranks,
    share_interval,
)

NET = (1, 0, -1)


def share_covers(dice, n, rho) -> bool:
    p = dice.uniform(0.05, 0.95)
    m = 1 + dice.poisson(1.5, n) * (rho > 0)
    mine = dice.beta(p * (1 - rho) / rho, (1 - p) * (1 - rho) / rho, n) if rho else np.full(n, p)
    low, high = share_interval(sums(dice.binomial(m, mine), m))
    return low <= p <= high


def net_covers(dice, n, rho) -> bool:
    shares = dice.dirichlet([2, 2, 2])
    m = 1 + dice.poisson(1.5, n) * (rho > 0)
    who = np.repeat(np.arange(n), m)
    habit = dice.choice(NET, p=shares, size=n)[who]
    said = np.where(dice.random(len(who)) < rho**0.5, habit, dice.choice(NET, p=shares, size=len(who)))
    x = np.bincount(who, weights=said, minlength=n).astype(int)
    low, high = adjusted_interval(net_of(sums(x, m), int(abs(said).sum())))
    return low <= shares[0] - shares[2] <= high


def mean_covers(dice, n, rho) -> bool:
    m = 1 + dice.poisson(1.5, n) * (rho > 0)
    own = dice.normal(0, rho**0.5, n)
    x = np.round(1000 * (m * own + dice.normal(0, (1 - rho) ** 0.5, n) * np.sqrt(m))).astype(int)
    low, high = mean_interval(sums(x, m))
    return low <= 0 <= high


def count_covers(dice, n, rho) -> bool:
    mean = 1.5 if rho else 0.0
    x = 1 + dice.poisson(mean, max(dice.poisson(n), 1))
    low, high = count_interval(sums(x))
    return low <= n * (1 + mean) <= high


def difference_covers(dice, n, rho) -> bool:
    p, q = dice.uniform(0.05, 0.95, 2)
    found = difference_of_shares(sums(dice.binomial(1, p, n)), sums(dice.binomial(1, q, 2 * n)))
    return found.low <= p - q <= found.high


def means_cover(dice, n, rho) -> bool:
    one, two = (
        np.round(1000 * dice.normal(1, 1, n)).astype(int),
        np.round(1000 * dice.normal(0, 3, 2 * n)).astype(int),
    )
    found = difference_of_means(sums(one), sums(two))
    return found.low <= 1000 <= found.high


def coverage(covers, n, rho, *, companies, seed=20261122) -> float:
    dice = np.random.default_rng(seed)
    return sum(covers(dice, n, rho) for _ in range(companies)) / companies


QUICK = [
    *((covers, n, rho) for covers in (share_covers, net_covers) for n, rho in [(5, 0), (10, 0.3), (20, 0.6), (40, 0)]),
    *((mean_covers, n, rho) for n, rho in [(10, 0), (10, 0.3), (30, 0.6)]),
    *((count_covers, n, rho) for n, rho in [(20, 0), (60, 0.5)]),
    *((covers, 20, 0) for covers in (difference_covers, means_cover)),
]
SWEEP = [
    (covers, n, rho)
    for covers in (share_covers, net_covers, mean_covers)
    for n in (10, 20, 50, 150)
    for rho in (0, 0.1, 0.3, 0.6, 0.9)
]


@pytest.mark.parametrize(("covers", "n", "rho"), QUICK)
def test_intervals_cover_the_truth(covers, n, rho):
    assert 0.93 - 0.008 <= coverage(covers, n, rho, companies=1500) <= 0.97 + 0.008  # a standard error of room


@pytest.mark.long
@pytest.mark.parametrize(("covers", "n", "rho"), SWEEP)
def test_intervals_cover_the_truth_in_many_companies(covers, n, rho):
    assert 0.93 <= coverage(covers, n, rho, companies=10_000) <= 0.975


@pytest.mark.parametrize("rho", [0.1, 0.5])
def test_with_five_customers_who_repeat_themselves_intervals_err_on_the_wide_side(rho):
    for covers in (share_covers, net_covers):
        assert coverage(covers, 5, rho, companies=1000) >= 0.94


@pytest.mark.parametrize(("q", "n"), [(0.5, 10), (0.25, 15), (0.75, 15), (0.9, 40), (0.5, 200)])
def test_quantile_ranks_cover_the_truth(q, n):
    values = np.sort(np.random.default_rng(4).exponential(size=(10_000, n)), axis=1)
    low, high = (np.array([np.interp(rank, range(1, n + 1), row) for row in values]) for rank in quantile_ranks(q, n))
    truth = -np.log(1 - q)
    assert 0.93 <= np.mean((low <= truth) & (truth <= high)) <= 0.97
