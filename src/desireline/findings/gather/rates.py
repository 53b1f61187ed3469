"""How often journeys leave the map in each way: by place, group and week, in sums that add up.

A row is a journey at a touchpoint that it came to; it counts in the week of its first step there and in the channel of
that step. Whether it could have left the map in this way is the ledger's notion (`measures.left.COULD`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import polars as pl

from desireline.findings.gather.weekly import COLUMNS, KEY, PLAIN, SCHEMA, weekly
from desireline.findings.gathering import Around, Gathering
from desireline.measures.clusters import Clusters
from desireline.measures.codes import Flags, Whole
from desireline.measures.could import read_sets
from desireline.measures.groups import Marker
from desireline.measures.ladder import LIMIT
from desireline.measures.left import COULD, Left, read_left
from desireline.measures.measure import Measure
from desireline.measures.rows import Observations, Rows
from desireline.measures.share import Share
from desireline.measures.splits import Split, Splitter
from desireline.measures.state import State, merge_states, state_of
from desireline.measures.sums import SUMS, flags, numbers_of
from desireline.measures.tallying import tally
from desireline.measures.view import View

KINDS = tuple(kind for kind in COULD if kind != "ad hoc")  # what is off the map is not at a touchpoint
_COLUMNS = (*Clusters._fields, "came")


class Cell(NamedTuple):
    """A group's rows at a place, in sums over customers: those of `Clusters` and, last, how many have it.

    `whole` (8,) is all of them; `since` (weeks, 8) what came in a week or later, `until` (weeks, 8) in it or before.
    """

    whole: Whole
    since: Whole
    until: Whole
    names: tuple[str, ...]  # of the weeks in which somebody came, in the order of time: "2026-W07"


@dataclass(frozen=True, eq=False)
class Rates:
    """The sums of all cells: kind, at, group and SUMS; and by week (`weekly.SCHEMA`)."""

    cells: pl.DataFrame
    weeks: pl.DataFrame

    @cached_property
    def _read(self) -> Mapping[tuple[str, str], dict[str, Cell]]:
        rows, by_week = self.cells.sort("kind", "at", "group"), self.weeks.sort(KEY)
        whole = np.stack([numbers_of(rows[name]).astype(np.int64) for name in _COLUMNS], axis=1)
        sides = [_side(by_week, side) for side in ("since", "until")]
        where = {key: slice(first, last) for key, first, last in _runs(by_week.select(KEY[:3]).rows())}
        found: dict[tuple[str, str], dict[str, Cell]] = {}
        for i, (kind, at, group) in enumerate(rows.select(KEY[:3]).rows()):
            some = where.get((kind, at, group), slice(0, 0))
            since = np.cumsum(sides[0][some][::-1], axis=0)[::-1]
            names = tuple(by_week["period"][some])
            found.setdefault((kind, at), {})[group] = Cell(whole[i], since, np.cumsum(sides[1][some], axis=0), names)
        return found

    def groups(self, kind: str, at: str) -> Mapping[str, Cell]:
        """The groups that were seen there, everybody ("") first; none where nobody could have it."""
        return self._read.get((kind, at), {})

    def sums(self, kind: str, at: str, group: str = "") -> Clusters:
        """Everything of a group, as single numbers; all 0 where it was not seen."""
        cell = self.groups(kind, at).get(group)
        return Clusters(*(cell.whole[:-1].tolist() if cell else [0] * len(Clusters._fields)))

    def visitors(self, at: str) -> int:
        """How many customers came to a touchpoint."""
        cell = self.groups("repeated", at).get("")  # of journeys that visit it
        return int(cell.whole[0]) if cell else 0


@dataclass(frozen=True)
class RatesWalker:
    """Adds up by these groupings ("channel", "persona", "property:NAME")."""

    groupings: tuple[str, ...]

    def partial(self, view: View) -> _Part:
        """The cells of this bucket."""
        rows, splitter, marker = rows_at_touchpoints(view), Splitter(view), Marker(view)
        seen = _seen(view, rows)
        kinds = [(measure.name, flags(one.x), flags(one.x if one.m is None else one.m)) for measure, one in seen]
        by = ("", *self.groupings)
        pieces = [tally(measure, one, splitter, Split(name), limit=LIMIT) for measure, one in seen for name in by]
        weeks = [weekly(rows, kinds, marker, name, places=view.places) for name in by]
        return state_of(pieces, view.places), pl.concat(weeks)

    def combine(self, parts: Sequence[_Part]) -> _Part:
        """All cells as one table."""
        if len(parts) == 1:
            return parts[0]
        state = merge_states([state for state, _ in parts] or [State()])
        weeks = pl.concat([pl.DataFrame(schema=dict(SCHEMA)), *(weeks for _, weeks in parts)])
        return state, weeks.group_by(KEY).agg(pl.col(COLUMNS).sum()).sort(KEY)

    def finish(self, part: _Part) -> Rates:
        """The sums by kind."""
        state, weeks = part
        kind = pl.col("tally").str.split(":").list.first().alias("kind")
        return Rates(state.cells.select(kind, "at", "group", *SUMS), weeks)


_Part = tuple[State, pl.DataFrame]


def _side(weeks: pl.DataFrame, side: str) -> Whole:
    """The columns of a side in the order of `_COLUMNS`."""
    names = [name if name in PLAIN else f"{name}_{side}" for name in _COLUMNS]
    return np.stack([weeks[name].to_numpy() for name in names], axis=1).astype(np.int64)


def _runs(keys: Sequence[tuple[str, ...]]) -> Iterator[tuple[tuple[str, ...], int, int]]:
    """Each key with the rows from which and up to which it stands."""
    begin = [i for i, key in enumerate(keys) if i == 0 or key != keys[i - 1]]
    for first, last in zip(begin, [*begin[1:], len(keys)], strict=False):
        yield keys[first], first, last


def rows_at_touchpoints(view: View) -> Rows:
    """Journeys at touchpoints, at the time of their first step there."""
    stays = view.stays
    some = slice(stays.points_from, None)
    plain = stays.rows.pick(some)  # type: ignore[arg-type]
    when = view.steps.at[stays.first[stays.points_from - stays.journeys :]]
    return Rows(plain.place, plain.journey, plain.owners, plain.own_customer, plain.own_channel, when)


def _seen(view: View, rows: Rows) -> list[tuple[Measure, Observations]]:
    left, could, first = read_left(view), read_sets(view), view.stays.points_from
    found = []
    for kind in KINDS:
        x = having(view, left, kind)[first:]
        m = could[COULD[kind]].flags[first:] | x
        found.append((Measure(kind, kind, "share", Share(), ("touchpoint",), _unasked), Observations(rows, x, m)))
    return found


def _unasked(view: View) -> Observations:
    raise NotImplementedError(f"deviations of {view.map_id} are observed together, not one by one")


def having(view: View, left: Left, kind: str) -> Flags:
    """By row of `visits`: did the journey leave the map like this here?"""
    found = np.zeros(len(view.visits), dtype=np.bool_)
    if kind in left.kinds:
        some = left.kind == left.kinds.index(kind)
        which = np.repeat(some, left.counts)
        row = view.stays.find(np.repeat(left.place, left.counts)[which], left.journey[which])
        found[row[row >= 0]] = True
    return found


def _make(around: Around) -> RatesWalker:
    return RatesWalker(around.groupings)


RATES: Gathering[Rates] = Gathering("rates", _make)
