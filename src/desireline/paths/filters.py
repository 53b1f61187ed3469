"""Some of the events: of a period, of some channels, of some customers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce

import numpy as np

from desireline.slices import Codes, Flags, Slice

FEW = 8


@dataclass(frozen=True)
class Filter:
    """The events from `since` up to but not including `until` (µs since 1970 UTC) whose channel is one of `channels`.

    None asks for nothing. Where no event has a channel, all are of channel 0, which is for none. Customers who keep
    no event are gone; a customer who keeps some begins with the first of them, so a period's visits and cohorts are
    those of the period alone.
    """

    since: int | None = None
    until: int | None = None
    channels: tuple[int, ...] | None = None

    def __call__(self, slice: Slice, *, customers: Flags | None = None) -> Slice:
        """The slice's events that pass, of the customers where `customers`, shape (customers,), is true.

        When all pass it is the same slice.
        """
        if customers is not None and not customers.all():
            slice = slice.pick_customers(customers)
        keep = self._passing(slice)
        return slice if keep is None or keep.all() else slice.pick(keep)

    def _passing(self, slice: Slice) -> Flags | None:
        tests: list[Flags] = []
        if self.since is not None:
            tests.append(slice.at >= self.since)
        if self.until is not None:
            tests.append(slice.at < self.until)
        if self.channels is not None:
            none = np.zeros(slice.events, dtype=np.uint8)
            tests.append(_one_of(none if slice.channel is None else slice.channel, self.channels))
        return reduce(np.logical_and, tests) if tests else None


def _one_of(codes: Codes, wanted: tuple[int, ...]) -> Flags:
    if len(wanted) <= FEW:
        none = np.zeros(len(codes), dtype=np.bool_)
        return reduce(np.logical_or, [codes == code for code in wanted], none)
    table = np.zeros(max(int(codes.max(initial=0)), *wanted) + 1, dtype=np.bool_)
    table[list(wanted)] = True
    return table[codes]
