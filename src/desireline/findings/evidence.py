"""How sure we are that an effect is larger than the smallest that matters; customers are the unit.

Every p here is one-sided: how often data like these would come from an effect that is no larger than `smallest`. It is
the level at which the lower end of the effect's interval meets `smallest` (of a single share a little more), so nothing
passes that its interval does not tell. All take arrays with one number per cell as well as single numbers.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from scipy.special import betainc, ndtr, stdtr

from desireline.measures.clusters import Clusters, Floats, floats
from desireline.measures.intervals import wilson_at

_STEPS = 60
_FAR = 38.0  # standard deviations: beyond it p is 0 in 64 bits


def share_over(clusters: Clusters, smallest: float | Floats) -> Floats:
    """p of a share that is truly no larger than `smallest`: the exact binomial tail at the effective size.

    It passes no share that Wilson's interval, which is shown, does not tell from `smallest`. 1 where there is nothing.
    Source: Clopper & Pearson 1934, Biometrika 26, 404–413; Korn & Graubard 1998 for the effective size.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.nan_to_num(clusters.ratio)
        n = np.nan_to_num(clusters.effective_n(share * (1 - share)))
    x = share * n
    known = (floats(clusters.m) > 0) & (x > 0)
    return np.where(known, betainc(np.where(known, x, 1.0), np.where(known, n - x + 1, 1.0), smallest), 1.0)


def difference_over(first: Clusters, second: Clusters, smallest: float) -> Floats:
    """p of two shares that truly differ, first − second, by no more than `smallest`. 1 where a side is empty.

    Source: Newcombe 1998, method 10, turned round: the level at which the interval's end meets `smallest`.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        one, two = np.nan_to_num(first.ratio), np.nan_to_num(second.ratio)
        n_one, n_two = (np.nan_to_num(side.effective_n(s * (1 - s))) for side, s in ((first, one), (second, two)))
    known = (floats(first.m) > 0) & (floats(second.m) > 0)

    def end(z: Floats) -> Floats:
        here, there = wilson_at(one, n_one, z), wilson_at(two, n_two, z)
        low = one - two - np.hypot(one - here.low, there.high - two)
        high = one - two + np.hypot(here.high - one, two - there.low)
        return np.asarray(np.where(one - two > smallest, low, high))

    z = _meets(end, smallest, rising=one - two <= smallest)
    return np.where(known, ndtr(np.where(one - two > smallest, -z, z)), 1.0)


def means_over(first: Clusters, second: Clusters, smallest: float) -> Floats:
    """p of two means that truly differ, first − second, by no more than `smallest`. 1 where a side has one customer.

    Source: Welch 1947, with linearised variances.
    """
    known = np.minimum(floats(first.n), floats(second.n)) >= 2
    with np.errstate(divide="ignore", invalid="ignore"):
        gap, one, two = first.ratio - second.ratio - smallest, first.variance(), second.variance()
        df = (one + two) ** 2 / (one**2 / first.freedom + two**2 / second.freedom)
        t = np.where(one + two > 0, gap / np.sqrt(one + two), np.where(gap > 0, np.inf, -np.inf))
    return np.where(known, stdtr(np.nan_to_num(df, nan=1.0), -np.nan_to_num(t)), 1.0)


def _meets(end: Callable[[Floats], Floats], goal: float, *, rising: Any) -> Floats:
    """The z ≥ 0 at which the interval's end meets the goal: falling with z, or rising where told."""
    low, high = np.zeros(np.shape(rising)), np.full(np.shape(rising), _FAR)
    for _ in range(_STEPS):
        middle = (low + high) / 2
        reached = np.where(rising, end(middle) >= goal, end(middle) <= goal)
        high, low = np.where(reached, middle, high), np.where(reached, low, middle)
    return (low + high) / 2
