"""What was found about many routes at once: numbers, and sets of touchpoints as bits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from desireline.journeys.alignment import Laid
from desireline.journeys.routes import Routes

I64 = npt.NDArray[np.int64]
U64 = npt.NDArray[np.uint64]
Flags = npt.NDArray[np.bool_]
Index = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Found:
    """Alignments of many routes, as sets of touchpoints of shape (words, routes) instead of moves."""

    cost: I64  # thousandths
    compared: I64  # how many of the route's steps were compared; fewer than it has where it was cut
    state: Index  # where the map stands after the last step
    planned: U64  # touchpoints that were met as planned
    unplanned: U64
    left_out: U64  # before the last step
    unreached: U64  # left out after it

    @classmethod
    def blank(cls, routes: int, words: int) -> Found:
        """Room for so many routes."""
        cost, compared = np.zeros((2, routes), dtype=np.int64)
        sets = np.zeros((4, words, routes), dtype=np.uint64)
        return cls(cost, compared, np.zeros(routes, dtype=np.intp), sets[0], sets[1], sets[2], sets[3])

    @classmethod
    def gather(cls, laid: Sequence[tuple[Laid, int]], labels: int) -> Found:
        """From routes laid beside the map one by one, and how many steps of each were compared."""
        found = cls.blank(len(laid), words_for(labels))
        for row, (each, compared) in enumerate(laid):
            found.cost[row], found.compared[row], found.state[row] = each.cost, compared, each.state
            for into, kind in ((found.planned, "sync"), (found.unplanned, "log"), (found.left_out, "model")):
                into[:, row] = _set((label for said, label in each.moves if said == kind), found.words)
            found.unreached[:, row] = _set(each.unreached, found.words)
        return found

    @classmethod
    def joined(cls, *parts: tuple[Index, Found]) -> Found:
        """From alignments of some routes each, and which those are; together all, from 0 on."""
        found = cls.blank(sum(len(routes) for routes, _ in parts), parts[0][1].words)
        for routes, part in parts:
            for into, column in zip(found.parts(), part.parts(), strict=True):
                into[..., routes] = column
        return found

    @property
    def words(self) -> int:
        """How many words of 64 bits hold a set of touchpoints."""
        return len(self.planned)

    def of(self, routes: Index) -> Found:
        """The alignments of some of the routes."""
        return Found(*(part[..., routes] for part in self.parts()))

    def parts(self) -> tuple[npt.NDArray[Any], ...]:
        """Its columns, whose last axis is the routes."""
        return self.cost, self.compared, self.state, self.planned, self.unplanned, self.left_out, self.unreached

    def with_tails(self, tails: Routes, labels: int, log: int) -> Found:
        """Routes that go on with steps that nobody compared: these count as not planned, at `log` thousandths each."""
        cut = np.flatnonzero(tails.lengths)
        if not len(cut):
            return self
        unplanned = self.unplanned.copy()
        own = singletons(labels)[:, tails.codes >> 1]
        unplanned[:, cut] |= np.bitwise_or.reduceat(own, tails.starts[cut], axis=1)
        return replace(self, cost=self.cost + tails.lengths * log, unplanned=unplanned)

    def stopped(self, routes: Index) -> Found:
        """The same, but that for some routes nothing comes after their last steps."""
        unreached = self.unreached.copy()
        unreached[:, routes] = 0
        return replace(self, unreached=unreached)


def words_for(labels: int) -> int:
    """How many words of 64 bits hold a set of so many touchpoints; one at least."""
    return -(-max(labels, 1) // 64)


def singletons(labels: int) -> U64:
    """Each touchpoint as a set of one; shape (words, labels)."""
    label = np.arange(labels)
    own = np.zeros((words_for(labels), labels), dtype=np.uint64)
    own[label >> 6, label] = np.uint64(1) << (label & 63).astype(np.uint64)
    return own


def members(sets: U64, labels: int) -> Flags:
    """Sets of shape (words, routes) as flags of shape (routes, labels)."""
    packed = np.ascontiguousarray(sets.T).astype("<u8").view(np.uint8)
    return np.unpackbits(packed, axis=1, count=labels, bitorder="little").astype(np.bool_)


def _set(labels: Iterable[int], words: int) -> list[int]:
    whole = 0
    for label in labels:
        whole |= 1 << label
    return [whole >> 64 * word & (1 << 64) - 1 for word in range(words)]
