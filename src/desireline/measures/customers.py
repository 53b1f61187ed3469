"""Every number opens: the customers behind a reading."""

from __future__ import annotations

import re

import numpy as np
import polars as pl

from desireline.errors import UnknownGroup
from desireline.measures.catalog import find_measure
from desireline.measures.codes import NONE, Coded, Flags
from desireline.measures.groups import KNOWN, OPEN, PERIODS, Marker, Marks, check_groups
from desireline.measures.sums import flags
from desireline.measures.teams import by_team, dense
from desireline.measures.view import View

_GRAINS = {
    r"\d{4}": "year",
    r"\d{4}-Q[1-4]": "quarter",
    r"\d{4}-\d\d": "month",
    r"\d{4}-W\d\d": "week",
    r"\d{4}-\d\d-\d\d": "day",
}


def customers_by_unit(view: View, measure: str, at: str, *, group: str = "", period: str = "") -> pl.DataFrame:
    """The customers of this view's bucket behind the readings of a cell: unit, customer_id, x, m.

    They are the rows of the very observation that the reading is made of, added up per customer: those with m
    > 0, for counts those with x > 0. Over all buckets there are as many as the reading's `n`. `group` and
    `period` are written as in READINGS. A reading that is hidden has a list all the same: who shows it asks
    `Workspace.behind_reading`, which says when it may not.
    Raises UnknownMeasure, UnknownGroup.
    """
    asked = find_measure(measure)
    seen, groups = asked.observe(view), None
    by, place = grouping_asked(group), view.place.get(at, NONE)
    if by == "team":
        seen, groups = by_team(seen, view, asked)
    elif seen.everywhere is not None:
        seen = dense(seen, view, seen.everywhere[seen.everywhere == place])
    mine = (seen.rows.place == place) & (np.True_ if seen.m is None else flags(seen.m))
    marker = Marker(view)
    mine &= _marked(marker.groups(seen.rows, by) if groups is None else groups, group)
    mine &= _marked(marker.periods(seen.rows, grain_asked(period)), period)
    rows = np.flatnonzero(mine)
    one = np.ones(len(rows), dtype=np.int64)
    coded = seen.unit if isinstance(seen.unit, Coded) else Coded(np.zeros(len(seen.x), np.int32), [seen.unit or ""])
    named = pl.Series("unit", [*(name or None for name in coded.names), None], dtype=pl.String)
    found = pl.DataFrame(
        {
            "customer_id": view.people.gather(seen.rows.customer[rows]),
            "x": seen.x[rows].astype(np.int64),
            "m": one if seen.m is None else seen.m[rows].astype(np.int64),
        }
    ).with_columns(named.gather(coded.codes[rows] % len(named)))
    told = found.with_columns(pl.col("unit").fill_null(asked.unit))
    customers = told.group_by("unit", "customer_id").agg(pl.col("x").sum(), pl.col("m").sum())
    return customers.filter(pl.col("x") > 0) if asked.family.counts else customers


def _marked(marks: Marks, name: str) -> Flags:
    """True for the rows of this name."""
    if marks.codes is None:
        return np.full(1, name in marks.names)
    code = marks.names.index(name) if name in marks.names else len(marks.names)
    found: Flags = marks.codes == code
    return found


def grouping_asked(group: str) -> str:
    """What a printed group was grouped by: "persona" for "persona:maya"; "" for everybody."""
    by = group.partition("=")[0] if group.startswith(OPEN) else group.partition(":")[0]
    if by:
        check_groups((by,), None)
    if by == group != "":
        raise UnknownGroup(group, KNOWN)
    return by


def grain_asked(period: str) -> str | None:
    """The grain of a printed period: "month" for "2026-03"; None for the whole time."""
    grains = [grain for form, grain in _GRAINS.items() if re.fullmatch(form, period)]
    if period and not grains:
        raise UnknownGroup(period, PERIODS)
    return grains[0] if grains else None
