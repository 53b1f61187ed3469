"""Dates at which nothing began: a method that finds effects there finds them anywhere.

The weeks before the start are cut at dates that leave 12 weeks before and 8 after, and judged as if something had
begun.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from desireline.initiatives.verdicts.estimate import Estimate, Point, TooThin
from desireline.initiatives.verdicts.interrupted import AFTER, BEFORE
from desireline.initiatives.verdicts.series import Weeks

_DATES = 8  # at most
Method = Callable[[Weeks], Estimate | TooThin]


def placebo_dates(weeks: Weeks, method: Method) -> tuple[Point, ...]:
    """The method's answer at up to eight dates before the start, evenly spread."""
    before = weeks.at[~weeks.after]
    possible = before[BEFORE : len(before) - AFTER + 1]
    if not len(possible):
        return ()
    places = np.unique(np.linspace(0, len(possible) - 1, min(_DATES, len(possible))).round().astype(int))
    found = [(int(week), method(weeks.starting(int(week)))) for week in possible[places]]
    return tuple(
        Point("placebo", weeks.name(week), one.value, one.low, one.high, one.p)
        for week, one in found
        if isinstance(one, Estimate)
    )


def with_placebos(found: Estimate, points: tuple[Point, ...]) -> Estimate:
    """The estimate with its placebo dates; weak when they work as well.

    That is when more than one in four seems to work (dates share most of their weeks, so some do by chance), or when
    one shows at least half of the effect.
    """
    worked = [point for point in points if point.p <= 0.05]
    as_large = any(abs(point.value) >= abs(found.value) / 2 for point in worked) and found.p <= 0.05
    if not points:
        told = "The weeks before the start are too few to try dates at which nothing began."
        return replace(found, warnings=(*found.warnings, told))
    if as_large or len(worked) > max(1, len(points) // 4):
        why = (
            f"At {len(worked)} of {len(points)} dates before the start, when nothing began, it finds an effect as well."
        )
        return replace(found, points=(*found.points, *points), weak=(*found.weak, why))
    return replace(found, points=(*found.points, *points))
