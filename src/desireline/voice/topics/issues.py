"""Common issues in service logs: topics of tickets, chats and calls by customers and by what they cost."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

from desireline.access import SMALL_GROUP
from desireline.measures.clusters import Clusters, t_quantile
from desireline.measures.intervals import Interval, count_interval, wilson

SERVICE = ("ticket", "chat", "call")
"""Kinds of feedback that are contacts with the service."""


def rank_issues(said: pl.DataFrame, topics: int, *, cost: str | None) -> pl.DataFrame:
    """topic, customers, share with low and high (of customers who contacted), contacts, cost with low and high, rank.

    The costliest come first; cost is the sum of the property `cost` over contacts that have it, or the number of
    contacts when none is named. Intervals have customers as the unit; those of totals are of the rate behind
    them, customers arriving as a Poisson process and each bringing a cost (compound Poisson: Garwood 1936). Where a
    cost is below zero that law does not hold, and the t interval of a total stands.
    Topics of fewer than five customers are left out; so is a cost that fewer than five customers have.
    """
    contacts = said.filter(pl.col("kind").is_in(list(SERVICE)))
    everybody = contacts["customer_id"].n_unique()
    amount = pl.lit(1.0) if cost is None else pl.col("cost")
    paid = contacts.filter(amount.is_not_null()).sort("feedback_id").with_columns(amount.alias("x"))
    sums, below = _sums(paid, topics)
    may, (low, high) = sums.n >= SMALL_GROUP, _cost_interval(sums, below)
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
            **{
                name: pl.Series(np.where(may, one, np.nan)).fill_nan(None)
                for name, one in (("cost", sums.x), ("cost_low", low), ("cost_high", high))
            },
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


def _cost_interval(sums: Clusters, below: npt.NDArray[np.bool_]) -> Interval:
    """The limits of each topic's cost; `below`: it has costs below zero."""
    arriving = count_interval(sums)
    n, x = sums.n.astype(np.float64), sums.x.astype(np.float64)
    others = np.maximum(n - 1, 1)
    spread = np.sqrt(
        np.maximum(n * sums.xx - x * x, 0) / others
    )  # as intervals.total_interval, but costs are not whole
    half = np.where(n < 2, np.nan, t_quantile(others) * spread)
    return Interval(np.where(below, x - half, arriving.low), np.where(below, x + half, arriving.high))


def _sums(paid: pl.DataFrame, topics: int) -> tuple[Clusters, npt.NDArray[np.bool_]]:
    """What each topic's customers cost, as sums of x and of x² over customers; and whether any cost is below zero."""
    x = pl.col("x")
    own = paid.group_by("topic", "customer_id", maintain_order=True).agg(
        x.sum(), pl.len().alias("rows"), (x < 0).any().alias("below")
    )
    made = own.group_by("topic", maintain_order=True).agg(
        pl.len().alias("n"), pl.col("rows").sum(), x.sum(), (x * x).sum().alias("xx"), pl.col("below").any()
    )
    joined = pl.DataFrame({"topic": np.arange(topics)}).join(made, on="topic", how="left", maintain_order="left")
    n, rows, total, squares = (joined[name].fill_null(0).to_numpy() for name in ("n", "rows", "x", "xx"))
    return Clusters(n, rows, total, rows, squares, total, rows), joined["below"].fill_null(False).to_numpy()
