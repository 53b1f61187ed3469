"""Cells: which readings are shown.

A reading with fewer than five customers behind it is hidden, its size too. Where the total minus the parts that are
shown would tell it (one part hidden, or several of fewer than five customers together), the next smallest part is
hidden as well. A reading that may be shown but has fewer customers than its measure needs says so instead of giving
a number.
"""

from __future__ import annotations

import polars as pl

from desireline.access import SMALL_GROUP
from desireline.measures.groups import grouping_of

FEW = f"fewer than {SMALL_GROUP} customers"
PROTECTS = "hidden to protect a smaller group"


def show(readings: pl.DataFrame) -> pl.DataFrame:
    """The readings as they may be shown. Beside READINGS' columns, `minimum` and `counts` are needed."""
    marked = _mark(readings)
    small, hidden = pl.col("_small"), pl.col("_hidden")
    short = ~hidden & (pl.col("n") < pl.col("minimum")) & ~pl.col("counts")
    note = (
        pl.when(small)
        .then(pl.lit(FEW))
        .when(hidden)
        .then(pl.lit(PROTECTS))
        .when(short)
        .then(pl.format("not enough data: {} of {}", "n", "minimum"))
        .otherwise("note")
    )
    shown = [pl.when(~hidden & ~short).then(name).alias(name) for name in ("value", "low", "high")]
    return marked.with_columns(*shown, pl.when(~hidden).then("n").alias("n"), note.alias("note")).drop(
        "_small", "_hidden"
    )


def _mark(readings: pl.DataFrame) -> pl.DataFrame:
    small = (pl.col("n") > 0) & (pl.col("n") < SMALL_GROUP)
    marked = readings.with_columns(
        small.alias("_small"), small.alias("_hidden"), grouping_of(pl.col("group")).alias("_grouping")
    )
    parts_of_groups = (["measure", "at", "period", "_grouping"], pl.col("group") != "")
    parts_of_time = (["measure", "at", "group"], pl.col("period") != "")
    hidden = -1
    while hidden != (hidden := int(marked["_hidden"].sum())):
        for total, part in (parts_of_groups, parts_of_time):
            marked = _protect(marked, total, part)
    return marked.drop("_grouping")


def _protect(readings: pl.DataFrame, total: list[str], part: pl.Expr) -> pl.DataFrame:
    """The smallest shown part of a total is hidden where what is hidden there would be told by subtraction.

    That is so while one part alone is hidden, or several of fewer than five customers together. Ties by group, period.
    """
    hidden = pl.col("_hidden") & part
    parts, people = hidden.sum().over(total), pl.when(hidden).then("n").otherwise(0).sum().over(total)
    alone = (parts == 1) | ((parts > 1) & (people < SMALL_GROUP))
    open_ = alone & part & ~pl.col("_hidden") & (pl.col("n") > 0)
    places = readings.with_row_index("_row").filter(open_).sort("n", "group", "period", "_row")
    victims = places.unique(total, keep="first", maintain_order=True)["_row"]
    return readings.with_columns(pl.col("_hidden") | pl.int_range(pl.len()).is_in(victims.implode()))
