"""The cheapest ways from every state of a map to every touchpoint, as arrays.

A way leaves out what the map still requires in between. Which ways are worth knowing is worked out once for a map; a
route is then aligned by looking them up (`least_cost`). Of ways that cost the same the first in map order counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from desireline.journeys.alignment import Costs, Ending
from desireline.journeys.automaton import Automaton
from desireline.journeys.found import singletons, words_for

I32 = npt.NDArray[np.int32]
I64 = npt.NDArray[np.int64]
U64 = npt.NDArray[np.uint64]
Index = npt.NDArray[np.intp]
FAR = 1 << 29  # a weight that no way has; two of them still fit
Arc = tuple[int, int, int]  # state, touchpoint left out, state after it
_SHIFT = 14  # a weight holds two counts: the one that matters more stands above these bits


@dataclass(frozen=True)
class Ways:
    """Of each touchpoint, the states to which it may lead (`slots`), and how to come there from each state.

    In slot 0 a touchpoint leads to one state, wherever one comes from. Most touchpoints have no other slot.
    """

    skips: Skips
    slots: I32  # how many a label has; shape (labels,)
    to: I32  # the state reached; shape (labels, slots, states), as all up to `bits`
    origin: I32  # the state in which the touchpoint is met
    left_out: I32  # how many touchpoints are left out on the way there; FAR where there is no way
    blame: I32  # twice how many of them are optional
    bits: U64  # which they are; shape (words, labels, slots, states)
    last: I32  # the state in which a route ends; shape (states,), as all below
    end_left_out: I32  # how many touchpoints are left out between the last step and the end
    end_blame: I32
    end_bits: U64  # shape (words, states)

    @property
    def states(self) -> int:
        """How many states the map has."""
        return len(self.last)

    @property
    def words(self) -> int:
        """How many words of 64 bits hold a set of touchpoints."""
        return len(self.bits)

    @property
    def per_label(self) -> int:
        """How many steps `onward` counts of each label."""
        return int(self.to.shape[1] + 1) * self.states

    @cached_property
    def onward(self) -> Index:
        """The state after a step, by label, choice (0: not planned; n: by the way in slot n − 1) and state before."""
        stays = np.broadcast_to(np.arange(self.states), (len(self.to), 1, self.states))
        return np.concatenate([stays, self.to], axis=1).astype(np.intp).ravel()

    @cached_property
    def further(self) -> list[Further]:
        """The ways in the slots after the first."""
        slots = [np.nonzero(self.left_out[:, slot] < FAR) for slot in range(1, self.to.shape[1])]
        bounds = np.arange(len(self.to) + 1)
        return [
            Further(np.searchsorted(label, bounds), label, state, self.to[label, slot, state].astype(np.intp))
            for slot, (label, state) in enumerate(slots, start=1)
        ]

    @cached_property
    def marks(self) -> U64:
        """By step as `onward` counts them: sets of what is not planned, as planned, left out; behind them, nothing.

        Shape (3, words, steps + 1).
        """
        labels, slots, states = self.to.shape
        sets = np.zeros((3, self.words, labels, slots + 1, states), dtype=np.uint64)
        own = singletons(labels)[:, :, None, None]
        sets[0, :, :, :1], sets[1, :, :, 1:], sets[2, :, :, 1:] = own, own, self.bits
        nothing = np.zeros((3, self.words, 1), dtype=np.uint64)
        return np.concatenate([sets.reshape(3, self.words, -1), nothing], axis=2)

    def same_as(self, other: Ways) -> bool:
        """True when both align every route alike, but for what comes after its last step."""
        names = ("to", "origin", "left_out", "blame", "end_left_out", "end_blame")
        return all(np.array_equal(getattr(self, name), getattr(other, name)) for name in names)


@dataclass(frozen=True)
class Further:
    """The ways in one slot, one after another; those of a label begin at `starts[label]`."""

    starts: Index
    label: Index
    state: Index  # from which they go
    to: Index

    def of(self, labels: Index) -> tuple[Index, Index]:
        """All ways of these labels in turn: which of the labels it is, and which way."""
        counts = self.starts[labels + 1] - self.starts[labels]
        owner = np.repeat(np.arange(len(labels)), counts)
        return owner, np.arange(len(owner)) + (self.starts[labels] - np.cumsum(counts) + counts)[owner]


class Skips:
    """The moves that leave something out, chained: `weight[a, b]` of the lightest chain from a to b, and its parts."""

    def __init__(self, automaton: Automaton, costs: Costs, arcs: list[Arc]) -> None:
        self.arcs = arcs
        optional = [automaton.optional(label) for _, label, _ in arcs]
        self.free = costs.thousandths()[1] == 0  # then first of all no optional touchpoint may be blamed
        self.here, self.label, self.there = np.array(arcs, dtype=np.int32).reshape(-1, 3).T
        self.words = words_for(len(automaton.names))
        blame = np.array(optional, dtype=np.int32) * 2
        self.each = (blame << _SHIFT) + 1 if self.free else (1 << _SHIFT) + blame
        self.weight = self._chain(automaton.states)

    def _chain(self, states: int) -> I32:
        """Shortest paths: each state's row is the least of its successors' rows, until nothing changes."""
        weight = np.full((states, states), FAR, dtype=np.int32)
        np.fill_diagonal(weight, 0)
        changed = True
        while changed:
            changed = False
            for arc in range(len(self.here) - 1, -1, -1):
                row = weight[self.here[arc]]
                way = weight[self.there[arc]] + self.each[arc]
                if (way < row).any():
                    np.minimum(row, way, out=row)
                    changed = True
        return weight

    @cached_property
    def _first(self) -> I32:
        """By state and goal: the first move of the lightest chain, −1 where there is none."""
        first = np.full(self.weight.shape, -1, dtype=np.int32)
        for arc in range(len(self.here) - 1, -1, -1):
            here = self.here[arc]
            fits = self.weight[self.there[arc]] + self.each[arc] == self.weight[here]
            first[here][fits & (self.weight[here] < FAR)] = arc
        np.fill_diagonal(first, -1)
        return first

    def counts(self, weight: I32) -> tuple[I32, I32]:
        """How many touchpoints are left out, and the blame for the optional ones among them."""
        high, low = weight >> _SHIFT, weight & ((1 << _SHIFT) - 1)
        left_out, blame = (low, high) if self.free else (high, low)
        far = weight >= FAR
        return np.where(far, FAR, left_out).astype(np.int32), np.where(far, 0, blame).astype(np.int32)

    def path(self, here: int, there: int) -> list[int]:
        """Labels left out from one state to another, in order."""
        labels: list[int] = []
        while here != there:
            arc = self._first[here, there]
            labels.append(int(self.label[arc]))
            here = self.there[arc]
        return labels

    def bits(self, here: I32, there: I32) -> U64:
        """The same for many pairs of states, as sets; shape (words, pairs)."""
        found = np.zeros((self.words, len(here)), dtype=np.uint64)
        pairs = np.flatnonzero(here != there)
        at = here[pairs]
        while len(pairs):
            arc = self._first[at, there[pairs]]
            label = self.label[arc]
            found[label >> 6, pairs] |= np.uint64(1) << (label & 63).astype(np.uint64)
            at = self.there[arc]
            on = at != there[pairs]
            pairs, at = pairs[on], at[on]
        return found


def find_ways(automaton: Automaton, costs: Costs, ending: Ending, *, known: Iterable[Ways] = ()) -> Ways:
    """All ways of a map whose states have all been made (`Automaton.unroll`).

    `known` are ways of the same map at the same costs, which may differ in nothing but where they end.
    """
    arcs = _arcs(automaton, drawn_only=ending == "given up")
    ways = next((ways for ways in known if ways.skips.arcs == arcs), None) or _onward(automaton, costs, arcs)
    last, closing = _closing(automaton, ways.skips, ending)
    end_left_out, end_blame = ways.skips.counts(closing)
    if ending == "given up":
        end_left_out = np.array([automaton.planned(state) for state in range(automaton.states)], dtype=np.int32)
    here = np.arange(automaton.states, dtype=np.int32)
    return replace(
        ways, last=last, end_left_out=end_left_out, end_blame=end_blame, end_bits=ways.skips.bits(here, last)
    )


def _onward(automaton: Automaton, costs: Costs, arcs: list[Arc]) -> Ways:
    """Ways that end where they are."""
    skips = Skips(automaton, costs, arcs)
    slots = [_slots(row, skips.weight) for row in _follow(automaton)]
    shape = (len(slots), max((len(each) for each in slots), default=1), automaton.states)
    to, origin, weight = np.zeros(shape, np.int32), np.zeros(shape, np.int32), np.full(shape, FAR, np.int32)
    for label, each in enumerate(slots):
        for slot, parts in enumerate(each):
            to[label, slot], origin[label, slot], weight[label, slot] = parts
    here = np.arange(automaton.states, dtype=np.int32)
    left_out, blame = skips.counts(weight)
    known = np.where(weight < FAR, origin, here)
    bits = skips.bits(np.broadcast_to(here, shape).ravel(), known.ravel()).reshape(skips.words, *shape)
    lengths = np.array([len(each) for each in slots], dtype=np.int32)
    nothing = np.zeros_like(here)
    return Ways(skips, lengths, to, origin, left_out, blame, bits, here, nothing, nothing, skips.bits(here, here))


def _arcs(automaton: Automaton, *, drawn_only: bool) -> list[Arc]:
    """The moves without an event that are worth making, in map order from each state."""
    found = []
    for state in range(automaton.states):
        drawn = automaton.drawn(state) if drawn_only else ()
        skips = automaton.onward(state)[0]
        found += [(state, label, there) for label, there in skips if not drawn_only or label in drawn]
    return found


def _follow(automaton: Automaton) -> I32:
    """The state to which each label leads from each state, −1 where it may not come."""
    follow = np.full((len(automaton.names), automaton.states), -1, dtype=np.int32)
    for state in range(automaton.states):
        for label, there in automaton.onward(state)[1].items():
            follow[label, state] = there
    return follow


def _closing(automaton: Automaton, skips: Skips, ending: Ending) -> tuple[I32, I32]:
    """By state: where a route ends that has no steps left, and the weight of what is left out up to there."""
    here = np.arange(automaton.states, dtype=np.int32)
    if ending != "reach":
        return here, np.zeros_like(here)
    ends = np.array([state for state in range(automaton.states) if automaton.accepts(state)], dtype=np.int32)
    weight = skips.weight[:, ends]
    best = weight.argmin(axis=1)
    return ends[best], weight[here, best]


Slot = tuple[int | I32, I32, I32]  # state reached, state in which the touchpoint is met, weight: each by state


def _slots(follow: I32, weight: I32) -> list[Slot]:
    """Where one touchpoint may lead from each state, without what another way does as well.

    A way is needless when one may as well meet the touchpoint first and leave out the rest later.
    """
    origin = np.flatnonzero(follow >= 0).astype(np.int32)
    if not len(origin):
        return [(0, np.zeros(len(weight), np.int32), np.full(len(weight), FAR, np.int32))]
    origin = origin[np.argsort(follow[origin], kind="stable")]
    targets, starts = np.unique(follow[origin], return_index=True)
    ways = weight[:, origin].astype(np.int64) * len(weight) + origin
    ways = np.minimum.reduceat(ways, starts, axis=1)  # by state and target: the lightest, of equals the first origin
    met, left = (ways % len(weight)).astype(np.int32), (ways // len(weight)).astype(np.int32)
    left = np.minimum(left, FAR)
    _drop_needless(left, weight[np.ix_(targets, targets)])
    home = int(np.argmax((left < FAR).sum(axis=0)))
    slots: list[Slot] = [(int(targets[home]), met[:, home], left[:, home].copy())]
    left[:, home] = FAR
    rows = np.arange(len(weight))
    while (left < FAR).any():
        best = left.argmin(axis=1)
        slots.append((targets[best], met[rows, best], left[rows, best]))
        left[rows, best] = FAR
    return slots


def _drop_needless(left: I32, between: I32) -> None:
    """Sets to FAR each way that is no lighter than a lighter one and then on from its target to the other's."""
    rows = np.arange(len(left))
    waiting = left.copy()
    while True:
        best = waiting.argmin(axis=1)
        lightest = waiting[rows, best]
        if (lightest >= FAR).all():
            return
        waiting[rows, best] = FAR
        needless = (waiting < FAR) & (lightest[:, None] + between[best] <= waiting)
        waiting[needless] = FAR
        left[needless] = FAR
