"""Exposed against not exposed among those who stood at the same place: differences adjusted by strata.

Rows are counts of journeys (`m`) and of those with the outcome (`x`); those of one stratum stood at the same place.
Each stratum compares its exposed with its others, and strata count by how many exposed they have: what the exposed
would have had without it, had they been like the others of their strata (direct standardisation). Customers are the
unit: each belongs to one of `lots.LOTS` lots with all of its journeys, in whatever stratum and on whichever side they
are, and the error is that of lots which differ.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.special import ndtr

from desireline.findings.lots import LOTS
from desireline.measures.clusters import Floats, few_customers
from desireline.measures.codes import Flags, Whole, beginnings
from desireline.measures.intervals import Z

FEWEST = 10
"""Journeys not exposed that a stratum must have, or it compares nothing."""
_ROOM = 4_000_000
"""Rows times exposures that are worked out at a time."""


class Cells(NamedTuple):
    """Counts by stratum, kind of journey and lot; rows of one stratum stand together."""

    stratum: Whole  # 0, 0, 1, 2, 2, 2 …
    m: Whole
    x: Whole
    n: Whole  # customers
    lot: Whole
    kind: Whole  # which line of the flags tells what the row is exposed to


class Adjusted(NamedTuple):
    """By exposure: shares of exposed and others as standardised, their difference, and who is behind it."""

    share: Floats
    other: Floats
    gap: Floats
    error: Floats  # standard error of the gap
    exposed: Floats  # journeys that are compared
    people: Floats  # customers of them; one whose journeys are of several kinds counts in each
    others: Floats  # journeys they are compared with
    having: Floats  # exposed journeys with the outcome
    by_lot: Floats  # lots × exposures: what each lot adds to the gap beyond its expectation

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
    """Each exposure (a column of flags by kind) against its absence, adjusted. Strata with too few others are left out.

    Source: direct standardisation to the exposed (Miettinen 1972, American Journal of Epidemiology 96, 383–388); the
    error is that of random groups (Wolter 2007, Introduction to Variance Estimation, ch. 2), linearised, and never less
    than that of journeys by themselves.
    """
    size = max(1, _ROOM // max(len(cells.m), 1))
    parts = [_Sides(cells, exposed[:, k : k + size]).adjusted() for k in range(0, max(exposed.shape[1], 1), size)]
    return Adjusted(*(np.concatenate(column, axis=-1) for column in zip(*parts, strict=True)))


class _Sides:
    """Exposed and others of some exposures: rows × exposures, and their sums by stratum."""

    def __init__(self, cells: Cells, exposed: Flags) -> None:
        self.cells, self.flags = cells, exposed[cells.kind]
        m, m1 = self._sums(cells.m, every=True), self._sums(cells.m)
        x, x1 = self._sums(cells.x, every=True), self._sums(cells.x)
        self.known = (m1 > 0) & (m - m1 >= FEWEST)
        self.m1, self.x1, self.m0, self.x0 = (np.where(self.known, one, 0.0) for one in (m1, x1, m - m1, x - x1))
        self.total = np.maximum(self.m1.sum(axis=0), 1)
        self.weight = self.m1 / self.total
        with np.errstate(divide="ignore", invalid="ignore"):
            self.rate = np.nan_to_num(self.x0 / self.m0)

    def adjusted(self) -> Adjusted:
        """What is found."""
        share = self.x1.sum(axis=0) / self.total
        other = (self.weight * self.rate).sum(axis=0)
        people = np.where(self.known, self._sums(self.cells.n), 0.0).sum(axis=0)
        by_lot = self._by_lot(share - other)
        error = np.sqrt(np.maximum(self._of_lots(by_lot), self._of_journeys())) * self._few()
        exposed, others, having = (one.sum(axis=0) for one in (self.m1, self.m0, self.x1))
        return Adjusted(share, other, share - other, error, exposed, people, others, having, by_lot)

    def _by_lot(self, gap: Floats) -> Floats:
        """What lots add to the gap: its first-order change when a lot counts a little more."""
        m, x = self.cells.m[:, None], self.cells.x[:, None]
        rate, here = self._rows(self.rate), self.known[self.cells.stratum]
        mine = (x - m * (rate + gap)) / self.total
        theirs = self._rows(self._each()) * (m * rate - x)
        return self._lots(np.where(here, np.where(self.flags, mine, theirs), 0.0))

    def _each(self) -> Floats:
        """How much one of the others counts, by stratum."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(self.known, self.weight / self.m0, 0.0)

    def _of_lots(self, by_lot: Floats) -> Floats:
        """The variance of what lots add up to. As many are spent as there are strata, were they of equal weight."""
        lots = np.maximum((by_lot != 0).sum(axis=0), 2)
        spent = 1 / np.maximum((self.weight**2).sum(axis=0), 1e-12)
        return np.asarray(lots / np.maximum(lots - spent, 1) * (by_lot**2).sum(axis=0))

    def _of_journeys(self) -> Floats:
        """The variance if every journey were a customer of its own."""
        with np.errstate(divide="ignore", invalid="ignore"):
            spread = np.nan_to_num(_spread(self.x0, self.m0) / self.m0)
        # Exposed are few in most strata: their spread is that of all of them together.
        own = _spread(self.x1.sum(axis=0), self.total) / self.total
        return np.asarray(own + (self.weight**2 * spread).sum(axis=0))

    def _few(self) -> Floats:
        """By how much the interval widens, because the error is known from few lots; 1 where each is one journey."""
        m, each = self.cells.m[:, None], self._each()
        lots = [
            self._lots(np.where(self.known[self.cells.stratum] & self.flags, m / self.total, 0.0)),
            self._lots(np.where(self.flags, 0.0, self._rows(each) * m)),
        ]
        alone = [1 / self.total, (each**2 * self.m0).sum(axis=0)]
        wide = [
            few_customers(_freedom((one**2).sum(axis=0)), _freedom(rows)) for one, rows in zip(lots, alone, strict=True)
        ]
        return np.maximum(np.maximum(*wide), 1.0)

    def _rows(self, by_stratum: Floats) -> Floats:
        return by_stratum[self.cells.stratum]

    def _sums(self, column: Whole, *, every: bool = False) -> Floats:
        """By stratum, of exposed or of all."""
        some = column[:, None].astype(np.float64)
        return _added(some if every else np.where(self.flags, some, 0.0), self.cells.stratum)

    def _lots(self, rows: Floats) -> Floats:
        """By lot."""
        lot = self.cells.lot
        found = np.zeros((max(LOTS, int(lot.max(initial=0)) + 1), rows.shape[1]))
        order = np.argsort(lot, kind="stable")
        found[np.unique(lot)] = _added(rows[order], lot[order])
        return found


def by_chance(adjusted: Adjusted, *, draws: int, seed: int) -> Floats:
    """By draw: the largest standardised gap of any exposure, in either direction, were there none.

    What overlaps stays so, and so do customers: lots count by normal weights, the same for all exposures; of one seed
    also for those of several tables. Source: Chernozhukov, Chetverikov & Kato 2013, Annals of Statistics 41, 2786–2819
    (the Gaussian multiplier bootstrap of a maximum).
    """
    size = np.sqrt((adjusted.by_lot**2).sum(axis=0))
    usable = (adjusted.exposed > 0) & (size > 0)
    if not usable.any():
        return np.zeros(draws)
    weights = np.random.default_rng(seed).standard_normal((draws, len(adjusted.by_lot)))
    most: Floats = np.abs(weights @ (adjusted.by_lot[:, usable] / size[usable])).max(axis=1)
    return most


def _freedom(squares: Floats) -> Floats:
    """Degrees of freedom of shares that add up to 1, from the sum of their squares: at least one half."""
    return np.asarray(np.maximum(1 / np.maximum(squares, 1e-12) - 1, 0.5))


def _added(rows: Floats, by: Whole) -> Floats:
    """Sums of rows that stand together."""
    starts = beginnings(by)
    return np.add.reduceat(rows, starts, axis=0) if len(starts) else np.zeros((0, rows.shape[1]))


def _spread(x: Floats, m: Floats) -> Floats:
    """p (1 − p), pulled to the middle by half a case on each side so that it is never 0."""
    share = (x + 0.5) / (m + 1)
    return share * (1 - share)
