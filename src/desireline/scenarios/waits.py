"""How outcomes go with a wait: a dose and its response, read off the journeys that made the move.

Journeys that waited differently may differ otherwise too, so this is what goes with a wait, not what it causes. Where
the data show no dependence, or too few customers to tell, a changed wait moves nothing but time, and that is said.
Customers are the unit: several journeys of one count for less than as many journeys of different ones (design effect).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import chdtrc

from desireline.access import SMALL_GROUP
from desireline.measures.codes import Whole
from desireline.measures.intervals import Z, wilson
from desireline.scenarios.draws import Floats, draw_means
from desireline.scenarios.edits import Edit
from desireline.scenarios.model import Model
from desireline.scenarios.tally import BINS, WAITED

GROUPS = 6
ENOUGH = 30  # customers
FARTHEST = 2.0  # level
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
    groups: tuple[tuple[float, float, float, float, int], ...] = ()  # seconds, value, low, high, customers

    @property
    def overall(self) -> Floats:
        """What it does to the outcome of all journeys."""
        return self.change * self.share


def respond(model: Model, edit: Edit, factor: float, outcome: str) -> Response:
    """How "conversion", "back" or "felt" answers when the wait is multiplied by `factor`."""
    seen = _Seen.of(model, edit, outcome)
    bins, x, m, n = seen.bins, seen.x, seen.m, int(seen.customers.sum())
    every = {"conversion": model.tally.journeys.sums[:, 1], "back": model.tally.back.sums[:, 0]}
    share = m.sum() / max(every.get(outcome, model.tally.felt.sums[:, 0]).sum(), 1)
    nothing = np.zeros(1 + model.draws)
    if n < 2 * ENOUGH:
        many = f"fewer than {SMALL_GROUP}" if 0 < n < SMALL_GROUP else str(n)
        return Response(False, f"not known: {many} customers to go by, {2 * ENOUGH} are needed", nothing, share)
    group = _grouped(m, seen.customers)
    weight, total = (np.bincount(group, column).astype(np.float64) for column in (m, x))
    value = total / weight
    error = np.sqrt(seen.spread / weight)
    centre = np.bincount(group, m * (bins + 0.5)) / weight
    customers = np.bincount(group, seen.customers).astype(np.float64)
    told = _told(seen, centre, value, weight, customers=customers)
    if len(weight) < 2 or not _differ(value, error):
        return Response(False, "not known: the data show no dependence on this wait", nothing, share, told)
    moved = np.clip(bins + 0.5 + 2 * np.log2(max(factor, 1e-9)), 0, BINS)
    pull = m @ (_between(moved, centre) - _between(bins + 0.5, centre)) / m.sum()
    outside = m[(moved < bins.min()) | (moved > bins.max() + 1)].sum() / m.sum()
    says = "beyond what was seen: taken as at the nearest wait that was" if outside > BEYOND else ""
    drawn = draw_means(value, error, model.draws, name=5)
    most, least = (FARTHEST, -FARTHEST) if outcome == "felt" else (1.0, 0.0)
    return Response(True, says, np.clip(drawn, least, most) @ pull, share, told)


@dataclass(frozen=True, eq=False)
class _Seen:
    """The waits that were seen, by bin: m journeys (or answers), Σ outcome, customers, and Σm², Σx², Σmx over them."""

    share: bool  # the outcome is a share; else a level
    bins: Floats
    m: Floats
    x: Floats
    customers: Floats  # each in the bin of its first wait: of neighbouring bins, no customer counts twice
    mm: Floats
    xx: Floats
    mx: Floats

    @classmethod
    def of(cls, model: Model, edit: Edit, outcome: str) -> _Seen:
        points, which = model.states.points, WAITED.index(outcome)
        pair = points.index(edit.place) * len(points) + points.index(edit.to) if edit.place in points else -1
        here = model.tally.waits.where(model.tally.waits.keys // BINS == pair)
        here = here.where(here.sums[:, 2 * which] > 0)
        unit = 1000.0 if outcome == "felt" else 1.0
        m, x = here.sums[:, 2 * which : 2 * which + 2].T.astype(np.float64)
        customers, mm, xx, mx = here.sums[:, 6 + 4 * which : 10 + 4 * which].T.astype(np.float64)
        bins = (here.keys % BINS).astype(np.float64)
        return cls(outcome != "felt", bins, m, x / unit, customers, mm, xx / unit**2, mx / unit)

    @property
    def spread(self) -> float:
        """What the variance of a mean is, times its journeys (or answers): that of one, if all were independent."""
        mean = self.x.sum() / self.m.sum()
        found = float((self.xx - 2 * mean * self.mx + mean**2 * self.mm).sum() / self.m.sum())
        return max(found, mean * (1 - mean)) if self.share else max(found, 0.0)

    @property
    def effect(self) -> float:
        """How many journeys are worth one of a customer with no other, for a share; at least 1."""
        mean = self.x.sum() / self.m.sum()
        return self.spread / (mean * (1 - mean)) if 0 < mean < 1 else float(self.mm.sum() / self.m.sum())


def _grouped(m: Floats, customers: Floats) -> Whole:
    """A group for each bin: at most six neighbouring ones, of about the same size, each with enough customers."""
    wanted = int(min(GROUPS, customers.sum() // ENOUGH))
    middle = (np.cumsum(m) - m / 2) / m.sum()
    group = np.unique(np.floor(middle * wanted), return_inverse=True)[1]
    while (sizes := np.bincount(group, customers)).min() < ENOUGH and len(sizes) > 1:
        small = int(sizes.argmin())
        into = small - 1 if small else 1
        group = np.unique(np.where(group == small, into, group), return_inverse=True)[1]
    return group.astype(np.int64)


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
    seen: _Seen, centre: Floats, value: Floats, weight: Floats, *, customers: Floats
) -> tuple[tuple[float, float, float, float, int], ...]:
    half, seconds = Z * np.sqrt(seen.spread / weight), 2 ** (centre / 2) - 1
    low, high = (np.clip(one, -FARTHEST, FARTHEST) for one in (value - half, value + half))
    if seen.share:
        low, high = wilson(value, weight / seen.effect)
    rows = zip(seconds, value, low, high, customers, strict=True)
    return tuple((float(s), float(v), float(a), float(b), int(n)) for s, v, a, b, n in rows)
