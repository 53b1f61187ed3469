"""Does the step before matter? A chain that forgets beside one that remembers one step.

Both are compared by BIC: −2 ln(likelihood) + ln(moves) × free shares (Schwarz 1978, Annals of Statistics 6, 461–464;
for the order of a chain: Katz 1981, Technometrics 23, 243–249). With many journeys the longer memory nearly always
wins, so what counts is whether it changes the answer: the same edits are made on the chain of pairs as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csc_array, eye_array
from scipy.sparse.linalg import splu

from desireline.measures.codes import Flags, Whole, beginnings
from desireline.scenarios.change import present_rate
from desireline.scenarios.counted import Counted
from desireline.scenarios.draws import Floats
from desireline.scenarios.edits import Edit, end_of
from desireline.scenarios.margins import refit
from desireline.scenarios.model import Model
from desireline.scenarios.states import FAILED, LATE, SUCCESS


@dataclass(frozen=True)
class Memory:
    """BIC of both chains (lower is better), and the change of conversion by the one that remembers."""

    forgetting: float
    remembering: float
    delta: float | None  # of conversion; None where it cannot be worked out

    @property
    def matters(self) -> bool:
        """Does remembering fit better?"""
        return self.remembering < self.forgetting


def remember(model: Model, edits: Sequence[Edit]) -> Memory:
    """The check for a model and the edits made on it."""
    n = float(model.counts.sum())
    one, two = (_bic(some, model.states.all, n) for some in (model.counted, model.triples))
    return Memory(one, two, _delta(model, edits))


def _bic(counted: Counted, states: int, n: float) -> float:
    if not len(counted):
        return 0.0
    counts = counted.sums[:, 0].astype(np.float64)
    starts = beginnings(counted.keys // states)
    sizes = np.diff(starts, append=len(counts))
    shares = counts / np.repeat(np.add.reduceat(counts, starts), sizes)
    return float(-2 * (counts * np.log(shares)).sum() + np.log(max(n, 1)) * (sizes - 1).sum())


@dataclass(eq=False)
class _Pairs:
    """The chain whose states are pairs (before, now): each cell a row, the state it leads to, and its share."""

    row: Whole
    now: Whole  # state of each cell's row
    to: Whole
    into: Whole  # the row that the cell leads to; −1 for an end
    share: Floats
    left: Floats  # moves by row

    @classmethod
    def of(cls, model: Model) -> _Pairs:
        states, counted = model.states.all, model.triples
        counts = counted.sums[:, 0].astype(np.float64)
        pairs, row = np.unique(counted.keys // states, return_inverse=True)
        to, now = counted.keys % states, counted.keys // states % states
        key = (now + 1) * states + to
        place = np.minimum(np.searchsorted(pairs, key), len(pairs) - 1)
        into = np.where((pairs[place] == key) & (to < model.states.transient), place, -1)
        left = np.bincount(row, counts, minlength=len(pairs)).astype(np.float64)
        return cls(row, now, to, into, counts / left[row], left)

    def success(self, model: Model) -> float:
        """The share of journeys that succeed; a pair that nobody left, or that leads to no end, ends without."""
        inside = (self.into >= 0) & self._ending()[self.row]
        size = len(self.left)
        moves = csc_array((self.share[inside], (self.row[inside], self.into[inside])), shape=(size, size))
        wins = self.to == model.states.transient + SUCCESS
        goal = np.bincount(self.row[wins], self.share[wins], minlength=size)
        return float(splu(csc_array(eye_array(size) - moves)).solve(goal)[0])

    def _ending(self) -> Flags:
        """By row: can an end be reached from there?"""
        moves, size = self.share > 0, len(self.left)
        found = np.bincount(self.row[moves & (self.into < 0)], minlength=size) > 0
        while True:
            on = moves & (self.into >= 0) & found[self.into]
            more = found | (np.bincount(self.row[on], minlength=size) > 0)
            if (more == found).all():
                return found
            found = more


def _delta(model: Model, edits: Sequence[Edit]) -> float | None:
    """Conversion with the edits less conversion without, on the chain of pairs. Waits move nothing here."""
    if not len(model.triples):
        return None
    pairs = _Pairs.of(model)
    try:
        before = pairs.success(model)
        for edit in edits:
            if edit.kind != "wait":
                _edit(model, pairs, edit)
        after = pairs.success(model)
    except (RuntimeError, ValueError):  # a chain that never ends, or a move that no pair has made
        return None
    return after - before if np.isfinite(after) and -1 <= after - before <= 1 else None


def _edit(model: Model, pairs: _Pairs, edit: Edit) -> None:
    """The shares of the edited rows, moved by common odds; a rate becomes the same as in the chain that forgets."""
    then = present_rate(model, edit) * edit.amount if edit.times else edit.amount
    states = {int(model.kept[row]) for row in model.rows_at(edit.place)}
    if edit.kind == "move":
        goals = [model.states.transient + end] if (end := end_of(edit.to)) is not None else _states(model, edit.to)
        cells, hit = np.isin(pairs.now, list(states)), np.isin(pairs.to, goals)
    else:
        bad = FAILED if edit.kind == "failing" else LATE
        cells = np.isin(pairs.to, list(states))
        hit = np.isin(pairs.to, [state for state in states if model.states.manner(state) == bad])
    if not (cells & hit).any():
        raise ValueError("a move that no pair has made")
    rows = np.unique(pairs.row[cells])
    size = len(pairs.left)
    inside = np.bincount(pairs.row[cells], pairs.share[cells], minlength=size)
    took = np.bincount(pairs.row[cells & hit], pairs.share[cells & hit], minlength=size)
    yes = took[rows] / inside[rows]
    shares = np.stack([yes, 1 - yes], axis=1)[None]
    fitted = refit(shares, pairs.left[rows] * inside[rows], np.array([[then, 1 - then]]))[0]
    scale = np.ones((size, 2))
    scale[rows] = np.divide(fitted, shares[0], out=np.zeros_like(fitted), where=shares[0] > 0)
    pairs.share = np.where(cells, pairs.share * np.where(hit, scale[pairs.row, 0], scale[pairs.row, 1]), pairs.share)


def _states(model: Model, place: str) -> list[int]:
    return [int(model.kept[row]) for row in model.rows_at(place)]
