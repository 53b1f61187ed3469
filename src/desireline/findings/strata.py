"""Exposed against not exposed among those who stood at the same place: differences adjusted by strata.

Cells are counts of journeys (`m`), of those with the outcome (`x`), and of how they gather on customers (`mm`, the sum
of squares over customers); those of one stratum stood at the same place. Each stratum compares its exposed with its
others, and strata count by how many exposed they have: what the exposed would have had without it, had they been like
the others of their strata (direct standardisation). Rows of one customer are taken for copies of each other, which
makes intervals rather too wide than too narrow.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.special import ndtr

from desireline.measures.clusters import Floats
from desireline.measures.codes import Flags, Whole
from desireline.measures.intervals import Z

FEWEST = 10
"""Journeys not exposed that a stratum must have, or it compares nothing."""


class Cells(NamedTuple):
    """Counts by cell; cells of one stratum stand together."""

    stratum: Whole  # 0, 0, 1, 2, 2, 2 …
    m: Whole
    x: Whole
    mm: Whole


class Adjusted(NamedTuple):
    """By exposure: shares of exposed and others as standardised, their difference, and who is behind it."""

    share: Floats
    other: Floats
    gap: Floats
    error: Floats  # standard error of the gap
    exposed: Floats  # journeys that are compared
    people: Floats  # customers of them, nearly
    others: Floats  # journeys they are compared with
    having: Floats  # exposed journeys with the outcome

    @property
    def low(self) -> Floats:
        """The lower end of the gap's 95 % interval."""
        return self.gap - Z * self.error

    @property
    def high(self) -> Floats:
        """The upper end."""
        return self.gap + Z * self.error

    def over(self, smallest: float) -> Floats:
        """p of a gap that is truly no larger than `smallest`; 1 where nothing is compared."""
        with np.errstate(divide="ignore", invalid="ignore"):
            p = ndtr((smallest - self.gap) / self.error)
        return np.where(self.exposed > 0, np.nan_to_num(p, nan=1.0), 1.0)


def standardise(cells: Cells, exposed: Flags) -> Adjusted:
    """Each exposure (a column of flags by cell) against its absence, adjusted. Strata with too few others are left out.

    Source: direct standardisation to the exposed (Miettinen 1972, American Journal of Epidemiology 96, 383–388).
    """
    m1, x1 = _by_stratum(cells.stratum, cells.m, exposed), _by_stratum(cells.stratum, cells.x, exposed)
    everybody = np.ones((len(cells.m), 1), dtype=np.bool_)
    m, x, mm = (_by_stratum(cells.stratum, column, everybody) for column in (cells.m, cells.x, cells.mm))
    m0, x0, even = m - m1, x - x1, m / np.maximum(mm, 1)
    known = (m1 > 0) & (m0 >= FEWEST)
    m1, x1, m0, x0 = (np.where(known, one, 0.0) for one in (m1, x1, m0, x0))
    total = m1.sum(axis=0)
    weight = m1 / np.maximum(total, 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        one, two = (np.nan_to_num(a / b) for a, b in ((x1, m1), (x0, m0)))
        spread = np.nan_to_num(_spread(x0, m0) / (m0 * even))
    share, other = (weight * one).sum(axis=0), (weight * two).sum(axis=0)
    # Exposed are few in most strata: their spread is that of all of them together.
    size = np.maximum((m1 * even).sum(axis=0), 1e-9)
    error = np.sqrt(_spread(x1.sum(axis=0), total) / size + (weight**2 * spread).sum(axis=0))
    people = (m1 * even).sum(axis=0)
    return Adjusted(share, other, share - other, error, total, people, m0.sum(axis=0), x1.sum(axis=0))


def by_chance(cells: Cells, exposed: Flags, *, draws: int, seed: int) -> Floats:
    """By draw: the largest standardised gap of any exposure when outcomes are dealt anew within each stratum.

    What overlaps stays so: all exposures are looked at in the same deal. Source: Westfall & Young 1993,
    Resampling-Based Multiple Testing. Gaps are scaled by how outcomes gather on customers.
    """
    dice = np.random.default_rng(seed)
    known = standardise(cells, exposed)
    usable = np.flatnonzero(known.exposed > 0)
    if not len(usable):
        return np.zeros(draws)
    dealt = np.empty((draws, len(cells.m)))
    for stratum in np.split(np.arange(len(cells.m)), np.flatnonzero(np.diff(cells.stratum)) + 1):
        some, outcomes = cells.m[stratum], int(cells.x[stratum].sum())
        dealt[:, stratum] = dice.multivariate_hypergeometric(some, outcomes, size=draws, method="marginals")
    clustered = np.sqrt(cells.mm.sum() / max(cells.m.sum(), 1))
    gaps = np.abs(dealt @ _shares(cells, exposed[:, usable]))
    most: Floats = (gaps / known.error[usable]).max(axis=1) * clustered
    return most


def _shares(cells: Cells, exposed: Flags) -> Floats:
    """What one more outcome in a cell adds to each exposure's gap."""
    m1 = _by_stratum(cells.stratum, cells.m, exposed)
    m0 = _by_stratum(cells.stratum, cells.m, ~exposed)
    known = (m1 > 0) & (m0 >= FEWEST)
    total = np.maximum(np.where(known, m1, 0.0).sum(axis=0), 1.0)
    for_exposed = np.where(known, 1 / total, 0.0)
    for_others = np.where(known, -m1 / np.maximum(m0, 1) / total, 0.0)
    return np.where(exposed, for_exposed[cells.stratum], for_others[cells.stratum])


def _by_stratum(stratum: Whole, column: Whole, flags: Flags) -> Floats:
    starts = np.flatnonzero(np.diff(stratum, prepend=-1))
    weighted = (column[:, None] * flags).astype(np.float64)
    return np.add.reduceat(weighted, starts, axis=0) if len(starts) else np.zeros((0, flags.shape[1]))


def _spread(x: Floats, m: Floats) -> Floats:
    """p (1 − p), pulled to the middle by half a case on each side so that it is never 0."""
    share = (x + 0.5) / (m + 1)
    return share * (1 - share)
