"""Which touchpoint follows which, how often, and after how long?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from desireline.paths.durations import Durations, make_run
from desireline.paths.histogram import BUCKETS, F64, bucket_of, medians
from desireline.paths.question import Question, Sums
from desireline.paths.tally import Tally, count_rising
from desireline.slices import I64, Codes, Slice


@dataclass(frozen=True)
class EdgesState(Sums):
    """The durations of each edge `before * touchpoints + after`: all of them, or counted by log bucket."""

    exact: Durations
    coarse: Tally


@dataclass(frozen=True)
class EdgesAnswer:
    """One row per edge that was taken, by `before`, then `after`."""

    before: I64
    after: I64
    count: I64
    median_seconds: F64


@dataclass(frozen=True)
class Edges(Question[EdgesState, EdgesAnswer]):
    """How often event follows event directly within a customer, and the median time between the two.

    Repeats (a → a) are edges too. `touchpoints` is the number of codes. With `exact`, every duration is kept (about
    six bytes an event) and the median is the middle one, or the mean of the two in the middle. Otherwise durations
    are counted in 32 buckets an octave, and the median is within 1.6 % (exact below 64 µs).

    >>> at = np.array([0, 2_000_000, 6_000_000])
    >>> ana = Slice(starts=np.array([0, 3]), at=at, touchpoint=np.array([0, 1, 0], dtype=np.uint8))
    >>> edges = Edges(touchpoints=2, exact=True)
    >>> edges.finish(edges.partial(ana)).median_seconds.tolist()
    [2.0, 4.0]
    """

    by_pairs: ClassVar[bool] = True

    touchpoints: int
    exact: bool = False

    def nothing(self) -> EdgesState:
        return EdgesState(Durations(), Tally())

    def partial(self, slice: Slice) -> EdgesState:
        if slice.events == slice.customers:
            return self.nothing()
        codes = self._codes(slice)
        if self.exact:
            return EdgesState(Durations((make_run(codes, slice.gap, spare=slice.customers),)), Tally())
        short = (self.touchpoints**2 + 1) * BUCKETS <= 1 << 32
        keys: Codes = codes.astype(np.uint32 if short else np.uint64)
        keys *= keys.dtype.type(BUCKETS)
        keys += bucket_of(slice.gap).astype(keys.dtype)
        keys.sort()
        return EdgesState(Durations(), count_rising(keys[: slice.events - slice.customers]))

    def finish(self, state: EdgesState) -> EdgesAnswer:
        codes, counts, micros = state.exact.medians() if self.exact else medians(state.coarse)
        before, after = np.divmod(codes.astype(np.int64), max(self.touchpoints, 1))
        return EdgesAnswer(before, after, counts, micros / 1e6)

    def _codes(self, slice: Slice) -> Codes:
        """The edge that leads to each event, in the smallest numbers that fit; above all edges where none does."""
        none = self.touchpoints**2
        kind = np.min_scalar_type(none)
        codes = np.empty(slice.events, dtype=kind)
        np.multiply(slice.touchpoint[:-1], kind.type(self.touchpoints), out=codes[1:], dtype=kind, casting="unsafe")
        codes[1:] += slice.touchpoint[1:].astype(kind, copy=False)
        codes[slice.starts[:-1]] = none
        return codes
