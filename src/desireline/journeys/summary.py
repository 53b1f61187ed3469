"""One row per journey: what happened in it, before anybody asks how it compares with the map."""

from __future__ import annotations

import numpy as np
import polars as pl
from polars.dataframe.group_by import GroupBy

from desireline.journeys.runs import Runs
from desireline.maps.outline import Outline


def summarise(events: pl.DataFrame, outline: Outline) -> pl.DataFrame:
    """Journeys in the order of `trip`: times, counts, value, route, and whether the map sees an end reached.

    `events` are cut and stand in the order of trips. Value sums all events of the journey, also those off the
    map; it is 0 when none carries any. `due_at` is the last one given. `route` is null in a journey without a
    visit. `codes` are the steps as the aligner takes them: twice the touchpoint's position, plus one in a
    wrong channel.
    """
    runs = Runs.of(events["trip"])
    said = [name for name in events.columns if name.startswith("trip_said_")]
    whole = pl.DataFrame(
        [
            *(runs.first(events[name]) for name in ("trip", "journey_id", "customer_id", "followed", "properties")),
            runs.first(events["at"]).alias("started_at"),
            runs.last(events["at"]).alias("ended_at"),
            runs.total(~events["named"]).alias("off_map"),
            runs.total(events["value_e4"]),
            runs.any(events["ends"]).alias("end_seen"),
            _last_due(events, runs),
            *(runs.last(events[name]) for name in said),
        ]
    )
    placed = events.filter(pl.col("touchpoint").is_not_null())
    for part in (_visits(placed, outline), _routes(placed), _codes(placed, outline)):
        whole = whole.hstack(_beside(part, len(runs)))
    return whole.with_columns(pl.col("steps").fill_null(0), pl.col("success", "last_block").fill_null(False))


def number_steps(events: pl.DataFrame) -> pl.DataFrame:
    """The placed events with `step`, counting from 1 within each journey in time order."""
    placed = events.filter(pl.col("touchpoint").is_not_null())
    return placed.with_columns(pl.Series("step", Runs.of(placed["trip"]).place + 1, dtype=pl.Int64))


def _beside(part: pl.DataFrame, trips: int) -> pl.DataFrame:
    """The rows of `part` in the order of all trips, which are numbered from 0; null for those it does not speak of."""
    if part.height == trips:
        return part.drop("trip")
    rows = np.full(trips, -1)
    rows[part["trip"].to_numpy()] = np.arange(part.height)
    return part.drop("trip").select(pl.all().gather(pl.Series(rows, dtype=pl.Int64).replace(-1, None)))


def _last_due(events: pl.DataFrame, runs: Runs) -> pl.Series:
    """The last instant given in each run; null where none is."""
    due = events["due_at"]
    if due.null_count() == len(due):
        return runs.first(due)
    rows = np.where(due.is_not_null().to_numpy(), np.arange(len(due)), -1)
    last = np.maximum.reduceat(rows, runs.starts)
    return due.gather(pl.Series(last, dtype=pl.Int64).replace(-1, None))


def _visits(placed: pl.DataFrame, outline: Outline) -> pl.DataFrame:
    last_block = list(outline.blocks[-1].members) if outline.blocks else []
    runs = Runs.of(placed["trip"])
    return pl.DataFrame(
        [
            runs.first(placed["trip"]),
            pl.Series("steps", runs.lengths, dtype=pl.Int64),
            runs.first(placed["channel"]),
            runs.any(placed["touchpoint"].is_in(outline.success)).alias("success"),
            runs.any(placed["touchpoint"].is_in(last_block)).alias("last_block"),
        ]
    )


def _routes(placed: pl.DataFrame) -> pl.DataFrame:
    """Touchpoints in time order; a touchpoint that comes again at once is one visit."""
    moves = placed.filter(_changes("trip", "touchpoint"))
    return _by_trip(moves).agg(pl.col("touchpoint").alias("route"))


def _codes(placed: pl.DataFrame, outline: Outline) -> pl.DataFrame:
    """Steps as numbers; only where the map lets a touchpoint repeat do immediate repeats count as one."""
    places = pl.Enum([point.id for point in outline.bound])
    repeatable = [point.id for point in outline.bound if point.repeatable]
    kept = placed.filter(_changes("trip", "touchpoint", "wrong_channel") | ~pl.col("touchpoint").is_in(repeatable))
    number = pl.col("touchpoint").cast(places).to_physical().cast(pl.UInt16)
    return _by_trip(kept).agg((number * 2 + pl.col("wrong_channel")).alias("codes"))


def _by_trip(placed: pl.DataFrame) -> GroupBy:
    """Grouped by trips that stand in order, which need no hashing."""
    return placed.with_columns(pl.col("trip").set_sorted()).group_by("trip", maintain_order=True)


def _changes(*names: str) -> pl.Expr:
    return pl.any_horizontal(pl.col(name).ne_missing(pl.col(name).shift()) for name in names)
