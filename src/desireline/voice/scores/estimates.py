"""Values and intervals of cells of scored answers, customers added up first."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from desireline.measures.clusters import Clusters, Floats, floats
from desireline.measures.family import Cells
from desireline.measures.sums import WHOLE, numbers_of
from desireline.measures.weights import WEIGHT
from desireline.voice.scores.kinds import FAMILIES

SUMS = (*Clusters._fields, "size")
"""The columns of a table of sums: those of Clusters, and Σ|x|."""


def sums_by(told: pl.DataFrame, key: Sequence[str], *, weighted: bool = False) -> pl.DataFrame:
    """One row per cell of `key`: SUMS of its scored answers; weighted in whole ten-thousandths.

    An answer without weight says nothing then. Whole numbers, so the order of rows does not matter.
    """
    return over_customers(customers_by(told, key, weighted=weighted), key)


def customers_by(told: pl.DataFrame, key: Sequence[str], *, weighted: bool = False) -> pl.DataFrame:
    """One row per cell and customer: rows, x, m, size."""
    weight = (pl.col("weight") * WEIGHT).round().cast(WHOLE) if weighted else pl.lit(1, WHOLE)
    some = told.with_columns(weight.alias("m")).filter(pl.col("m") > 0) if weighted else told.with_columns(m=weight)
    x = pl.col("x").cast(WHOLE) * pl.col("m")
    return some.group_by(*key, "customer_id").agg(
        pl.len().cast(pl.Int64).alias("rows"), x.sum().alias("x"), pl.col("m").sum(), x.abs().sum().alias("size")
    )


def over_customers(each: pl.DataFrame, key: Sequence[str]) -> pl.DataFrame:
    """The sums of cells, from those of their customers; sorted by cell."""
    x, m = pl.col("x"), pl.col("m")
    return (
        each.group_by(*key)
        .agg(
            pl.len().cast(pl.Int64).alias("n"),
            pl.col("rows").sum(),
            x.sum(),
            m.sum(),
            (x * x).sum().alias("xx"),
            (x * m).sum().alias("xm"),
            (m * m).sum().alias("mm"),
            pl.col("size").sum(),
        )
        .sort(*key)
    )


def clusters_of(sums: pl.DataFrame) -> Clusters:
    """The sums as arrays, one number per cell."""
    return Clusters(*(numbers_of(sums[name]) for name in Clusters._fields))


def estimate(sums: pl.DataFrame) -> pl.DataFrame:
    """Add value, low, high, n_eff and design_effect; `kind` says how. NaN is null: too few customers.

    n_eff = (Σw)² / Σw² over customers, and the design effect of weighting is n / n_eff (Kish 1965, Survey
    Sampling, §11.7).
    """
    names = ("value", "low", "high")
    found = {name: np.full(sums.height, np.nan) for name in names}
    kinds = sums["kind"].to_numpy() if sums.height else np.array([], dtype=object)
    for kind, family in FAMILIES.items():
        here = np.flatnonzero(kinds == kind)
        if not len(here):
            continue
        some = sums[here]
        with np.errstate(divide="ignore", invalid="ignore"):
            told = family.estimate(Cells(clusters_of(some), numbers_of(some["n"]), numbers_of(some["size"])))
        for name, numbers in zip(names, (told.value, *told.interval), strict=True):
            found[name][here] = numbers
    even = _even(sums)
    worked = [pl.Series(name, found[name]).fill_nan(None) for name in names]
    return sums.with_columns(
        *worked, pl.Series("n_eff", even), pl.Series("design_effect", floats(sums["n"].to_numpy()) / even)
    )


def _even(sums: pl.DataFrame) -> Floats:
    m, mm = (floats(numbers_of(sums[name])) for name in ("m", "mm"))
    return m * m / np.where(mm > 0, mm, 1.0)
