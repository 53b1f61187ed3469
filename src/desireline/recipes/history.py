"""Histories: what a value replaced, in sources that have one row for each new value."""

from __future__ import annotations

import polars as pl

from desireline.recipes.records import History, Times
from desireline.recipes.times import read_times

BEFORE = "before"
"""The column that a history adds."""


def replaced(rows: pl.DataFrame, history: History, *, times: Times) -> pl.Series:
    """For each row the value that its value replaced; null for a first value, and where nothing changed.

    `rows` are text columns, all rows of the source. The newest earlier value of the same `of` counts; of one instant,
    the order of the rows decides. Rows without an instant that can be read, or without all of `of`, replace nothing
    and are replaced by nothing. An emptied value was replaced like any other.

    >>> from desireline.recipes.records import History, Times
    >>> rows = pl.DataFrame({"id": ["1", "1", "1"], "at": ["2026-01-03", "2026-01-01", "2026-01-02"], "to": [*"cab"]})
    >>> replaced(rows, History(of=["id"], at="at", value="to"), times=Times(zone="UTC")).to_list()
    ['b', None, 'a']
    """
    instants, _ = read_times(rows[history.at], times)
    keys = [pl.col(f"key {place}") for place in range(len(history.of))]
    told = pl.DataFrame(
        [
            *(rows[name].alias(f"key {place}") for place, name in enumerate(history.of)),
            rows[history.value].alias("value"),
            instants.alias("at"),
            pl.int_range(len(rows), eager=True).alias("place"),
        ]
    )
    known = told.filter(pl.col("at").is_not_null() & pl.all_horizontal(key.is_not_null() for key in keys))
    earlier = pl.col("value").shift().over(keys, order_by=["at", "place"])
    changed = known.with_columns(pl.when(earlier.ne_missing(pl.col("value"))).then(earlier).alias(BEFORE))
    return told.join(changed.select("place", BEFORE), on="place", how="left", maintain_order="left")[BEFORE]
