"""From when to when the data go, and which weeks and days they hold whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from desireline.errors import NoEvents
from desireline.kept.weeks import week_of

NOON = 12  # a day counts as whole when the data begin before noon, or end after it


@dataclass(frozen=True)
class Span:
    """The first and the last instant of the data."""

    first: datetime
    last: datetime

    @classmethod
    def of(cls, first: datetime | None, last: datetime | None) -> Span:
        """Raises NoEvents when there is no data."""
        if first is None or last is None:
            raise NoEvents
        return cls(first, last)

    def weeks(self, until: date) -> tuple[int, int]:
        """The first and the last week that the data hold whole, up to a day."""
        begun, ended = self.first.date(), self.last.date()
        begun += timedelta(days=self.first.hour >= NOON)
        ended -= timedelta(days=self.last.hour < NOON)
        first = week_of(begun) + (0 if begun.weekday() == 0 else 1)
        return first, week_of(min(until, ended) + timedelta(days=1)) - 1
