"""A slice of the kept trace: whole customers, each one's events in time order, as plain columns of numbers.

It is what the kernels of `paths` walk and what the store of `trace` hands out. NumPy alone, so that a first answer
does not wait for anything else to load. Names of touchpoints and channels are held by whoever made the slice; here
they are codes, the smallest unsigned integers that fit.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

I64 = npt.NDArray[np.int64]
U64 = npt.NDArray[np.uint64]
Codes = npt.NDArray[np.unsignedinteger[Any]]
Flags = npt.NDArray[np.bool_]
N = TypeVar("N", bound=np.integer[Any])


def stretches(values: npt.NDArray[Any]) -> I64:
    """Where each stretch of equal values begins, and at last where the values end; one more than there are stretches.

    NumPy takes three times as long to find flags when no more than a tenth are true: hence the true ones at the end.
    """
    many, more = len(values), len(values) // 8 + 1
    begins = np.ones(many + more, dtype=np.bool_)
    np.not_equal(values[1:], values[:-1], out=begins[1:many])
    found = np.flatnonzero(begins)
    return found[: len(found) + 1 - more]


def running(flags: Flags) -> npt.NDArray[np.int32]:
    """How many of the flags up to and with each one are true, shape (n,); n must be below 2**31.

    Made and summed in one type: NumPy lets other threads go on only while it need not convert as it sums.
    """
    found = flags.astype(np.int32)
    return np.cumsum(found, out=found)


def spread(numbers: npt.NDArray[N], starts: I64, many: int) -> npt.NDArray[N]:
    """`many` numbers, where number i stands from place `starts[i]` up to `starts[i + 1]`; `starts` rise from 0.

    This is `np.repeat`, which holds up other threads.
    """
    found = np.zeros(many, dtype=numbers.dtype)
    found[starts] = np.diff(numbers, prepend=numbers.dtype.type(0))
    return np.cumsum(found, dtype=found.dtype, out=found)


def spans(starts: I64, counts: I64) -> I64:
    """The numbers starts[0] … starts[0] + counts[0] - 1, then those from starts[1], and so on."""
    if not counts.all():
        some = np.flatnonzero(counts)
        starts, counts = starts[some], counts[some]
    before = np.cumsum(counts) - counts
    found = spread(starts - before, before, int(counts.sum()))
    found += np.arange(len(found))
    return found


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
        found = running(self.first)
        found -= 1
        return found

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
        return running(keep).take(self.starts[1:] - 1).astype(np.int64)

    def pick(self, keep: Flags) -> Slice:
        """Only the events where `keep` is true; customers who lose all of theirs are gone."""
        ends = self.ends_after(keep)
        here = np.diff(ends, prepend=0) > 0
        starts = np.concatenate([np.zeros(1, dtype=np.int64), ends[here]])
        return self._taken(np.flatnonzero(keep), starts, here)

    def pick_customers(self, keep: Flags) -> Slice:
        """Only the customers where `keep` is true, shape (customers,), with all of their events."""
        counts = self.counts[keep]
        starts = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(counts)])
        return self._taken(spans(self.starts[:-1][keep], counts), starts, keep)

    def cut(self, largest: int) -> list[Slice]:
        """The same customers in slices of nearly as many events, about `largest` at most.

        A customer with more than that is never cut.
        """
        count = -(-self.events // largest)
        if count <= 1:
            return [self]
        goals = np.arange(1, count, dtype=np.int64) * self.events // count
        edges = {0, *np.searchsorted(self.starts, goals).tolist(), self.customers}
        return [self._customers(first, end) for first, end in pairwise(sorted(edges))]

    def _taken(self, places: I64, starts: I64, customers: Flags) -> Slice:
        """The events at these places, of the customers where `customers` is true."""
        return Slice(
            starts=starts,
            at=self.at.take(places),
            touchpoint=self.touchpoint.take(places),
            channel=None if self.channel is None else self.channel.take(places),
            value=None if self.value is None else self.value.take(places),
            key=None if self.key is None else self.key[customers],
        )

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


@cache
def let_freed_memory_stay() -> None:
    """What one slice needs on the way is there for the next one, up to 64 MiB a thread.

    The allocator of glibc hands freed memory back to the system beyond twice the largest block that was ever handed
    back alone, and every page of it costs a fault when it is needed again: half of a walk's time. One block of almost
    32 MiB, the most it learns from, is asked for and never touched. Elsewhere this does nothing.
    """
    np.empty(2**25 - 2**16, dtype=np.uint8)
