"""Sums by week that add up to sums over customers, from any week on and up to any week.

A customer who came in two weeks is one customer since the first of them. So each of his weeks holds what it *adds* to
his squares: the square of all that he did from this week on, less that of all he did later. Summed over the weeks from
any week on, that is exactly the sum of squares over customers; the same up to any week.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import polars as pl

from desireline.measures.codes import Flags, Whole, beginnings, in_order, lengths
from desireline.measures.groups import Marker, Marks
from desireline.measures.rows import Rows

KEY = ("kind", "at", "group", "period")
_SIDES = ("since", "until")
_SQUARES = ("n", "came", "xx", "xm", "mm")
PLAIN = ("rows", "x", "m")
COLUMNS = (*PLAIN, *(f"{name}_{side}" for side in _SIDES for name in _SQUARES))
SCHEMA: Mapping[str, pl.DataType] = {**dict.fromkeys(KEY, pl.String()), **dict.fromkeys(COLUMNS, pl.Int64())}

Kinds = Sequence[tuple[str, Flags, Flags]]
"""Name, who has it, who could: by row."""


class _Order(NamedTuple):
    """Rows by place and group, then by customer, then by week."""

    rows: Whole
    starts: Whole  # of each customer's week
    person: Whole  # where each customer begins among the weeks
    turn: Whole  # the customers' weeks by place, group and week
    begin: Whole  # where each of these cells begins among them
    cell: Whole  # place, group and week of each cell, in one number


def weekly(rows: Rows, kinds: Kinds, marker: Marker, by: str, *, places: Sequence[str]) -> pl.DataFrame:
    """SCHEMA: the sums of each kind by place, group and week. Rows without a group or an instant do not count."""
    groups, weeks = marker.groups(rows, by), marker.periods(rows, "week")
    order = _order(rows, groups, weeks)
    sums = [_summed(x, m, order) for _, x, m in kinds]
    some = [np.flatnonzero(one["m"]) for one in sums]
    cell = np.concatenate([order.cell[rows] for rows in some])
    kind = np.repeat(np.arange(len(kinds)), [len(rows) for rows in some])
    rest, week = np.divmod(cell, max(len(weeks.names), 1))
    place, group = np.divmod(rest, len(groups.names))
    told = (
        ([name for name, _, _ in kinds], kind),
        (places, place),
        (groups.names, group),
        (weeks.names or ("",), week),
    )
    words = [
        pl.Series(name, list(known), dtype=pl.String).gather(codes)
        for name, (known, codes) in zip(KEY, told, strict=True)
    ]
    added = [np.concatenate([one[name][rows] for one, rows in zip(sums, some, strict=True)]) for name in COLUMNS]
    return pl.DataFrame([*words, *map(pl.Series, COLUMNS, added)], schema_overrides=dict(SCHEMA))


def _order(rows: Rows, groups: Marks, weeks: Marks) -> _Order:
    group, week = _codes(groups, len(rows)), _codes(weeks, len(rows))
    keep = np.flatnonzero((group >= 0) & (week >= 0))
    many, last = len(groups.names), max(len(weeks.names), 1)
    people = int(rows.customer.max(initial=0)) + 1
    here = rows.place[keep].astype(np.int64) * many + group[keep]
    key, order = in_order((here * people + rows.customer[keep]) * last + week[keep])
    starts = beginnings(key)
    each = key[starts]
    cells, turn = in_order(each // last // people * last + each % last)
    begin = beginnings(cells)
    return _Order(keep[order], starts, beginnings(each // last), turn, begin, cells[begin])


def _codes(marks: Marks, rows: int) -> Whole:
    return np.zeros(rows, dtype=np.int64) if marks.codes is None else marks.codes.astype(np.int64)


def _summed(x: Flags, m: Flags, order: _Order) -> Mapping[str, Whole]:
    """COLUMNS of every cell."""
    if not len(order.starts):
        return dict.fromkeys(COLUMNS, np.zeros(0, dtype=np.int64))
    out_of = np.add.reduceat(m[order.rows].astype(np.int64), order.starts)
    had = np.add.reduceat((x & m)[order.rows].astype(np.int64), order.starts)
    until, before = _running(had, out_of, order.person)
    total = _repeated(until, order.person)
    since, later = (total[0] - before[0], total[1] - before[1]), (total[0] - until[0], total[1] - until[1])
    columns = [out_of, had, out_of]
    for more, less in ((since, later), (until, before)):
        columns += [a - b for a, b in zip(_five(more), _five(less), strict=True)]
    added = np.add.reduceat(np.stack(columns)[:, order.turn], order.begin, axis=1)
    return dict(zip(COLUMNS, added, strict=True))


_Pair = tuple[Whole, Whole]


def _running(x: Whole, m: Whole, person: Whole) -> tuple[_Pair, _Pair]:
    """Each customer's sums up to and with a week, and before it."""
    told = []
    for column in (x, m):
        total = np.cumsum(column)
        base = np.repeat((total - column)[person], lengths(person, len(column)))
        told.append((total - base, total - base - column))
    (x_until, x_before), (m_until, m_before) = told
    return (x_until, m_until), (x_before, m_before)


def _repeated(until: _Pair, person: Whole) -> _Pair:
    """Each customer's whole sums, at each of the weeks."""
    counts = lengths(person, len(until[0]))
    last = person + counts - 1
    return np.repeat(until[0][last], counts), np.repeat(until[1][last], counts)


def _five(sums: _Pair) -> tuple[Whole, ...]:
    """n, came, xx, xm, mm of customers with these sums."""
    x, m = sums
    return (m > 0).astype(np.int64), (x > 0).astype(np.int64), x * x, x * m, m * m
