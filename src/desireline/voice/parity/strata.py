"""Two sides compared within strata: common odds ratio, common difference, and whether strata agree.

All take four arrays with one number per stratum: successes and rows of one side, successes and rows of the other.
Strata in which a side has no rows compare nothing and do not count.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.special import chdtrc, ndtr

from desireline.measures.clusters import Floats
from desireline.measures.intervals import Z
from desireline.voice.estimate import Estimate


class Tables(NamedTuple):
    """One 2 × 2 table per stratum."""

    x1: Floats
    n1: Floats
    x0: Floats
    n0: Floats

    def comparable(self) -> Tables:
        """Without the strata in which a side has no rows."""
        both = (self.n1 > 0) & (self.n0 > 0)
        return Tables(*(one[both] for one in self))

    @property
    def weights(self) -> Floats:
        """Mantel and Haenszel's weight of each stratum."""
        return self.n1 * self.n0 / (self.n1 + self.n0)

    def smoothed(self) -> Tables:
        """With one success and one failure more on each side, spread over the strata by weight.

        Without it, sides on which all went well would be certain of it after five customers.
        Source: Agresti & Caffo 2000, The American Statistician 54, 280–288.
        """
        more = self.weights / self.weights.sum()
        return Tables(self.x1 + more, self.n1 + 2 * more, self.x0 + more, self.n0 + 2 * more)


def common_difference(tables: Tables) -> float:
    """The Mantel–Haenszel difference of shares, first side minus second."""
    w = tables.weights
    return float((w * (tables.x1 / tables.n1 - tables.x0 / tables.n0)).sum() / w.sum())


def variance_of_difference(tables: Tables) -> float:
    """The variance of the common difference; good for few large strata and for many small ones.

    Source: Sato 1989, Biometrics 45, 1323–1324, on Greenland & Robins 1985, Biometrics 41, 55–68.
    """
    x1, n1, x0, n0 = tables
    n = n1 + n0
    p = (n1**2 * x0 - n0**2 * x1 + n1 * n0 * (n0 - n1) / 2) / n**2
    q = (x1 * (n0 - x0) + x0 * (n1 - x1)) / (2 * n)
    return float((common_difference(tables) * p.sum() + q.sum()) / tables.weights.sum() ** 2)


def no_difference(tables: Tables, *, design: float = 1.0) -> float:
    """p of the Cochran–Mantel–Haenszel test, without continuity correction, its chi² divided by the design effect."""
    x1, n1, x0, n0 = tables
    n, x = n1 + n0, x1 + x0
    more = (x1 - n1 * x / n).sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.where(n > 1, n1 * n0 * x * (n - x) / (n**2 * (n - 1)), 0.0).sum()
    return float(chdtrc(1, more**2 / spread / design)) if spread > 0 else 1.0


def common_odds(tables: Tables, *, design: float = 1.0) -> Estimate:
    """The Mantel–Haenszel odds ratio with its interval; NaN where it cannot be known.

    Source: Robins, Breslow & Greenland 1986, Biometrics 42, 311–323.
    """
    x1, n1, x0, n0 = tables
    n = n1 + n0
    r, s = x1 * (n0 - x0) / n, x0 * (n1 - x1) / n
    if r.sum() == 0 or s.sum() == 0:
        return Estimate(np.nan, np.nan, np.nan)
    p, q = (x1 + n0 - x0) / n, (x0 + n1 - x1) / n
    spread = (
        (p * r).sum() / (2 * r.sum() ** 2)
        + (p * s + q * r).sum() / (2 * r.sum() * s.sum())
        + (q * s).sum() / (2 * s.sum() ** 2)
    )
    ratio, half = float(r.sum() / s.sum()), float(np.exp(Z * np.sqrt(spread * design)))
    return Estimate(ratio, ratio / half, ratio * half)


def strata_agree(tables: Tables, *, design: float = 1.0) -> float:
    """p of the Breslow–Day test that all strata have the same odds ratio; NaN with fewer than two that can tell.

    Source: Breslow & Day 1980, Statistical Methods in Cancer Research I, 142–146.
    """
    odds = common_odds(tables).value
    told = (tables.x1 + tables.x0 > 0) & (tables.x1 + tables.x0 < tables.n1 + tables.n0)
    if np.isnan(odds) or told.sum() < 2:
        return np.nan
    x1, n1, x0, n0 = (one[told] for one in tables)
    expected = _expected(x1 + x0, n1, n0, odds)
    parts = (expected, x1 + x0 - expected, n1 - expected, n0 - x1 - x0 + expected)
    spread = 1 / sum(1 / part for part in parts)
    return float(chdtrc(told.sum() - 1, ((x1 - expected) ** 2 / spread).sum() / design))


def equivalence(difference: float, error: float, margin: float) -> float:
    """p of the claim that the truth lies within the margin: the greater of two one-sided tests.

    Source: Schuirmann 1987, Journal of Pharmacokinetics and Biopharmaceutics 15, 657–680.
    """
    if error <= 0:
        return 0.0 if abs(difference) < margin else 1.0
    return float(1 - ndtr((margin - abs(difference)) / error))


def _expected(x: Floats, n1: Floats, n0: Floats, odds: float) -> Floats:
    """Successes of the first side at this odds ratio, the margins held."""
    if abs(odds - 1) < 1e-12:
        return n1 * x / (n1 + n0)
    a, b, c = 1 - odds, n0 - x + odds * (n1 + x), -odds * x * n1
    root = np.sqrt(b * b - 4 * a * c)
    first, second = (-b + root) / (2 * a), (-b - root) / (2 * a)
    inside = (first >= np.maximum(0, x - n0) - 1e-9) & (first <= np.minimum(x, n1) + 1e-9)
    return np.where(inside, first, second)
