"""How the number of a trial went, week by week: what a chart beside the verdict shows.

The verdict rests on the same weeks. Of customers who were drawn by lot there is no course: they are compared as they
stand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import polars as pl

from desireline.access import SMALL_GROUP
from desireline.kept.weeks import monday_of

if TYPE_CHECKING:
    from desireline.initiatives.verdicts import Verdict
    from desireline.kept.trial_data import TrialData


@dataclass(frozen=True)
class Week:
    """The number in the week that begins on this Monday, and how many customers it is about."""

    week: date
    value: float
    n: int


@dataclass(frozen=True)
class Line:
    """The weeks of those who got it, or of those they are compared with. `name` is "" for everybody."""

    name: str
    treated: bool
    weeks: tuple[Week, ...]


@dataclass(frozen=True)
class Without:
    """What the number would have been after the start without the initiative: as it was, less the effect."""

    value: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Course:
    """The lines, in the measure's unit; and of a single verdict what the number was after the start, and would have
    been without the initiative.
    """

    unit: str
    starts_on: date
    lines: tuple[Line, ...]
    reached: float | None
    without: Without | None

    def as_json(self) -> dict[str, Any]:
        """Everything, as plain data."""
        lines = [
            {"name": one.name, "treated": one.treated}
            | {"weeks": [{"week": week.week.isoformat(), "value": week.value, "n": week.n} for week in one.weeks]}
            for one in self.lines
        ]
        without = asdict(self.without) if self.without else None
        about = {"unit": self.unit, "starts_on": self.starts_on.isoformat(), "lines": lines}
        return about | {"reached": self.reached, "without": without}


def course_of(frame: TrialData, found: Sequence[Verdict]) -> Course:
    """How the number went; weeks of fewer than five customers are left out."""
    lines = tuple(Line(name, treated, _weeks(rows)) for name, treated, rows in frame.lines())
    without = _without(found)
    reached = without.value + found[0].effect.value if without and found[0].effect else None
    return Course(frame.unit, frame.trial.starts_on, lines, reached, without)


def _weeks(rows: pl.DataFrame) -> tuple[Week, ...]:
    """Rows of week number, value and n."""
    seen = rows.filter((pl.col("n") >= SMALL_GROUP) & pl.col("value").is_finite()).sort("week")
    return tuple(
        Week(monday_of(int(week)), float(value), int(n))
        for week, value, n in seen.select("week", "value", "n").iter_rows()
    )


def _without(found: Sequence[Verdict]) -> Without | None:
    """None where there are several arms, and where nothing can be said; a share stays between 0 and 1."""
    if len(found) != 1 or found[0].effect is None or found[0].baseline is None:
        return None
    base, effect = found[0].baseline, found[0].effect
    was = base + effect.value
    ends = (effect.high, effect.low)
    low, high = (None if end is None else was - end for end in ends)
    if effect.unit == "share":
        low, high = (None if end is None else min(max(end, 0.0), 1.0) for end in (low, high))
    return Without(base, low, high)
