"""Deviations as numbers: which journeys left the map, in which way and where."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
import polars as pl

from desireline.hashes import hash_text
from desireline.measures.codes import Codes, Flags, Whole, beginnings, code, lengths, positions
from desireline.measures.view import View, beginnings_of

ALL, PASSING, VISITING, SETTLED_VISITING, JUDGED = "all", "passing", "visiting", "settled", "judged"
SETS = (ALL, PASSING, VISITING, SETTLED_VISITING, JUDGED)
COULD: Mapping[str, str] = MappingProxyType(
    {
        "missing": PASSING,
        "ad hoc": ALL,
        "irregular order": VISITING,
        "repeated": VISITING,
        "wrong channel": VISITING,
        "failed": VISITING,
        "late": JUDGED,
        "stuck": SETTLED_VISITING,
        "lost": SETTLED_VISITING,
    }
)
"""Of which journeys the share is taken: all, those that visit the place and go on, those that visit it, the settled
ones of these, or those whose promise there can be judged; always together with those that have the deviation."""


class Left(NamedTuple):
    """Journeys that left the map: by set, place and kind, then by journey, each once."""

    journey: Codes
    starts: Whole  # where each deviation begins
    set: Whole  # of each deviation, as a position in SETS
    place: Whole  # of each deviation, as a position in `places`
    kind: Whole
    kinds: list[str]
    places: list[str]

    def part(self, first: int, last: int) -> Left:
        """The deviations from `first` up to `last`."""
        begin = int(self.starts[first])
        end = int(self.starts[last]) if last < len(self.starts) else len(self.journey)
        some, starts = slice(first, last), self.starts[first:last] - begin
        return Left(
            self.journey[begin:end],
            starts,
            self.set[some],
            self.place[some],
            self.kind[some],
            self.kinds,
            self.places,
        )

    @property
    def counts(self) -> Whole:
        """How many journeys have each deviation."""
        return lengths(self.starts, len(self.journey))


def read_left(view: View) -> Left:
    """The deviations of the journeys of this view, each once."""
    told, ids = view.trips.deviations, view.journeys["journey_id"]
    heads = beginnings_of(told["journey_id"])
    owner = positions(told["journey_id"][heads], ids)
    journey = np.repeat(owner.astype(np.int64), lengths(heads, told.height))
    kind, kinds = code(told["kind"], sorted(COULD))
    place, places = code(told["place"], view.places)
    of_set = np.array([SETS.index(COULD.get(name, ALL)) for name in kinds] or [0], dtype=np.int64)
    n_places, n_kinds, bits = max(len(places), 1), max(len(kinds), 1), view.journeys.height.bit_length()
    number = (of_set[kind] * n_places + place) * n_kinds + kind
    key = ((number << bits) | journey)[journey >= 0]
    key.sort()
    key = key[np.diff(key, prepend=-1) > 0]
    journey, starts = key & ((1 << bits) - 1), beginnings(key >> bits)
    rest, kind_of = np.divmod(key[starts] >> bits, n_kinds)
    set_of, place_of = np.divmod(rest, n_places)
    return Left(journey.astype(np.int32), starts, set_of, place_of, kind_of, kinds, places)


def smallest_hashes(view: View, left: Left, *, most: int) -> pl.DataFrame:
    """Of each deviation the customers with the smallest hashes, at most so many: kind, place, customer_id, hash."""
    hashed = hash_text(view.people)
    order = np.argsort(hashed, kind="stable")  # those with journeys stand in the order of their ids
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    counts, bits = left.counts, len(order).bit_length()
    key = np.repeat(np.arange(len(counts)) << bits, counts) | rank[view.owners.customer[left.journey]]
    key.sort()
    fresh = np.diff(key, prepend=-1) > 0
    turn = np.cumsum(fresh)  # of each customer among all, so that those of one deviation follow each other
    some = np.flatnonzero(fresh & (turn - np.repeat(turn[left.starts], counts) < most))
    deviation, who = key[some] >> bits, order[key[some] & ((1 << bits) - 1)]
    return pl.DataFrame(
        {
            "kind": pl.Series(left.kinds, dtype=pl.String).gather(left.kind[deviation]),
            "place": pl.Series(left.places, dtype=pl.String).gather(left.place[deviation]),
            "customer_id": view.people.gather(who),
            "hash": hashed[who],
        }
    )


class Members(NamedTuple):
    """Some of the journeys that left, by deviation and customer."""

    journey: Whole
    might: Flags  # also without the deviation it would be one that could have had it
    place: Whole
    deviations: Whole  # those that any of these have
    starts: Whole  # where each of them begins


def members(left: Left, might: Flags, some: Flags) -> Members:
    """Those of them that are flagged; `might` is given for all."""
    rows = np.flatnonzero(some)
    deviation = np.repeat(np.arange(len(left.starts)), left.counts)[rows]
    starts = beginnings(deviation)
    return Members(
        left.journey[rows].astype(np.int64), might[rows], left.place[deviation], deviation[starts], starts
    )  # fmt: skip
