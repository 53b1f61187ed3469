"""Several questions in one walk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from desireline.paths.question import Question
from desireline.slices import Slice

LARGEST = 1 << 19
"""Events in a slice that is walked at once: enough that threads seldom wait for one another, and some 40 MB each."""


@dataclass(frozen=True)
class Together:
    """Questions by name, asked of the same slices, which are cut to about `largest` events.

    A state holds the state of each question by its name, and so does an answer. Nothing of a piece is kept but the
    states, so memory does not grow with the slice; a customer with more than `largest` events is one piece.
    """

    questions: Mapping[str, Question[Any, Any]]
    largest: int = LARGEST

    def partial(self, slice: Slice) -> dict[str, Any]:
        """The states of one slice, of any size."""
        _let_freed_memory_stay()
        return self.combine([self._piece(piece) for piece in slice.cut(self.largest)])

    def combine(self, states: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        """The states of all customers of `states`, of whom no two may hold the same one."""
        return {name: question.combine([state[name] for state in states]) for name, question in self.questions.items()}

    def finish(self, state: Mapping[str, Any]) -> dict[str, Any]:
        """The answer to each question."""
        return {name: question.finish(state[name]) for name, question in self.questions.items()}

    def take_away(self, whole: Mapping[str, Any], part: Mapping[str, Any]) -> dict[str, Any]:
        """The states of the customers of `whole` who are not in `part`; all of `part` must be in `whole`."""
        return {name: question.take_away(whole[name], part[name]) for name, question in self.questions.items()}

    def _piece(self, piece: Slice) -> dict[str, Any]:
        return {name: question.partial(piece) for name, question in self.questions.items()}


@cache
def _let_freed_memory_stay() -> None:
    """What a piece needs on the way is there for the next one, up to 64 MiB a thread.

    The allocator of glibc hands freed memory back to the system beyond twice the largest block that was ever handed
    back alone, and every page of it costs a fault when it is needed again: half of a walk's time. One block of almost
    32 MiB, the most it learns from, is asked for and never touched. Elsewhere this does nothing.
    """
    np.empty(2**25 - 2**16, dtype=np.uint8)
