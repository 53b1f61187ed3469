"""One row per journey: what happened in it, before anybody asks how it compares with the map."""

from __future__ import annotations

import polars as pl

from desireline.maps.outline import Outline


def summarise(events: pl.DataFrame, outline: Outline) -> pl.DataFrame:
    """Journeys in the order of `trip`: times, counts, value, route, and whether the map sees an end reached.

    `events` are cut and stand in the order of trips. Value sums all events of the journey, also those off the
    map; it is 0 when none carries any. `due_at` is the last one given. `route` is null in a journey without a
    visit. `codes` are the steps as the aligner takes them: twice the touchpoint's position, plus one in a
    wrong channel.
    """
    said = [name for name in events.columns if name.startswith("trip_said_")]
    whole = events.group_by("trip", maintain_order=True).agg(
        pl.col("journey_id", "customer_id", "followed", "properties").first(),
        pl.col("at").first().alias("started_at"),
        pl.col("at").last().alias("ended_at"),
        (~pl.col("named")).sum().cast(pl.Int64).alias("off_map"),
        pl.col("value_e4").sum(),
        pl.col("ends").any().alias("end_seen"),
        pl.col("due_at").drop_nulls().last(),
        *(pl.col(name).last() for name in said),
    )
    placed = events.filter(pl.col("touchpoint").is_not_null())
    for part in (_visits(placed, outline), _routes(placed), _codes(placed, outline)):
        whole = whole.join(part, on="trip", how="left", maintain_order="left")
    return whole.with_columns(pl.col("steps").fill_null(0), pl.col("success", "last_block").fill_null(False))


def number_steps(events: pl.DataFrame) -> pl.DataFrame:
    """The placed events with `step`, counting from 1 within each journey in time order."""
    placed = events.filter(pl.col("touchpoint").is_not_null())
    return placed.with_columns(pl.int_range(1, pl.len() + 1, dtype=pl.Int64).over("trip").alias("step"))


def _visits(placed: pl.DataFrame, outline: Outline) -> pl.DataFrame:
    last_block = list(outline.blocks[-1].members) if outline.blocks else []
    return placed.group_by("trip", maintain_order=True).agg(
        pl.len().cast(pl.Int64).alias("steps"),
        pl.col("channel").first(),
        pl.col("touchpoint").is_in(outline.success).any().alias("success"),
        pl.col("touchpoint").is_in(last_block).any().alias("last_block"),
    )


def _routes(placed: pl.DataFrame) -> pl.DataFrame:
    """Touchpoints in time order; a touchpoint that comes again at once is one visit."""
    moves = placed.filter(_changes("trip", "touchpoint"))
    return moves.group_by("trip", maintain_order=True).agg(pl.col("touchpoint").alias("route"))


def _codes(placed: pl.DataFrame, outline: Outline) -> pl.DataFrame:
    """Steps as numbers; only where the map lets a touchpoint repeat do immediate repeats count as one."""
    places = pl.Enum([point.id for point in outline.bound])
    repeatable = [point.id for point in outline.bound if point.repeatable]
    kept = placed.filter(_changes("trip", "touchpoint", "wrong_channel") | ~pl.col("touchpoint").is_in(repeatable))
    number = pl.col("touchpoint").cast(places).to_physical().cast(pl.UInt16)
    return kept.group_by("trip", maintain_order=True).agg((number * 2 + pl.col("wrong_channel")).alias("codes"))


def _changes(*names: str) -> pl.Expr:
    return pl.any_horizontal(pl.col(name).ne_missing(pl.col(name).shift()) for name in names)
