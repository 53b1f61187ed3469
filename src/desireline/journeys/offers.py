"""What each step of a route offers: the cost of taking it as planned, by the state of the map that one comes from.

Routes of different lengths count in different `Tiers`: those of up to 64 steps share theirs, then those of up to 128,
256 … A chunk of routes may hold several such classes; each has its own tables here, one behind the other.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from desireline.journeys.alignment import Costs
from desireline.journeys.found import Index
from desireline.journeys.tiers import NEVER, Tiers, tiers_for
from desireline.journeys.ways import FAR, Ways

I32 = npt.NDArray[np.int32]
I64 = npt.NDArray[np.int64]
_SHORT = 64  # routes of up to so many steps, twice, four times … as many share their tiers


class Tables:
    """Makes what routes offer; the tables of one set of classes are made once."""

    def __init__(self, ways: Ways, costs: Costs) -> None:
        self._ways, self._costs = ways, costs
        self._known: dict[tuple[int, ...], _Table] = {}

    def offers(self, lengths: I64) -> Offers:
        """Those of routes of these lengths, longest first."""
        kinds, kind = np.unique(class_of(lengths), return_inverse=True)
        key = tuple(kinds.tolist())
        if key not in self._known:
            self._known[key] = _Table(self._ways, [_fitting(one, self._ways, self._costs) for one in key])
        return Offers(self._ways, self._known[key], kind, lengths)


class _Table:
    """What all labels offer in some classes of lengths; and how much more for each step that is sooner."""

    def __init__(self, ways: Ways, tiers: list[Tiers]) -> None:
        self.tiers = tiers
        left_out, known = ways.left_out[:, 0], ways.left_out[:, 0] < FAR
        offer, sooner = self._of_ways(np.where(known, left_out, 0), ways.blame[:, 0])
        self.offer = np.where(known, offer, NEVER).reshape(-1, ways.states)  # shape (classes × labels, states)
        self.sooner = sooner.reshape(-1, ways.states)
        self.further = [
            self._of_ways(*(part[further.label, slot, further.state] for part in (ways.left_out, ways.blame)))
            for slot, further in enumerate(ways.further, start=1)
        ]
        self.ends = np.stack([each.left_out(ways.end_left_out, ways.end_blame) for each in tiers])
        self.wrong = np.array([each.wrong << each.at[0] for each in tiers])

    def _of_ways(self, left_out: I32, blame: I32) -> tuple[I64, I64]:
        """Of ways that leave out so much; by class."""
        offer = np.stack([tiers.left_out(left_out, blame) for tiers in self.tiers])
        return offer, np.stack([left_out.astype(np.int64) << tiers.at[2] for tiers in self.tiers])


class Offers:
    """What the steps of some routes offer, longest first; a step is known by how many steps remain after it."""

    def __init__(self, ways: Ways, table: _Table, kind: Index, lengths: I64) -> None:
        self.ways, self.lengths = ways, lengths
        self.steps = int(lengths.max(initial=0))
        self.offer, self.sooner = table.offer, table.sooner
        self._table, self._kind = table, kind
        self._early = np.stack([_upto(tiers.early, self.steps) for tiers in table.tiers])
        self._unplanned = np.stack([_upto(tiers.unplanned, self.steps) for tiers in table.tiers])
        self._first = kind * len(ways.slots)  # where a route's labels begin among those of all classes

    def ends(self) -> I64:
        """What it costs when no step remains; shape (routes, states)."""
        return np.take(self._table.ends, self._kind, axis=0)

    def rows(self, label: Index) -> Index:
        """Where to find what the labels of the first routes offer; shape (steps, routes)."""
        return label + self._first[: label.shape[1]] if len(self._table.tiers) > 1 else label

    def agreeing(self, wrong: npt.NDArray[Any], first: int) -> I64:
        """What steps from `first` on cost that agree, less what they cost unplanned; shape (steps, routes)."""
        kind = self._kind[: wrong.shape[1]]
        unplanned = self._unplanned[:, first + 1 : first + 1 + len(wrong)].T[:, kind]
        found: I64 = wrong * self._table.wrong[kind] - unplanned
        return found

    def early(self, first: int, end: int, routes: int) -> I64:
        """How early steps from `first` up to `end` are in the first routes; shape (steps, routes)."""
        found: I64 = self._early[:, first + 1 : end + 1].T[:, self._kind[:routes]]
        return found

    def rises(self, table: I64, step: int) -> None:
        """Turns what labels offer one step later into what they offer at `step`."""
        sooner, risen = self.sooner, self._early[:, step + 1] > self._early[:, step]
        if risen.all():
            table += sooner
        else:
            labels = len(self.ways.slots)
            for kind in np.flatnonzero(risen).tolist():
                table[kind * labels : (kind + 1) * labels] += sooner[kind * labels : (kind + 1) * labels]

    def further(self, slot: int, way: Index, routes: Index, step: int) -> I64:
        """What ways in a slot after the first offer at one step, each to a route."""
        kind, (offer, sooner) = self._kind[routes], self._table.further[slot - 1]
        found: I64 = offer[kind, way] + sooner[kind, way] * self._early[kind, step + 1]
        return found

    def cost(self, least: I64) -> I64:
        """What departures cost by route, in thousandths, when the start is at so much."""
        total = least + np.cumsum(self._unplanned, axis=1)[self._kind, self.lengths]
        each: I64 = np.stack([tiers.thousandths(total) for tiers in self._table.tiers])
        found: I64 = each[self._kind, np.arange(len(total))]
        return found


def class_of(lengths: I64) -> I64:
    """The longest route of the class to which a route of this length belongs."""
    doublings = np.ceil(np.log2(np.maximum(lengths, _SHORT) / _SHORT)).astype(np.int64)
    return _SHORT << doublings


def fit(steps: int, ways: Ways, costs: Costs) -> Tiers | None:
    """The tiers of the class of such routes; None where the costs do not fit."""
    left_out = max(int(np.max(part, where=part < FAR, initial=0)) for part in (ways.left_out, ways.end_left_out))
    return tiers_for(int(class_of(np.array([steps]))[0]), costs, most_left_out=left_out)


def _fitting(steps: int, ways: Ways, costs: Costs) -> Tiers:
    tiers = fit(steps, ways, costs)
    assert tiers is not None  # routes are no longer than `most_steps`
    return tiers


def _upto(column: I64, steps: int) -> I64:
    """By remaining steps, as many as the longest route of all classes has."""
    return column[np.minimum(np.arange(steps + 1), len(column) - 1)]
