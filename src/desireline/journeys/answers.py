"""Answers stand at the places that they speak about, and with the journey in which they were given.

The place: what the `feedback` rule of a touchpoint claims, that of a stage, and that of the map (`bound` = "rule", or
"topic" where the rule looks at what a text is about). An answer stands once at each level that claims it, so a review
can speak both about the delivery and about the whole journey. An answer that no rule claims speaks about the last
touchpoint that its journey had met by then (`bound` = "case" or "time", by how the journey was found); without such a
touchpoint it speaks about the map, and `bound` is null when it has no journey.

The journey: the one with the answer's case id; else the customer's latest that had started by then. An answer
without an instant belongs to the journey of a customer who made only one, and counts as given at that
journey's end.

The customer: who gave it. What an anonymous voice answered in one row is of one customer, "answer:<response>".
"""

from __future__ import annotations

from functools import partial

import polars as pl

from desireline.journeys.claims import fields_of, first_of, judge
from desireline.journeys.together import told_together
from desireline.maps.outline import Outline
from desireline.maps.rules import Rule
from desireline.tables import ANSWERS

_LINE = ("line", "journey_id")


def bind_answers(
    feedback: pl.DataFrame, journeys: pl.DataFrame, events: pl.DataFrame, outline: Outline
) -> pl.DataFrame:
    """Answers in the shape of `tables.ANSWERS`, sorted by feedback id.

    `journeys` have `journey_id`, `customer_id`, `started_at`, `ended_at`; `events` are cut. Several journeys
    with the case id: the latest that had started by then. A visit at the very instant of the answer counts as
    before it.
    """
    if feedback.is_empty():
        return ANSWERS.empty()
    numbered = _claim(told_together(feedback.sort("feedback_id", "row", "source")), outline).with_row_index("line")
    by_case = _by_case(numbered, events)
    rest = numbered.join(by_case, on="line", how="anti")
    found = pl.concat([by_case, _only(rest, journeys), _by_time(rest, journeys)])
    joined = numbered.join(found, on="line", how="left", maintain_order="left")
    met = _last_met(joined, journeys, events)
    placed = joined.join(met, on="line", how="left", maintain_order="left")
    ruled, told = pl.col("claimed").list.len() > 0, pl.col("place").is_in(_by_topic(outline))
    otherwise = pl.concat_list(pl.coalesce("met", pl.lit(outline.map.map.id)))
    standing = placed.with_columns(
        pl.when(ruled).then("claimed").otherwise(otherwise).alias("place"),
        pl.when(ruled).then(pl.lit("rule")).otherwise("found_by").alias("bound"),
        pl.coalesce("customer_id", pl.format("answer:{}", "response")).alias("customer_id"),
    )
    apart = standing.explode("place", empty_as_null=True, keep_nulls=True)
    by_topic = (pl.col("bound") == "rule") & told
    return ANSWERS.shape(apart.with_columns(pl.when(by_topic).then(pl.lit("topic")).otherwise("bound").alias("bound")))


def _by_topic(outline: Outline) -> list[str]:
    """The places that claim answers by what their texts are about."""
    places = [(outline.map.map.id, outline.map.map.feedback)]
    places += [(stage.id, stage.feedback) for stage in outline.stages]
    places += [(point.id, point.feedback) for point in outline.touchpoints]
    return [name for name, rule in places if rule is not None and "topic" in rule.fields()]


def _claim(feedback: pl.DataFrame, outline: Outline) -> pl.DataFrame:
    """Add `claimed`, the places whose rules hold, and turn `channel` into the map's channel id."""
    levels: list[list[tuple[str, Rule | None]]] = [
        [(point.id, point.feedback) for point in outline.touchpoints],
        [(stage.id, stage.feedback) for stage in outline.stages],
        [(outline.map.map.id, outline.map.map.feedback)],
    ]
    fields = {"channel"} | fields_of(rule for level in levels for _, rule in level)
    claims = pl.concat_list([first_of(level) for level in levels]).list.drop_nulls()
    judged = judge(feedback, partial(_verdict, claims=claims, outline=outline), fields=fields)
    return judged.drop("channel").rename({"met_in": "channel"})


def _verdict(values: pl.DataFrame, claims: pl.Expr, outline: Outline) -> pl.DataFrame:
    channels = {name: outline.channel_ids(name) for name in values["channel"].drop_nulls().unique()}
    return values.with_columns(claims.alias("claimed"), pl.col("channel").replace(channels).alias("met_in"))


def _by_case(answers: pl.DataFrame, events: pl.DataFrame) -> pl.DataFrame:
    """Answers whose case is in their customer's events, with that case's latest journey begun by then."""
    asked = answers.filter(pl.col("case_id") != "").select(
        "line", "customer_id", "case_id", pl.col("at").alias("given")
    )
    cases = events.join(asked.select("customer_id", "case_id").unique(), on=["customer_id", "case_id"], how="semi")
    begun = cases.group_by("customer_id", "case_id", "journey_id").agg(pl.col("at").min().alias("began"))
    paired = asked.join(begun, on=["customer_id", "case_id"]).with_columns(
        (pl.col("began") <= pl.col("given")).fill_null(True).alias("in_time")
    )
    latest = paired.sort("line", "in_time", "began", "journey_id").group_by("line", maintain_order=True).last()
    return latest.select(*_LINE, pl.lit("case").alias("found_by"))


def _by_time(answers: pl.DataFrame, journeys: pl.DataFrame) -> pl.DataFrame:
    """Answers with an instant, each with its customer's latest journey that had begun by then."""
    dated = answers.filter(pl.col("at").is_not_null() & pl.col("customer_id").is_not_null())
    begun = journeys.select("customer_id", "journey_id", pl.col("started_at").alias("at")).sort("at", "journey_id")
    # Both sides are sorted by instant; polars cannot check that within groups and would warn.
    found = (
        dated.select("line", "customer_id", "at")
        .sort("at")
        .join_asof(begun, on="at", by="customer_id", check_sortedness=False)
    )
    return found.drop_nulls("journey_id").select(*_LINE, pl.lit("time").alias("found_by"))


def _only(answers: pl.DataFrame, journeys: pl.DataFrame) -> pl.DataFrame:
    """Answers without an instant whose customer made one journey only."""
    undated = answers.filter(pl.col("at").is_null()).select("line", "customer_id")
    single = journeys.select("customer_id", "journey_id").unique("customer_id", keep="none")
    return undated.join(single, on="customer_id").select(*_LINE, pl.lit("time").alias("found_by"))


def _last_met(answers: pl.DataFrame, journeys: pl.DataFrame, events: pl.DataFrame) -> pl.DataFrame:
    """For answers in a journey: the last touchpoint that it had met by then."""
    ends = journeys.select("journey_id", "ended_at")
    asked = answers.filter((pl.col("claimed").list.len() == 0) & pl.col("journey_id").is_not_null()).join(
        ends, on="journey_id"
    )
    given = asked.select("line", "journey_id", pl.coalesce("at", "ended_at").alias("at")).sort("at")
    visits = events.filter(pl.col("touchpoint").is_not_null()).join(given, on="journey_id", how="semi")
    touchpoint = pl.col("touchpoint").cast(pl.String).alias("met")
    met = visits.select("journey_id", "at", touchpoint).sort("at", maintain_order=True)
    # Both sides are sorted by instant; polars cannot check that within groups and would warn.
    return given.join_asof(met, on="at", by="journey_id", check_sortedness=False).select("line", "met")
