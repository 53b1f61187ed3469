"""What the ledger observes: journeys that left the map, beside those that could have and did not.

Which journeys could have left the map in this way at this place depends on the kind of deviation (`COULD`).
Adding up the journeys *without* a deviation for each of them would cost a pass over everybody; instead
everybody is added up once per place, and only customers who have the deviation are taken out and put back
without it. That works on the sums because the sums of other customers do not change.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import polars as pl

from desireline.measures.codes import Codes, Numbers, Whole, added, beginnings, lengths
from desireline.measures.could import JOURNEYS, Could, Outcome, read_outcomes, read_sets
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
    sets, outcomes = read_sets(view), read_outcomes(view)
    sides = [side for number, name in enumerate(SETS) for side in _everybody(sets[name], number, outcomes)]
    bounds = np.searchsorted(left.set, np.arange(len(SETS) + 1))
    for name, first, last in zip(SETS, bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
        if last > first:
            sides.extend(_leavers(sets[name], left.part(first, last), name, outcomes))
    return _table(sides, left)


def _everybody(could: Could, number: int, outcomes: Sequence[Outcome]) -> Iterator[Side]:
    """Every customer's journeys that could leave the map in one way, by place."""
    if not len(could.rows):
        return
    kind = np.full(len(could.layout.key), -1 - number)
    for outcome in outcomes:
        sums = add_up(could.layout, outcome.x[could.journey], outcome.m[could.journey])
        yield Side(outcome.name, "all", kind, could.layout.key, sums)


def _leavers(could: Could, left: Left, name: str, outcomes: Sequence[Outcome]) -> Iterator[Side]:
    """The sides of deviations that share a set. Nobody is looked at but the customers who have them."""
    might = np.append(could.flags, False)[_rows_there(could.view, left, name)]
    several = could.view.several[left.journey]
    alone, others = members(left, might, ~several), members(left, might, several)
    parts: list[_Alone | _Several] = [_Alone(alone), _Several(others, could, at_map=name == ALL)]
    for outcome in outcomes:
        found: dict[str, Sums] = {}
        for part in parts:
            for side, sums in part.sides(outcome) if len(part.members.journey) else ():
                wide = sums.spread(part.members.deviations, len(left.kind))
                found[side] = found[side].plus(wide) if side in found else wide
        yield from (Side(outcome.name, side, left.kind, left.place, sums) for side, sums in found.items())


@dataclass(frozen=True, eq=False)
class _Alone:
    """Journeys that left, each its customer's only one: so nobody of them is left without the deviation."""

    members: Members

    def sides(self, outcome: Outcome) -> Iterator[tuple[str, Sums]]:
        """The sums of each side."""
        some, layout = self.members, Layout.of(self.members.starts, len(self.members.journey))
        m, x = outcome.m[some.journey], outcome.x[some.journey]
        yield "full", add_up(layout, x, m & some.might)
        if outcome.name == JOURNEYS:
            yield "share", add_up(layout, np.ones(len(m), dtype=np.bool_))
        else:
            yield "with", add_up(layout, x, m)


@dataclass(frozen=True, eq=False)
class _Several:
    """Journeys that left, of customers who have others too."""

    members: Members
    could: Could
    at_map: bool

    def sides(self, outcome: Outcome) -> Iterator[tuple[str, Sums]]:
        """The sums of each side."""
        some = self.members
        m, x = outcome.m[some.journey], outcome.x[some.journey]
        all_m, all_x = self._all(outcome.m), self._all(outcome.x)
        sides = {"full": (all_x, all_m)}
        if outcome.name == JOURNEYS:
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

    def _all(self, of_journeys: Numbers) -> Whole:
        """What all journeys of each customer at the place add up to, of those that could leave the map."""
        journey, upto = self._journeys
        total = np.concatenate([[0], np.cumsum(of_journeys[journey], dtype=np.int64)])
        found: Whole = np.diff(total[upto])
        return found

    @cached_property
    def _people(self) -> Whole:
        """Where each customer of each deviation begins."""
        some = self.members
        deviation = np.repeat(np.arange(len(some.starts)), lengths(some.starts, len(some.journey)))
        return beginnings(deviation, self.could.view.owners.customer[some.journey])

    @cached_property
    def _journeys(self) -> tuple[Codes, Whole]:
        """For each of them, one after another, all his journeys at the place that could; and where each begins."""
        some, first = self.members, self._people
        place = np.zeros(len(first), dtype=np.int64) if self.at_map else some.place[first]
        begin, end = self.could.of_people(place, self.could.view.owners.customer[some.journey[first]])
        upto = np.concatenate([[0], np.cumsum(end - begin)])
        rows = np.arange(upto[-1]) + np.repeat(begin - upto[:-1], end - begin)
        return self.could.journey[rows], upto


def _rows_there(view: View, left: Left, name: str) -> Whole:
    """For each journey that left: its row of `visits` at the place; −1 when it did not come there."""
    if name == ALL:
        return left.journey.astype(np.int64)
    return view.stays.find(np.repeat(left.place, left.counts), left.journey)


def _table(sides: list[Side], left: Left) -> pl.DataFrame:
    """The sides as one table; a deviation has its share, all else only where there is somebody."""
    if not sides:
        return pl.DataFrame(schema={**dict.fromkeys(KEYS, pl.String()), **COLUMNS})
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
