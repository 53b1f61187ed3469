"""Cells: which readings are shown.

A reading with fewer than five customers behind it is hidden, its size too. Where the total minus the parts that are
shown would tell it (one part hidden, or several of fewer than five customers together), the next smallest part is
hidden as well. “All others” of a property stay hidden beside any part that is: who asks for other values the next time
would work it out from both answers. A reading that may be shown but has fewer customers than its measure needs says so
instead of giving a number.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from desireline.access import SMALL_GROUP
from desireline.measures.codes import Flags, Numbers, Whole, code
from desireline.measures.groups import OTHER, SOME, grouping_of

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
    """Add `_small`, groups too small to show, and `_hidden`, these and what protects them."""
    n = readings["n"].fill_null(0).to_numpy()
    small = (n > 0) & (n < SMALL_GROUP)
    hidden = small.copy()
    if small.any():
        grouping = readings.select(grouping_of(pl.col("group")).alias("_grouping"))["_grouping"]
        measure, at = readings["measure"], readings["at"]
        parts_of_groups = _numbered(measure, at, readings["period"], grouping), (readings["group"] != "").to_numpy()
        parts_of_time = _numbered(measure, at, readings["group"]), (readings["period"] != "").to_numpy()
        ordered = readings.select("n", "group", "period").with_row_index("row").sort("n", "group", "period", "row")
        smallest_first = ordered["row"].to_numpy()
        rest = (grouping.str.contains(SOME, literal=True) & readings["group"].str.ends_with(f"={OTHER}")).to_numpy()
        by_group, _ = parts_of_groups
        hidden |= rest & (n > 0) & (np.bincount(by_group, small & ~rest) > 0)[by_group]
        before = -1
        while before != (before := int(hidden.sum())):
            for total, part in (parts_of_groups, parts_of_time):
                hidden[_to_protect(n, hidden, total, part=part, smallest_first=smallest_first)] = True
    return readings.with_columns(pl.Series("_small", small), pl.Series("_hidden", hidden))


def _to_protect(n: Whole, hidden: Flags, total: Whole, *, part: Flags, smallest_first: Numbers) -> Whole:
    """The smallest shown part of each total where what is hidden there would be told by subtraction.

    That is so while one part alone is hidden, or several of fewer than five customers together. Ties by group, period.
    """
    gone = hidden & part
    parts, people = np.bincount(total, gone), np.bincount(total, n * gone)
    alone = (parts == 1) | ((parts > 1) & (people < SMALL_GROUP))
    open_ = alone[total] & part & ~hidden & (n > 0)
    candidates = smallest_first[open_[smallest_first]]
    _, first = np.unique(total[candidates], return_index=True)
    found: Whole = candidates[first]
    return found


def _numbered(*columns: pl.Series) -> Whole:
    """Each combination as a number."""
    number = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        coded = code(column)
        _, number = np.unique(number * max(len(coded.names), 1) + coded.codes, return_inverse=True)
    return number
