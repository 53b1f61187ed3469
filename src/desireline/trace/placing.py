"""Events on touchpoints by lookup: rules are judged once for each combination of codes, never for each event.

The trace does not know maps. A caller asks which combinations of fields occur, decides each one, and hands back a
table; the trace looks every event up in it. So a map may be edited without the trace being made again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import numpy.typing as npt

from desireline.slices import Slice
from desireline.trace.events import AT_ONCE, Codes, Events, fits

if TYPE_CHECKING:
    from desireline.trace.trace import Trace

I64 = npt.NDArray[np.int64]
Verdicts = npt.NDArray[Any]
LookUp = Callable[[Events], Verdicts]

_DENSE = 1 << 22  # combinations that a plain table is made for


@dataclass(frozen=True)
class Combinations:
    """The combinations of codes that occur, numbered from 0 in the order of their codes."""

    fields: tuple[str, ...]
    codes: I64  # shape (n, fields)
    counts: I64  # events of each, shape (n,)
    stages: tuple[_Stage, ...]
    all_names: Mapping[str, tuple[str | None, ...]]

    def __len__(self) -> int:
        return len(self.codes)

    def names(self) -> dict[str, list[str | None]]:
        """The names of each combination, a column for each field."""
        return {
            field: [self.all_names[field][code] for code in self.codes[:, place].tolist()]
            for place, field in enumerate(self.fields)
        }

    def number(self, events: Events) -> Codes:
        """The combination of each event, shape (events,)."""
        return self.look_up(np.arange(len(self), dtype=fits(len(self))))(events)

    def look_up(self, verdicts: Verdicts) -> LookUp:
        """A function that gives, for each event, what `verdicts` (one for each combination) says of it."""
        *before, last = self.stages
        decide = last.table(verdicts)

        def look_up(events: Events) -> Verdicts:
            return decide(last.fold(events, _numbers(before, events)))

        return look_up


@dataclass(frozen=True)
class _Stage:
    """Some of the fields folded into one number, of which only those that occur are numbered again."""

    sizes: tuple[tuple[str, int], ...]  # field, number of its names
    room: int  # numbers are below this
    present: I64  # ascending

    def fold(self, events: Events, number: I64 | None) -> Codes:
        """The fields' codes as one number, behind `number` where there is one."""
        kind = np.int32 if self.room < 2**31 else np.int64
        total: Codes = np.zeros(len(events.at), dtype=kind) if number is None else number.astype(kind)
        for field, size in self.sizes:
            total *= size
            if field in events.codes:
                total += events.codes[field].astype(kind)
        return total

    def table(self, verdicts: Verdicts) -> Callable[[Codes], Verdicts]:
        """What `verdicts` (one for each number that occurs) says of folded numbers."""
        if self.room > _DENSE:
            return lambda folded: verdicts[np.searchsorted(self.present, folded)]
        table = np.zeros(self.room, dtype=verdicts.dtype)
        table[self.present] = verdicts
        return lambda folded: table[folded]

    @cached_property
    def place(self) -> Callable[[Codes], I64]:
        """Which of the numbers that occur a folded one is."""
        return self.table(np.arange(len(self.present)))


def _numbers(stages: Sequence[_Stage], events: Events) -> I64 | None:
    number = None
    for stage in stages:
        number = stage.place(stage.fold(events, number))
    return number


def combinations(trace: Trace, fields: Sequence[str] = ("event", "channel")) -> Combinations:
    """The combinations of these fields that occur in the trace. All of its codes are looked at, once as a rule."""
    names = {field: trace.names[field] for field in fields}
    stages: tuple[_Stage, ...] = ()
    room, waiting = 1, list(fields)
    counts = np.array([trace.events], dtype=np.int64)
    while waiting or not stages:
        sizes: list[tuple[str, int]] = []
        while waiting and (not sizes or room * len(names[waiting[0]]) <= _DENSE):
            field = waiting.pop(0)
            sizes.append((field, len(names[field])))
            room *= max(len(names[field]), 1)
        present, counts = _count(trace, stages, _Stage(tuple(sizes), room, np.zeros(0, dtype=np.int64)))
        stages = (*stages, _Stage(tuple(sizes), room, present))
        room = len(present)
    return Combinations(tuple(fields), _unfold(stages), counts, stages, names)


def _count(trace: Trace, before: Sequence[_Stage], stage: _Stage) -> tuple[I64, I64]:
    """The folded numbers that occur, ascending, and how often."""
    dense = np.zeros(stage.room if stage.room <= _DENSE else 0, dtype=np.int64)
    found: list[tuple[I64, I64]] = []
    for bucket in range(trace.buckets):
        for events in trace.pieces(bucket):
            folded = stage.fold(events, _numbers(before, events))
            if len(dense):
                dense += np.bincount(folded, minlength=len(dense))
            else:
                found.append(np.unique(folded, return_counts=True))
    if len(dense):
        return np.flatnonzero(dense), dense[dense > 0]
    return _added(found)


def _added(found: Sequence[tuple[I64, I64]]) -> tuple[I64, I64]:
    numbers = np.concatenate([np.zeros(0, dtype=np.int64), *(numbers for numbers, _ in found)])
    times = np.concatenate([np.zeros(0, dtype=np.int64), *(times for _, times in found)])
    present, which = np.unique(numbers, return_inverse=True)
    counts = np.zeros(len(present), dtype=np.int64)
    np.add.at(counts, which, times)
    return present, counts


def _unfold(stages: Sequence[_Stage]) -> I64:
    """The codes of every combination of the last stage."""
    numbers = np.arange(len(stages[-1].present))
    columns: list[I64] = []
    for stage in reversed(stages):
        rest = stage.present[numbers]
        for _, size in reversed(stage.sizes):
            columns.append(rest % max(size, 1))
            rest = rest // max(size, 1)
        numbers = rest
    return np.stack(columns[::-1], axis=1) if columns else np.zeros((len(numbers), 0), dtype=np.int64)


@dataclass(frozen=True)
class Placing:
    """The touchpoint of every combination: a code from 0, or -1 for those that are off the map.

    Events off the map are dropped, or get the code `off`. Customers who lose all their events are dropped too.
    """

    combos: Combinations
    touchpoint: I64
    off: Literal["drop"] | int = "drop"

    @cached_property
    def _look_up(self) -> LookUp:
        given = np.asarray(self.touchpoint, dtype=np.int64)
        if given.shape != (len(self.combos),):
            raise ValueError(f"there are {len(self.combos)} combinations, but touchpoints for {given.shape}")
        codes = np.where(given < 0, self._off, given)
        return self.combos.look_up(codes.astype(fits(int(codes.max(initial=0)) + 1)))

    @cached_property
    def _off(self) -> int:
        return int(np.max(self.touchpoint, initial=-1)) + 1 if self.off == "drop" else self.off

    @cached_property
    def _drops(self) -> bool:
        return self.off == "drop" and bool((np.asarray(self.touchpoint) < 0).any())

    def place(self, events: Events) -> Slice:
        """The events as a slice whose touchpoints are those of the map."""
        touchpoint = self._look_up(events)
        placed = events.slice(touchpoint)
        return placed.pick(touchpoint != self._off) if self._drops and placed.customers else placed


class PlacedTrace:
    """A trace whose touchpoints are those of a map."""

    def __init__(self, trace: Trace, placing: Placing) -> None:
        self.trace = trace
        self.placing = placing

    @property
    def buckets(self) -> int:
        """How many buckets there are."""
        return self.trace.buckets

    def parts(self, bucket: int) -> tuple[str, ...]:
        """As the trace says."""
        return self.trace.parts(bucket)

    def slices(self, bucket: int, *, largest: int = AT_ONCE) -> Iterator[Slice]:
        """The bucket's customers who have events on the map, in slices made of about `largest` events."""
        for events in self.trace.event_slices(bucket, largest=largest):
            placed = self.placing.place(events)
            if placed.customers:
                yield placed

    def touched(self, bucket: int, since: int) -> tuple[Slice, Slice] | None:
        """As the trace's own: a customer's events before and now, as far as they are on the map."""
        found = self.trace.touched_events(bucket, since)
        return found and (self.placing.place(found[0]), self.placing.place(found[1]))
