"""Customers written by hand or made up, and the slice that holds them."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import strategies as st

from desireline.slices import Slice

SECOND = 1_000_000
HOUR = 3600 * SECOND
DAY = 24 * HOUR

Event = tuple[int, int, int]  # µs since 1970, touchpoint, channel
Customer = list[Event]


def walk(*customers: str, unit: int = SECOND) -> Slice:
    """A slice of customers such as `a0 b5 c9/2`: touchpoint a at second 0, b at 5, c at 9 through channel 2."""
    return as_slice([[_event(word, unit) for word in customer.split()] for customer in customers])


def _event(word: str, unit: int) -> Event:
    place, _, channel = word.partition("/")
    return int(place[1:]) * unit, ord(place[0]) - ord("a"), int(channel or 0)


def as_slice(customers: list[Customer], *, codes: str = "u1") -> Slice:
    """The slice of these customers, whose events are in order."""
    customers = [customer for customer in customers if customer]
    events = [event for customer in customers for event in customer]
    return Slice(
        starts=np.cumsum([0, *map(len, customers)]).astype(np.int64),
        at=np.array([at for at, _, _ in events], dtype=np.int64),
        touchpoint=np.array([touchpoint for _, touchpoint, _ in events], dtype=codes),
        channel=np.array([channel for _, _, channel in events], dtype=codes),
        value=np.arange(len(events), dtype=np.int64),
        key=np.arange(len(customers), dtype=np.uint64),
    )


def events(*, touchpoints: int = 4, channels: int = 3) -> st.SearchStrategy[Event]:
    """Events around 1970, near and far from one another, many at the same instant."""
    near = st.integers(-4, 4).map(lambda step: step * 20 * 60 * SECOND)
    far = st.integers(-4, 4).map(lambda step: step * 5 * DAY)
    at = st.tuples(near, far, st.integers(0, 2)).map(sum)
    return st.tuples(at, st.integers(0, touchpoints - 1), st.integers(0, channels - 1))


def customers(**kinds: int) -> st.SearchStrategy[list[Customer]]:
    """Some customers, events in order of time; those at one instant in any order."""
    in_time = st.lists(events(**kinds), min_size=1, max_size=9).map(lambda found: sorted(found, key=lambda one: one[0]))
    return st.lists(in_time, max_size=7)


def same(left: Any, right: Any) -> bool:
    """Two answers are the same, arrays and all."""
    if isinstance(left, np.ndarray):
        return left.dtype == right.dtype and np.array_equal(left, right)
    if isinstance(left, dict):
        return left.keys() == right.keys() and all(same(left[key], right[key]) for key in left)
    if hasattr(left, "__dataclass_fields__"):
        return all(same(getattr(left, name), getattr(right, name)) for name in left.__dataclass_fields__)
    return bool(left == right)
