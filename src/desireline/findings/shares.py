"""Shares of customers as effects: one with its interval, two compared, and what two explain beyond one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from desireline.access import SMALL_GROUP
from desireline.findings.finding import Effect
from desireline.measures.clusters import Clusters, Floats
from desireline.measures.codes import Whole
from desireline.measures.differences import difference_of_shares
from desireline.measures.intervals import Z, share_interval


@dataclass(frozen=True)
class Share:
    """A share with its 95 % interval, and of how many customers."""

    value: float
    low: float
    high: float
    n: int

    def effect(self, says: str) -> Effect:
        """As a number of a finding."""
        return Effect(says, self.value, self.low, self.high, "share", self.n)


@dataclass(frozen=True)
class Sides:
    """Two shares, the second as it would be were it mixed like the first, and first − second."""

    first: Share
    second: Share
    gap: tuple[float, float, float]
    strata: int

    def over(self, smallest: float) -> float:
        """p of a difference that is truly no larger than `smallest`: the interval's level, as if its side were normal.

        Where the interval ends at `smallest`, p is 0.025.
        """
        value, low, high = self.gap
        error = (value - low if value > smallest else high - value) / Z
        return float(ndtr((smallest - value) / error))

    def effect(self, says: str) -> Effect:
        """The difference as a number of a finding."""
        return Effect(says, *self.gap, "share", self.first.n, self.second.n)


def share_of(sums: Clusters) -> Share:
    """The share in these sums. There are customers in them."""
    low, high = share_interval(sums)
    return Share(float(sums.ratio), float(low), float(high), int(sums.n))


def in_arrays(sums: Iterable[Clusters]) -> Clusters:
    """Sums of single cells as columns with one number per cell."""
    return Clusters(*(np.array([int(one) for one in column], dtype=np.int64) for column in zip(*sums, strict=True)))


def ones(x: int, n: int) -> Clusters:
    """Sums of n customers with one row each, of whom x have it."""
    return Clusters(n, n, x, n, x, x, n)


def compare_within(first: Mapping[str, Clusters], second: Mapping[str, Clusters]) -> Sides | None:
    """Two shares within the strata that both have, each counting by its part of the first side.

    Strata with fewer than five customers on a side compare nothing; None where none is left. A customer of several
    strata counts in each. Source: direct standardisation (Miettinen 1972, American Journal of Epidemiology 96,
    383–388); intervals are put together by their halves (Zou & Donner 2008, Statistics in Medicine 27, 1693–1702), and
    so are Newcombe's where there is one stratum.
    """
    names = [
        name
        for name in sorted(first.keys() & second.keys())
        if min(int(side[name].n) for side in (first, second)) >= SMALL_GROUP
    ]
    if not names:
        return None
    one, two = (in_arrays(side[name] for name in names) for side in (first, second))
    weight = one.m / one.m.sum()
    return Sides(
        _weighted(one, weight), _weighted(two, weight), _halves(weight, *difference_of_shares(one, two)), len(names)
    )


def _weighted(sums: Clusters, weight: Floats) -> Share:
    value, low, high = _halves(weight, sums.ratio, *share_interval(sums))
    return Share(value, low, high, int(sums.n.sum()))


def _halves(weight: Floats, value: Floats, low: Floats, high: Floats) -> tuple[float, float, float]:
    """Weighted sums with intervals."""
    middle = float((weight * value).sum())
    below, above = (float(np.sqrt((weight**2 * (value - end) ** 2).sum())) for end in (low, high))
    return middle, middle - below, middle + above


def gain(x: Whole, m: Whole, other_x: Whole, other_m: Whole) -> Floats:
    """What two shares explain beyond one, in log-likelihood of the binomial law."""
    return _fit(x, m) + _fit(other_x, other_m) - _fit(x + other_x, m + other_m)


def _fit(x: Whole, m: Whole) -> Floats:
    of = np.maximum(m, 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        yes = np.where(x > 0, x * np.log(x / of), 0.0)
        no = np.where(x < m, (m - x) * np.log1p(-x / of), 0.0)
    return np.asarray(yes + no)
