"""95 % intervals for the difference of two groups of customers: shares, means, net promoter scores.

The groups count as independent. Where the same customer stands on both sides, his two figures usually lean
the same way, and the interval is then wider than it need be. NaN: a side has too few customers.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from desireline.measures.clusters import Clusters, Floats, floats, t_quantile
from desireline.measures.intervals import Z, net_of, share_interval


class Difference(NamedTuple):
    """First minus second, with its interval."""

    value: Floats
    low: Floats
    high: Floats


def difference_of_shares(first: Clusters, second: Clusters) -> Difference:
    """The difference of two shares, from their score intervals. NaN where a side is empty.

    Source: Newcombe 1998, Statistics in Medicine 17, 873–890 (method 10).
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        (low1, high1), (low2, high2) = share_interval(first), share_interval(second)
        one, two = first.ratio, second.ratio
        gap = one - two
    return Difference(gap, gap - np.hypot(one - low1, high2 - two), gap + np.hypot(high1 - one, two - low2))


def difference_of_means(first: Clusters, second: Clusters) -> Difference:
    """The difference of two means by Welch's t, customers as the unit. NaN where a side has fewer than two.

    Source: Welch 1947, Biometrika 34, 28–35, with linearised variances.
    """
    enough = np.minimum(floats(first.n), floats(second.n)) >= 2
    with np.errstate(divide="ignore", invalid="ignore"):
        value, one, two = first.ratio - second.ratio, first.variance(), second.variance()
        df = (one + two) ** 2 / (one**2 / first.freedom + two**2 / second.freedom)
        half = np.where(one + two == 0, 0.0, t_quantile(df) * np.sqrt(one + two))
    value, half = np.where(enough, value, np.nan), np.where(enough, half, np.nan)
    return Difference(value, value - half, value + half)


def difference_of_nets(first: Clusters, second: Clusters, *, extremes: tuple[Any, Any]) -> Difference:
    """The difference of two net promoter scores (−2 … 2) from adjusted values. NaN where a side is empty."""
    with np.errstate(divide="ignore", invalid="ignore"):
        one, two = net_of(first, extremes[0]), net_of(second, extremes[1])
        value = first.ratio - second.ratio
    half = Z * np.sqrt(one.variance + two.variance)
    middle = one.middle - two.middle
    return Difference(value, np.maximum(-2.0, middle - half), np.minimum(2.0, middle + half))
