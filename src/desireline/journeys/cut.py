"""Each customer's events, cut into journeys by the rule that the map gives.

A journey never ends by itself: the next one begins. It begins
- with the customer's first event, for `case` with the first event of each case;
- for `silence`, with the first event after a gap longer than `silence` (every event breaks a silence, off the
  map or on);
- at each event that the `start` rule matches, whatever the cut;
- where there is an `end` rule but no `start` rule, with the first event after one that `end` matched.

With both rules, what follows an end before the next start stays with the journey that ended: it did not begin
anything. Events before a customer's first start are a journey of their own, whose beginning the data does not
show.

Ids are made of one customer's own events, so they do not depend on who else is looked at, and no two are the
same. `CUSTOMER~2` is the customer's second journey. For cuts by case it is the case id where that is the
customer's id, else `CUSTOMER#CASE`, and `CUSTOMER#CASE#2` where rules cut a case again. Events without a case
id are the customer's rest, `CUSTOMER#`. A `#` within an id of a source is written `%23`, and `%` then `%25`.
"""

from __future__ import annotations

from datetime import timedelta

import polars as pl

from desireline.journeys.runs import Runs
from desireline.maps.outline import Outline

A_MONTH = timedelta(days=30)  # the silence of maps that cut by silence and do not say which


def cut(placed: pl.DataFrame, outline: Outline) -> pl.DataFrame:
    """Placed events with `journey_id`, `trip` (journeys by customer, case and beginning, from 0) and `followed`.

    `followed` is true where a later journey of the same customer (for `case`: of the same case) exists, so
    this one is over. `placed` must stand in the order of customer, instant and event id; it comes back in the
    order of trips.
    """
    by_case = outline.map.map.journey.by == "case"
    keyed = _by_case(placed) if by_case else placed
    key = ["customer_id", "case"] if by_case else ["customer_id"]
    first = keyed.select(_first_of(key).alias("first"))["first"]
    runs = Runs.beginning(keyed.select(_begins(first, outline).alias("begins"))["begins"])
    named = _name(keyed.select(*key, first)[runs.starts], by_case=by_case)
    number = pl.Series("trip", runs.number)
    return keyed.select(pl.exclude("case")).with_columns(
        named["journey_id"].gather(number), number, named["followed"].gather(number)
    )


def _by_case(placed: pl.DataFrame) -> pl.DataFrame:
    """Cases of one customer apart from each other; the order within a case stays."""
    case = pl.col("case_id").fill_null("").alias("case")
    return placed.with_columns(case).sort("customer_id", "case", maintain_order=True)


def _first_of(key: list[str]) -> pl.Expr:
    other = pl.any_horizontal(pl.col(name).ne_missing(pl.col(name).shift()) for name in key)
    return other | (pl.int_range(pl.len()) == 0)


def _begins(first: pl.Series, outline: Outline) -> pl.Expr:
    rule = outline.map.map.journey
    begins = pl.lit(first) | pl.col("starts")
    if rule.by == "silence":
        begins = begins | (pl.col("at") - pl.col("at").shift() > (rule.silence or A_MONTH)).fill_null(False)
    if rule.end is not None and rule.start is None:
        begins = begins | pl.col("ends").shift(fill_value=False)
    return begins


def _name(firsts: pl.DataFrame, *, by_case: bool) -> pl.DataFrame:
    """One row per journey: its number within the customer (or case), its id, whether another followed."""
    numbered = firsts.with_columns(
        pl.Series("number", Runs.beginning(firsts["first"]).place + 1, dtype=pl.Int64),
        (~pl.col("first").shift(-1, fill_value=True)).alias("followed"),
    )
    return numbered.with_columns((_case_id() if by_case else _plain_id()).alias("journey_id"))


def _plain_id() -> pl.Expr:
    return pl.format("{}~{}", "customer_id", "number")


def _case_id() -> pl.Expr:
    customer, case = (_without_hash(pl.col(name)) for name in ("customer_id", "case"))
    own = pl.when(pl.col("customer_id") == pl.col("case")).then(case).otherwise(pl.format("{}#{}", customer, case))
    return pl.when(pl.col("number") == 1).then(own).otherwise(pl.format("{}#{}#{}", customer, case, "number"))


def _without_hash(text: pl.Expr) -> pl.Expr:
    return text.str.replace_all("%", "%25", literal=True).str.replace_all("#", "%23", literal=True)
