"""How far two sides are apart in what they feel: as a whole, or within what they are compared within.

Levels run from −2 to +2. Where sides are compared within channels or personas, each stratum in which both have five
customers counts by how well it is known, so that a difference of mixture is no difference of treatment. Answers are
rounded to steps of their scale; where all agree, what the rounding may hide is left as doubt.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import stdtr, stdtrit

from desireline.access import SMALL_GROUP
from desireline.findings.scales import STAR
from desireline.measures.clusters import UPPER, Clusters, Floats
from desireline.measures.voice import PARTS


@dataclass(frozen=True)
class Mean:
    """A mean level."""

    value: float
    error: float  # standard error, customers as the unit; 0 of a level that is given
    freedom: float
    n: int  # customers; 0 of a level that is given

    @property
    def interval(self) -> tuple[float, float, float]:
        """Value, low and high."""
        half = float(stdtrit(self.freedom, UPPER)) * self.error if self.error > 0 else 0.0
        return self.value, self.value - half, self.value + half


@dataclass(frozen=True)
class Gap:
    """First minus second, in levels; one of both has an error."""

    first: Mean
    second: Mean
    strata: int = 1  # within which they were compared

    @property
    def value(self) -> float:
        """How much higher the first is."""
        return self.first.value - self.second.value

    @property
    def error(self) -> float:
        """Its standard error."""
        return float(np.hypot(self.first.error, self.second.error))

    @property
    def freedom(self) -> float:
        """Degrees of freedom. Source: Welch 1947, Biometrika 34, 28–35."""
        parts = sum(one.error**4 / one.freedom for one in (self.first, self.second))
        return float(self.error**4 / parts)

    @property
    def interval(self) -> tuple[float, float, float]:
        """Value, low and high."""
        return Mean(self.value, self.error, self.freedom, self.first.n).interval

    def below(self, smallest: float) -> float:
        """p of the first being truly no more than `smallest` below the second."""
        return self._tail(-self.value - smallest)

    def apart(self, smallest: float) -> float:
        """p of both being truly no more than `smallest` apart, whichever way."""
        return min(1.0, 2 * self._tail(abs(self.value) - smallest))

    @property
    def gain(self) -> float:
        """How much better two means explain the answers than one, in log-likelihood."""
        return 0.5 * (self.value / self.error) ** 2

    def _tail(self, beyond: float) -> float:
        return float(stdtr(self.freedom, -beyond / self.error))


def mean_of(sums: Clusters, *, step: float = STAR) -> Mean | None:
    """The mean of answers on a scale with this step, in levels; None with fewer than two customers."""
    return _weighted([sums], np.ones(1), step=step) if int(sums.n) >= 2 else None


def against(mean: Mean, level: float) -> Gap:
    """A mean against a level that is given."""
    return Gap(mean, Mean(level, 0.0, np.inf, 0))


def between(first: Clusters, second: Clusters, *, step: float = STAR) -> Gap | None:
    """Two means; None where a side has fewer than two customers."""
    one, two = mean_of(first, step=step), mean_of(second, step=step)
    return Gap(one, two) if one and two else None


def within(first: Mapping[str, Clusters], second: Mapping[str, Clusters], *, step: float = STAR) -> Gap | None:
    """Two means within strata that both have, as they would be if both were mixed alike.

    None where no stratum has five customers of each.
    """
    pairs = [(first[name], second[name]) for name in sorted(first.keys() & second.keys())]
    pairs = [pair for pair in pairs if min(int(side.n) for side in pair) >= SMALL_GROUP]
    if not pairs:
        return None
    weight = np.array([float(a.m) * float(b.m) / (float(a.m) + float(b.m)) for a, b in pairs])
    one, two = (_weighted([pair[k] for pair in pairs], weight / weight.sum(), step=step) for k in (0, 1))
    return Gap(one, two, len(pairs))


def _weighted(sums: Sequence[Clusters], weight: Floats, *, step: float) -> Mean:
    """The mean of the strata, each by its weight. Two customers or more in each."""
    even, freedom = (np.array([float(getattr(one, name)) for one in sums]) for name in ("even", "freedom"))
    seen = np.array([float(one.variance()) for one in sums]) / PARTS**2
    # Sheppard 1898: what lies within a step of the scale has a variance of a twelfth of its square.
    terms = weight**2 * np.maximum(seen, step**2 / 12 / even)
    total = float(terms.sum())
    value = float(sum(w * float(one.ratio) for w, one in zip(weight, sums, strict=True))) / PARTS
    return Mean(value, total**0.5, total**2 / float((terms**2 / freedom).sum()), sum(int(one.n) for one in sums))
