"""One series and nothing to compare with: did its level change at the start, beyond its own trend?

A straight trend through all weeks and a step at the start, by Prais and Winsten with a bootstrap (`autoregression`).
Where fewer than 12 weeks lie before the start or fewer than 8 after, nothing is said; below 26 weeks in all it is weak.
Whatever else began in the same week looks just like the initiative: that is why this is the last choice.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from desireline.access import SMALL_GROUP
from desireline.initiatives.verdicts.autoregression import Design, Slope, last_coefficient
from desireline.initiatives.verdicts.estimate import Estimate, Needed, TooThin
from desireline.initiatives.verdicts.needed import LONGEST, POWER
from desireline.initiatives.verdicts.series import Weeks
from desireline.initiatives.verdicts.target import Target

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
BEFORE, AFTER, SHORT = 12, 8, 26  # weeks
_YEAR = 104  # weeks from which the same weeks of another year are there


def interrupted(weeks: Weeks, target: Target) -> Estimate | TooThin:
    """The change of the level at the start, with all that is to be said about it."""
    found = bare_interrupted(weeks)
    if isinstance(found, TooThin):
        return found
    return replace(
        found,
        needed=_weeks_needed(weeks, target, _slope(weeks)),
        weak=short(weeks),
        warnings=(*weeks.warnings, *_bends(weeks), *_no_year(weeks)),
    )


def bare_interrupted(weeks: Weeks) -> Estimate | TooThin:
    """The change of the level at the start."""
    thin = too_short(weeks)
    if thin:
        return thin
    found = _slope(weeks)
    half = found.limit * found.error
    return Estimate(
        found.value,
        found.value - half,
        found.value + half,
        p=found.p,
        error=found.error,
        n=weeks.sizes[1],
        n_other=weeks.sizes[0],
        counted="customers" if weeks.customers else "customer-weeks",
        baseline=float(weeks.value[weeks.after].mean() - found.value),
    )


def _slope(weeks: Weeks) -> Slope:
    return last_coefficient(weeks.at, line_and_step(weeks.at, weeks.after), weeks.value)


def too_short(weeks: Weeks) -> TooThin | None:
    """Why a series cannot be judged at all, if so."""
    lacking = BEFORE - weeks.before_count, AFTER - weeks.after_count
    if weeks.before_count == 0:
        needed = Needed(
            f"At least {BEFORE} {weeks.unit} before the start are needed; they cannot be made up for later."
        )
        return TooThin(f"There are no {weeks.unit} with data before the start.", needed, weeks.warnings)
    if lacking[0] > 0:
        needed = Needed(
            f"{lacking[0]} more {weeks.unit} before the start would be needed: import older data if there is any."
        )
        return TooThin(
            f"Only {weeks.before_count} {weeks.unit} lie before the start; {BEFORE} are needed.", needed, weeks.warnings
        )
    if lacking[1] > 0:
        needed = Needed(f"Ask again after {lacking[1]} more {weeks.unit} with data.", weeks=AFTER)
        return TooThin(
            f"Only {weeks.after_count} {weeks.unit} lie after the start; {AFTER} are needed.", needed, weeks.warnings
        )
    if 0 < min(weeks.sizes) < SMALL_GROUP:
        return TooThin(f"Fewer than {SMALL_GROUP} customers stand on one side of the start.", None, weeks.warnings)
    if weeks.constant or _exact(weeks):
        return TooThin("The series never departs from a straight line, so chance cannot be told.", None, weeks.warnings)
    return None


def short(weeks: Weeks) -> tuple[str, ...]:
    """Why a series is weak, if it is short."""
    total = len(weeks.at)
    return (
        (f"Only {total} {weeks.unit}: below {SHORT}, chance results are taken for effects more often.",)
        if total < SHORT
        else ()
    )


def line_and_step(at: Whole, after: npt.NDArray[np.bool_]) -> Floats:
    """Columns: 1, the trend, and the step."""
    return np.column_stack([np.ones(len(at)), (at - at.mean()) / max(len(at), 1), after.astype(np.float64)])


def _exact(weeks: Weeks) -> bool:
    columns = line_and_step(weeks.at, weeks.after)
    rest = weeks.value - columns @ np.linalg.lstsq(columns, weeks.value)[0]
    return bool(np.abs(rest).max() <= 1e-9 * max(np.ptp(weeks.value), 1e-300))


def _bends(weeks: Weeks) -> tuple[str, ...]:
    """A remark when the trend itself changes at the start: then one number does not tell it all."""
    columns = line_and_step(weeks.at, weeks.after)
    since = np.where(weeks.after, weeks.at - weeks.at[weeks.after].mean(), 0.0) / len(weeks.at)
    found = last_coefficient(weeks.at, np.column_stack([columns, since]), weeks.value)
    if found.p > 0.05:
        return ()
    way = "rises" if found.value > 0 else "falls"
    return (f"After the start the line {way} against its trend from before: the effect is not the same in each week.",)


def _no_year(weeks: Weeks) -> tuple[str, ...]:
    if weeks.first is not None and int(weeks.at[-1] - weeks.at[0]) + 1 < _YEAR:
        return ("Fewer than two years: what the season does cannot be told from what was done.",)
    return ()


def _weeks_needed(weeks: Weeks, target: Target, found: Slope) -> Needed:
    """The fewest weeks after the start that would show the effect that is sought."""
    if not target.sought:
        return Needed("No smallest effect of interest was written down, so nobody can say how many weeks it needs.")
    before = weeks.at[~weeks.after]
    deviation = found.deviation
    for after in sorted({AFTER, 12, 16, 20, 26, 32, 39, 46, 52, 65, 78, 104, 156, 208, LONGEST}):
        at = np.concatenate([before, np.arange(before[-1] + 1, before[-1] + 1 + after)])
        design = Design(at, line_and_step(at, at > before[-1]))
        if POWER * design.error_at(found.rho) * deviation <= target.sought:
            return Needed(
                f"To see that effect, about {after} {weeks.unit} after the start are needed.",
                weeks=after,
                more=after > weeks.after_count,
            )
    return Needed(
        f"No number of {weeks.unit} after the start (up to {LONGEST}) would show that effect: the {len(before)} "
        f"{weeks.unit} before the start vary too much. A comparison with untreated groups would."
    )
