"""One row per journey: what happened in it, before anybody asks how it compares with the map."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from desireline.journeys.claims import with_fields
from desireline.journeys.runs import Runs
from desireline.journeys.visits import Flags, Visits
from desireline.maps.outline import Outline
from desireline.tables import STEPS


def summarise(events: pl.DataFrame, visits: Visits, outline: Outline) -> pl.DataFrame:
    """Journeys in the order of `trip`: times, counts, value, route, and whether the map sees an end reached.

    `events` are cut and stand in the order of trips; `visits` are theirs. Value sums all events of the journey, also
    those off the map; it is 0 when none carries any. `due_at` is the last one given. `route` is empty in a journey
    without a visit, `channel` null.
    """
    runs = Runs.of(events["trip"])
    said = [name for name in events.columns if name.startswith("trip_said_")]
    last_block = outline.blocks[-1].members if outline.blocks else ()
    return pl.DataFrame(
        [
            *events.select("trip", "journey_id", "customer_id", "followed", "properties", "at")[runs.starts],
            runs.last(events["at"]).alias("ended_at"),
            runs.total(~events["named"]).alias("off_map"),
            runs.total(events["value_e4"]),
            runs.any(events["ends"]).alias("end_seen"),
            _last_due(events, runs),
            *(runs.last(events[name]) for name in said),
            pl.Series("steps", visits.counts),
            _first_channel(events["channel"], visits),
            pl.Series("success", visits.any(_among(outline.success, outline)[visits.point])),
            pl.Series("last_block", visits.any(_among(last_block, outline)[visits.point])),
            _routes(events["touchpoint"], visits),
        ]
    ).rename({"at": "started_at"})


def number_steps(events: pl.DataFrame, visits: Visits, carried: Sequence[str] = ()) -> pl.DataFrame:
    """The placed events in the order of trips, with `step`, counting from 1 within each journey in time order.

    `carried` are further fields of the events that the steps keep, as rules call them: `due_at`, `property.group` …
    """
    wanted = with_fields(events, carried) if carried else events
    wanted = wanted.select([*(name for name in STEPS.columns if name in events.columns), *carried])
    placed = wanted if len(visits.rows) == events.height else wanted[visits.rows]
    return placed.insert_column(1, pl.Series("step", visits.number))


def find_strays(events: pl.DataFrame, visits: Visits) -> pl.DataFrame:
    """The events that nothing on the map explains: their journey (`trip`), `event`, and `step`.

    `step` is the number of the journey's step before it; 0 when it came before all of them.
    """
    named = events["named"]
    if named.all():
        return pl.DataFrame(schema={"trip": pl.UInt32, "event": events.schema["event"], "step": pl.Int64})
    rows = np.flatnonzero(~named.to_numpy())
    trip = events["trip"].to_numpy()[rows]
    step = np.searchsorted(visits.rows, rows) - visits.starts[trip]
    return pl.DataFrame({"trip": trip.astype(np.uint32), "event": events["event"].gather(rows), "step": step})


def _last_due(events: pl.DataFrame, runs: Runs) -> pl.Series:
    """The last instant given in each run; null where none is."""
    due = events["due_at"]
    if due.null_count() == len(due):
        return due.head(len(runs))
    rows = np.where(due.is_not_null().to_numpy(), np.arange(len(due)), -1)
    last = np.maximum.reduceat(rows, runs.starts)
    return due.gather(pl.Series(last, dtype=pl.Int64).replace(-1, None))


def _first_channel(channel: pl.Series, visits: Visits) -> pl.Series:
    """Where each journey's first visit happened."""
    some, firsts = visits.ends()
    rows = np.full(len(visits.counts), -1)
    rows[some] = visits.rows[firsts]
    return channel.gather(pl.Series(rows, dtype=pl.Int64).replace(-1, None))


def _among(points: list[str] | tuple[str, ...], outline: Outline) -> Flags:
    """By position of a touchpoint with a rule: is it one of these?"""
    return np.array([point.id in points for point in outline.bound], dtype=np.bool_)


def _routes(touchpoint: pl.Series, visits: Visits) -> pl.Series:
    """Touchpoints in time order; a touchpoint that comes again at once is one visit."""
    moves = visits.moves()
    rows, trip = (visits.rows, visits.trip) if moves.all() else (visits.rows[moves], visits.trip[moves])
    moved = pl.DataFrame({"trip": pl.Series(trip).set_sorted(), "route": touchpoint.gather(rows)})
    found = moved.group_by("trip", maintain_order=True).agg("route")["route"]
    if len(found) == len(visits.counts):
        return found
    number = np.cumsum(visits.counts > 0, dtype=np.int64) - 1
    number[visits.counts == 0] = len(found)
    return pl.concat([found, pl.Series("route", [[]], dtype=found.dtype)]).gather(number)
