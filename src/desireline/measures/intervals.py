"""95 % intervals for shares, means, totals, counts, net promoter scores and quantiles.

All of them take customers as the unit. Each has a calibration test: on simulated companies it covers the
truth in 93–97 % of the cases, also when customers have several rows.
"""

from __future__ import annotations

from functools import lru_cache
from math import sqrt
from typing import NamedTuple

from scipy.optimize import brentq
from scipy.special import betainc, gammaincinv, ndtri

from desireline.measures.clusters import UPPER, Clusters, t_quantile

Z = float(ndtri(UPPER))


class Interval(NamedTuple):
    """Where the truth lies with 95 % confidence. None: the data give no limit on that side."""

    low: float | None
    high: float | None


NOWHERE = Interval(None, None)


def wilson(share: float, n: float) -> Interval:
    """The score interval of a share of `n` independent draws; `n` may be an effective size.

    Source: Wilson 1927, JASA 22, 209–212.
    """
    if n <= 0:
        return NOWHERE
    middle = (share + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z / (1 + Z * Z / n) * sqrt(share * (1 - share) / n + Z * Z / (4 * n * n))
    return Interval(middle - half if share > 0 else 0.0, middle + half if share < 1 else 1.0)


def share_interval(clusters: Clusters) -> Interval:
    """Wilson's interval at the effective number of rows; plain Wilson when each customer has one row."""
    share = clusters.ratio
    return wilson(share, clusters.effective_n(share * (1 - share)))


def mean_interval(clusters: Clusters) -> Interval:
    """The t interval of a mean per row; the textbook one when each customer has one row."""
    if clusters.n < 2:
        return NOWHERE
    half = t_quantile(clusters.freedom) * sqrt(clusters.variance())
    return Interval(clusters.ratio - half, clusters.ratio + half)


def total_interval(clusters: Clusters) -> Interval:
    """The interval of ΣX: n times the t interval of the mean per customer."""
    if clusters.n < 2:
        return NOWHERE
    variance = (clusters.n * clusters.xx - clusters.x**2) / (clusters.n - 1)
    half = t_quantile(clusters.n - 1) * sqrt(variance)
    return Interval(clusters.x - half, clusters.x + half)


def count_interval(clusters: Clusters) -> Interval:
    """The interval of a count of things that happen to customers, each of whom may bring several at once.

    Exact Poisson limits (Garwood 1936) at count / d, times d, where d = ΣX² / ΣX is how many come together:
    the compound Poisson law. With one thing per customer it is the plain Poisson interval.
    """
    if clusters.x <= 0:
        return Interval(0.0, None)
    together = clusters.xx / clusters.x
    count = clusters.x / together
    return Interval(float(gammaincinv(count, 1 - UPPER)) * together, float(gammaincinv(count + 1, UPPER)) * together)


class Net(NamedTuple):
    """A net promoter score with 3 answers added: middle and variance of the adjusted-Wald interval."""

    middle: float
    variance: float


def adjusted_net(promoters: float, detractors: float, n: float) -> Net:
    """The adjusted middle and variance of P(promoter) − P(detractor), both given as shares of `n` answers.

    3/4 of an answer is added to promoters and to detractors, 3/2 to passives.
    Source: Rocks 2016, The American Statistician 70, 365–372.
    """
    up = (promoters * n + 0.75) / (n + 3)
    down = (detractors * n + 0.75) / (n + 3)
    return Net(up - down, (up + down - (up - down) ** 2) / (n + 3))


def net_of(clusters: Clusters, extremes: int) -> Net:
    """The adjusted net score at the effective number of answers; `extremes`: promoters plus detractors."""
    outer, net = extremes / clusters.m, clusters.ratio
    n = clusters.effective_n(outer - net * net)
    return adjusted_net((outer + net) / 2, (outer - net) / 2, n)


def adjusted_interval(net: Net) -> tuple[float, float]:
    """Low and high end of a net promoter score, from −1 to 1."""
    half = Z * sqrt(net.variance)
    return max(-1.0, net.middle - half), min(1.0, net.middle + half)


@lru_cache(maxsize=4096)
def quantile_ranks(q: float, n: float) -> Interval:
    """Ranks (from 1, not whole) of the values between which the q-quantile lies; None where n is too small.

    Fractional order statistics with the binomial law continued to real ranks.
    Source: Hutson 1999, Journal of Applied Statistics 26, 343–353.
    """
    low, high = _rank(q, n, UPPER), _rank(q, n, 1 - UPPER)
    return Interval(low if low >= 1 else None, high if high <= n else None)


def _rank(q: float, n: float, tail: float) -> float:
    edge = 1e-9
    return float(brentq(lambda rank: float(betainc(rank, n - rank + 1, q)) - tail, edge, n + 1 - edge))
