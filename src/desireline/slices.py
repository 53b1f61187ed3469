"""A slice of the kept trace: whole customers, each one's events in time order, as plain columns of numbers.

It is what the kernels of `paths` walk and what the store of `trace` hands out. NumPy alone, so that a first answer
does not wait for anything else to load. Names of touchpoints and channels are held by whoever made the slice; here
they are codes, the smallest unsigned integers that fit.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

I64 = npt.NDArray[np.int64]
U64 = npt.NDArray[np.uint64]
Codes = npt.NDArray[np.unsignedinteger[Any]]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Slice:
    """`customers` customers and their `events`; customer i owns events `starts[i]` up to `starts[i + 1]`.

    Within a customer events stand in time order; at one instant in the order of the lake (file row, part). Every
    customer has at least one event.
    """

    starts: I64  # shape (customers + 1,), starts[0] = 0, starts[-1] = events
    at: I64  # shape (events,), µs since 1970 UTC, negative before
    touchpoint: Codes  # shape (events,)
    channel: Codes | None = None  # shape (events,)
    value: I64 | None = None  # shape (events,), ten-thousandths
    key: U64 | None = None  # shape (customers,), `hashes.hash_text` of the customer's id

    @property
    def events(self) -> int:
        """How many events there are."""
        return len(self.at)

    @property
    def customers(self) -> int:
        """How many customers there are."""
        return len(self.starts) - 1

    @cached_property
    def counts(self) -> I64:
        """Events by customer, shape (customers,)."""
        return np.diff(self.starts)

    @cached_property
    def owner(self) -> npt.NDArray[np.int32]:
        """The customer of each event as a number from 0, shape (events,)."""
        return np.repeat(np.arange(self.customers, dtype=np.int32), self.counts)

    @cached_property
    def first(self) -> Flags:
        """True at each customer's first event, shape (events,)."""
        found = np.zeros(self.events, dtype=np.bool_)
        found[self.starts[:-1]] = True
        return found

    @cached_property
    def gap(self) -> I64:
        """µs since the event before it, shape (events,); 0 at a customer's first event."""
        found = np.empty(self.events, dtype=np.int64)
        np.subtract(self.at[1:], self.at[:-1], out=found[1:])
        found[self.starts[:-1]] = 0
        return found

    def ends_after(self, keep: Flags) -> I64:
        """Where each customer ends when only the events where `keep` is true are left, shape (customers,)."""
        return np.cumsum(keep, dtype=np.int64)[self.starts[1:] - 1]

    def pick(self, keep: Flags) -> Slice:
        """Only the events where `keep` is true; customers who lose all of theirs are gone."""
        ends = self.ends_after(keep)
        here = np.diff(ends, prepend=0) > 0
        return Slice(
            starts=np.concatenate([np.zeros(1, dtype=np.int64), ends[here]]),
            at=np.compress(keep, self.at),
            touchpoint=np.compress(keep, self.touchpoint),
            channel=None if self.channel is None else np.compress(keep, self.channel),
            value=None if self.value is None else np.compress(keep, self.value),
            key=None if self.key is None else self.key[here],
        )

    def pick_customers(self, keep: Flags) -> Slice:
        """Only the customers where `keep` is true, shape (customers,), with all of their events."""
        return self.pick(np.repeat(keep, self.counts))

    def cut(self, largest: int) -> list[Slice]:
        """The same customers in slices of about `largest` events; a customer with more than that is one slice."""
        if self.events <= largest:
            return [self]
        goals = np.arange(largest, self.events, largest, dtype=np.int64)
        edges = np.unique(np.concatenate([[0], np.searchsorted(self.starts, goals), [self.customers]]))
        return [self._customers(int(a), int(b)) for a, b in pairwise(edges)]

    def _customers(self, first: int, end: int) -> Slice:
        a, b = int(self.starts[first]), int(self.starts[end])
        return Slice(
            starts=self.starts[first : end + 1] - a,
            at=self.at[a:b],
            touchpoint=self.touchpoint[a:b],
            channel=None if self.channel is None else self.channel[a:b],
            value=None if self.value is None else self.value[a:b],
            key=None if self.key is None else self.key[first:end],
        )
