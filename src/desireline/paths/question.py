"""What a question is: it walks a slice once, and what it brings back adds up."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, ClassVar, Generic, Protocol, Self, TypeVar

import numpy as np

from desireline.slices import Slice


class Additive(Protocol):
    """Whole numbers that can be added up, in any order, and taken away again."""

    def plus(self, others: Sequence[Self]) -> Self:
        """This and all the others together."""
        ...

    def minus(self, part: Self) -> Self:
        """What is left of this without `part`, which must have gone into it."""
        ...


@dataclass(frozen=True)
class Sums:
    """A state whose fields are whole numbers, arrays of them, or `Additive` things: added field by field."""

    def plus(self, others: Sequence[Self]) -> Self:
        """This and all the others together."""
        names = [field.name for field in fields(self)]
        return type(self)(**{name: _add([getattr(one, name) for one in (self, *others)]) for name in names})

    def minus(self, part: Self) -> Self:
        """What is left of this without `part`."""
        names = [field.name for field in fields(self)]
        return type(self)(**{name: _less(getattr(self, name), getattr(part, name)) for name in names})


S = TypeVar("S", bound=Additive)
A = TypeVar("A")


class Question(ABC, Generic[S, A]):
    """One question about the order and the time of events: `partial` for each slice, `combine`, `finish`.

    States hold whole numbers only, so slices may be combined in any order and grouping and the answer is the same to
    the last bit; and a customer whose events changed is taken away as he was and added as he is. States can be
    pickled.
    """

    needs: ClassVar[frozenset[str]] = frozenset({"touchpoint", "at"})
    """The columns of a slice that `partial` looks at; others may hold anything."""

    by_pairs: ClassVar[bool] = False
    """Whether states are sums over neighbouring events: then events behind a customer's last one only add to them."""

    @abstractmethod
    def nothing(self) -> S:
        """The state of no customers."""

    @abstractmethod
    def partial(self, slice: Slice) -> S:
        """The state of one slice, of any size, also an empty one."""

    @abstractmethod
    def finish(self, state: S) -> A:
        """The answer that a state holds."""

    def combine(self, states: Sequence[S]) -> S:
        """The state of all customers of `states`, of whom no two may hold the same one. None of them: `nothing`."""
        if not states:
            return self.nothing()
        return states[0].plus(states[1:]) if len(states) > 1 else states[0]

    def take_away(self, whole: S, part: S) -> S:
        """The state of the customers of `whole` who are not in `part`; all of `part` must be in `whole`."""
        return whole.minus(part)


def _add(values: list[Any]) -> Any:
    if isinstance(values[0], int):
        return sum(values)
    if isinstance(values[0], np.ndarray):
        return np.sum(values, axis=0, dtype=np.int64)
    return values[0].plus(values[1:])


def _less(whole: Any, part: Any) -> Any:
    return whole.minus(part) if hasattr(whole, "minus") else whole - part
