"""95 % intervals for the difference of two groups of customers: shares, means, net promoter scores.

The groups count as independent. Where the same customer stands on both sides, his two figures usually lean
the same way, and the interval is then wider than it need be.
"""

from __future__ import annotations

from math import hypot, sqrt
from typing import NamedTuple

from desireline.measures.clusters import Clusters, t_quantile
from desireline.measures.intervals import Z, net_of, share_interval


class Difference(NamedTuple):
    """First minus second, with its interval."""

    value: float
    low: float
    high: float


def difference_of_shares(first: Clusters, second: Clusters) -> Difference | None:
    """The difference of two shares, from their score intervals. None when a side is empty.

    Source: Newcombe 1998, Statistics in Medicine 17, 873–890 (method 10).
    """
    if not (first.m and second.m):
        return None
    (low1, high1), (low2, high2) = share_interval(first), share_interval(second)
    if low1 is None or high1 is None or low2 is None or high2 is None:
        return None
    one, two = first.ratio, second.ratio
    return Difference(one - two, one - two - hypot(one - low1, high2 - two), one - two + hypot(high1 - one, two - low2))


def difference_of_means(first: Clusters, second: Clusters) -> Difference | None:
    """The difference of two means by Welch's t, customers as the unit. None when a side has fewer than two.

    Source: Welch 1947, Biometrika 34, 28–35, with linearised variances.
    """
    if min(first.n, second.n) < 2:
        return None
    value, one, two = first.ratio - second.ratio, first.variance(), second.variance()
    if one + two == 0:
        return Difference(value, value, value)
    df = (one + two) ** 2 / (one**2 / first.freedom + two**2 / second.freedom)
    half = t_quantile(df) * sqrt(one + two)
    return Difference(value, value - half, value + half)


def difference_of_nets(first: Clusters, second: Clusters, *, extremes: tuple[int, int]) -> Difference | None:
    """The difference of two net promoter scores (−2 … 2) from adjusted values. None when a side is empty."""
    if not (first.m and second.m):
        return None
    one, two = net_of(first, extremes[0]), net_of(second, extremes[1])
    half = Z * sqrt(one.variance + two.variance)
    middle = one.middle - two.middle
    return Difference(first.ratio - second.ratio, max(-2.0, middle - half), min(2.0, middle + half))
