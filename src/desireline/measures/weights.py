"""Survey weights: kept in whole ten-thousandths, so that weighted sums do not depend on their order."""

from __future__ import annotations

import polars as pl

WEIGHT = 10_000


def whole_weight() -> pl.Expr:
    """The `weight` column in whole ten-thousandths; 1 where there is none, never below 0."""
    return (pl.col("weight").fill_null(1.0).clip(0.0) * WEIGHT).round().cast(pl.Int64)


def uneven() -> pl.Expr:
    """True for cells of sums whose rows do not all weigh 1: elsewhere weighting changes nothing."""
    rows, m = pl.col("rows").cast(pl.Int128), pl.col("m")
    return (m != rows * WEIGHT) | (rows * pl.col("squares") != m * m)


def remark() -> pl.Expr:
    """What is said beside a weighted reading: (Σw)² / Σw² over customers (Kish 1965, Survey Sampling)."""
    m, mm = pl.col("m").cast(pl.Float64), pl.col("mm").cast(pl.Float64)
    return pl.format("weighted; effective n {}", (m * m / mm).round().cast(pl.Int64))
