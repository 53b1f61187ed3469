"""Groups and periods: whose readings these are, and of when.

Each observation gets a `group` ("" for everybody, else "persona:maya", "channel:web", "team:care",
"property:state=SP", "promise:delivery=kept"; "(none)" where there is nothing to say) and a `period` ("" for the
whole time). Days are UTC days.
"""

from __future__ import annotations

from typing import Literal, get_args

import polars as pl

from desireline.errors import UnknownGroup
from desireline.measures.measure import Measure
from desireline.measures.promise import promise_kept
from desireline.measures.view import View

Period = Literal["day", "week", "month", "quarter", "year"]
PERIODS: tuple[str, ...] = get_args(Period)
NONE = "(none)"
KNOWN = ("persona", "channel", "team", "property:NAME", "promise:PLACE")
OPEN = ("property:", "promise:")

_WRITTEN = {"day": "%Y-%m-%d", "week": "%G-W%V", "month": "%Y-%m", "year": "%Y"}


def check_groups(by: tuple[str, ...], period: str | None) -> None:
    """Nothing happens when all are known; else UnknownGroup is raised."""
    for one in by:
        if one not in KNOWN[:3] and not (one.startswith(OPEN) and one not in OPEN):
            raise UnknownGroup(one, KNOWN)
    if period is not None and period not in PERIODS:
        raise UnknownGroup(period, PERIODS)


def grouped(observations: pl.DataFrame, view: View, measure: Measure, *, by: str) -> pl.DataFrame:
    """The observations with `group`, one of `by`; "" groups everybody.

    A property is the customer's; where customers have none of that name, that of the journey's first event. By promise,
    a journey belongs to "kept" or "broken" by its last known judgement at the place.

    By team, those at touchpoints are read at the map: a team's touchpoints together, each journey counted
    once or as the measure says. Touchpoints without a team have the group "team:(none)"; stages, edges and
    the map itself have none.
    """
    if by == "":
        return observations.with_columns(pl.lit("").alias("group"))
    if by == "team":
        return _teams(observations, view, measure)
    if by == "channel":
        return observations.with_columns(_named("channel", pl.col("channel")))
    promised = by.startswith("promise:")
    told = _kept(view, by) if promised else _of_journeys(view, by)
    joined = observations.join(told, on="journey_id", how="left")
    if promised:
        return joined.with_columns(_named(by, pl.col("_of"))).drop("_of")
    known = view.coded.customers.select("customer_id", _of_customer(by).alias("_own")).unique("customer_id")
    owned = joined.join(known, on="customer_id", how="left")
    return owned.with_columns(_named(by, pl.coalesce("_own", "_of"))).drop("_of", "_own")


def in_period(observations: pl.DataFrame, period: str | None) -> pl.DataFrame:
    """The observations with `period`: "" without a grain; with one, those without an instant are left out."""
    if period is None:
        return observations.with_columns(pl.lit("").alias("period"))
    return observations.filter(pl.col("when").is_not_null()).with_columns(_period(period).alias("period"))


def grouping_of(group: pl.Expr) -> pl.Expr:
    """What a group was grouped by: "persona" for "persona:maya", "property:state" for "property:state=SP"."""
    head = group.str.splitn(":", 2).struct.field("field_0")
    named = head.is_in([name.removesuffix(":") for name in OPEN])
    return pl.when(named).then(group.str.splitn("=", 2).struct.field("field_0")).otherwise(head)


def _period(period: str) -> pl.Expr:
    when = pl.col("when")
    if period == "quarter":
        return pl.format("{}-Q{}", when.dt.year(), when.dt.quarter())
    return when.dt.strftime(_WRITTEN[period])


def _named(by: str, name: pl.Expr) -> pl.Expr:
    sign = "=" if by.startswith(OPEN) else ":"
    return pl.concat_str(pl.lit(by + sign), name.fill_null(NONE)).alias("group")


def _kept(view: View, by: str) -> pl.DataFrame:
    """By journey: was the promise at this place kept?"""
    judged = promise_kept.observe(view).filter(pl.col("at").cast(pl.String) == by.removeprefix("promise:"))
    said = pl.when(pl.col("x") > 0).then(pl.lit("kept")).otherwise(pl.lit("broken"))
    return judged.select("journey_id", said.alias("_of"))


def _of_journeys(view: View, by: str) -> pl.DataFrame:
    """By journey: the property of its first event; nothing for personas, which are customers'."""
    value = pl.lit(None, dtype=pl.String) if by == "persona" else _of_customer(by)
    return view.journeys.select("journey_id", value.alias("_of"))


def _of_customer(by: str) -> pl.Expr:
    if by == "persona":
        return pl.col("persona")
    name = by.removeprefix("property:")
    return pl.col("properties").str.json_decode(pl.Struct({name: pl.String})).struct.field(name)


def _teams(observations: pl.DataFrame, view: View, measure: Measure) -> pl.DataFrame:
    points = list(view.outline.touchpoint)
    team = pl.col("at").replace_strict(view.team_of, default=None, return_dtype=pl.String)
    placed = observations.filter(pl.col("at").is_in(points)).with_columns(_named("team", team))
    placed = placed.with_columns(view.at_map)
    if measure.per_team == "rows":
        return placed
    x = pl.col("x").max() if measure.per_team == "any" else pl.col("x").sum()
    key = ["customer_id", "journey_id", "at", "group", "unit"]
    return placed.group_by(key).agg(x, pl.col("m").max(), pl.col("channel").first(), pl.col("when").first())
