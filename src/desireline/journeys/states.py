"""How each journey stands at the end of the data: done, under way, stuck or lost.

Done: an `end` rule matched, a success touchpoint was met, or (on maps without an `end` rule) the last block
was met. Else under way: the customer has been silent for less than the map's patience, and no later journey
followed. Else the map's next required step decides: the journey is stuck where the company has to act, and
lost where the customer has to.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import polars as pl

from desireline.journeys.cut import A_MONTH
from desireline.maps.outline import Outline

STATES = ("done", "lost", "stuck", "under_way")


def patience(outline: Outline) -> timedelta:
    """How long a customer may be silent in a journey that is not over: as the map says, else 30 days.

    Maps that cut by silence and say no patience: that silence.
    """
    rule = outline.map.map.journey
    if rule.patience is not None:
        return rule.patience
    return (rule.silence or A_MONTH) if rule.by == "silence" else A_MONTH


def look_ahead(journeys: pl.DataFrame, outline: Outline, *, data_end: datetime) -> pl.DataFrame:
    """Add `done` and `finished` to journeys, before they are aligned.

    `finished` journeys owe the map its end. A journey that met success but not the map's last block, and that
    may still go on, does not: it is done, and what comes after success is not missing yet.
    """
    silent = pl.lit(data_end).cast(pl.Datetime("us", "UTC")) - pl.col("ended_at")
    goes_on = (silent < pl.lit(patience(outline))) & ~pl.col("followed")
    last_block = pl.col("last_block") & pl.lit(outline.map.map.journey.end is None)
    done = pl.col("end_seen") | pl.col("success") | last_block
    over = pl.col("end_seen") | pl.col("last_block") | ~goes_on
    return journeys.with_columns(done.alias("done"), goes_on.alias("goes_on"), over.alias("finished"))


def settle(journeys: pl.DataFrame) -> pl.DataFrame:
    """Add `state`. Needs `done`, `goes_on`, and `company_next` from the alignment."""
    state = (
        pl.when("done")
        .then(pl.lit("done"))
        .when("goes_on")
        .then(pl.lit("under_way"))
        .when("company_next")
        .then(pl.lit("stuck"))
        .otherwise(pl.lit("lost"))
    )
    return journeys.with_columns(state.cast(pl.Enum(STATES)).alias("state"))
