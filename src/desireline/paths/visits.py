"""How do visits go on: what happens first, second, third … until the customer is silent for a while?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from desireline.paths.question import Question, Sums
from desireline.slices import I64, Flags, Slice

HALF_HOUR = 30 * 60 * 1_000_000


@dataclass(frozen=True)
class VisitsState(Sums):
    """The number of visits; events by step and touchpoint, shape (steps + 1, touchpoints), all later ones last."""

    visits: int
    matrix: I64


@dataclass(frozen=True)
class VisitsAnswer:
    """`matrix[k, touchpoint]` events are number k (from 0) of their visit; `later` events come after those."""

    visits: int
    matrix: I64
    later: int


@dataclass(frozen=True)
class Visits(Question[VisitsState, VisitsAnswer]):
    """The number of visits, and what happens at their first `steps` events. `touchpoints` is the number of codes.

    A visit ends when the customer is silent for longer than `silence` µs; a silence of just that length does not end
    it. Repeats are steps of their own.
    """

    touchpoints: int
    silence: int = HALF_HOUR
    steps: int = 10

    def nothing(self) -> VisitsState:
        return VisitsState(0, np.zeros((self.steps + 1, self.touchpoints), dtype=np.int64))

    def partial(self, slice: Slice) -> VisitsState:
        goes_on = slice.gap <= self.silence
        goes_on[slice.starts[:-1]] = False
        cells = (self.steps + 1) * self.touchpoints
        kind = np.min_scalar_type(cells)
        keys = self._steps(goes_on).astype(kind)
        keys *= kind.type(self.touchpoints)
        keys += slice.touchpoint.astype(kind, copy=False)
        counts = np.bincount(keys, minlength=cells).reshape(self.steps + 1, self.touchpoints)
        return VisitsState(slice.events - int(np.count_nonzero(goes_on)), counts)

    def finish(self, state: VisitsState) -> VisitsAnswer:
        return VisitsAnswer(state.visits, state.matrix[: self.steps], int(state.matrix[self.steps :].sum()))

    def _steps(self, goes_on: Flags) -> npt.NDArray[np.unsignedinteger[Any]]:
        """The place of each event in its visit from 0, at most `steps`.

        An event stands at place k or later when it and the k − 1 before it all go on with a visit: so the place is
        how many k that holds for, and each k is one comparison of flags with themselves shifted.
        """
        found = goes_on.astype(np.min_scalar_type(self.steps))
        holds = goes_on
        for _ in range(1, self.steps):
            holds = goes_on[len(goes_on) - len(holds) + 1 :] & holds[:-1]
            found[len(found) - len(holds) :] += holds
        return found
