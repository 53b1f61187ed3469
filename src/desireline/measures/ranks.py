"""Ranks at which an order statistic lies below a quantile with a given probability, for many sample sizes at once."""

from __future__ import annotations

import numpy as np
from scipy.special import betainc

from desireline.measures.clusters import Floats

_EDGE = 1e-9
_NEAR = 4e-16  # relative to the rank
_ROUNDS = 100


def rank_at(q: float, n: Floats, tail: float) -> Floats:
    """The real rank r, 0 < r < n + 1, with I_q(r, n − r + 1) = tail.

    Source of the search: Chandrupatla 1997, Advances in Engineering Software 28, 145–149: inverse quadratic steps
    where they are safe, else halves.
    """
    a, b = np.full(n.shape, _EDGE), n + 1 - _EDGE
    value_a, value_b = _missed(a, q, n, tail), _missed(b, q, n, tail)
    step = np.full(n.shape, 0.5)
    best = a.copy()
    for _ in range(_ROUNDS):
        middle = a + step * (b - a)
        value = _missed(middle, q, n, tail)
        same = np.sign(value) == np.sign(value_a)
        c, value_c = np.where(same, a, b), np.where(same, value_a, value_b)
        b, value_b = np.where(same, b, a), np.where(same, value_b, value_a)
        a, value_a = middle, value
        nearer = np.abs(value_a) < np.abs(value_b)
        best = np.where(nearer, a, b)
        apart = np.maximum(np.abs(b - a), 1e-300)
        if bool(((apart <= 2 * _NEAR * best) | (value_a == 0) | (value_b == 0)).all()):
            break
        room = np.minimum(0.5 * _NEAR * best / apart, 0.5)
        step = np.clip(_step(a, b, c, value_a, value_b, value_c), room, 1 - room)
    return best


def _missed(rank: Floats, q: float, n: Floats, tail: float) -> Floats:
    return np.asarray(betainc(rank, n - rank + 1, q) - tail, dtype=np.float64)


def _step(a: Floats, b: Floats, c: Floats, fa: Floats, fb: Floats, fc: Floats) -> Floats:
    """How far from a to b to look next."""
    with np.errstate(divide="ignore", invalid="ignore"):
        place = (a - b) / (c - b)
        share = (fa - fb) / (fc - fb)
        safe = (share**2 < place) & ((1 - share) ** 2 < 1 - place)
        found = fa / (fb - fa) * fc / (fb - fc) + (c - a) / (b - a) * fa / (fc - fa) * fb / (fc - fb)
    return np.where(safe & np.isfinite(found), found, 0.5)
