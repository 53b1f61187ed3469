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
from desireline.measures.left import COULD, Left, read_left
from desireline.measures.rows import Rows
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
    """The sums of all cells, by week (`weekly.SCHEMA`)."""

    weeks: pl.DataFrame

    @cached_property
    def _read(self) -> Mapping[tuple[str, str], dict[str, Cell]]:
        rows = self.weeks.sort(KEY)
        later, earlier = (_side(rows, side) for side in ("since", "until"))
        found: dict[tuple[str, str], dict[str, Cell]] = {}
        for (kind, at, group), first, last in _runs(rows.select(KEY[:3]).rows()):
            since = np.cumsum(later[first:last][::-1], axis=0)[::-1]
            until, names = np.cumsum(earlier[first:last], axis=0), tuple(rows["period"][first:last])
            found.setdefault((kind, at), {})[group] = Cell(since[0], since, until, names)
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

    def partial(self, view: View) -> pl.DataFrame:
        """The cells of this bucket."""
        rows, kinds, marker = rows_at_touchpoints(view), _kinds(view), Marker(view)
        return pl.concat([weekly(rows, kinds, marker, by, places=view.places) for by in ("", *self.groupings)])

    def combine(self, parts: Sequence[pl.DataFrame]) -> pl.DataFrame:
        """All cells as one table."""
        if len(parts) == 1:
            return parts[0]
        weeks = pl.concat([pl.DataFrame(schema=dict(SCHEMA)), *parts])
        return weeks.group_by(KEY).agg(pl.col(COLUMNS).sum()).sort(KEY)

    def finish(self, part: pl.DataFrame) -> Rates:
        """The sums by kind."""
        return Rates(part)


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


def _kinds(view: View) -> list[tuple[str, Flags, Flags]]:
    """Each kind of deviation: by row at touchpoints, who has it, and who could."""
    left, could, first = read_left(view), read_sets(view), view.stays.points_from
    found = []
    for kind in KINDS:
        x = having(view, left, kind)[first:]
        found.append((kind, x, could[COULD[kind]].flags[first:] | x))
    return found


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
