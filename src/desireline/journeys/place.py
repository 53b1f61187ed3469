"""Events stand on the touchpoints that they visit: the first in map order whose rule holds.

Added to each event: `touchpoint`, `stage`, `failed`, `wrong_channel`; `starts` and `ends` (the cut's rules);
`enters` and `leaves` (the stage whose entry or exit rule holds); `named` (anything on the map speaks of it,
else it is off the map); and what the promises need. Rules see the source's own channel; afterwards `channel`
is the map's channel id.
"""

from __future__ import annotations

from functools import partial

import numpy as np
import polars as pl

from desireline.journeys.claims import fields_of, first_of, holds, judge
from desireline.journeys.promises import rules_of, vow_columns
from desireline.maps.outline import Outline
from desireline.maps.rules import Rule
from desireline.tables import MONEY

ORDER = ("customer_id", "at", "row", "part", "event_id")
LOOKED_AT = ("customer_id", "at", "event", "channel", "case_id", "value", "due_at", "status", "properties")
_CARRIED = ("event_id", "customer_id", "at", "event", "case_id", "due_at", "properties")


def place(events: pl.DataFrame, outline: Outline) -> pl.DataFrame:
    """Each event with the touchpoint that it visits; rows keep their number and order.

    `events` has the shape of `tables.EVENTS`. An event without a channel is never in the wrong one; an event
    whose channel the map does not know is, where its touchpoint names channels. A failure is what
    `failed_when` says, else status "failed" in any case of letters. Money becomes whole ten-thousandths
    (`value_e4`).
    """
    fields = {"event", "channel", "status"} | fields_of(_rules(outline))
    placed = judge(events, partial(_verdict, outline=outline), fields=fields)
    verdicts = [name for name in placed.columns if name not in events.columns and name != "met_in"]
    money = pl.col("value").cast(MONEY).to_physical().cast(pl.Int64).alias("value_e4")
    carried = [name for name in _CARRIED if name in events.columns]
    return placed.select(*carried, pl.col("met_in").alias("channel"), money, *verdicts)


def in_time_order(events: pl.DataFrame) -> pl.DataFrame:
    """Events by customer and instant, at one instant by their place in the source, as the lake keeps them.

    Events that stand so already cost one look. Without their place in the source they stand as the lake keeps them.
    """
    order = [name for name in ORDER if name in events.columns]
    return events if _rises(events, order) else events.sort(order, maintain_order=True)


def _rises(events: pl.DataFrame, order: list[str]) -> bool:
    """True when each event stands behind the one before, or could; false also where customers or instants lack."""
    customer, at = events["customer_id"], events["at"]
    if customer.null_count() or at.null_count():
        return False
    whose, when = customer.rle_id().to_numpy(), at.to_physical().to_numpy()
    other = whose[1:] != whose[:-1]
    heads = customer.gather(np.flatnonzero(other) + 1)
    if not heads.is_sorted() or (customer.head(1) > heads.head(1)).any() or ((when[1:] < when[:-1]) & ~other).any():
        return False
    tied = np.flatnonzero((when[1:] == when[:-1]) & ~other)
    for name in order[2:]:
        if not len(tied):
            break
        now, then = events[name].gather(tied + 1), events[name].gather(tied)
        same = now.eq_missing(then)
        if not (same | (now > then)).fill_null(False).all():
            return False
        tied = tied[same.to_numpy()]
    return True


def _rules(outline: Outline) -> list[Rule | None]:
    cut = outline.map.map.journey
    of_points = [rule for point in outline.bound for rule in (point.when, point.failed_when)]
    of_stages = [rule for stage in outline.stages for rule in (stage.entry, stage.exit)]
    return [*of_points, *of_stages, cut.start, cut.end, *rules_of(outline)]


def _verdict(values: pl.DataFrame, outline: Outline) -> pl.DataFrame:
    cut = outline.map.map.journey
    channels = {name: outline.channel_ids(name) for name in values["channel"].drop_nulls().unique()}
    met = values.with_columns(
        first_of((point.id, point.when) for point in outline.bound).alias("touchpoint"),
        pl.col("channel").replace(channels).alias("met_in"),
        holds(cut.start).alias("starts"),
        holds(cut.end).alias("ends"),
        first_of((stage.id, stage.entry) for stage in outline.stages).alias("enters"),
        first_of((stage.id, stage.exit) for stage in outline.stages).alias("leaves"),
    )
    stages = {point.id: point.stage for point in outline.bound}
    marked = pl.col("starts") | pl.col("ends")
    spoken_of = pl.any_horizontal(pl.col("touchpoint", "enters", "leaves").is_not_null())
    return met.with_columns(
        pl.col("touchpoint").replace(stages).alias("stage"),
        _failed(outline).alias("failed"),
        _wrong_channel(outline).alias("wrong_channel"),
        (spoken_of | marked).alias("named"),
        *vow_columns(outline),
    ).with_columns(_coded(met["met_in"], outline))


def _coded(channels: pl.Series, outline: Outline) -> list[pl.Expr]:
    """Touchpoints, stages and channels as numbers with names."""
    points, stages = pl.Enum([point.id for point in outline.bound]), pl.Enum([stage.id for stage in outline.stages])
    return [
        pl.col("touchpoint").cast(points),
        pl.col("stage", "enters", "leaves").cast(stages),
        pl.col("met_in").cast(pl.Enum(sorted(set(channels.drop_nulls())))),
    ]


def _failed(outline: Outline) -> pl.Expr:
    own = [
        pl.when(pl.col("touchpoint") == point.id).then(point.failed_when.expr())
        for point in outline.bound
        if point.failed_when is not None
    ]
    said = (pl.col("status").str.to_lowercase() == "failed").fill_null(False)
    return pl.coalesce(*own, said)


def _wrong_channel(outline: Outline) -> pl.Expr:
    elsewhere = [
        (pl.col("touchpoint") == point.id) & ~pl.col("met_in").is_in(point.channels)
        for point in outline.bound
        if point.channels
    ]
    return pl.any_horizontal(elsewhere).fill_null(False) if elsewhere else pl.lit(False)
