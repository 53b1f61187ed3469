"""How far two sides are apart in what they feel: as a whole, or within what they are compared within.

Levels run from −2 to +2. Where sides are compared within channels or personas, each stratum in which both have five
customers counts by how well it is known, so that a difference of mixture is no difference of treatment.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from scipy.special import stdtr, stdtrit

from desireline.access import SMALL_GROUP
from desireline.findings.gather.voiced import TEXTS
from desireline.measures.clusters import UPPER, Clusters
from desireline.measures.voice import FEELING_RANGE, LOWEST_FEELING, PARTS


@dataclass(frozen=True)
class Gap:
    """First minus second, in levels."""

    value: float
    error: float  # standard error, customers as the unit
    freedom: float
    n: int
    n_other: int

    @property
    def interval(self) -> tuple[float, float, float]:
        """Value, low and high."""
        half = float(stdtrit(self.freedom, UPPER)) * self.error
        return self.value, self.value - half, self.value + half

    def below(self, smallest: float) -> float:
        """p of the first being truly no more than `smallest` below the second."""
        return self._tail(-self.value - smallest)

    def apart(self, smallest: float) -> float:
        """p of both being truly no more than `smallest` apart, whichever way."""
        return min(1.0, 2 * self._tail(abs(self.value) - smallest))

    @property
    def gain(self) -> float:
        """How much better two means explain the answers than one, in log-likelihood."""
        return min(0.5 * (self.value / self.error) ** 2, 1e6) if self.error > 0 else 0.0

    def _tail(self, beyond: float) -> float:
        if self.error <= 0:
            return 0.0 if beyond > 0 else 1.0
        return float(stdtr(self.freedom, -beyond / self.error))


def against(sums: Clusters, level: float) -> Gap | None:
    """A mean against a level that is given; None with fewer than two customers."""
    if int(sums.n) < 2:
        return None
    value = float(sums.ratio) / PARTS - level
    return Gap(value, float(np.sqrt(sums.variance())) / PARTS, float(sums.freedom), int(sums.n), 0)


def between(first: Clusters, second: Clusters) -> Gap | None:
    """Two means, by Welch's t; None where a side has fewer than two customers."""
    if min(int(first.n), int(second.n)) < 2:
        return None
    return _pooled([(first, second)])


def within(first: Mapping[str, Clusters], second: Mapping[str, Clusters]) -> Gap | None:
    """Two means within strata that both have; None where no stratum has five customers of each."""
    pairs = [(first[name], second[name]) for name in sorted(first.keys() & second.keys())]
    return _pooled([pair for pair in pairs if min(int(side.n) for side in pair) >= SMALL_GROUP])


def together(sums: Iterable[Clusters]) -> Clusters | None:
    """Groups of different customers as one; None of none."""
    many = list(sums)
    return (
        Clusters(*(np.int64(sum(int(one) for one in column)) for column in zip(*many, strict=True))) if many else None
    )


def _pooled(pairs: list[tuple[Clusters, Clusters]]) -> Gap | None:
    if not pairs:
        return None
    weight = np.array([float(a.m) * float(b.m) / (float(a.m) + float(b.m)) for a, b in pairs])
    weight /= weight.sum()
    value = float(sum(w * (float(a.ratio) - float(b.ratio)) for w, (a, b) in zip(weight, pairs, strict=True))) / PARTS
    terms = np.array([w * w * float(s.variance()) for w, pair in zip(weight, pairs, strict=True) for s in pair])
    freedom = np.array([float(side.freedom) for pair in pairs for side in pair])
    total = float(terms.sum())
    df = total**2 / float((terms**2 / freedom).sum()) if total > 0 else 1.0
    n, other = (sum(int(pair[k].n) for pair in pairs) for k in (0, 1))
    return Gap(value, float(np.sqrt(total)) / PARTS, df, n, other)


def shrunk(gaps: list[Gap]) -> list[float]:
    """The values moved towards 0 by as much as chance alone makes them differ, for ranking.

    By the moments of DerSimonian and Laird 1986 around 0; where they differ no more than by chance, all are 0.
    """
    value = np.array([one.value for one in gaps])
    noise = np.maximum(np.array([one.error for one in gaps]), 1e-9) ** 2
    true = max(float((value**2 - noise).mean()), 0.0) if gaps else 0.0
    return [float(v * true / (true + s)) for v, s in zip(value, noise, strict=True)]


def ends(scale: str) -> tuple[float, float]:
    """The worst and the best end of a scale; −2 and +2 for feelings read in texts."""
    worst, _, best = scale.partition(":")[2].partition("–")
    if scale == TEXTS or not best:
        return LOWEST_FEELING, LOWEST_FEELING + FEELING_RANGE
    return float(worst), float(best)


def on_scale(level: float, scale: str) -> float:
    """A level as a number on its own scale."""
    worst, best = ends(scale)
    return worst + (level - LOWEST_FEELING) / FEELING_RANGE * (best - worst)


def stretched(gap: float, scale: str) -> float:
    """A difference of levels as one on the scale, more being better."""
    worst, best = ends(scale)
    return gap / FEELING_RANGE * abs(best - worst)


def unit_of(scale: str) -> str:
    """The unit in which findings tell the scale."""
    return "level" if scale == TEXTS else scale


def say_score(level: float, scale: str) -> str:
    """“2.9 of 5”, or a feeling with its sign where it was read in texts.

    >>> say_score(-0.1, "score:1–5"), say_score(-0.1, TEXTS)
    ('2.9 of 5', '−0.1 (of −2 to +2)')
    """
    if scale == TEXTS:
        return f"{level:+.1f} (of −2 to +2)".replace("-", "−")
    worst, best = ends(scale)
    top = f"{best:g}" if best > worst else f"{best:g} (best) to {worst:g}"
    return f"{on_scale(level, scale):.1f} of {top}"
