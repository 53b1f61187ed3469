"""One series beside others that the initiative cannot have touched: what they do not explain, and that begins then.

A structural series: control series explain the common ups and downs, a wandering level what is the series' own, and a
step at the start is the effect (`local_level`). As many control series as there are dozens of weeks before the start,
those first that went along with it before.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from desireline.initiatives.verdicts.estimate import Estimate, Needed, TooThin
from desireline.initiatives.verdicts.interrupted import BEFORE, short, too_short
from desireline.initiatives.verdicts.local_level import step
from desireline.initiatives.verdicts.needed import LONGEST, POWER
from desireline.initiatives.verdicts.series import Weeks
from desireline.initiatives.verdicts.target import Target

Floats = npt.NDArray[np.float64]
ALONG = 0.5  # correlation of the weekly changes, or of the values, before the start, from which a series is a control


def controls(weeks: Weeks, target: Target) -> Estimate | TooThin:
    """The step at the start that the control series do not explain, with all that is to be said about it."""
    found = bare_controls(weeks)
    if isinstance(found, TooThin):
        return found
    used = going_along(weeks)
    names = ", ".join(weeks.names[place] for place in used)
    return replace(
        found,
        needed=_needed(weeks, target, found.error),
        weak=short(weeks),
        warnings=(*weeks.warnings, f"Compared with: {names}.", *_steps(weeks, used)),
    )


def bare_controls(weeks: Weeks) -> Estimate | TooThin:
    """The step at the start that the control series do not explain."""
    thin = too_short(weeks)
    if thin:
        return thin
    used = going_along(weeks)
    columns = np.column_stack([np.ones(len(weeks.at)), weeks.controls[:, used], weeks.after.astype(np.float64)])
    rest = weeks.value - columns @ np.linalg.lstsq(columns, weeks.value)[0]
    if np.abs(rest).max() <= 1e-9 * np.ptp(weeks.value):
        return TooThin(
            "The control series explain every week exactly: they are the same numbers.", None, weeks.warnings
        )
    found = step(weeks.at, columns, weeks.value)
    return Estimate(
        found.value,
        found.low,
        found.high,
        p=found.p,
        error=found.error,
        n=weeks.sizes[1],
        n_other=weeks.sizes[0],
        counted="customers" if weeks.customers else "customer-weeks",
        baseline=float(weeks.value[weeks.after].mean() - found.value),
    )


def going_along(weeks: Weeks) -> list[int]:
    """Which control series go along with the series before the start, at most one for each dozen weeks, in order."""
    before = ~weeks.after
    if int(before.sum()) < BEFORE:
        return []
    near = [_along(weeks.value[before], one) for one in weeks.controls[before].T]
    best = sorted((place for place, r in enumerate(near) if r >= ALONG), key=lambda place: (-near[place], place))
    return sorted(best[: max(1, int(before.sum()) // BEFORE)])


def _along(series: Floats, other: Floats) -> float:
    """The larger of two correlations without their signs: of the values and of the weekly changes."""
    return max(_correlation(series, other), _correlation(np.diff(series), np.diff(other)))


def _correlation(one: Floats, two: Floats) -> float:
    if np.ptp(one) == 0 or np.ptp(two) == 0:
        return 0.0
    return abs(float(np.corrcoef(one, two)[0, 1]))


def _steps(weeks: Weeks, used: list[int]) -> tuple[str, ...]:
    """A remark on each control series that has a step of its own at the start: was it touched after all?"""
    design = np.column_stack([np.ones(len(weeks.at)), weeks.after.astype(np.float64)])
    moved = [weeks.names[place] for place in used if step(weeks.at, design, weeks.controls[:, place]).p < 0.01]
    if not moved:
        return ()
    return (
        f"At the start {', '.join(moved)} changed as well: a control series must not be touched by the initiative.",
    )


def _needed(weeks: Weeks, target: Target, error: float) -> Needed:
    """Weeks after the start, when the error shrinks as the weeks on both sides of the start grow alike."""
    if not target.sought:
        return Needed("No smallest effect of interest was written down, so nobody can say how many weeks it needs.")
    before, after = weeks.before_count, weeks.after_count
    rate = (POWER * error / target.sought) ** 2 * (1 / before + 1 / after) ** -1
    room = 1 / rate - 1 / before if rate else 1.0
    if room <= 1 / LONGEST:
        return Needed(
            f"No number of weeks after the start would show that effect: the {before} weeks before it vary too much."
        )
    number = max(after, int(np.ceil(1 / room)))
    return Needed(
        f"To see that effect, about {number} weeks after the start are needed.", weeks=number, more=number > after
    )
