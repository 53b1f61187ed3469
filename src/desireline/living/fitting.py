"""Do journeys still fit the map, and does the map still explain what happens? Week by week of journeys' beginnings.

Only weeks count whose journeys have had time to come to their end: those of the last days are told by the quick ones
alone. How long that takes, the journeys of the reference tell: the map's patience and what 19 in 20 of them last.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl

from desireline.journeys.states import patience
from desireline.living.cusum import LEAST_WATCHED, Cusum, watch_fall
from desireline.living.ratios import Change, change_of
from desireline.living.shift import FEWEST
from desireline.living.watch import E6, GROUPS, Watched
from desireline.living.windows import Span, Windows, monday
from desireline.maps.outline import Outline
from desireline.measures.clusters import Floats

QUANTILE = 0.95
FITNESS_MATTERS = 0.02
OFF_MAP_MATTERS = 0.03
FEWEST_A_WEEK = 5


@dataclass(frozen=True)
class Fitting:
    """What became of fitness and of the share off the map; None where it cannot be judged, and why."""

    fitness: Change | None = None
    cusum: Cusum | None = None
    since: date | None = None  # from which week on fitness falls
    off_map: Change | None = None
    off_map_since: date | None = None
    weeks: tuple[tuple[date, float, int], ...] = ()  # Monday, mean fitness, journeys
    customers: tuple[int, int] = (0, 0)
    note: str = ""


def judge_fit(watched: Watched, windows: Windows, outline: Outline, *, broken: tuple[Span, ...] = ()) -> Fitting:
    """Fitness and the share off the map, of settled weeks that no silence of a source touches (`broken` days).

    Effects are those of the whole current window. The cumulative sum tells only since when: days from which on things
    look worst would make any fall look larger than it is.
    """
    table, settle = watched["journeys"], _settling(watched, windows)
    if table.is_empty():
        return Fitting(note="no journey is settled yet")
    wait = patience(outline) + timedelta(days=settle)
    known = _usable(table, windows, wait=wait, settle=settle, broken=broken)
    split = windows.split - timedelta(days=windows.split.weekday())
    sides = _sides(known, split)
    weeks = _weekly(known)
    before = [one for one in weeks if one[0] < split]
    after = [one for one in weeks if one[0] >= split]
    customers = watched.begun_by(set(sides[0]["week"])), watched.begun_by(set(sides[1]["week"]))
    shown = tuple(weeks)
    why = _too_few(len(before), len(after), customers, wait=wait)
    if why:
        return Fitting(weeks=shown, customers=customers, note=why)
    cusum = watch_fall(np.array([one[1] for one in before]), np.array([one[1] for one in after]))
    start = after[cusum.start][0] if cusum and cusum.start is not None else split
    return Fitting(
        fitness=change_of(
            _table(sides[0], "fitness_e6", "journeys", E6),
            _table(sides[1], "fitness_e6", "journeys", E6),
            smallest=FITNESS_MATTERS,
            falls=True,
        ),
        cusum=cusum,
        since=start,
        off_map=change_of(
            _table(sides[0], "off_map", "events"), _table(sides[1], "off_map", "events"), smallest=OFF_MAP_MATTERS
        ),
        off_map_since=split,
        weeks=shown,
        customers=customers,
        note="" if cusum else "too few weeks for a cumulative sum",
    )


def _too_few(before: int, after: int, customers: tuple[int, int], *, wait: timedelta) -> str:
    """Why so many weeks and customers cannot be compared; "" when they can."""
    if min(before, after) < LEAST_WATCHED:
        return f"{after} of {LEAST_WATCHED} weeks whose journeys are over: they take {wait.days} days to settle"
    return f"fewer than {FEWEST} customers" if min(customers) < FEWEST else ""


def _settling(watched: Watched, windows: Windows) -> int:
    """The days that 19 in 20 journeys of the reference last."""
    lengths = watched["lengths"].filter(pl.col("week").map_elements(monday, return_dtype=pl.Date) < windows.split)
    if lengths.is_empty():
        return 0
    days = lengths.group_by("days").agg(pl.col("journeys").sum()).sort("days")
    reached = days["journeys"].cum_sum() >= QUANTILE * int(days["journeys"].sum())
    return int(days["days"].filter(reached)[0])


def _usable(
    table: pl.DataFrame, windows: Windows, *, wait: timedelta, settle: int, broken: tuple[Span, ...]
) -> pl.DataFrame:
    """The rows of whole weeks inside the data that are settled and untouched, with their `monday`."""
    week = timedelta(days=7)
    dated = table.with_columns(pl.col("week").map_elements(monday, return_dtype=pl.Date).alias("monday"))
    kept = (pl.col("monday") >= windows.first) & (pl.col("monday") + week + wait <= windows.end)
    for start, stop in (*windows.blind, *broken):
        kept &= ~((pl.col("monday") + week + timedelta(days=settle) > start) & (pl.col("monday") < stop))
    return dated.filter(kept)


def _sides(known: pl.DataFrame, split: date) -> tuple[pl.DataFrame, pl.DataFrame]:
    return known.filter(pl.col("monday") < split), known.filter(pl.col("monday") >= split)


def _weekly(known: pl.DataFrame) -> list[tuple[date, float, int]]:
    """Each week's mean fitness; weeks of very few customers are left out."""
    weeks = known.group_by("monday").agg(pl.col("fitness_e6", "journeys", "customers").sum()).sort("monday")
    enough = weeks.filter(pl.col("customers") >= FEWEST_A_WEEK)
    mean = pl.col("fitness_e6") / pl.col("journeys") / E6
    return [(day, value, n) for day, value, n in enough.select("monday", mean, "journeys").iter_rows()]


def _table(side: pl.DataFrame, x: str, m: str, scale: int = 1) -> Floats:
    found = np.zeros((GROUPS, 2))
    group = side["group"].to_numpy()
    np.add.at(found[:, 0], group, side[x].to_numpy() / scale)
    np.add.at(found[:, 1], group, side[m].to_numpy())
    return found
