"""What the ledger observes: journeys that left the map, beside those that could have and did not.

Which journeys could have left the map in this way at this place depends on the kind of deviation (`COULD`).
Adding up the journeys *without* a deviation for each of them would cost a pass over everybody; instead
everybody is added up once per place, and only customers who have the deviation are taken out and put back
without it. That works on the sums because the sums of other customers do not change.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import polars as pl

from desireline.measures.codes import NONE, Flags, Numbers, Whole, added, beginnings, lengths
from desireline.measures.could import JOURNEYS, Could, read_outcomes
from desireline.measures.layout import Layout
from desireline.measures.left import ALL, SETS, Left, Members, members
from desireline.measures.sums import COLUMNS, SUMS, Sums, add_up, whole
from desireline.measures.view import View

KEYS = ("kind", "place", "outcome", "side")


class Side(NamedTuple):
    """One side of an outcome: the sums of deviations, or of places in a set."""

    outcome: str
    side: str
    kind: Whole  # positions in the names of kinds and sets
    place: Whole  # positions in the names of places
    sums: Sums


def tally_departures(view: View, left: Left) -> pl.DataFrame:
    """The sums that the ledger needs, one row per kind, place, outcome and side.

    Sides of a deviation: `with` it; of its customers, `full` (all journeys that could) and `rest` (those
    without it); `share` (x: has it, m: could). Side `all`, with the set's name as kind: every customer's
    journeys that could.
    """
    could = Could(view, read_outcomes(view))
    sides = [*_everybody(could)]
    bounds = np.searchsorted(left.set, np.arange(len(SETS) + 1))
    for name, first, last in zip(SETS, bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
        if last > first:
            sides.extend(_leavers(could, left.part(first, last), name))
    return _table(sides, left)


def _everybody(could: Could) -> Iterator[Side]:
    """Every customer's journeys that could leave the map, by set and place."""
    place = could.view.visits.place[could.layout.starts].astype(np.int64)
    for number, rows in enumerate(could.sets.values()):
        for outcome in could.outcomes:
            sums = add_up(could.layout, outcome.x, rows & outcome.m)
            yield Side(outcome.name, "all", np.full(len(place), -1 - number), place, sums)


def _leavers(could: Could, left: Left, name: str) -> Iterator[Side]:
    """The sides of deviations that share a set. Nobody is looked at but the customers who have them."""
    might = np.append(could.sets[name], False)[_rows_there(could.view, left, name)]
    several = could.several[left.journey]
    alone, others = members(left, might, ~several), members(left, might, several)
    parts: list[tuple[Members, _Alone | _Several]] = [
        (alone, _Alone(could, alone)),
        (others, _Several(could, others, name)),
    ]
    for number, outcome in enumerate(could.of_journeys):
        found: dict[str, Sums] = {}
        for some, part in parts:
            for side, sums in part.sides(number) if len(some.journey) else ():
                wide = sums.spread(some.deviations, len(left.kind))
                found[side] = found[side].plus(wide) if side in found else wide
        yield from (Side(outcome.name, side, left.kind, left.place, sums) for side, sums in found.items())


@dataclass(frozen=True, eq=False)
class _Alone:
    """Journeys that left, each its customer's only one: so nobody of them is left without the deviation."""

    could: Could
    members: Members

    def sides(self, outcome: int) -> Iterator[tuple[str, Sums]]:
        """The sums of each side."""
        told, some = self.could.of_journeys[outcome], self.members
        layout = Layout.of(some.starts, len(some.journey))
        m = told.m[some.journey]
        x = told.x[some.journey] * m
        yield "full", add_up(layout, x * some.might, m & some.might)
        if told.name == JOURNEYS:
            yield "share", add_up(layout, np.ones(len(m), dtype=np.bool_))
        else:
            yield "with", add_up(layout, x, m)


@dataclass(frozen=True, eq=False)
class _Several:
    """Journeys that left, of customers who have others too."""

    could: Could
    members: Members
    name: str  # of the set

    def sides(self, outcome: int) -> Iterator[tuple[str, Sums]]:
        """The sums of each side."""
        told, some = self.could.of_journeys[outcome], self.members
        m = told.m[some.journey]
        x = told.x[some.journey] * m
        row, came = self._there
        all_x, all_m = (column[row] * came for column in self.could.by_customer(self.name, outcome))
        sides = {"full": (all_x, all_m)}
        if told.name == JOURNEYS:
            sides["share"] = self._added(np.ones(len(m), dtype=np.int64)), all_m + self._added(~some.might)
        else:
            sides["with"] = self._added(x), self._added(m)
            sides["rest"] = all_x - self._added(x * some.might), all_m - self._added(m & some.might)
        layout = Layout.of(np.searchsorted(self._people, some.starts), len(self._people))
        for side, (x_of, m_of) in sides.items():
            sums = add_up(layout, x_of, m_of)
            yield side, sums._replace(rows=sums.m)

    def _added(self, column: Numbers) -> Whole:
        return added(column, self._people)

    @cached_property
    def _people(self) -> Whole:
        """Where each customer of each deviation begins."""
        some = self.members
        deviation = np.repeat(np.arange(len(some.starts)), lengths(some.starts, len(some.journey)))
        return beginnings(deviation, self.could.view.owners.customer[some.journey])

    @cached_property
    def _there(self) -> tuple[Whole, Flags]:
        """For each of them: where his journeys at the place stand in `Could.by_customer`; and whether there are any."""
        some, first = self.members, self._people
        place = np.zeros(len(first), dtype=np.int64) if self.name == ALL else some.place[first]
        return self.could.find(place, self.could.view.owners.customer[some.journey[first]])


def _rows_there(view: View, left: Left, name: str) -> Whole:
    """For each journey that left: its row of `visits` at the place; −1 when it did not come there."""
    if name == ALL:
        return left.journey.astype(np.int64)
    rows, found = view.visits, np.full(len(left.journey), NONE, dtype=np.int64)
    edges, changes = np.append(left.starts, len(left.journey)), beginnings(left.place)
    # Place by place, a table from journeys to rows is filled and read: far cheaper than to search for each.
    table = np.full(view.journeys.height, NONE, dtype=np.int64)
    for a, b in zip(changes.tolist(), [*changes[1:].tolist(), len(left.place)], strict=True):
        first, last = np.searchsorted(rows.place, [left.place[a], left.place[a] + 1]).tolist()
        there = rows.journey[first:last]
        table[there] = np.arange(first, last)
        some = slice(int(edges[a]), int(edges[b]))
        found[some] = table[left.journey[some]]
        table[there] = NONE
    return found


def _table(sides: list[Side], left: Left) -> pl.DataFrame:
    """The sides as one table; a deviation has its share, all else only where there is somebody."""
    counts = [len(side.kind) for side in sides]
    which = np.repeat(np.arange(len(sides)), counts)
    texts = {
        "kind": ([*left.kinds, *reversed(SETS)], np.concatenate([side.kind for side in sides])),
        "place": (left.places, np.concatenate([side.place for side in sides])),
        "outcome": ([side.outcome for side in sides], which),
        "side": ([side.side for side in sides], which),
    }
    sums = {name: np.concatenate([getattr(side.sums, name) for side in sides]) for name in SUMS}
    shares = np.array([side.side == "share" for side in sides], dtype=np.bool_)
    some = np.flatnonzero((sums["n"] > 0) | shares[which])
    words = [
        pl.Series(key, names, dtype=pl.String).gather(codes[some] % len(names)) for key, (names, codes) in texts.items()
    ]
    numbers = [whole(column[some]).cast(COLUMNS[name]).alias(name) for name, column in sums.items()]
    return pl.DataFrame([*words, *numbers])
