"""Behind which counts of events stand only few customers? What happens often may happen to one customer alone.

Counting the customers of every cell would take as long as the walk itself. So slices are looked at one after another
until enough customers are met in every cell that is asked about: frequent cells are settled by the first slice, and
all that is left to do in later ones is to find the events of rare cells.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from desireline.access import SMALL_GROUP
from desireline.paths.retention import Retention
from desireline.slices import I64, Slice

PIECE = 1 << 14  # events that are looked at before it is asked which cells are left
DENSE = 1 << 20  # cells that a plain table is made for

Counted = tuple[I64, I64]
"""Events that count: the cell of each, and whose it is; by rising owner."""


@dataclass(frozen=True)
class Moves:
    """A cell is a move from one touchpoint to the next: before · touchpoints + after, as in `edges`."""

    touchpoints: int

    def __call__(self, slice: Slice) -> Counted:
        """The moves of the slice."""
        rows = np.flatnonzero(~slice.first)
        before = slice.touchpoint[rows - 1].astype(np.int64)
        return before * self.touchpoints + slice.touchpoint[rows], slice.owner[rows].astype(np.int64)


@dataclass(frozen=True)
class VisitSteps:
    """A cell is a touchpoint at a step of a visit, from 0: step · touchpoints + touchpoint, as in `visits`.

    One more cell, steps · touchpoints, is whatever comes later in a visit; the first such event stands for all.
    """

    touchpoints: int
    silence: int
    steps: int

    def __call__(self, slice: Slice) -> Counted:
        """The first steps of the visits of the slice."""
        begins = np.flatnonzero(slice.first | (slice.gap > self.silence))
        step = np.arange(slice.events) - np.repeat(begins, np.diff(begins, append=slice.events))
        rows = np.flatnonzero(step <= self.steps)
        cell = np.minimum(step[rows] * self.touchpoints + slice.touchpoint[rows], self.steps * self.touchpoints)
        return cell, slice.owner[rows].astype(np.int64)


@dataclass(frozen=True)
class StageMoves:
    """A cell is a move between stages: (before + 1) · stages + after, as in `order`; before is −1 at the beginning."""

    rank: tuple[int, ...]

    def __call__(self, slice: Slice) -> Counted:
        """The moves of the slice's customers, events on no stage passed over."""
        stage = np.asarray(self.rank, dtype=np.int64)[slice.touchpoint]
        rows = np.flatnonzero(stage >= 0)
        after, owner = stage[rows], slice.owner[rows].astype(np.int64)
        before = np.where(np.diff(owner, prepend=-1) > 0, -1, np.roll(after, 1))
        return (before + 1) * (max(self.rank) + 1) + after, owner


@dataclass(frozen=True)
class ComesLater:
    """The only cell, 0, is an event that comes too long after the customer's first for `retention` to show it."""

    retention: Retention

    def __call__(self, slice: Slice) -> Counted:
        """The last events of those customers, who are numbered anew.

        With nothing but their first and last events, all that retention counts as later is one of each such customer.
        """
        ends = np.stack([slice.starts[:-1], slice.starts[1:] - 1], axis=1).ravel()
        starts = 2 * np.arange(slice.customers + 1)
        found = self.retention.partial(Slice(starts, slice.at[ends], slice.touchpoint[ends]))
        owner = np.arange(self.retention.finish(found).later)
        return np.zeros_like(owner), owner


class Search:
    """A search for cells behind which fewer than `enough` customers stand.

    >>> ana_and_ben = Slice(np.array([0, 4, 5]), np.arange(5), np.array([0, 0, 0, 1, 0], dtype=np.uint8))
    >>> search = Search(Moves(touchpoints=2), np.array([0, 1]), enough=2)
    >>> look_through([ana_and_ben], [search])
    >>> search.few.tolist()
    [0, 1]
    """

    def __init__(self, counted: Callable[[Slice], Counted], cells: I64, *, enough: int = SMALL_GROUP) -> None:
        self.few = np.unique(cells)  # as far as was looked
        self._counted = counted
        self._met = np.zeros(len(self.few), dtype=np.int64)
        self._enough = enough

    def look(self, slice: Slice) -> None:
        """The customers of the slice, whom it was not shown before, are met."""
        met = self._met + _customers(*self._counted(slice), self.few)
        self.few, self._met = self.few[met < self._enough], met[met < self._enough]


def look_through(slices: Iterable[Slice], searches: Sequence[Search]) -> None:
    """Every search has come to its end. No two slices may hold the same customer."""
    going_on = [search for search in searches if len(search.few)]
    if not going_on:
        return
    for piece in (piece for slice in slices for piece in slice.cut(PIECE)):
        for search in going_on:
            search.look(piece)
        going_on = [search for search in going_on if len(search.few)]
        if not going_on:
            return


def _customers(cell: I64, owner: I64, cells: I64) -> I64:
    """How many customers each of the rising `cells` has, shape as `cells`."""
    place = _look_up(cell, cells)
    here = np.flatnonzero(place >= 0)
    pairs = np.unique(owner[here] * len(cells) + place[here])
    return np.bincount(pairs % len(cells), minlength=len(cells))


def _look_up(cell: I64, cells: I64) -> I64:
    """The place of each among the rising `cells`, −1 where it is none of them."""
    end = int(cells[-1]) + 1
    if end > DENSE:
        place = np.minimum(np.searchsorted(cells, cell), len(cells) - 1)
        return np.where(cells[place] == cell, place, -1)
    table = np.full(end + 1, -1, dtype=np.int64)
    table[cells] = np.arange(len(cells))
    return table[np.minimum(cell, end)]
