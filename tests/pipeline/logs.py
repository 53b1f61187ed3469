"""A log in memory that is asked as a kept trace is: customers by number, events added in parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from desireline.pipeline.paths import Parts
from desireline.slices import Slice

MINUTE = 60_000_000

Event = tuple[int, int, int, int]  # customer, minute, event, channel


@dataclass
class Log:
    """Events in parts, in `buckets` buckets of customers. `walked` remembers which slices were looked at."""

    parts_of_events: list[list[Event]]
    buckets: int = 2
    names: tuple[str, ...] = ("see", "cart", "pay")
    walked: list[tuple[str, int]] = field(default_factory=list)

    def parts(self, bucket: int) -> Parts:
        """A part of a bucket is named by the events that it brings."""
        mine = [self._inside(part, bucket) for part in self.parts_of_events]
        return tuple(f"{number}{part}" for number, part in enumerate(mine) if part)

    def slices(self, bucket: int) -> Iterator[Slice]:
        """All customers of the bucket, three to a slice."""
        self.walked.append(("whole", bucket))
        events = self._inside([event for part in self.parts_of_events for event in part], bucket)
        customers = sorted({customer for customer, *_ in events})
        for first in range(0, len(customers), 3):
            some = customers[first : first + 3]
            yield as_slice([event for event in events if event[0] in some])

    def touched(self, bucket: int, since: int) -> tuple[Slice, Slice] | None:
        """The customers of the later parts, before and now."""
        parts = [part for part in (self._inside(part, bucket) for part in self.parts_of_events) if part]
        if not since:
            return None
        self.walked.append(("touched", bucket))
        touched = {customer for part in parts[since:] for customer, *_ in part}
        before = [event for part in parts[:since] for event in part if event[0] in touched]
        now = [event for part in parts for event in part if event[0] in touched]
        return as_slice(before), as_slice(now)

    def _inside(self, events: Sequence[Event], bucket: int) -> list[Event]:
        return [event for event in events if event[0] % self.buckets == bucket]


def as_slice(events: Sequence[Event]) -> Slice:
    """The events by customer and time; at one instant as they came."""
    rows = sorted(events, key=lambda event: event[:2])
    customers = sorted({customer for customer, *_ in rows})
    counts = [sum(row[0] == customer for row in rows) for customer in customers]
    return Slice(
        starts=np.cumsum([0, *counts], dtype=np.int64),
        at=np.array([minute * MINUTE for _, minute, _, _ in rows], dtype=np.int64),
        touchpoint=np.array([event for *_, event, _ in rows], dtype=np.uint8),
        channel=np.array([channel for *_, channel in rows], dtype=np.uint8),
        key=np.array(customers, dtype=np.uint64),
    )


class Memory:
    """Keeps states in a dictionary."""

    def __init__(self) -> None:
        self.states: dict[tuple[str, int], tuple[Parts, Any]] = {}

    def find(self, question: str, bucket: int) -> tuple[Parts, Any] | None:
        """What was kept."""
        return self.states.get((question, bucket))

    def keep(self, question: str, bucket: int, parts: Parts, state: Any) -> None:
        """It is kept."""
        self.states[question, bucket] = (parts, state)
