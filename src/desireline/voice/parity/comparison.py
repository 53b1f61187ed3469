"""One side against the others at one place: difference, its error with customers as the unit, and both tests."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy.special import ndtr, stdtr, stdtrit

from desireline.measures.clusters import UPPER, Floats, floats
from desireline.measures.codes import Flags, Whole
from desireline.measures.intervals import Z
from desireline.voice.estimate import Estimate
from desireline.voice.parity.strata import (
    Tables,
    common_difference,
    common_odds,
    equivalence,
    no_difference,
    strata_agree,
    variance_of_difference,
)

_UNKNOWN = Estimate(np.nan, np.nan, np.nan)
_EQUIVALENCE_Z = 1.6448536269514722  # one-sided 5 %
_POWER_Z = 1.2815515655446004  # power 0.9


@dataclass(frozen=True)
class Compared:
    """The tests of one comparison; differences are the side minus the others."""

    difference: Estimate
    odds: Estimate  # common odds ratio; NaN for means
    strata: int  # in which both sides were seen
    agree: float  # p of the test that strata agree; NaN where there is nothing to tell
    design: float  # how many times wider customers with several rows make the variance
    different_p: float
    same_p: float
    needed: int | None  # rows per side that would settle it; None where it cannot be told


class Sums:
    """The cells of one place as arrays, and how far they share customers."""

    def __init__(self, cells: pl.DataFrame, shared: pl.DataFrame, *, scale: int = 1) -> None:
        self.sides = cells["side"].to_list()
        self.strata = cells["stratum"].to_list()
        self.n = cells["n"].to_numpy().astype(np.float64)
        self.customers = cells["customers"].to_numpy().astype(np.float64)
        self.x = cells["x"].to_numpy() / scale
        self.xx = cells["xx"].to_numpy() / scale**2
        place = {key: k for k, key in enumerate(zip(self.sides, self.strata, strict=True))}
        first = [place[key] for key in shared.select("side", "stratum").iter_rows()]
        second = [place[key] for key in shared.select("side2", "stratum2").iter_rows()]
        self.pairs = np.array(first, dtype=np.int64), np.array(second, dtype=np.int64)
        numbers = shared.select("aa", "an", "na", "nn").to_numpy().astype(np.float64).T
        self.products = numbers / np.array([scale**2, scale, scale, 1.0])[:, None]

    def tables(self, side: str) -> tuple[Tables, Whole, Flags]:
        """The strata of a side against all others; and for each cell its stratum's number, and if it is the side's."""
        known = {name: k for k, name in enumerate(dict.fromkeys(self.strata))}
        stratum = np.array([known[name] for name in self.strata], dtype=np.int64)
        mine = np.array([one == side for one in self.sides])
        columns = [
            floats(np.bincount(stratum, weights=np.where(who, values, 0.0), minlength=len(known)))
            for who in (mine, ~mine)
            for values in (self.x, self.n)
        ]
        return Tables(*columns), stratum, mine

    def errors(self, influence: Floats, mean: Floats, *, corrected: bool = False) -> tuple[float, float]:
        """Variance of Σ influence · (x − mean · n): with customers as the unit, and as if every row were its own."""
        a, b = self.pairs
        aa, an, na, nn = self.products
        terms = aa - mean[b] * an - mean[a] * na + mean[a] * mean[b] * nn
        terms = terms * influence[a] * influence[b]
        rows = influence**2 * (self.xx - 2 * mean * self.x + mean**2 * self.n)
        if corrected:
            terms = np.where(a == b, terms * _freed(self.customers)[a], terms)
            rows = rows * _freed(self.n)
        return float(terms.sum()), float(rows.sum())

    def own_errors(self, influence: Floats, mean: Floats) -> Floats:
        """The part of each cell in the corrected variance, customers shared with other cells apart."""
        a, b = self.pairs
        aa, an, na, nn = self.products
        terms = (aa - mean[a] * an - mean[a] * na + mean[a] ** 2 * nn) * influence[a] ** 2 * _freed(self.customers)[a]
        return floats(np.bincount(a[a == b], weights=terms[a == b], minlength=len(self.n)))


def compare(sums: Sums, side: str, margin: float, *, share: bool) -> Compared | None:
    """The side against all others of the place; None where no stratum saw both."""
    return (_shares if share else _means)(sums, side, margin)


def _shares(sums: Sums, side: str, margin: float) -> Compared | None:
    every, stratum, mine = sums.tables(side)
    tables = every.comparable()
    if not len(tables.n1):
        return None
    influence, mean = _influence(every, stratum, mine)
    clustered, rows = sums.errors(influence, mean)
    design = clustered / rows if rows > 0 and clustered > 0 else 1.0
    smooth = tables.smoothed()
    middle, error = common_difference(smooth), np.sqrt(max(variance_of_difference(smooth), 0.0) * design)
    spread = _spread(smooth) * design
    return Compared(
        Estimate(common_difference(tables), max(middle - Z * error, -1.0), min(middle + Z * error, 1.0)),
        common_odds(tables, design=design),
        len(tables.n1),
        strata_agree(tables, design=design),
        design,
        no_difference(tables, design=design),
        equivalence(middle, error, margin),
        needed(middle, spread, margin, have=float(min(tables.n1.sum(), tables.n0.sum()))),
    )


def _means(sums: Sums, side: str, margin: float) -> Compared | None:
    """Welch's t within strata, put together by the weights of Mantel and Haenszel; customers are the unit.

    Strata in which a side has fewer than two customers are left out. With one stratum and one row per customer it is
    the plain Welch test.
    """
    every, stratum, mine = sums.tables(side)
    crowd = [np.bincount(stratum[who], weights=sums.customers[who], minlength=len(every.n1)) for who in (mine, ~mine)]
    enough = (crowd[0] >= 2) & (crowd[1] >= 2)
    usable = Tables(*(np.where(enough, one, 0.0) for one in every))
    tables = usable.comparable()
    if not len(tables.n1):
        return None
    influence, mean = _influence(usable, stratum, mine)
    clustered, rows = sums.errors(influence, mean, corrected=True)
    variance = clustered if clustered > 0 else rows
    own = sums.own_errors(influence, mean)
    df = max(float(own.sum() ** 2 / max((own**2 / np.maximum(sums.customers - 1, 1)).sum(), 1e-300)), 1.0)
    value, error = common_difference(tables), float(np.sqrt(variance))
    half = float(stdtrit(df, UPPER)) * error
    spread = variance / (1 / tables.n1.sum() + 1 / tables.n0.sum())
    return Compared(
        Estimate(value, value - half, value + half),
        _UNKNOWN,
        len(tables.n1),
        np.nan,
        clustered / rows if rows > 0 and clustered > 0 else 1.0,
        min(1.0, 2 * _tail(abs(value), error, df)),
        _tail(margin - abs(value), error, df),
        needed(value, spread, margin, have=float(min(tables.n1.sum(), tables.n0.sum()))),
    )


def needed(difference: float, spread: float, margin: float, *, have: float) -> int | None:
    """Rows per side that settle the question with power 0.9, `spread` being the variance of one row.

    First: enough to show that two equal sides lie within the margin. Where that many are there already, the sides
    are not quite equal: enough to show either that they differ by what was seen, or that this is within the margin.
    Source: Chow, Shao & Wang 2008, Sample Size Calculations in Clinical Research, ch. 4.
    """
    if spread <= 0 or margin <= 0:
        return None
    equal = 2 * spread * (2 * _EQUIVALENCE_Z / margin) ** 2
    if equal > have:
        return int(np.ceil(equal))
    gap = abs(difference)
    ways = [2 * spread * ((Z + _POWER_Z) / gap) ** 2] if gap > 0 else []
    ways += [2 * spread * ((_EQUIVALENCE_Z + _POWER_Z) / (margin - gap)) ** 2] if gap < margin else []
    return int(np.ceil(min(ways))) if ways else None


def power_of_difference(gap: float, spread: float, n: float) -> float:
    """How likely a true gap is noticed with n rows on each side."""
    return float(ndtr(gap / np.sqrt(2 * spread / n) - Z))


def _influence(every: Tables, stratum: Whole, mine: Flags) -> tuple[Floats, Floats]:
    """What one more unit of x in each cell does to the common difference; and the mean of the cell's side there."""
    with np.errstate(divide="ignore", invalid="ignore"):
        both = (every.n1 > 0) & (every.n0 > 0)
        w = np.where(both, every.weights, 0.0)
        w = w / w.sum()
        sides = [np.nan_to_num(x / n) for x, n in ((every.x1, every.n1), (every.x0, every.n0))]
        steps = [np.where(both, sign * w / n, 0.0) for sign, n in ((1, every.n1), (-1, every.n0))]
    return np.where(mine, steps[0][stratum], steps[1][stratum]), np.where(mine, sides[0][stratum], sides[1][stratum])


def _spread(tables: Tables) -> float:
    """The variance of one row, both sides and all strata put together by weight."""
    w = tables.weights / tables.weights.sum()
    sides = [(tables.x1 / tables.n1), (tables.x0 / tables.n0)]
    return float(sum((w * p * (1 - p)).sum() for p in sides) / 2)


def _freed(n: Floats) -> Floats:
    """What a sum of squares around a mean of n is multiplied by to be fair."""
    return np.where(n > 1, n / np.maximum(n - 1, 1), 1.0)


def _tail(distance: float, error: float, df: float) -> float:
    """How likely Student's t goes beyond so many standard errors."""
    if error <= 0:
        return 0.0 if distance > 0 else 1.0
    return 1 - float(stdtr(df, distance / error))
