"""The mergeable state of a measure: whole-number sums per cell, customers added up first.

A cell is one combination of the key columns. A customer's rows must all be in the frames given to one
`add_up`, because squares of customers cannot be put together afterwards; cells of different customers may
then be merged in any order.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from desireline.measures.clusters import Clusters

WHOLE = pl.Int128()
SUMS = ("n", "came", "rows", "size", "squares", "x", "m", "xx", "xm", "mm")
"""n customers; came: those with X > 0; rows; size Σ|x| and squares Σm² of rows; the rest of customers."""


def add_up(observations: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame:
    """One row per cell: the keys and SUMS. Rows with m = 0 say nothing and are left out."""
    x, m = pl.col("x"), pl.col("m")
    customers = (
        observations.filter(m > 0)
        .group_by([*keys, "customer_id"])
        .agg(
            x.sum(),
            m.sum(),
            pl.len().alias("rows"),
            x.abs().sum().alias("size"),
            (m * m).sum().alias("squares"),
        )
        .with_columns(pl.col("x", "m", "size", "squares").cast(WHOLE))
    )
    return customers.group_by(list(keys)).agg(
        pl.len().cast(pl.Int64).alias("n"),
        (x > 0).sum().cast(pl.Int64).alias("came"),
        pl.col("rows").cast(pl.Int64).sum(),
        pl.col("size", "squares", "x", "m").sum(),
        (x * x).sum().alias("xx"),
        (x * m).sum().alias("xm"),
        (m * m).sum().alias("mm"),
    )


def merge(partials: Sequence[pl.DataFrame], keys: Sequence[str]) -> pl.DataFrame:
    """The sums of all partials, cell by cell."""
    together = pl.concat(partials)
    return together.group_by(list(keys)).agg(pl.exclude(*keys).sum())


def clusters(row: dict[str, int]) -> Clusters:
    """The sums of a cell (a named row) as intervals want them."""
    return Clusters(row["n"], row["rows"], row["x"], row["m"], row["xx"], row["xm"], row["mm"])
