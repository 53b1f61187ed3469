"""A chain beside one that is solved: what an edit changes is worked out from the solved one, without solving anew.

An edit changes a few rows or a few columns of the moves: Q' = Q + U V with thin U and V. With N = (I − Q)⁻¹ kept,
N' = N + N U (I − V N U)⁻¹ V N, so only a small table is inverted for each draw. Source: Woodbury 1950, Inverting
modified matrices; Hager 1989, SIAM Review 31, 221–239. Where an edit changes much, the chain is solved plainly.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from desireline.measures.codes import Whole
from desireline.scenarios import chain
from desireline.scenarios.draws import Floats
from desireline.scenarios.states import SUCCESS

THIN = 3
"""Rows and columns of an edit that are worth a small table: no more than one in so many of the states."""


@dataclass(frozen=True, eq=False)
class Solved:
    """A chain with its stays and chances of success, and the whole of (I − Q)⁻¹."""

    moves: Floats  # (draws, states, states + ends)
    inverse: Floats  # (draws, states, states)

    @classmethod
    def of(cls, moves: Floats) -> Solved:
        """Solved once; the memory is draws × states² numbers."""
        return cls(moves, chain.inverse(moves))

    @property
    def stays(self) -> Floats:
        """Expected stays of a journey, shape (draws, states)."""
        return self.inverse[:, 0]

    def beside(self, moves: Floats) -> tuple[Floats, Floats]:
        """Stays and chances of success of a chain that differs in some moves."""
        rows, columns = self._touched(moves)
        if THIN * (len(rows) + len(columns)) > moves.shape[1]:
            return chain.stays(moves), chain.chances(moves, SUCCESS)
        before, goal = self.stays, moves[:, :, moves.shape[1] + SUCCESS]
        chance = np.matmul(self.inverse, goal[:, :, None])[:, :, 0]
        if not len(rows) + len(columns):
            return before, chance
        thin, wide = self._difference(moves, rows, columns)
        spread = np.concatenate(
            [self.inverse[:, :, rows], np.matmul(self.inverse, thin[:, :, len(rows) :])], axis=2
        )  # N U
        core = np.eye(spread.shape[2]) - np.matmul(wide, spread)
        into = np.linalg.solve(core.transpose(0, 2, 1), np.matmul(before[:, None], thin).transpose(0, 2, 1))
        more = np.matmul(into.transpose(0, 2, 1), wide)
        on = np.linalg.solve(core, np.matmul(wide, chance[:, :, None]))
        return before + np.matmul(more, self.inverse)[:, 0], chance + np.matmul(spread, on)[:, :, 0]

    def _touched(self, moves: Floats) -> tuple[Whole, Whole]:
        """The rows that changed in much, and the columns in which all other rows did."""
        states = self.moves.shape[1]
        off = (moves[:, :, :states] != self.moves[:, :, :states]).any(axis=0)
        rows = np.flatnonzero(off.sum(axis=1) > off.sum(axis=0).max(initial=0))
        if off.any(axis=1).sum() <= off.any(axis=0).sum():
            rows = np.flatnonzero(off.any(axis=1))
        off[rows] = False
        return rows, np.flatnonzero(off.any(axis=0))

    def _difference(self, moves: Floats, rows: Whole, columns: Whole) -> tuple[Floats, Floats]:
        """U and V of the difference: whole rows first, then what is left of the columns."""
        draws, states, _ = moves.shape
        thin = np.zeros((draws, states, len(rows) + len(columns)))
        wide = np.zeros((draws, len(rows) + len(columns), states))
        thin[:, rows, np.arange(len(rows))] = 1.0
        wide[:, : len(rows)] = moves[:, rows, :states] - self.moves[:, rows, :states]
        left = moves[:, :, columns] - self.moves[:, :, columns]
        left[:, rows] = 0.0
        thin[:, :, len(rows) :] = left
        wide[:, len(rows) + np.arange(len(columns)), columns] = 1.0
        return thin, wide
