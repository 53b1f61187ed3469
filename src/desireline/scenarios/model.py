"""The model of a tally: a chain with its draws, the money and the waits, ready to be asked what if.

A model is made once; questions change copies of its moves. States that nobody came to are left out. A state that
somebody came to and nobody left, or from which no end was reached yet, ends as `unknown`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from desireline.measures.codes import Whole
from desireline.scenarios import chain
from desireline.scenarios.beside import Solved
from desireline.scenarios.counted import Counted
from desireline.scenarios.draws import DRAWS, design_effect, draw_means, draw_rows
from desireline.scenarios.states import ENDS, MANNERS, START, SUCCESS, UNKNOWN, States
from desireline.scenarios.tally import Tally

Floats = npt.NDArray[np.float64]
E4 = 10_000


@dataclass(frozen=True, eq=False)
class Model:
    """The chain of a tally, for all its months or for those given.

    `alone`: nothing of other months may be known, as in a back-test; else how much customers differ is told by all.
    """

    states: States
    tally: Tally
    draws: int = DRAWS
    months: tuple[int, ...] | None = None
    alone: bool = False

    @cached_property
    def counted(self) -> Counted:
        """By from and to: moves, seconds, seconds² / 3600."""
        return self._of_months(self.tally.moves, self.states.all**2)

    @cached_property
    def triples(self) -> Counted:
        """By the state before (+ 1), from and to: moves."""
        return self._of_months(self.tally.triples, self.states.all**3)

    def _of_months(self, counted: Counted, keys: int) -> Counted:
        if self.months is not None:
            counted = counted.where(np.isin(counted.keys // keys, self.months))
        return counted.by(counted.keys % keys)

    @cached_property
    def kept(self) -> Whole:
        """The states that somebody came to, the start first; a place in this list is a state's row."""
        out, to = np.divmod(self.counted.keys, self.states.all)
        met = np.unique(np.concatenate([[START], out, to]))
        found: Whole = met[met < self.states.transient].astype(np.int64)
        return found

    @property
    def size(self) -> int:
        """How many states are no ends."""
        return len(self.kept)

    @cached_property
    def rows(self) -> Whole:
        """The row of each cell (a move that was seen)."""
        return np.searchsorted(self.kept, self.counted.keys // self.states.all)

    @cached_property
    def columns(self) -> Whole:
        """The column of each cell: a state's row, or behind them an end."""
        to = self.counted.keys % self.states.all
        ends = self.size + to - self.states.transient
        found: Whole = np.where(to < self.states.transient, np.searchsorted(self.kept, to), ends)
        return found

    @property
    def counts(self) -> Floats:
        """The moves of each cell."""
        return self.counted.sums[:, 0].astype(np.float64)

    @cached_property
    def left(self) -> Floats:
        """By row: the moves that leave it."""
        return np.bincount(self.rows, self.counts, minlength=self.size).astype(np.float64)

    @cached_property
    def came(self) -> Floats:
        """By row: the stays that began there; for the start, the journeys."""
        inside = self.columns < self.size
        found = np.bincount(self.columns[inside], self.counts[inside], minlength=self.size)
        found[0] = self.left[0]
        return np.asarray(found, dtype=np.float64)

    @cached_property
    def customers(self) -> Whole:
        """By row: the customers that left it (of all months)."""
        found: Whole = self.tally.rows.at(self.kept)[:, 0]
        return found

    @cached_property
    def effects(self) -> Floats:
        """By row: its design effect."""
        if self.alone:
            sums, rows = self._of_months(self.tally.cells_of_months, self.states.all**2), self._monthly_rows
            total = self.counted
        else:
            sums, rows = self.tally.cells, self.tally.rows
            total = self.tally.moves.by(self.tally.moves.keys % self.states.all**2)
        square = rows.at(self.kept)[:, 1].astype(np.float64)
        out = np.searchsorted(self.kept, sums.keys // self.states.all)
        counts = total.at(sums.keys)[:, 0].astype(np.float64)
        found = np.ones(self.size)
        some = np.isin(sums.keys // self.states.all, self.kept)
        for row in range(self.size):
            here = some & (out == row)
            if here.any():
                squares, products = sums.sums[here, 1:].T.astype(np.float64)
                found[row] = design_effect(counts[here], counts[here].sum(), squares, products, square[row])
        return found

    @cached_property
    def moves(self) -> Floats:
        """Shares of moves, shape (1 + draws, rows, rows + ends): the plain estimate, then draws."""
        shares = draw_rows(self.counts, self.rows, self.effects[self.rows], self.draws)
        found = np.zeros((len(shares), self.size, self.size + len(ENDS)))
        found[:, self.rows, self.columns] = shares
        nowhere = np.union1d(np.flatnonzero(self.left == 0), chain.never_end(found[0]))
        found[:, nowhere] = 0.0
        found[:, nowhere, self.size + UNKNOWN] = 1.0
        return found

    @cached_property
    def solved(self) -> Solved:
        """The chain, solved once for all that is asked of it."""
        return Solved.of(self.moves)

    @property
    def stays(self) -> Floats:
        """Expected stays of a journey by row, shape (1 + draws, rows)."""
        return self.solved.stays

    @cached_property
    def chances(self) -> Floats:
        """The chance of success from each row."""
        return self.solved.beside(self.moves)[1]

    @cached_property
    def waits(self) -> Floats:
        """Mean seconds before each cell's move, shape (1 + draws, cells)."""
        n, seconds, squares = self.counted.sums.T.astype(np.float64)
        mean = seconds / n
        spread = np.maximum(squares * 3600.0 / n - mean**2, 0.0) / np.maximum(n - 1, 1) * self.effects[self.rows]
        return draw_means(mean, np.sqrt(spread), self.draws, name=2, least=0.0)

    @cached_property
    def seconds(self) -> Floats:
        """Mean seconds from beginning to success, by draw; not a number where nobody succeeds."""
        return self.seconds_to_success(self.moves, self.stays, self.chances, self.waits)

    @cached_property
    def worth(self) -> Floats:
        """The money of a stay by row, shape (1 + draws, rows)."""
        if self.months is None:
            return draw_means(*_mean_money(self.tally.money, self.tally.rows, self.kept, self.came), self.draws, name=3)
        mean, error = _mean_money(self._monthly_money, self._monthly_rows, self.kept, self.came)
        if not self.alone:
            error = _mean_money(self.tally.money, self.tally.rows, self.kept, self._came_ever)[1]
        return draw_means(mean, error, self.draws, name=3)

    @cached_property
    def _monthly_rows(self) -> Counted:
        return self._of_months(self.tally.rows_of_months, self.states.all)

    @cached_property
    def _monthly_money(self) -> Counted:
        return self._of_months(self.tally.money_of_months, self.states.all)

    @cached_property
    def _came_ever(self) -> Floats:
        to = self.tally.moves.by(self.tally.moves.keys % self.states.all)
        found = to.at(self.kept)[:, 0].astype(np.float64)
        found[0] = self.tally.total
        return found

    def movers(self, cells: Whole) -> int:
        """The customers who made one of these moves (of all months): at least as many as the most usual has."""
        found = self.tally.cells.at(self.counted.keys[cells])
        return int(found[:, 0].max(initial=0))

    def row(self, state: int) -> int | None:
        """The row of a state; None when nobody came to it."""
        place = int(np.searchsorted(self.kept, state))
        return place if place < self.size and self.kept[place] == state else None

    def rows_at(self, place: str) -> list[int]:
        """The rows of a touchpoint, fine first; of a name that none has, the start's."""
        if place not in self.states.points:
            return [START]
        first = 1 + len(MANNERS) * self.states.points.index(place)
        found = [self.row(first + manner) for manner in range(len(MANNERS))]
        return [row for row in found if row is not None]

    def manner(self, row: int) -> int:
        """Fine, failed or late."""
        return self.states.manner(int(self.kept[row]))

    def seconds_to_success(self, moves: Floats, expected: Floats, chance: Floats, waits: Floats) -> Floats:
        """Mean seconds from beginning to success, of the journeys that succeed, by draw."""
        there = np.concatenate([chance, np.zeros((len(chance), len(ENDS)))], axis=1)
        there[:, self.size + SUCCESS] = 1.0
        weight = expected[:, self.rows] * moves[:, self.rows, self.columns] * there[:, self.columns]
        with np.errstate(divide="ignore", invalid="ignore"):
            found: Floats = (weight * waits).sum(axis=1) / chance[:, 0]
        return found


def _mean_money(money: Counted, rows: Counted, states: Whole, came: Floats) -> tuple[Floats, Floats]:
    """The mean money of a stay at each state, and its standard error over customers."""
    value, squares, products = money.at(states).T.astype(np.float64)
    came = np.maximum(came, 1.0)
    mean = value / E4 / came
    own = rows.at(states)[:, 1].astype(np.float64)
    scatter = np.maximum(squares - 2 * mean * products + mean**2 * own, 0.0)
    return mean, np.sqrt(scatter) / came
