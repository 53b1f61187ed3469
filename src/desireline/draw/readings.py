"""Readings by measure, place, group and period; what may not be shown is gone before anything can draw it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import polars as pl

from desireline.access import SMALL_GROUP, may_show
from desireline.tables import READINGS

HIDDEN = f"fewer than {SMALL_GROUP} customers"


@dataclass(frozen=True)
class Reading:
    """One row of READINGS. `value` is None where nothing may be or can be said; `note` then says why."""

    measure: str
    at: str
    group: str
    period: str
    value: float | None
    low: float | None
    high: float | None
    n: int
    unit: str
    note: str

    @property
    def shown(self) -> bool:
        """True when there is a value to draw."""
        return self.value is not None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Both ends of the 95 % interval, or None."""
        return None if self.low is None or self.high is None or not self.shown else (self.low, self.high)


class Readings:
    """Readings to look things up in. Small groups are blanked here, whatever the caller passed in."""

    def __init__(self, frame: pl.DataFrame | None = None) -> None:
        rows = READINGS.shape(frame) if frame is not None else READINGS.empty()
        found = map(_reading, rows.iter_rows(named=True))
        self._all = {(one.measure, one.at, one.group, one.period): one for one in found}

    def __iter__(self) -> Iterator[Reading]:
        return iter(self._all.values())

    def __len__(self) -> int:
        return len(self._all)

    def get(self, measure: str, at: str, *, group: str = "", period: str = "") -> Reading | None:
        """The reading, shown or not; None where nothing was measured."""
        return self._all.get((measure, at, group, period))

    def shown(self, measure: str, at: str, *, group: str = "", period: str = "") -> Reading | None:
        """The reading if it has a value."""
        reading = self.get(measure, at, group=group, period=period)
        return reading if reading and reading.shown else None

    def value(self, measure: str, at: str) -> float | None:
        """The value for everybody over the whole time."""
        reading = self.get(measure, at)
        return reading.value if reading else None

    @cached_property
    def groups(self) -> dict[str, list[str]]:
        """The groups of each dimension (`persona`, `channel`, `property:state` …) in the order of the
        readings.
        """
        found: dict[str, list[str]] = {}
        for group in dict.fromkeys(reading.group for reading in self if reading.group):
            found.setdefault(dimension(group), []).append(group)
        return found

    @cached_property
    def periods(self) -> list[str]:
        """The periods that readings were taken for, in order."""
        return sorted({reading.period for reading in self if reading.period})

    def edges(self, measure: str) -> list[Reading]:
        """The readings of a measure on moves `a>b`, in their order."""
        return [row for row in self if row.measure == measure and ">" in row.at and not row.group and not row.period]


def dimension(group: str) -> str:
    """What a group is a group of: `persona` for `persona:maya`, `property:state` for `property:state=SP`."""
    return group.split("=", 1)[0] if group.startswith(("property:", "promise:")) else group.split(":", 1)[0]


def _reading(row: Mapping[str, Any]) -> Reading:
    whole = Reading(
        measure=row["measure"] or "",
        at=row["at"] or "",
        group=row["group"] or "",
        period=row["period"] or "",
        value=_finite(row["value"]),
        low=_finite(row["low"]),
        high=_finite(row["high"]),
        n=row["n"] or 0,
        unit=row["unit"] or "",
        note=row["note"] or "",
    )
    hidden = not whole.shown and whole.note.startswith(("fewer than", "hidden"))
    if may_show(whole.n) and not hidden:
        return whole
    return replace(whole, value=None, low=None, high=None, n=0, note=whole.note or HIDDEN)


def _finite(value: object) -> float | None:
    number = float(value) if isinstance(value, int | float) else None
    return number if number is not None and number - number == 0 else None
