"""95 % intervals for shares, means, totals, counts, net promoter scores and quantiles.

All of them take customers as the unit, and arrays with one number per cell as well as single numbers. Each has a
calibration test: on simulated companies it covers the truth in 93–97 % of the cases, also when customers have several
rows.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from scipy.special import gammaincinv, ndtri

from desireline.measures.clusters import UPPER, Clusters, Floats, exactly, floats, t_quantile
from desireline.measures.ranks import rank_at

Z = float(ndtri(UPPER))


class Interval(NamedTuple):
    """Where the truth lies with 95 % confidence. NaN: the data give no limit on that side."""

    low: Floats
    high: Floats


def nowhere(like: Any) -> Interval:
    """No interval, as often as there are cells."""
    return Interval(np.full(np.shape(like), np.nan), np.full(np.shape(like), np.nan))


def wilson(share: Any, n: Any) -> Interval:
    """The score interval of a share of `n` independent draws; `n` may be an effective size.

    Source: Wilson 1927, JASA 22, 209–212.
    """
    return wilson_at(share, n, Z)


def wilson_at(share: Any, n: Any, z: Any) -> Interval:
    """The same at another level, given by its quantile `z` of the normal law."""
    share, n = floats(share), floats(n)
    known = n > 0
    n = np.where(known, n, 1.0)
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * np.sqrt(np.maximum(share * (1 - share), 0) / n + z * z / (4 * n * n))
    low = np.where(share > 0, middle - half, 0.0)
    high = np.where(share < 1, middle + half, 1.0)
    return Interval(np.where(known, low, np.nan), np.where(known, high, np.nan))


def share_interval(clusters: Clusters) -> Interval:
    """Wilson's interval at the effective number of rows; plain Wilson when each customer has one row."""
    share = clusters.ratio
    return wilson(share, clusters.effective_n(share * (1 - share)))


def mean_interval(clusters: Clusters) -> Interval:
    """The t interval of a mean per row; the textbook one when each customer has one row. Needs two customers."""
    half = np.where(floats(clusters.n) < 2, np.nan, t_quantile(clusters.freedom) * np.sqrt(clusters.variance()))
    return Interval(clusters.ratio - half, clusters.ratio + half)


def total_interval(clusters: Clusters) -> Interval:
    """The interval of ΣX: n times the t interval of the mean per customer. Needs two customers."""
    n, x = floats(clusters.n), floats(clusters.x)
    others = np.maximum(n - 1, 1)
    variance = exactly((1, clusters.n, clusters.xx), (-1, clusters.x, clusters.x)) / others
    half = np.where(n < 2, np.nan, t_quantile(others) * np.sqrt(variance))
    return Interval(x - half, x + half)


def count_interval(clusters: Clusters) -> Interval:
    """The interval of a count of things that happen to customers, each of whom may bring several at once.

    Exact Poisson limits (Garwood 1936) at count / d, times d, where d = ΣX² / ΣX is how many come together:
    the compound Poisson law. With one thing per customer it is the plain Poisson interval.
    """
    x = floats(clusters.x)
    some = x > 0
    together = np.where(some, floats(clusters.xx), 1.0) / np.where(some, x, 1.0)
    count = np.where(some, x, 1.0) / together
    low, high = gammaincinv(count, 1 - UPPER) * together, gammaincinv(count + 1, UPPER) * together
    return Interval(np.where(some, low, 0.0), np.where(some, high, np.nan))


class Net(NamedTuple):
    """A net promoter score with 3 answers added: middle and variance of the adjusted-Wald interval."""

    middle: Floats
    variance: Floats


def adjusted_net(promoters: Any, detractors: Any, n: Any) -> Net:
    """The adjusted middle and variance of P(promoter) − P(detractor), both given as shares of `n` answers.

    3/4 of an answer is added to promoters and to detractors, 3/2 to passives.
    Source: Rocks 2016, The American Statistician 70, 365–372.
    """
    up = (promoters * n + 0.75) / (n + 3)
    down = (detractors * n + 0.75) / (n + 3)
    return Net(up - down, (up + down - (up - down) ** 2) / (n + 3))


def net_of(clusters: Clusters, extremes: Any) -> Net:
    """The adjusted net score at the effective number of answers; `extremes`: promoters plus detractors."""
    outer, net = floats(extremes) / floats(clusters.m), clusters.ratio
    n = clusters.effective_n(outer - net * net)
    return adjusted_net((outer + net) / 2, (outer - net) / 2, n)


def adjusted_interval(net: Net) -> Interval:
    """Low and high end of a net promoter score, from −1 to 1."""
    half = Z * np.sqrt(net.variance)
    return Interval(np.maximum(-1.0, net.middle - half), np.minimum(1.0, net.middle + half))


def quantile_ranks(q: float, n: Any) -> Interval:
    """Ranks (from 1, not whole) of the values between which the q-quantile lies; NaN where n is too small.

    Fractional order statistics with the binomial law continued to real ranks.
    Source: Hutson 1999, Journal of Applied Statistics 26, 343–353.
    """
    sizes, which = np.unique(floats(n), return_inverse=True)
    low, high = rank_at(q, sizes, UPPER), rank_at(q, sizes, 1 - UPPER)
    found = np.where(low >= 1, low, np.nan), np.where(high <= sizes, high, np.nan)
    return Interval(*(one[which].reshape(np.shape(n)) for one in found))
