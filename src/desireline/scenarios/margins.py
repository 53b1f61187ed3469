"""Margins: shares of several rows are moved together until they come to what is asked for in all.

Each row moves by the same odds (iterative proportional fitting: the least change that has the asked margins. Deming and
Stephan 1940, Annals of Mathematical Statistics 11, 427–444).
"""

from __future__ import annotations

import numpy as np

from desireline.scenarios.draws import Floats

ROUNDS = 200
NEWTON = 60
FARTHEST = 50.0
CLOSE = 1e-10
_SEED = 1e-9


def refit(shares: Floats, weights: Floats, targets: Floats) -> Floats:
    """Shares (draws, rows, kinds), moved by common odds until their weighted means are `targets` (draws, kinds).

    Rows sum to one. A kind that has no share at all and is to have one gets it in every row alike.
    """
    weights = weights / weights.sum()
    lacking = (weights @ shares <= 0) & (targets > 0)
    found = np.where(lacking[:, None, :], _SEED, shares)
    if shares.shape[1] == 1:
        return np.broadcast_to(targets[:, None, :], shares.shape).copy()
    if shares.shape[2] == 2:
        yes = _odds(found, weights, targets[:, 0])
        return np.stack([yes, 1 - yes], axis=2)
    fitted = _scaled(found, weights, targets)
    if np.abs(weights @ fitted - targets).max() < CLOSE:
        return fitted
    return _scaled(np.where((found <= 0) & (targets > 0)[:, None, :], _SEED, found), weights, targets)


def _scaled(shares: Floats, weights: Floats, targets: Floats) -> Floats:
    """Three kinds or more: scaled to the margins and back to one, by turns. A row left with nothing does as asked."""
    found = shares
    for _ in range(ROUNDS):
        found = found * over(targets, weights @ found)[:, None, :]
        sums = found.sum(axis=2, keepdims=True)
        found = np.where(sums > 0, over(found, sums), targets[:, None, :])
        if np.abs(weights @ found - targets).max() < CLOSE:
            break
    return found


def _odds(shares: Floats, weights: Floats, targets: Floats) -> Floats:
    """The first of two kinds, moved by one factor of its odds for all rows of a draw (Newton's method)."""
    yes, no = (_enough(shares[:, :, kind], weights, wanted) for kind, wanted in enumerate((targets, 1 - targets)))
    factor = np.zeros(len(shares))  # its logarithm
    for _ in range(NEWTON):
        more = yes * np.exp(factor)[:, None]
        found = over(more, more + no)
        off = found @ weights - targets
        if np.abs(off).max() < CLOSE:
            break
        slope = np.maximum((found * (1 - found)) @ weights, _SEED)
        factor = np.clip(factor - np.clip(off / slope, -2, 2), -FARTHEST, FARTHEST)
    found = np.where((targets <= 0)[:, None], 0.0, found)
    return np.where((targets >= 1)[:, None], 1.0, found)


def _enough(shares: Floats, weights: Floats, targets: Floats) -> Floats:
    """The shares of a kind; rows without any get a trace of it where the others alone cannot come to the target."""
    lacking = (shares > 0) @ weights < targets + CLOSE
    return np.where(lacking[:, None] & (shares <= 0), _SEED, shares)


def over(above: Floats, below: Floats) -> Floats:
    """above / below, and 0 where there is nothing below."""
    found: Floats = np.divide(
        above, below, out=np.zeros(np.broadcast_shapes(above.shape, below.shape)), where=below > 0
    )
    return found
