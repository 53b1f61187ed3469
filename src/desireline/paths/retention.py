"""Of the customers who came first in a period, how many come again in the periods after it?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Literal

import numpy as np
import numpy.typing as npt

from desireline.paths.question import Question, Sums
from desireline.paths.tally import Tally, count_keys, starts_of_equals
from desireline.slices import I64, U64, Slice, spread

Grain = Literal["day", "week", "month"]
Days = npt.NDArray[np.datetime64]

DAY = 86_400 * 1_000_000
MONDAY = 3  # 1970-01-01 was a Thursday, the fourth day of its week
LONGEST = 520
"""The largest offset that an answer holds: ten years of weeks. One far date would make a table of millions of cells."""
_ZERO = 1 << 31  # so that periods before 1970 are numbers from 0 too
_HALF = np.uint64(32)


@dataclass(frozen=True)
class RetentionState(Sums):
    """Customers by cohort and offset."""

    cells: Tally


@dataclass(frozen=True)
class RetentionAnswer:
    """`matrix[i, k]` customers of `cohorts[i]` have an event k periods later; k = 0 is the size of the cohort.

    `cohorts` are the first days of the periods in which any customer came first, rising. `known[i]` is how many
    offsets of a cohort the data can know: from the cohort up to the last period in which anything happened.
    Offsets end at LONGEST; `later` adds up the customers of all cells beyond.
    """

    cohorts: Days
    known: I64
    matrix: I64
    later: int = 0


@dataclass(frozen=True)
class Retention(Question[RetentionState, RetentionAnswer]):
    """Customers by the period of their first event and by how many periods later they have an event again.

    Periods are UTC: days, ISO weeks (from Monday) or calendar months. A customer counts once in each.
    """

    needs: ClassVar[frozenset[str]] = frozenset({"at"})

    grain: Grain = "week"

    def nothing(self) -> RetentionState:
        return RetentionState(Tally())

    def partial(self, slice: Slice) -> RetentionState:
        if not slice.customers:
            return self.nothing()
        low, high = self._numbers(_ends(slice)).tolist()
        width = high - low + 1
        periods = self._numbers(slice.at, np.min_scalar_type(width)) - np.int64(low).astype(np.min_scalar_type(width))
        new = np.empty(slice.events, dtype=np.bool_)
        np.not_equal(periods[1:], periods[:-1], out=new[1:])
        new[slice.starts[:-1]] = True
        places = np.flatnonzero(new)
        cohorts = periods.take(slice.starts[:-1]).astype(np.int32 if width**2 < 2**31 else np.int64)
        cohorts *= width
        keys = spread(cohorts, np.flatnonzero(slice.first.take(places)), len(places))
        keys += periods.take(places).astype(keys.dtype)
        return RetentionState(_cells(count_keys(keys, width**2), low, width))

    def finish(self, state: RetentionState) -> RetentionAnswer:
        keys, counts = state.cells.settled
        cohorts, offsets = _open(keys)
        starts = starts_of_equals(cohorts)
        row = np.repeat(np.arange(len(starts)), np.diff(starts, append=len(cohorts)))
        near = offsets <= LONGEST
        matrix = np.zeros((len(starts), int(offsets[near].max(initial=-1)) + 1), dtype=np.int64)
        matrix[row[near], offsets[near]] = counts[near]
        known = int((cohorts + offsets).max(initial=0)) - cohorts[starts] + 1
        return RetentionAnswer(self._first_days(cohorts[starts]), known, matrix, int(counts[~near].sum()))

    def _numbers(self, at: I64, kind: npt.DTypeLike = np.int64) -> npt.NDArray[np.integer[Any]]:
        """The number of the period of each instant: days, weeks or months since the one of 1970-01-01.

        Of a `kind` that is too small, the lowest bits.
        """
        if self.grain == "month":
            return (at // DAY).view("datetime64[D]").astype("datetime64[M]").view(np.int64).astype(kind)
        found = np.empty(len(at), dtype=kind)
        if self.grain == "week":
            at = at + MONDAY * DAY
        return np.floor_divide(at, 7 * DAY if self.grain == "week" else DAY, out=found, casting="unsafe")

    def _first_days(self, periods: I64) -> Days:
        if self.grain == "month":
            return periods.view("datetime64[M]").astype("datetime64[D]")
        return (periods * 7 - MONDAY if self.grain == "week" else periods).view("datetime64[D]")


def _ends(slice: Slice) -> I64:
    """The first and the last instant."""
    return np.array([slice.at.take(slice.starts[:-1]).min(), slice.at.take(slice.starts[1:] - 1).max()])


def _cells(found: Tally, low: int, width: int) -> Tally:
    """Customers by cohort and offset, of customers by cohort and period, both from `low` on."""
    cohort, period = np.divmod(found.keys.view(np.int64), width)
    keys = (cohort + low + _ZERO).view(np.uint64) << _HALF
    return Tally(((keys | (period - cohort).view(np.uint64), found.counts),))


def _open(keys: U64) -> tuple[I64, I64]:
    """The cohort and the offset that a key holds."""
    return (keys >> _HALF).view(np.int64) - _ZERO, (keys & np.uint64(2**32 - 1)).view(np.int64)
