"""Penalty and reward: does a touchpoint hurt when it is bad more than it pleases when it is good?

Overall satisfaction is regressed on two marks per question, low and high, all questions at once. The slope of low is
the penalty, that of high the reward, in points of the outcome (0–100) against a rating in between.
Source: Brandt 1987; Matzler & Sauerwein 2002, International Journal of Service Industry Management 13, 314–332;
review in Albayrak & Caber 2013, Total Quality Management 24, 1282–1299.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import chdtrc

from desireline.access import may_show
from desireline.measures.clusters import Floats
from desireline.measures.discoveries import q_values
from desireline.voice.counts import say_count
from desireline.voice.drivers.asked import Cuts
from desireline.voice.drivers.importance import slopes
from desireline.voice.drivers.moments import draws, sum_groups, whole
from desireline.voice.drivers.ratings import Ratings
from desireline.voice.estimate import Estimate, estimates

CLASSES = ("frustrator", "dissatisfier", "hybrid", "satisfier", "delighter")
UNCLEAR, NO_EFFECT, REVERSED = "unclear", "no effect shown", "the other way round"
ENOUGH = 30
"""Low ratings, high ones, and ones in between, below which nothing is said."""

_LEVEL = 0.05


@dataclass(frozen=True)
class Asymmetry:
    """What a question's low and high ratings go with."""

    penalty: Estimate
    reward: Estimate
    range: Estimate  # penalty and reward added, signs apart
    asymmetry: Estimate  # −1: only bad ratings matter … +1: only good ones do
    kind: str  # one of CLASSES, UNCLEAR, NO_EFFECT, REVERSED, or "not enough data: …"
    low: int | None  # ratings that were low; None where they are too few to be told
    high: int | None


def contrast(ratings: Ratings, cuts: Cuts) -> list[Asymmetry]:
    """One per driver, in their order."""
    x = ratings.columns[:, :-1]
    low, high = _marks(x, cuts)
    counts = np.nansum(low, axis=0).astype(int), np.nansum(high, axis=0).astype(int)
    between = (~np.isnan(x)).sum(axis=0) - counts[0] - counts[1]
    usable = np.minimum(np.minimum(*counts), between) >= ENOUGH
    if not usable.any():
        return [_too_few(*three) for three in zip(*counts, between, strict=True)]
    found = iter(_contrast(ratings, low[:, usable], high[:, usable], cuts))
    return [
        _counted(next(found), three[:2]) if good else _too_few(*three)
        for good, three in zip(usable, zip(*counts, between, strict=True), strict=True)
    ]


def _contrast(ratings: Ratings, low: Floats, high: Floats, cuts: Cuts) -> list[Asymmetry]:
    k = low.shape[1]
    columns = np.concatenate([low, high, ratings.columns[:, -1:]], axis=1)
    middle = np.nanmean(columns, axis=0)
    drawn = sum_groups(columns - middle, ratings.weights, ratings.customers).drawn(draws())
    correlations, _ = whole(drawn.raw, drawn.n)
    spreads = drawn.spreads
    with np.errstate(divide="ignore", invalid="ignore"):
        effects = slopes(correlations) * spreads[:, -1:] / spreads[:, :-1]
    penalty, reward = effects[:, :k], effects[:, k:]
    hurts, pleases = np.maximum(-penalty, 0), np.maximum(reward, 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        asymmetry = (pleases - hurts) / (pleases + hurts)
    shown = q_values(_nothing_there(penalty, reward)) <= _LEVEL
    parts = (
        estimates(penalty),
        estimates(reward),
        estimates(hurts + pleases, least=0.0),
        _percentiles(asymmetry),
    )
    return [
        Asymmetry(*one, kind=_kind(one[-1], cuts) if some else NO_EFFECT, low=0, high=0)
        for one, some in zip(zip(*parts, strict=True), shown, strict=True)
    ]


def kind_of(asymmetry: float, cuts: Cuts) -> str:
    """The class of an impact asymmetry."""
    return CLASSES[_class(asymmetry, cuts)]


def _class(asymmetry: float, cuts: Cuts) -> int:
    ends = (-cuts.strong, -cuts.hybrid, cuts.hybrid, cuts.strong)
    below = sum(asymmetry >= end for end in ends[:2])
    return below + sum(asymmetry > end for end in ends[2:])


def _kind(asymmetry: Estimate, cuts: Cuts) -> str:
    """The class; unclear where the interval reaches into more than two; reversed where bad ratings please."""
    if np.isnan(asymmetry.value):
        return REVERSED
    first, last = _class(asymmetry.low, cuts), _class(asymmetry.high, cuts)
    return kind_of(asymmetry.value, cuts) if last - first <= 1 else UNCLEAR


def _marks(x: Floats, cuts: Cuts) -> tuple[Floats, Floats]:
    """Low and high as 0 and 1, NaN where there is no rating."""
    if cuts.by == "terciles":
        lower, upper = np.array([_outer_thirds(column[~np.isnan(column)]) for column in x.T]).T
        low, high = x <= lower, x >= upper
    else:
        low, high = x <= cuts.low, x >= cuts.high
    gaps = np.isnan(x)
    return np.where(gaps, np.nan, low), np.where(gaps, np.nan, high)


def _outer_thirds(ratings: Floats) -> tuple[float, float]:
    """Up to where ratings are low and from where they are high: the cuts that come nearest to a third on each side."""
    values, counts = np.unique(ratings, return_counts=True)
    upto = np.cumsum(counts) / max(len(ratings), 1)
    if len(values) < 3:
        return -np.inf, np.inf
    first = int(np.argmin(np.abs(upto[:-2] - 1 / 3)))
    last = first + 2 + int(np.argmin(np.abs(1 - upto[first + 1 : -1] - 1 / 3)))
    return float(values[first]), float(values[last])


def _nothing_there(penalty: Floats, reward: Floats) -> Floats:
    """How likely such effects are when there are none: Wald's test of both at once."""
    found = np.full(penalty.shape[1], np.nan)
    for k in range(penalty.shape[1]):
        both = np.stack([penalty[:, k], reward[:, k]])
        here = both[:, 1:][:, np.isfinite(both[:, 1:]).all(axis=0)]
        if here.shape[1] > 2 and np.isfinite(both[:, 0]).all():
            spread = np.cov(here) + np.eye(2) * 1e-12
            found[k] = chdtrc(2, both[:, 0] @ np.linalg.solve(spread, both[:, 0]))
    return found


def _percentiles(replicates: Floats) -> list[Estimate]:
    """What was found, between the 2.5 and 97.5 % percentiles of the replicates: asymmetry is far from normal."""
    found = []
    for column in replicates.T:
        drawn = column[1:][np.isfinite(column[1:])]
        low, high = np.quantile(drawn, [0.025, 0.975]) if len(drawn) else (np.nan, np.nan)
        found.append(Estimate(float(column[0]), float(low), float(high)))
    return found


def _too_few(low: int, high: int, between: int) -> Asymmetry:
    fewer, word = min((low, "low"), (high, "high"), (between, "middling"))
    nothing = Estimate(np.nan, np.nan, np.nan)
    says = f"not enough data: {say_count(fewer)} {word} ratings of {ENOUGH}"
    return Asymmetry(nothing, nothing, nothing, nothing, says, *(int(n) if may_show(n) else None for n in (low, high)))


def _counted(one: Asymmetry, counts: tuple[int, int]) -> Asymmetry:
    return Asymmetry(one.penalty, one.reward, one.range, one.asymmetry, one.kind, int(counts[0]), int(counts[1]))
