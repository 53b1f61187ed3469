"""Sums over customers, by cells: rows of one customer are added up first, and cells of whole customers add up."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

SUMMED = ("n", "rows", "x", "m", "xx", "xm", "mm")
"""As in `measures.clusters.Clusters`."""


def sum_customers(rows: pl.DataFrame, by: Sequence[str]) -> pl.DataFrame:
    """`by` and SUMMED, from rows with these columns, `customer`, and `x` (whole; null says nothing); m is 1 each."""
    told = rows.filter(pl.col("x").is_not_null())
    people = told.group_by([*by, "customer"]).agg(pl.col("x").sum(), pl.len().cast(pl.Int64).alias("m"))
    x, m = pl.col("x"), pl.col("m")
    words = [pl.col(name).cast(pl.String) for name in by if isinstance(rows.schema[name], pl.Enum)]
    sums = people.group_by(by).agg(
        pl.len().cast(pl.Int64).alias("n"),
        m.sum().alias("rows"),
        x.sum().alias("x"),
        m.sum().alias("m"),
        (x * x).sum().alias("xx"),
        (x * m).sum().alias("xm"),
        (m * m).sum().alias("mm"),
    )
    return sums.with_columns(words)  # one of few names costs less to group by than a text


def add(parts: Sequence[pl.DataFrame], by: Sequence[str]) -> pl.DataFrame:
    """The cells of all parts, those of one name added up, in the order of their names."""
    schema = parts[0].schema if parts else {**dict.fromkeys(by, pl.String()), **dict.fromkeys(SUMMED, pl.Int64())}
    return pl.concat([pl.DataFrame(schema=schema), *parts]).group_by(by).agg(pl.col(SUMMED).sum()).sort(by)
