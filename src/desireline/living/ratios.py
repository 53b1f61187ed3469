"""A ratio of two sums before and after, whole customers as the unit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import stdtr, stdtrit

from desireline.living.mix import LEAST_GROUPS
from desireline.measures.clusters import UPPER, Floats


@dataclass(frozen=True)
class Change:
    """After minus before, with its 95 % interval."""

    before: float
    after: float
    low: float
    high: float
    p: float  # of no change, two-sided
    over: float  # of a change in the feared direction no larger than the smallest that matters

    @property
    def value(self) -> float:
        """After minus before."""
        return self.after - self.before


def change_of(reference: Floats, current: Floats, *, smallest: float, falls: bool = False) -> Change | None:
    """The change of Σx / Σm between two tables groups × (x, m); None where too few groups have any.

    `falls`: the feared direction is down. Customers who stand on both sides count as one unit.
    """
    sides = [np.asarray(side, dtype=np.float64) for side in (reference, current)]
    groups = min(int((side[:, 1] > 0).sum()) for side in sides)
    if groups < LEAST_GROUPS:
        return None
    before, after = (float(side[:, 0].sum() / side[:, 1].sum()) for side in sides)
    parts = [
        (side[:, 0] - ratio * side[:, 1]) / side[:, 1].sum() for side, ratio in zip(sides, (before, after), strict=True)
    ]
    own = parts[1] - parts[0]
    error, freedom = float(np.sqrt(len(own) / (len(own) - 1) * (own**2).sum())), groups - 1.0
    feared = (before - after) if falls else (after - before)
    half = float(stdtrit(freedom, UPPER)) * error
    if error == 0:
        return Change(before, after, after - before, after - before, float(after == before), float(feared <= smallest))
    return Change(
        before,
        after,
        after - before - half,
        after - before + half,
        2 * float(stdtr(freedom, -abs(after - before) / error)),
        float(stdtr(freedom, (smallest - feared) / error)),
    )
