"""Hiding among places: which cells, and which distributions, would tell of a few customers by subtraction.

`measures.cells.show` sees to the groups and periods of one place. Here a stage and the map are totals of what was
asked below them, too: a touchpoint that is hidden alone, or several of fewer than five customers together, is told by
the stage and the other touchpoints.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import polars as pl

from desireline.access import SMALL_GROUP
from desireline.measures.codes import Flags, Whole
from desireline.measures.groups import grouping_of

_SCORE: Final = ("question", "kind", "scale", "unit")
_WHEN: Final = ("group", "period")


def hide_among_places(cells: pl.DataFrame, hidden: Flags) -> Flags:
    """`hidden` and what must be hidden with it, so that no total minus its shown parts tells a small one.

    `cells`: place, level, stage, question, kind, scale, unit, group, period and n, each cell once, n its customers
    whether hidden or not. Totals are stages and the map, everybody, and the whole time. Ties by the order of rows.
    """
    hidden = hidden.copy()
    if not hidden.any():
        return hidden
    n = cells["n"].fill_null(0).to_numpy().astype(np.int64)
    places, sides = _Places(cells, n), _sides(cells)
    while True:
        before = int(hidden.sum())
        places.hide(hidden)
        for total, part, whole in sides:
            gone = (whole >= 0) & hidden[whole]
            left = _protect(n, hidden, total, part=part & ~gone)
            _hide_echoes(n, hidden, total, part=part & left[total + 1], whole=whole)
            _protect(n, hidden, total, part=part & gone, in_all=True)
        if before == int(hidden.sum()):
            return hidden


def tells_of_few(answers: pl.DataFrame, cells: pl.DataFrame) -> pl.Series:
    """For each cell whether one to four customers answered there who are in none of its shown parts.

    `answers`: feedback_id, customer_id and the key of the cell that an answer is in; `cells`: the key, and `shown`.
    """
    key = ["place", "level", *_SCORE, *_WHEN]
    told = answers.select("feedback_id", "customer_id", *key).join(cells.select(*key, "shown"), on=key)
    shown = told.filter("shown").with_columns(grouping_of(pl.col("group")).alias("by"))
    level, group, period = pl.col("level"), pl.col("group"), pl.col("period")
    same = ["feedback_id", *_SCORE]
    found = [
        _rest(shown.filter(level == above), shown.filter(level.is_in(below)), on=[*same, *_WHEN])
        for above, below in (
            ("stage", ["touchpoint"]),
            ("map", ["touchpoint"]),
            ("map", ["stage"]),
            ("map", ["stage", "touchpoint"]),
        )
    ]
    found.append(_rest(shown.filter(period == ""), shown.filter(period != ""), on=[*same, "place", "group"]))
    groups = shown.filter(group != "")
    found += [
        _rest(shown.filter(group == ""), groups.filter(pl.col("by") == by), on=[*same, "place", "period"])
        for by in groups["by"].unique().sort()
    ]
    few = pl.concat(found).select(key).unique()
    return cells.join(few.with_columns(few=pl.lit(True)), on=key, how="left", maintain_order="left")["few"].fill_null(
        False
    )


def _rest(totals: pl.DataFrame, parts: pl.DataFrame, *, on: list[str]) -> pl.DataFrame:
    """The cells of `totals` in which one to four customers have answers that are in no part."""
    key = ["place", "level", *_SCORE, *_WHEN]
    left = totals.join(parts.select(on).unique(), on=on, how="anti")
    return left.group_by(key).agg(pl.col("customer_id").n_unique().alias("n")).filter(pl.col("n") < SMALL_GROUP)


class _Places:
    """Leaves, which are touchpoints and stages without any, and the totals above them."""

    def __init__(self, cells: pl.DataFrame, n: Whole) -> None:
        self.n = n
        asked = [*_SCORE, *_WHEN]
        level, row = pl.col("level"), pl.int_range(pl.len()).alias("row")
        numbered = cells.select("level", "stage", *asked, row)
        stages = numbered.filter(level == "stage").select("stage", *asked, pl.col("row").alias("above"))
        maps = numbered.filter(level == "map").select(*asked, pl.col("row").alias("top"))
        found = numbered.join(stages, on=["stage", *asked], how="left", maintain_order="left")
        found = found.join(maps, on=asked, how="left", maintain_order="left")
        self.above, self.top = (found[name].fill_null(-1).to_numpy().astype(np.int64) for name in ("above", "top"))
        point, self.stage = ((numbered["level"] == name).to_numpy() for name in ("touchpoint", "stage"))
        full = np.zeros(len(n), dtype=np.bool_)
        full[self.above[point & (self.above >= 0)]] = True
        self.leaf: Flags = point | (self.stage & ~full)
        self.above[self.stage] = -1

    def hide(self, hidden: Flags) -> None:
        """Hide the smallest shown leaf below each total that would tell; where the map has none left, a stage."""
        seen = np.append(~hidden, False)
        total = np.where(seen[self.above], self.above, np.where(seen[self.top], self.top, -1))
        below = self.leaf & (total >= 0)
        left = _protect(self.n, hidden, total, part=below)
        stages = self.stage & ~self.leaf & ~hidden & (self.top >= 0) & left[self.top + 1]
        left[self.top[stages] + 1] = False
        hidden[_smallest(self.n, self.top, stages)] = True
        _hide_echoes(self.n, hidden, total, part=below & left[total + 1], whole=total)
        _protect(self.n, hidden, np.where(seen[self.top], self.top, -1), part=self.stage & seen[self.top])
        within = self.leaf & (self.above >= 0) & ~seen[self.above]
        _protect(self.n, hidden, np.where(within, self.above, -1), part=within, in_all=True)


def _sides(cells: pl.DataFrame) -> list[tuple[Whole, Flags, Whole]]:
    """Groups within everybody, periods within the whole time: the total's number, what is a part, the total's row."""
    named = cells.with_columns(grouping_of(pl.col("group")).alias("by")).with_row_index("row")
    found = []
    for column, within in (("group", ["place", *_SCORE, "period", "by"]), ("period", ["place", *_SCORE, "group"])):
        key = [name for name in within if name != "by"]
        wholes = named.filter(pl.col(column) == "").select(*key, pl.col("row").cast(pl.Int64).alias("whole"))
        whole = named.join(wholes, on=key, how="left", maintain_order="left")["whole"].fill_null(-1).to_numpy()
        found.append((_numbered(named, within), (named[column] != "").to_numpy(), whole))
    return found


def _numbered(cells: pl.DataFrame, key: Sequence[str]) -> Whole:
    each = cells.select(key).unique(maintain_order=True).with_row_index("number")
    numbers: Whole = cells.join(each, on=key, how="left", maintain_order="left")["number"].to_numpy().astype(np.int64)
    return numbers


def _protect(n: Whole, hidden: Flags, total: Whole, *, part: Flags, in_all: bool = False) -> Flags:
    """Hide the smallest shown part of each total that would tell; by total + 1, where there was none left to hide.

    A total tells while one part alone is hidden, or several of fewer than five customers together. Where the total is
    hidden `in_all`, its parts must not add up to it: those that are hidden must have five customers together.
    """
    gone, size = hidden & part & (n > 0), len(n) + 1
    parts, people = np.bincount(total + 1, gone, minlength=size), np.bincount(total + 1, n * gone, minlength=size)
    told: Flags = people < SMALL_GROUP if in_all else (parts == 1) | ((parts > 1) & (people < SMALL_GROUP))
    chosen = _smallest(n, total, told[total + 1] & part & ~hidden & (n > 0))
    hidden[chosen] = True
    told[total[chosen] + 1] = False
    return told


def _hide_echoes(n: Whole, hidden: Flags, total: Whole, *, part: Flags, whole: Whole) -> None:
    """Hide totals that have no more customers than their hidden parts together: they say the same once more."""
    gone = hidden & part & (whole >= 0)
    people = np.bincount(total + 1, n * gone, minlength=len(n) + 1)
    hidden[whole[gone & (n[whole] == people[total + 1])]] = True


def _smallest(n: Whole, total: Whole, open_: Flags) -> Whole:
    """Of the open rows the smallest of each total, the first of equal ones."""
    rows = np.flatnonzero(open_)
    ordered = rows[np.lexsort((rows, n[rows], total[rows]))]
    found: Whole = ordered[np.unique(total[ordered], return_index=True)[1]]
    return found
