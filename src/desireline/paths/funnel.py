"""How many customers went through these touchpoints in this order, soon enough?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce

import numpy as np
import numpy.typing as npt

from desireline.paths.durations import Durations, make_run
from desireline.paths.question import Question, Sums
from desireline.paths.tally import starts_of_equals
from desireline.slices import I64, Codes, Slice


@dataclass(frozen=True)
class FunnelState(Sums):
    """`reached[j]` customers came to step j or further; `waits` are the times it took them, by step from 1."""

    customers: int
    reached: I64
    waits: Durations


@dataclass(frozen=True)
class FunnelAnswer:
    """`reached[j]` of `customers` came to step j (from 0) or further; `median_seconds[j]` from the start to there."""

    customers: int
    reached: tuple[int, ...]
    median_seconds: tuple[float | None, ...]


@dataclass(frozen=True)
class Steps:
    """Events at the steps' touchpoints, whose they are, and when; `owner` holds one more at last, who is nobody."""

    touchpoint: Codes
    at: I64
    owner: npt.NDArray[np.int32]


@dataclass(frozen=True)
class Reached:
    """The events that end a chain as long as the level: their places, and those where the latest chain began.

    `begun` holds one more in front, which stands for no chain at all: -1, the place of nobody.
    """

    places: I64
    begun: I64


@dataclass(frozen=True)
class Funnel(Question[FunnelState, FunnelAnswer]):
    """Customers by the furthest of `steps` they reached in order, within `within` µs (None: no limit).

    Step j is reached by events e0 < e1 < … < ej of one customer with the touchpoints of the steps, where the last
    comes at most `within` after the first. Any start counts and other events may lie between: this is `windowFunnel`
    of ClickHouse. Before and after are places in the slice: at one instant its order decides, and one event is one
    step only, also when a touchpoint stands among the steps twice.

    The time to a step is that of the customer's first event that reaches it since the latest start that leads there.
    Medians are exact.
    """

    steps: tuple[int, ...]
    within: int | None = None

    def __post_init__(self) -> None:
        if not self.steps:
            raise ValueError("a funnel needs at least one step")

    def nothing(self) -> FunnelState:
        return FunnelState(0, np.zeros(len(self.steps), dtype=np.int64), Durations())

    def partial(self, slice: Slice) -> FunnelState:
        reached = np.zeros(len(self.steps), dtype=np.int64)
        levels, waits = np.zeros((2, 0), dtype=np.int64)
        events = self._events(slice)
        for step, found in enumerate(self._levels(events)):
            first = starts_of_equals(events.owner.take(found.places))
            reached[step] = len(first)
            if step:
                begun, ended = found.begun.take(first + 1), found.places.take(first)
                levels = np.append(levels, np.full(len(first), step))
                waits = np.append(waits, events.at.take(ended) - events.at.take(begun))
        return FunnelState(slice.customers, reached, Durations((make_run(levels, waits),)))

    def finish(self, state: FunnelState) -> FunnelAnswer:
        reached = tuple(state.reached.tolist())
        steps, _, micros = state.waits.medians()
        found = dict(zip(steps.tolist(), (micros / 1e6).tolist(), strict=True)) | ({0: 0.0} if reached[0] else {})
        return FunnelAnswer(state.customers, reached, tuple(found.get(step) for step in range(len(reached))))

    def _events(self, slice: Slice) -> Steps:
        wanted = reduce(np.logical_or, [slice.touchpoint == code for code in set(self.steps)])
        places = np.flatnonzero(wanted)
        owner = np.append(slice.owner.take(places), np.int32(-1))
        return Steps(slice.touchpoint.take(places), slice.at.take(places), owner)

    def _levels(self, events: Steps) -> Iterator[Reached]:
        here = np.flatnonzero(events.touchpoint == self.steps[0])
        found = Reached(here, np.append(-1, here))
        yield found
        for code in self.steps[1:]:
            found = self._go_on(events, found, np.flatnonzero(events.touchpoint == code))
            yield found

    def _go_on(self, events: Steps, before: Reached, here: I64) -> Reached:
        """Those of the events at `here` that follow one of `before` of the same customer.

        The latest one will do: its chain began latest, for a later event of a level never carries an earlier start.
        """
        latest = np.zeros(len(events.at) + 1, dtype=np.int32)
        latest[before.places + 1] = 1  # one further on, so that no event follows itself
        begun = before.begun.take(np.cumsum(latest, out=latest).take(here))
        follows = np.flatnonzero(events.owner.take(begun) == events.owner.take(here))
        here, begun = here.take(follows), begun.take(follows)
        if self.within is not None:
            soon = np.flatnonzero(events.at.take(here) - events.at.take(begun) <= self.within)
            here, begun = here.take(soon), begun.take(soon)
        return Reached(here, np.append(-1, begun))
