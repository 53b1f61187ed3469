"""How outcomes go with a wait: a dose and its response, read off the journeys that made the move.

Journeys that waited differently may differ otherwise too, so this is what goes with a wait, not what it causes. Where
the data show no dependence, or too few journeys to tell, a changed wait moves nothing but time, and that is said.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import chdtrc

from desireline.measures.codes import Whole
from desireline.scenarios.draws import Floats, draw_means
from desireline.scenarios.edits import Edit
from desireline.scenarios.model import Model
from desireline.scenarios.tally import BINS

GROUPS = 6
ENOUGH = 30
ALPHA = 0.05
BEYOND = 0.1
"""A wait is beyond what was seen when more than this share of journeys would wait shorter or longer than any did."""


@dataclass(frozen=True, eq=False)
class Response:
    """What a changed wait does to an outcome of the journeys that make the move."""

    known: bool
    says: str
    change: Floats  # (1 + draws,), 0 where it is not known
    share: float  # of all journeys (or answers), those that make the move
    groups: tuple[tuple[float, float, float, float, int], ...] = ()  # seconds, value, low, high, n

    @property
    def overall(self) -> Floats:
        """What it does to the outcome of all journeys."""
        return self.change * self.share


def respond(model: Model, edit: Edit, factor: float, outcome: str) -> Response:
    """How "conversion", "back" or "felt" answers when the wait is multiplied by `factor`."""
    bins, x, m = _bins(model, edit, outcome)
    every = {"conversion": model.tally.journeys.sums[:, 1], "back": model.tally.back.sums[:, 0]}
    share = m.sum() / max(every.get(outcome, model.tally.felt.sums[:, 0]).sum(), 1)
    nothing = np.zeros(1 + model.draws)
    if m.sum() < 2 * ENOUGH:
        return Response(False, f"not known: {m.sum():.0f} to go by, {2 * ENOUGH} are needed", nothing, share)
    group = _grouped(m)
    weight, total = (np.bincount(group, column).astype(np.float64) for column in (m, x))
    value = total / weight
    error = np.sqrt(_spread(model, outcome, x.sum() / m.sum()) / weight)
    centre = np.bincount(group, m * (bins + 0.5)) / weight
    told = _told(centre, value, error, weight)
    if len(weight) < 2 or not _differ(value, error):
        return Response(False, "not known: the data show no dependence on this wait", nothing, share, told)
    moved = np.clip(bins + 0.5 + 2 * np.log2(max(factor, 1e-9)), 0, BINS)
    pull = m @ (_between(moved, centre) - _between(bins + 0.5, centre)) / m.sum()
    outside = m[(moved < bins.min()) | (moved > bins.max() + 1)].sum() / m.sum()
    says = "beyond what was seen: taken as at the nearest wait that was" if outside > BEYOND else ""
    return Response(True, says, draw_means(value, error, model.draws, name=5) @ pull, share, told)


def _bins(model: Model, edit: Edit, outcome: str) -> tuple[Floats, Floats, Floats]:
    """Bins of the wait, Σ outcome and how many, where there are any."""
    points = model.states.points
    pair = points.index(edit.place) * len(points) + points.index(edit.to) if edit.place != "start" else -1
    here = model.tally.waits.keys // BINS == pair
    n, success, known, back, answers, level = model.tally.waits.sums[here].T.astype(np.float64)
    x, m = {"conversion": (success, n), "back": (back, known), "felt": (level / 1000, answers)}[outcome]
    some = m > 0
    return (model.tally.waits.keys[here] % BINS)[some].astype(np.float64), x[some], m[some]


def _grouped(m: Floats) -> Whole:
    """A group for each bin: at most six neighbouring ones, of about the same size, each with enough."""
    wanted = int(min(GROUPS, m.sum() // ENOUGH))
    middle = (np.cumsum(m) - m / 2) / m.sum()
    group = np.unique(np.floor(middle * wanted), return_inverse=True)[1]
    while (sizes := np.bincount(group, m)).min() < ENOUGH and len(sizes) > 1:
        small = int(sizes.argmin())
        into = small - 1 if small else 1
        group = np.unique(np.where(group == small, into, group), return_inverse=True)[1]
    return group.astype(np.int64)


def _spread(model: Model, outcome: str, mean: float) -> float:
    """The variance of one journey's (or answer's) outcome."""
    if outcome != "felt":
        return mean * (1 - mean)
    m, x, _, mm, xx, mx = model.tally.felt.sums.sum(axis=0).astype(np.float64)
    ratio = x / m
    return float((xx - 2 * ratio * mx + ratio**2 * mm) / m / 1e6)


def _differ(value: Floats, error: Floats) -> bool:
    """Do the groups differ by more than chance? (χ² of their deviations from the weighted mean.)"""
    if not (error > 0).all():
        return False
    weight = error**-2
    chi = float((weight * (value - (weight @ value) / weight.sum()) ** 2).sum())
    return float(chdtrc(len(value) - 1, chi)) < ALPHA


def _between(at: Floats, centre: Floats) -> Floats:
    """Weights of the groups at each place, linear between their centres; shape (places, groups)."""
    return np.stack([np.interp(at, centre, one) for one in np.eye(len(centre))], axis=1)


def _told(
    centre: Floats, value: Floats, error: Floats, n: Floats
) -> tuple[tuple[float, float, float, float, int], ...]:
    half, seconds = 1.96 * error, 2 ** (centre / 2) - 1
    rows = zip(seconds, value, value - half, value + half, n, strict=True)
    return tuple((float(s), float(v), float(a), float(b), int(m)) for s, v, a, b, m in rows)
