"""Common issues in service logs: topics of tickets, chats and calls by customers and by what they cost."""

from __future__ import annotations

import numpy as np
import polars as pl

from desireline.access import SMALL_GROUP
from desireline.measures.clusters import Clusters
from desireline.measures.intervals import count_interval, wilson

SERVICE = ("ticket", "chat", "call")
"""Kinds of feedback that are contacts with the service."""


def rank_issues(said: pl.DataFrame, topics: int, *, cost: str | None) -> pl.DataFrame:
    """topic, customers, share with low and high (of customers who contacted), contacts, cost with low and high, rank.

    The costliest come first; cost is the sum of the property `cost` over contacts that have it, or the number of
    contacts when none is named. Intervals have customers as the unit; those of totals are of the rate behind
    them, customers arriving as a Poisson process and each bringing a cost (compound Poisson: Garwood 1936).
    Topics of fewer than five customers are left out.
    """
    contacts = said.filter(pl.col("kind").is_in(list(SERVICE)))
    everybody = contacts["customer_id"].n_unique()
    amount = pl.lit(1.0) if cost is None else pl.col("cost")
    paid = contacts.filter(amount.is_not_null()).sort("feedback_id").with_columns(amount.alias("x"))
    sums = _sums(paid, topics)
    low, high = count_interval(sums)
    told = (
        contacts.filter(pl.col("topic") >= 0)
        .group_by("topic")
        .agg(
            pl.col("customer_id").n_unique().cast(pl.Int64).alias("customers"),
            pl.len().cast(pl.Int64).alias("contacts"),
        )
    )
    costs = pl.DataFrame(
        {
            "topic": np.arange(topics),
            "cost": pl.Series(np.where(sums.n > 0, sums.x, np.nan)).fill_nan(None),
            "cost_low": pl.Series(low).fill_nan(None),
            "cost_high": pl.Series(high).fill_nan(None),
        }
    )
    found = (
        told.filter(pl.col("customers") >= SMALL_GROUP)
        .join(costs, on="topic")
        .with_columns((pl.col("customers") / max(everybody, 1)).alias("share"))
    )
    ends = wilson(found["share"].to_numpy(), np.full(found.height, everybody))
    ranked = found.with_columns(pl.Series("low", ends.low), pl.Series("high", ends.high)).sort(
        "cost", "customers", "topic", descending=[True, True, False], nulls_last=True
    )
    return ranked.with_row_index("rank", offset=1).select(
        "topic",
        pl.col("rank").cast(pl.Int64),
        "customers",
        "share",
        "low",
        "high",
        "contacts",
        "cost",
        "cost_low",
        "cost_high",
    )


def _sums(paid: pl.DataFrame, topics: int) -> Clusters:
    """What each topic's customers cost: sums of x and of x² over customers."""
    own = paid.group_by("topic", "customer_id", maintain_order=True).agg(pl.col("x").sum(), pl.len().alias("rows"))
    x = pl.col("x")
    made = own.group_by("topic").agg(pl.len().alias("n"), pl.col("rows").sum(), x.sum(), (x * x).sum().alias("xx"))
    joined = pl.DataFrame({"topic": np.arange(topics)}).join(made, on="topic", how="left", maintain_order="left")
    n, rows, total, squares = (joined[name].fill_null(0).to_numpy() for name in ("n", "rows", "x", "xx"))
    return Clusters(n, rows, total, rows, squares, total, rows)
