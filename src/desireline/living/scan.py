"""When did a mix change? The split of time at which before and after differ most.

Each split's difference is taken in units of what chance alone lets it be, customers as the unit, so that early and
late splits compete fairly.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from desireline.living.mix import Kind
from desireline.measures.clusters import Floats


def best_split(tables: Floats, splits: Sequence[int], kind: Kind) -> int | None:
    """The split (the first slot after it), the earliest of equal ones. `tables`: slots × groups × categories.

    None where no split leaves something on both sides.
    """
    size = np.cumsum(tables.sum(axis=(1, 2)))
    inside = [split for split in splits if 0 < split < len(tables) and 0 < size[split - 1] < size[-1]]
    if len(inside) < 2:
        return inside[0] if inside else None
    whole = tables.sum(axis=(0, 1))
    pooled = whole / whole.sum()
    score = tables - tables.sum(axis=2, keepdims=True) * pooled
    before, total = np.cumsum(score, axis=0), score.sum(axis=0)
    found = []
    for split in inside:
        early, late = before[split - 1], total - before[split - 1]
        found.append(_against_chance(late / (size[-1] - size[split - 1]) - early / size[split - 1], pooled, kind))
    return inside[int(np.argmax(found))]


def _against_chance(parts: Floats, pooled: Floats, kind: Kind) -> float:
    """The squared change by its mean under random signs of the groups' parts."""
    if kind == "KS":
        sums = np.cumsum(parts, axis=1)
        chance = (sums**2).sum(axis=0)
        return float(np.max(sums.sum(axis=0) ** 2 / np.where(chance > 0, chance, 1.0)))
    weight = np.where(pooled > 0, 1 / np.where(pooled > 0, pooled, 1.0), 0.0)
    chance = float((parts**2).sum(axis=0) @ weight)
    return float((parts.sum(axis=0) ** 2) @ weight) / chance if chance > 0 else 0.0
