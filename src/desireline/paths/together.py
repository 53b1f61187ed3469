"""Several questions in one walk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from desireline.paths.question import Question
from desireline.slices import Slice, let_freed_memory_stay

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

    @property
    def needs(self) -> frozenset[str]:
        """The columns of a slice that any of the questions looks at."""
        return frozenset().union(*(question.needs for question in self.questions.values()))

    def partial(self, slice: Slice) -> dict[str, Any]:
        """The states of one slice, of any size."""
        let_freed_memory_stay()
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
