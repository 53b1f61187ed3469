"""Whether promises of time were kept: at each step, and by each journey as a whole.

A promise that a map makes for one channel holds there instead of the general one. `kept` is null where
nothing was promised or where nobody can know: no earlier visit to count from, no due instant, none of the
fields that a rule reads.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import numpy.typing as npt
import polars as pl

from desireline.journeys.runs import Runs
from desireline.maps.outline import Outline
from desireline.maps.records import Promise, TimePromise
from desireline.maps.rules import Rule

I64 = npt.NDArray[np.int64]
_UNKNOWN = pl.lit(None, dtype=pl.Boolean)


@dataclass(frozen=True)
class Vow:
    """One promise of time, at a touchpoint or by the whole journey, in one channel or in all others."""

    touchpoint: str | None
    channel: str | None
    time: TimePromise


def step_vows(outline: Outline) -> list[Vow]:
    """Every promise of time at a touchpoint, those for one channel before the general one."""
    return [vow for point in outline.bound for vow in _vows(point.id, point.promise)]


def trip_vows(outline: Outline) -> list[Vow]:
    """Every promise of time about the whole journey, those for one channel before the general one."""
    return _vows(None, outline.map.map.promise)


def rules_of(outline: Outline) -> list[Rule | None]:
    """The rules by which events themselves say that a promise was kept."""
    return [vow.time.kept_when for vow in [*step_vows(outline), *trip_vows(outline)]]


def vow_columns(outline: Outline) -> list[pl.Expr]:
    """What `keep_steps` and `keep_trips` need to know of distinct values.

    `vow` numbers the promise that holds for the event's `touchpoint` and channel (`met_in`), `said` is what
    the event says of it, and `trip_said_N` what it says of the journey's promise N.
    """
    vows = step_vows(outline)
    here = [(pl.col("touchpoint") == vow.touchpoint) & _in_channel(vow, "met_in") for vow in vows]
    numbers = [pl.lit(number, dtype=pl.Int32) for number in range(len(vows))]
    said = [_said(vow.time.kept_when) for vow in vows]
    return [
        _where(here, numbers, otherwise=pl.lit(None, dtype=pl.Int32)).alias("vow"),
        _where(here, said, otherwise=_UNKNOWN).alias("said"),
        *(_said(vow.time.kept_when).alias(f"trip_said_{i}") for i, vow in enumerate(trip_vows(outline))),
    ]


def keep_steps(events: pl.DataFrame, outline: Outline) -> pl.DataFrame:
    """Add `kept` to cut events (sorted by `trip` and time).

    `within` counts from the latest earlier visit to `after` in the same journey, earlier in order, so of two
    events at one instant the one that stood first in its file came first; without `after` from the journey's
    first event. Reaching the limit to the microsecond keeps the promise.
    """
    vows = step_vows(outline)
    if not vows or events["vow"].null_count() == events.height:
        return events.with_columns(_UNKNOWN.alias("kept"))
    runs = Runs.of(events["trip"])
    start = np.repeat(runs.starts, runs.lengths)
    told = pl.concat([_keep(events, start, number, vow.time) for number, vow in enumerate(vows)])
    kept = pl.Series("kept", [None], dtype=pl.Boolean).new_from_index(0, events.height)
    return events.with_columns(kept.scatter(told["line"], told["kept"]))


def keep_trips(journeys: pl.DataFrame, events: pl.DataFrame, outline: Outline) -> pl.DataFrame:
    """Add `kept` to journeys (one row per `trip`, with `state`): was the whole journey as promised?

    `within` and `by_due` ask done journeys only, from start (or last visit to `after`) to the last event; a
    rule asks the last event of any journey that is not under way.
    """
    vows = trip_vows(outline)
    here = [_in_channel(vow, "channel") for vow in vows]
    kept = [pl.lit(_trip_kept(journeys, events, number, vow.time)) for number, vow in enumerate(vows)]
    return journeys.with_columns(_where(here, kept, otherwise=_UNKNOWN).alias("kept"))


def _vows(touchpoint: str | None, promise: Promise | None) -> list[Vow]:
    if promise is None:
        return []
    own = [Vow(touchpoint, name, said.time) for name, said in promise.channels.items() if said.time]
    return [*own, *([Vow(touchpoint, None, promise.time)] if promise.time else [])]


def _in_channel(vow: Vow, channel: str) -> pl.Expr:
    return pl.lit(True) if vow.channel is None else (pl.col(channel).cast(pl.String) == vow.channel).fill_null(False)


def _where(conditions: list[pl.Expr], answers: list[pl.Expr], *, otherwise: pl.Expr) -> pl.Expr:
    """The answer of the first condition that holds, be that answer null."""
    for condition, answer in zip(reversed(conditions), reversed(answers), strict=True):
        otherwise = pl.when(condition).then(answer).otherwise(otherwise)
    return otherwise


def _said(rule: Rule | None) -> pl.Expr:
    if rule is None:
        return _UNKNOWN
    known = pl.any_horizontal(pl.col(sorted(rule.fields())).is_not_null())
    return pl.when(rule.expr()).then(True).when(known).then(False)


def _keep(events: pl.DataFrame, start: I64, number: int, time: TimePromise) -> pl.DataFrame:
    """Whether one promise was kept, by the line of each event for which it holds; `start` is its journey's first."""
    line = (events["vow"] == number).arg_true()
    here = {name: events[name].gather(line) for name in ("at", "due_at", "said")}
    if time.kept_when is not None:
        kept = here["said"]
    elif time.by_due:
        kept = here["at"] <= here["due_at"]
    else:
        first = start[line.to_numpy()]
        since = events["at"].gather(_after(events, line, time.after, first) if time.after else first)
        kept = here["at"] - since <= (time.within or timedelta(0))
    return pl.DataFrame({"line": line, "kept": kept}, schema_overrides={"line": pl.UInt32})


def _after(events: pl.DataFrame, line: pl.Series, after: str, first: I64) -> pl.Series:
    """The line of the latest earlier visit to `after` in the journey of each of these; null where there is none."""
    visited = np.append(-1, (events["touchpoint"] == after).arg_true().to_numpy())
    latest = visited[np.searchsorted(visited, line.to_numpy()) - 1]
    return pl.Series(np.where(latest >= first, latest, -1)).replace(-1, None)


def _trip_kept(journeys: pl.DataFrame, events: pl.DataFrame, number: int, time: TimePromise) -> pl.Series:
    if time.kept_when is not None:
        over = pl.col("state") != "under_way"
        return journeys.select(pl.when(over).then(pl.col(f"trip_said_{number}")).alias("kept"))["kept"]
    done = pl.col("state") == "done"
    if time.by_due:
        return journeys.select(pl.when(done).then(pl.col("ended_at") <= pl.col("due_at")).alias("kept"))["kept"]
    since = journeys.with_columns(pl.col("started_at").alias("since"))
    if time.after:
        visits = events.filter(pl.col("touchpoint") == time.after)
        last = visits.group_by("trip").agg(pl.col("at").last().alias("since"))
        since = journeys.join(last, on="trip", how="left", maintain_order="left")
    lasted = pl.col("ended_at") - pl.col("since") <= pl.lit(time.within or timedelta(0))
    return since.select(pl.when(done).then(lasted).alias("kept"))["kept"]
