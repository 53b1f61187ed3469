"""Deviations as numbers: which journeys left the map, in which way and where."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
import polars as pl

from desireline.hashes import hash_text
from desireline.measures.codes import Codes, Flags, Whole, beginnings, code, distinct, lengths
from desireline.measures.view import View

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


_SPARE = 8
"""So many times more ranks than are wanted are looked at first."""


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
    told = view.trips.deviations
    journey = told["trip"].to_numpy()
    kind, kinds = code(told["kind"], sorted(COULD))
    place, places = code(told["place"], view.places)
    of_set = np.array([SETS.index(COULD.get(name, ALL)) for name in kinds] or [0], dtype=np.int64)
    n_places, n_kinds, bits = max(len(places), 1), max(len(kinds), 1), view.journeys.height.bit_length()
    head = (of_set * n_places * n_kinds + np.arange(len(of_set))) << bits  # of each kind
    key = head[kind] + ((place.astype(np.int64) * n_kinds) << bits) + journey
    key = distinct(key)
    journey, starts = key & ((1 << bits) - 1), beginnings(key >> bits)
    rest, kind_of = np.divmod(key[starts] >> bits, n_kinds)
    set_of, place_of = np.divmod(rest, n_places)
    return Left(journey.astype(np.int32), starts, set_of, place_of, kind_of, kinds, places)


def smallest_hashes(view: View, left: Left, *, most: int) -> pl.DataFrame:
    """Of each deviation the customers with the smallest hashes, at most so many: kind, place, customer_id, hash."""
    hashed = hash_text(view.people)
    order = np.argsort(hashed, kind="stable")  # those with journeys stand in the order of their ids
    rank = np.empty(len(order), dtype=np.int32)
    rank[order] = np.arange(len(order), dtype=np.int32)
    deviation, who = _smallest(rank[view.owners.customer], left, most=most)
    return pl.DataFrame(
        {
            "kind": pl.Series(left.kinds, dtype=pl.String).gather(left.kind[deviation]),
            "place": pl.Series(left.places, dtype=pl.String).gather(left.place[deviation]),
            "customer_id": view.people.gather(order[who]),
            "hash": hashed[order[who]],
        }
    )


def _smallest(rank: Codes, left: Left, *, most: int) -> tuple[Whole, Whole]:
    """Deviation and rank, for the smallest ranks of each deviation's customers, each once; ranks are by journey."""
    counts = left.counts
    # Few of many are wanted: where ranks are spread evenly, those under a bound are enough, and others are not sorted.
    people = int(rank.max(initial=0)) + 1
    bound = np.minimum(_SPARE * most * people // np.maximum(counts, 1), people)
    while True:
        ranks = rank[left.journey]
        some = np.flatnonzero(ranks < np.repeat(bound, counts))
        found = distinct((np.repeat(np.arange(len(counts)), counts)[some] << 32) | ranks[some])
        deviation = found >> 32
        enough = (np.bincount(deviation, minlength=len(counts)) >= most) | (bound == people)
        if enough.all():
            break
        bound = np.where(enough, bound, people)
    starts = beginnings(deviation)
    turn = np.arange(len(found)) - np.repeat(starts, lengths(starts, len(found)))
    first = turn < most
    return deviation[first], found[first] & 0xFFFFFFFF


class Members(NamedTuple):
    """Some of the journeys that left, by deviation and customer."""

    journey: Codes
    might: Flags  # also without the deviation it would be one that could have had it
    place: Whole
    deviations: Whole  # those that any of these have
    starts: Whole  # where each of them begins


def members(left: Left, might: Flags, some: Flags) -> Members:
    """Those of them that are flagged; `might` is given for all."""
    rows = np.flatnonzero(some)
    upto = np.searchsorted(rows, left.starts)
    deviations = np.flatnonzero(np.diff(upto, append=len(rows)))
    starts = upto[deviations]
    place = np.repeat(left.place[deviations], lengths(starts, len(rows)))
    return Members(left.journey[rows], might[rows], place, deviations, starts)
