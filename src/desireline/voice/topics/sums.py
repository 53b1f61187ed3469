"""Sums over customers for each topic: those who speak of it beside those who do not, or when they do not."""

from __future__ import annotations

import numpy as np
import polars as pl

from desireline.measures.clusters import Clusters

PARTS = 10_000

_SUMS = [
    pl.len().alias("n"),
    pl.col("rows").sum(),
    pl.col("x").sum(),
    pl.col("m").sum(),
    (pl.col("x") * pl.col("x")).sum().alias("xx"),
    (pl.col("x") * pl.col("m")).sum().alias("xm"),
    (pl.col("m") * pl.col("m")).sum().alias("mm"),
]
_ZERO = pl.DataFrame({name: [0] for name in Clusters._fields})


def with_and_without(said: pl.DataFrame, topics: int) -> tuple[Clusters, Clusters]:
    """For each topic the sums of its rows, and of all other rows. `said`: topic (−1 none), customer_id, x (whole)."""
    own = _by_customer(said.filter(pl.col("topic") >= 0), "topic", "customer_id")
    everybody = _by_customer(said, "customer_id")
    having = own.group_by("topic").agg(_SUMS)
    both = own.join(everybody, on="customer_id", suffix="_all")
    replaced = both.select("topic", *(pl.col(f"{name}_all").alias(name) for name in ("rows", "x", "m")))
    left = both.select("topic", *((pl.col(f"{name}_all") - pl.col(name)).alias(name) for name in ("rows", "x", "m")))
    minus = replaced.group_by("topic").agg(_SUMS)
    plus = left.filter(pl.col("m") > 0).group_by("topic").agg(_SUMS)
    whole = everybody.select(_SUMS)
    lacking = [
        whole[name].fill_null(0).item() - one + other
        for name, one, other in zip(Clusters._fields, _columns(minus, topics), _columns(plus, topics), strict=True)
    ]
    return Clusters(*_columns(having, topics)), Clusters(*lacking)


def _by_customer(said: pl.DataFrame, *keys: str) -> pl.DataFrame:
    return said.group_by(keys).agg(
        pl.len().cast(pl.Int64).alias("rows"), pl.col("x").cast(pl.Int64).sum(), pl.len().cast(pl.Int64).alias("m")
    )


def _columns(sums: pl.DataFrame, topics: int) -> list[np.ndarray]:
    every = pl.DataFrame({"topic": np.arange(topics)})
    joined = every.join(sums, on="topic", how="left", maintain_order="left")
    return [joined[name].cast(pl.Int64).fill_null(0).to_numpy() for name in Clusters._fields]
