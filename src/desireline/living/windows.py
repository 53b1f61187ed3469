"""Which days are compared with which: the current window against all that came before it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import numpy.typing as npt

from desireline.measures.codes import Codes, Whole

LONGEST = timedelta(days=91)
SHORTEST = timedelta(days=28)
LEAST_SINCE = timedelta(days=7)
"""A person who names the day may compare a single week."""

DAY_US = 86_400_000_000
NEITHER = -(2**30)
"""The slot of an instant that is not looked at."""

MOST_SPLITS = 52
SLOT = 7
"""Days in a slot: drift is looked for from one week to the next."""

Span = tuple[date, date]


@dataclass(frozen=True)
class Windows:
    """Days in UTC: the reference is [first, split), the current window [split, end). `blind` days belong to neither.

    With `scanned`, `split` is only where slots are counted from, and each place is split where it changed most.
    """

    first: date
    split: date
    end: date
    blind: tuple[Span, ...] = ()
    scanned: bool = False

    @property
    def enough(self) -> str:
        """Why nothing can be compared; "" when it can."""
        before, after = (self.split - self.first).days, (self.end - self.split).days
        if self.scanned and before < SHORTEST.days:
            return f"not enough data: {before + after} of {2 * SHORTEST.days} days"
        if before < SHORTEST.days:
            return f"not enough data: {max(before, 0)} of {SHORTEST.days} days before {self.split}"
        if after < LEAST_SINCE.days:
            return f"not enough data: {max(after, 0)} of {LEAST_SINCE.days} days since {self.split}"
        return ""

    def slots(self, at: Whole) -> Codes:
        """The number of whole weeks between the split and each instant (µs since 1970), below 0 before; or NEITHER."""
        day = np.floor_divide(at, DAY_US)
        outside = (day < ordinal(self.first)) | (day >= ordinal(self.end))
        for start, stop in self.blind:
            outside |= (day >= ordinal(start)) & (day < ordinal(stop))
        slot = np.floor_divide(day - ordinal(self.split), SLOT)
        return np.where(outside, NEITHER, slot).astype(np.int32)

    def begins(self, slot: int) -> date:
        """The first day of a slot."""
        return self.split + timedelta(days=SLOT * slot)

    @property
    def splits(self) -> tuple[int, ...]:
        """The slots before which places may be split: 0 alone, or all with four weeks on both sides."""
        if not self.scanned:
            return (0,)
        first = -((self.split - self.first - SHORTEST).days // SLOT)
        last = (self.end - self.split - SHORTEST).days // SLOT
        every = list(range(first, last + 1)) or [0]
        step = -(-len(every) // MOST_SPLITS)
        return tuple(sorted({*every[::step], 0}))

    def without(self, *spans: Span) -> Windows:
        """The same, blind to these days too."""
        return replace(self, blind=(*self.blind, *spans))


def choose_windows(
    first_at: datetime | None,
    last_at: datetime | None,
    *,
    since: date | None = None,
    patience: timedelta = timedelta(0),
) -> Windows | None:
    """The last quarter of the data's span, from 4 to 13 weeks, against all before it; or the days `since` one.
    Without `since` the current window begins on a Monday.

    The last day is left out when it is not the only one: as a rule the export stopped in the middle of it. So are the
    first days, as many as the map's `patience` (an eighth of the span at most): what ends in them began in them, so
    they know only quick journeys. None where there are no data.
    """
    if first_at is None or last_at is None:
        return None
    first, last = first_at.astimezone(UTC).date(), last_at.astimezone(UTC).date()
    end = max(last, first + timedelta(days=1))
    first += timedelta(days=min(patience.days, (end - first).days // 8))
    if since is not None:
        return Windows(first, since, end)
    quarter = timedelta(days=(end - first).days // 4)
    split = end - min(LONGEST, max(SHORTEST, quarter))
    return Windows(first, split - timedelta(days=split.weekday()), end, scanned=True)


def ordinal(day: date) -> int:
    """Days since 1970-01-01."""
    return (day - date(1970, 1, 1)).days


def day_of(number: int) -> date:
    """The day that is so many days after 1970-01-01."""
    return date(1970, 1, 1) + timedelta(days=int(number))


def weeks_of(at: Whole) -> Codes:
    """The number of each instant's week, Monday to Sunday in UTC, counted from the one of 1970-01-01."""
    found: npt.NDArray[np.int32] = ((np.floor_divide(at, DAY_US) + 3) // 7).astype(np.int32)
    return found


def monday(week: int) -> date:
    """The first day of a numbered week."""
    return day_of(7 * int(week) - 3)
