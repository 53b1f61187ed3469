"""Raking: weights are changed as little as possible until the answers' groups have the shares that are known.

Iterative proportional fitting. Source: Deming & Stephan 1940, Annals of Mathematical Statistics 11, 427–444;
trimming after each round: Battaglia, Hoaglin & Frankel 2009, Survey Practice 2(5).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum
from typing import Final

import numpy as np
import numpy.typing as npt

from desireline.errors import SharesUnmet
from desireline.measures.clusters import Floats

ROUNDS: Final = 2000
MET: Final = 1e-10
"""How far a share may be off."""
WHOLE: Final = 1e-6
"""How far shares may add up to something else than 1."""

Margins = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, eq=False)
class Raked:
    """Weights with a mean of 1, in the order of the rows, and how it went."""

    weights: Floats
    rounds: int
    off: float  # the largest distance of a share from what it should be
    trimmed: int = 0  # rows whose weight was cut

    @property
    def n_eff(self) -> float:
        """How many rows of equal weight are worth as much: (Σw)² / Σw² (Kish 1965)."""
        return effective(self.weights)

    @property
    def design_effect(self) -> float:
        """Rows per row that counts."""
        return len(self.weights) / self.n_eff if len(self.weights) else float("nan")


def effective(weights: Floats) -> float:
    """(Σw)² / Σw²; 0 without weights."""
    squares = fsum(weights * weights)
    return fsum(weights) ** 2 / squares if squares else 0.0


def rake(
    groups: Mapping[str, Sequence[str]], margins: Margins, *, start: Floats | None = None, trim: float | None = None
) -> Raked:
    """Weights under which each margin's groups have their known shares, to 1e-9.

    `groups` holds for each margin the group of each row, "" where it is not known: such rows keep what the
    other margins say of them, and shares are those of the known ones. `start`: weights to begin with, above 0.
    `trim`: no weight may be larger than so many times the mean, and shares are then met as nearly as that
    allows. Raises SharesUnmet, which names the margin and the group.
    """
    rows = len(next(iter(groups.values()), ()))
    begin = np.ones(rows) if start is None else np.asarray(start, dtype=np.float64)
    codes = {name: _numbered(name, groups[name], wanted) for name, wanted in margins.items()}
    if not rows or not codes:
        return Raked(begin, 0, 0.0)
    # Rows of the same groups are scaled alike, so whole cells are fitted; their order is that of the groups.
    cells, which = np.unique(np.stack(list(codes.values()), axis=1), axis=0, return_inverse=True)
    which = which.reshape(-1)
    fitted = _Fit(
        cells, [np.array(list(wanted.values())) / sum(wanted.values()) for wanted in margins.values()], list(margins)
    )
    mass = _mass(which, begin)
    factor, rounds, off = fitted.run(mass)
    weights = _to_mean_one(begin * factor[which])
    if trim is None:
        if off > 10 * MET:
            raise SharesUnmet.slow(fitted.worst(mass * factor), off)
        return Raked(weights, rounds, off)
    return _trim(weights, which, fitted, trim=trim)


@dataclass(frozen=True, eq=False)
class _Fit:
    """Cells, and the shares that the margins should have."""

    cells: npt.NDArray[np.int64]  # (cells, margins): the group of each, −1 where it is not known
    wanted: list[Floats]
    names: list[str]

    def run(self, mass: Floats) -> tuple[Floats, int, float]:
        """The factor of each cell, how many rounds it took, and how far the shares are off."""
        factor, off = np.ones(len(mass)), np.inf
        for done in range(1, ROUNDS + 1):
            for margin, wanted in enumerate(self.wanted):
                group = self.cells[:, margin]
                known = group >= 0
                have = np.bincount(group[known], (mass * factor)[known], minlength=len(wanted))
                scale = wanted * have.sum() / np.where(have > 0, have, 1.0)
                factor[known] *= scale[group[known]]
            off = self.off(mass * factor)
            if off <= MET:
                return factor, done, off
        return factor, ROUNDS, off

    def off(self, mass: Floats) -> float:
        """The largest distance of a share from what it should be."""
        return max(
            float(np.abs(self._shares(mass, margin) - wanted).max()) for margin, wanted in enumerate(self.wanted)
        )

    def worst(self, mass: Floats) -> str:
        """The margin that is farthest off."""
        far = [float(np.abs(self._shares(mass, margin) - wanted).max()) for margin, wanted in enumerate(self.wanted)]
        return self.names[int(np.argmax(far))]

    def _shares(self, mass: Floats, margin: int) -> Floats:
        group = self.cells[:, margin]
        known = group >= 0
        have = np.bincount(group[known], mass[known], minlength=len(self.wanted[margin]))
        shares: Floats = have / have.sum()
        return shares


def _numbered(margin: str, groups: Sequence[str], wanted: Mapping[str, float]) -> npt.NDArray[np.int64]:
    """Each row's group as a number in the order of the shares; −1 where it is not known."""
    if any(share < 0 for share in wanted.values()) or abs(sum(wanted.values()) - 1) > WHOLE:
        raise SharesUnmet.sum(margin, sum(wanted.values()))
    there = set(groups) - {""}
    for group, share in wanted.items():
        if group not in there and share > 0:
            raise SharesUnmet.nobody(margin, group, sorted(there))
    for group in sorted(there):
        if wanted.get(group, 0.0) <= 0:
            raise SharesUnmet.unnamed(margin, group, list(wanted))
    number = {group: place for place, group in enumerate(wanted)} | {"": -1}
    return np.array([number[group] for group in groups], dtype=np.int64)


def _trim(weights: Floats, which: npt.NDArray[np.int64], fitted: _Fit, *, trim: float) -> Raked:
    """Cut and fit again, in turns; a last cut, so that no weight is too large."""
    most = max(trim, 1.0)
    for _ in range(50):
        if weights.max() <= most * (1 + 1e-9):
            break
        weights = np.minimum(weights, most)
        mass = _mass(which, weights)
        factor, _, _ = fitted.run(mass)
        weights = _to_mean_one(weights * factor[which])
    cut = np.minimum(weights, most)
    mass = _mass(which, cut)
    return Raked(cut, 0, fitted.off(mass), int((cut >= most * (1 - 1e-9)).sum()))


def _mass(which: npt.NDArray[np.int64], weights: Floats) -> Floats:
    """The weight of each cell."""
    return np.bincount(which, weights).astype(np.float64)


def _to_mean_one(weights: Floats) -> Floats:
    scaled: Floats = weights * (len(weights) / fsum(weights))
    return scaled
