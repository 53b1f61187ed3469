"""Answers gathered from walked buckets: small rows without texts, each with its score, its groups and its period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from desireline.errors import UnknownGroup
from desireline.measures.groups import EVERYBODY, KNOWN, Marker, Marks, Period, check_groups
from desireline.measures.view import View

ANONYMOUS = "answer:"
"""How the id of a customer begins who is known by one response only."""

GATHERED: dict[str, pl.DataType | type[pl.DataType]] = {
    "feedback_id": pl.String,
    "response": pl.String,  # answers given together share it
    "customer_id": pl.String,
    "place": pl.String,
    "level": pl.String,  # touchpoint, stage, map
    "stage": pl.String,  # of a touchpoint or stage; "" at the map
    "question": pl.String,  # "(review)", "(ticket)" … where none was asked
    "score": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "rule": pl.String,  # nps, csat, ces, mean
    "weight": pl.Float64,
    "worded": pl.Boolean,  # it has a text
    "off_scale": pl.Boolean,  # it was neither on its scale nor a code for no answer
    "channel": pl.String,
    "period": pl.String,
}

GROUP = "by:"
"""A column of groups is called "by:channel", "by:property:region" …"""


@dataclass(frozen=True)
class Gathering:
    """Which groups and periods answers are gathered with. An answer has no team. Raises UnknownGroup."""

    by: tuple[str, ...] = ()
    period: Period | None = None

    def __post_init__(self) -> None:
        check_known(self.by, self.period)

    def gather(self, view: View) -> pl.DataFrame:
        """GATHERED, and a column of groups per `by`: one row per answer and level that claims it."""
        if view.trips.answers.is_empty():
            return self.empty()
        marker, rows, told = Marker(view), view.answered, view.answers
        points = {point.id: point.stage for point in view.outline.touchpoints}
        stages = {name: name for name in view.stages}
        groups = [_worded(marker.groups(rows, by), told.height, GROUP + by) for by in self.by]
        period = _worded(marker.periods(rows, self.period), told.height, "period")
        place = pl.col("place").cast(pl.String)
        known = told.select(
            *("feedback_id", "response", "customer_id", "score", "low", "high"),
            place,
            place.replace_strict(_levels(view), default="map", return_dtype=pl.String).alias("level"),
            place.replace_strict(points | stages, default="", return_dtype=pl.String).alias("stage"),
            pl.coalesce("question", pl.format("({})", pl.col("kind").fill_null("answer"))).alias("question"),
            pl.col("rule").fill_null("mean"),
            pl.col("weight").fill_null(1.0).clip(0.0),
            pl.col("text").is_not_null().alias("worded"),
            pl.col("properties").fill_null("").str.contains('"_bad_score":', literal=True).alias("off_scale"),
            pl.col("channel").cast(pl.String),
        )
        return known.with_columns(period, *groups).select(*GATHERED, *(GROUP + by for by in self.by))

    def combine(self, parts: Sequence[pl.DataFrame]) -> pl.DataFrame:
        """All parts as one, in an order that does not depend on theirs."""
        found = [part for part in parts if part.height]
        return pl.concat(found).sort("feedback_id", "place") if found else self.empty()

    def empty(self) -> pl.DataFrame:
        """No answers."""
        return pl.DataFrame(schema=GATHERED | {GROUP + by: pl.String() for by in self.by})


def check_known(by: Sequence[str], period: str | None = None) -> None:
    """Nothing happens when answers can be grouped so; else UnknownGroup is raised."""
    check_groups(tuple(by), period)
    if "team" in by:
        raise UnknownGroup("team", [one for one in KNOWN if one != "team"])


def nearest(answers: pl.DataFrame) -> pl.DataFrame:
    """The answers, each at its nearest level only, so that one that a stage claims too is not tested twice."""
    rank = pl.col("level").replace_strict({"touchpoint": 0, "stage": 1}, default=2, return_dtype=pl.Int64)
    return answers.filter(rank == rank.min().over("feedback_id"))


def _levels(view: View) -> dict[str, str]:
    return dict.fromkeys(view.stages, "stage") | dict.fromkeys(view.points, "touchpoint")


def _worded(marks: Marks, rows: int, name: str) -> pl.Series:
    """The names of the rows' groups or periods; "" where a row has no instant."""
    if marks is EVERYBODY or marks.codes is None:
        return pl.Series(name, [marks.names[0]], dtype=pl.String).new_from_index(0, rows)
    names = pl.Series([*marks.names, ""], dtype=pl.String)
    return names.gather(pl.Series(marks.codes.astype("int64") % len(names))).alias(name)
