"""Do customers go through the stages in the order that the map has?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt

from desireline.paths.question import Question, Sums
from desireline.paths.tally import count_small_keys
from desireline.slices import I64, Flags, Slice, running

Ranks = npt.NDArray[np.signedinteger[Any]]


@dataclass(frozen=True)
class OrderState(Sums):
    """Customers on the map, and how many of them conform, by the stage where they end; moves by stage and stage.

    `moves` has shape (stages + 1, stages); its first row are the stages where customers begin.
    """

    customers: int
    conforming: I64
    moves: I64


@dataclass(frozen=True)
class OrderAnswer:
    """Back-steps, skipped stages, customers who make neither, and those of them who reach the last stage."""

    customers: int
    backward: int
    skipped: int
    conforming: int
    complete: int
    moves: I64


@dataclass(frozen=True)
class Order(Question[OrderState, OrderAnswer]):
    """Moves from stage to stage, where `rank[touchpoint]` is the stage, from 0, and −1 means: not on the map.

    Events that are not on the map are passed over. Of each customer's others, a move leads from each one to the
    next, and one from before stage 0 to the first. A back-step is a move to a lower stage; a move from r up to s skips
    s − r − 1 stages, so a customer who begins at stage 2 skips two. A customer conforms who has an event on the map
    and whose every move stays or goes up by one: he begins at stage 0, and may stop anywhere; he is complete when he
    stops at the last stage.
    """

    needs: ClassVar[frozenset[str]] = frozenset({"touchpoint"})

    rank: tuple[int, ...]

    @property
    def stages(self) -> int:
        """How many stages there are."""
        return max(self.rank, default=-1) + 1

    def nothing(self) -> OrderState:
        stages = self.stages
        return OrderState(0, np.zeros(stages, dtype=np.int64), np.zeros((stages + 1, stages), dtype=np.int64))

    def partial(self, slice: Slice) -> OrderState:
        rank: Ranks = np.asarray(self.rank, dtype=np.int64)
        ranks = (rank.astype(np.int8) if self.stages < 127 else rank).take(slice.touchpoint)
        ends = slice.starts[1:]
        if min(self.rank, default=-1) < 0:
            on_map = ranks >= 0
            ranks = np.compress(on_map, ranks)
            ends = slice.ends_after(on_map)
            ends = ends[np.diff(ends, prepend=0) > 0]
        return self._count(ranks, ends) if len(ends) else self.nothing()

    def finish(self, state: OrderState) -> OrderAnswer:
        up = np.arange(self.stages)[None, :] - np.arange(-1, self.stages)[:, None]
        return OrderAnswer(
            customers=state.customers,
            backward=int(state.moves[up < 0].sum()),
            skipped=int((state.moves * np.maximum(up - 1, 0)).sum()),
            conforming=int(state.conforming.sum()),
            complete=int(state.conforming[-1:].sum()),
            moves=state.moves,
        )

    def _count(self, ranks: Ranks, ends: I64) -> OrderState:
        """The state of customers who end at `ends` among these ranks, each with at least one."""
        before = np.empty_like(ranks)
        before[1:] = ranks[:-1]
        before[0] = before[ends[:-1]] = -1
        up = ranks - before
        wrong = (up < 0) | (up > 1)
        last = ranks.take(ends - 1).compress(_without_any(wrong, ends))
        conforming = np.bincount(last, minlength=self.stages)
        return OrderState(len(ends), conforming, self._moves(before, ranks))

    def _moves(self, before: Ranks, after: Ranks) -> I64:
        stages = self.stages
        cells = (stages + 1) * stages
        if cells <= 256:
            keys = (before + np.int8(1)).view(np.uint8)
            keys *= np.uint8(stages)
            keys += after.view(np.uint8)
            return count_small_keys(keys)[:cells].reshape(stages + 1, stages)
        wide = (before.astype(np.int64) + 1) * stages + after
        return np.bincount(wide, minlength=cells).reshape(stages + 1, stages)


def _without_any(flags: Flags, ends: I64) -> Flags:
    """True for the customers none of whose events is flagged."""
    found: Flags = np.diff(running(flags).take(ends - 1), prepend=0) == 0
    return found
