"""A place that was chosen because it looked worst gets better by itself; what that explains is taken out.

Three ways, the best one first. Weeks in which the choice was not made are a fair baseline: when a dozen of them remain
(two periods of a panel), the choosing window is left out. Else all candidate places say how much of being worst is
chance: the place's value is drawn towards their mean by that share (empirical Bayes), and the window is moved to where
it belongs. Where neither is possible, an effect may be the mere return to normal, and is never called help or harm.

Sources: Efron & Morris 1975, JASA 70, 311–319; DerSimonian & Laird 1986, Controlled Clinical Trials 7, 177–188.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import numpy.typing as npt
import polars as pl

from desireline.initiatives.verdicts.interrupted import BEFORE
from desireline.initiatives.verdicts.panel import NEVER, Cells
from desireline.initiatives.verdicts.series import Weeks
from desireline.initiatives.verdicts.target import Chosen

Floats = npt.NDArray[np.float64]
PLACES = 5  # candidates from which the share of chance can be told
PERIODS = 2  # of a panel that have to remain before the start
UNGUARDED = (
    "It was chosen because it looked worst, in the very weeks that are the baseline. It would have got better by "
    "itself, and nothing here tells by how much: no verdict can rest on it."
)


@dataclass(frozen=True)
class Shrunk:
    """The place's value in its window, as it was and as it should be taken; `kept` is the share that was no chance."""

    raw: float
    value: float
    kept: float

    @property
    def moved(self) -> float:
        """What is added to the window's values."""
        return self.value - self.raw


@dataclass(frozen=True, eq=False)
class Fair:
    """Data in which the choosing does no harm, and what is said of it; `capped`: it still may."""

    data: Weeks | Cells
    says: str
    capped: bool = False


def shrunk(chosen: Chosen) -> Shrunk | None:
    """The chosen place's value drawn towards the mean of all candidates; None with fewer than five."""
    if chosen.places is None:
        return None
    usable = chosen.places.filter(
        pl.col("value").is_finite(), pl.col("variance").is_finite(), pl.col("variance") > 0
    ).sort("place")
    if usable.height < PLACES or chosen.place not in usable["place"].to_list():
        return None
    values, variances = usable["value"].cast(pl.Float64).to_numpy(), usable["variance"].cast(pl.Float64).to_numpy()
    between = _between(values, variances)
    weights = 1 / (variances + between)
    middle = float(weights @ values / weights.sum())
    place = usable["place"].to_list().index(chosen.place)
    kept = float(between / (between + variances[place]))
    return Shrunk(float(values[place]), middle + kept * float(values[place] - middle), kept)


def _between(values: Floats, variances: Floats) -> float:
    """The variance of the places' true values."""
    weights = 1 / variances
    middle = weights @ values / weights.sum()
    beyond = float(weights @ (values - middle) ** 2) - (len(values) - 1)
    return max(0.0, beyond / float(weights.sum() - (weights**2).sum() / weights.sum()))


def fair_weeks(weeks: Weeks, chosen: Chosen | None) -> Fair:
    """The series without the choosing window, or with that window moved."""
    if chosen is None:
        return Fair(weeks, "")
    inside = _inside(weeks, chosen)
    if not inside.any():
        return Fair(
            weeks, "It was chosen by other weeks than those of the baseline, so its return to normal does no harm."
        )
    if int((~weeks.after & ~inside).sum()) >= BEFORE:
        shown = f"{int(inside.sum())} {weeks.unit}"
        says = f"It was chosen because it looked worst; the {shown} that showed it are no baseline."
        return Fair(weeks.only(~inside), says)
    better = shrunk(chosen)
    if better is None:
        return Fair(weeks, UNGUARDED, capped=True)
    value = weeks.value + np.where(inside, better.moved, 0.0)
    return Fair(replace(weeks, value=value), _says(better))


def fair_cells(cells: Cells, chosen: Chosen | None) -> Fair:
    """The panel without the choosing window, or with the treated groups' rows of that window moved."""
    if chosen is None:
        return Fair(cells, "")
    assert isinstance(chosen.first, int)
    assert isinstance(chosen.last, int)
    inside = (cells.period >= chosen.first) & (cells.period <= chosen.last)
    first = int(cells.since[cells.treated].min(initial=NEVER))
    inside &= cells.period < first
    if not inside.any():
        return Fair(
            cells, "It was chosen by other periods than those of the baseline, so its return to normal does no harm."
        )
    left = np.unique(cells.period[~inside & (cells.period < first)])
    if len(left) >= PERIODS:
        says = "The treated groups were chosen because they looked worst; the periods that showed it are no baseline."
        return Fair(cells.only(~inside), says)
    better = shrunk(chosen)
    if better is None:
        return Fair(cells, UNGUARDED, capped=True)
    mine = inside & cells.treated[cells.group]
    x = cells.x + np.where(mine, better.moved * cells.m, 0.0)
    return Fair(replace(cells, x=x), _says(better))


def _inside(weeks: Weeks, chosen: Chosen) -> npt.NDArray[np.bool_]:
    """Weeks before the start in which the place was chosen; a week counts when any of its days does."""
    low, high = _number(weeks, chosen.first), _number(weeks, chosen.last)
    return (weeks.at >= low) & (weeks.at <= high) & ~weeks.after


def _number(weeks: Weeks, day: date | int) -> int:
    if isinstance(day, int):
        return day - weeks.base
    return 0 if weeks.first is None else (day - weeks.first).days // 7


def _says(better: Shrunk) -> str:
    return (
        f"It was chosen because it looked worst: {100 * (1 - better.kept):.0f} % of its distance from the other places "
        "is put down to chance, and its baseline is moved by that."
    )
