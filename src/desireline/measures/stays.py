"""Where journeys came to: one row per journey and place, with the steps that it took there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from desireline.measures.codes import NONE, Codes, Flags, Numbers, Whole, added, beginnings, lengths
from desireline.measures.rows import Rows

if TYPE_CHECKING:
    from desireline.measures.view import View

_ROOM = 1 << 25
"""Places times journeys up to which a table says where their rows are; beyond, they are searched for."""


@dataclass(frozen=True, eq=False)
class Stays:
    """The rows of the map, one for every journey; then those of stages and touchpoints.

    The rest is about the latter only, `met`. A stay holds the journey's steps at one place, not all of them in a row.
    """

    rows: Rows
    journeys: int
    points_from: int  # the first row of a touchpoint
    order: Whole  # place and step in one number, growing: the steps by stay, in time order within each
    bits: int  # of such a number, those that tell the step
    starts: Whole  # where each stay begins among `steps`
    final: Whole  # by journey: its last step

    @property
    def met(self) -> slice:
        """The rows of stages and touchpoints."""
        return slice(self.journeys, len(self.rows))

    @cached_property
    def steps(self) -> Whole:
        """The steps by stay, in time order within each."""
        return self.order & ((1 << self.bits) - 1)

    @cached_property
    def visits(self) -> Whole:
        """How many steps each stay has."""
        return lengths(self.starts, len(self.steps))

    @cached_property
    def first(self) -> Whole:
        """The first step of each stay."""
        return self.steps[self.starts]

    @cached_property
    def last(self) -> Whole:
        """The last step of each stay."""
        found: Whole = self.steps[self.starts + self.visits - 1]
        return found

    @cached_property
    def ends_here(self) -> Flags:
        """By row: is the journey's last step here? Always, for the map."""
        final = self.final[self.rows.journey[self.met]]
        return np.concatenate([np.ones(self.journeys, dtype=np.bool_), self.last == final])

    def count(self, stages: Flags, points: Flags) -> Whole:
        """How many steps of each stay are flagged: by the first at stages, by the second at touchpoints."""
        turn = self.visits[: self.points_from - self.journeys].sum()
        flags = np.concatenate([stages[self.steps[:turn]], points[self.steps[turn:]]])
        return self._added(flags)

    def sum(self, numbers: Whole) -> Whole:
        """What the steps of each stay add up to."""
        return self._added(numbers[self.steps])

    def _added(self, of_steps: Numbers) -> Whole:
        return added(of_steps, self.starts) if len(self.starts) else np.zeros(0, dtype=np.int64)

    def step_after(self, place: Codes, step: Whole) -> Whole:
        """The first step at the place that comes after the given one; there must be one."""
        key = (place.astype(np.int64) << self.bits) | step
        return self.steps[np.searchsorted(self.order, key, side="right")]

    def find(self, place: Numbers, journey: Numbers) -> Whole:
        """The rows of these places and journeys; −1 where the journey did not come to the place. Not for the map."""
        if not self.journeys:
            return np.full(len(place), NONE, dtype=np.int64)
        if self._table is not None:
            inside = np.minimum(place, len(self._table) - 1)
            return self._table[inside, journey].astype(np.int64)
        key = place.astype(np.int64) * self.journeys + journey
        row = np.searchsorted(self._key, key)
        return np.where(np.append(self._key, NONE)[row] == key, row, NONE)

    @cached_property
    def _table(self) -> Codes | None:
        """By place and journey: the row; −1 where there is none. The last place stands for all that follow it."""
        places = int(self.rows.place[-1:].max(initial=0)) + 2
        if places * self.journeys > _ROOM:
            return None
        found = np.full((places, self.journeys), NONE, dtype=np.int32)
        met = self.met
        found[self.rows.place[met], self.rows.journey[met]] = np.arange(met.start, met.stop, dtype=np.int32)
        return found

    @cached_property
    def _key(self) -> Whole:
        return self.rows.place.astype(np.int64) * self.journeys + self.rows.journey

    def column(self, whole: Numbers, met: Numbers) -> Numbers:
        """A number per row: from the journeys for the map, then those of the stays."""
        return np.concatenate([whole, met])


def stay(view: View) -> Stays:
    """The stays of all journeys."""
    steps, journeys = view.steps, view.journeys.height
    bits = len(view.step_point).bit_length()
    order = _by_place(view.step_stage, view.step_point, bits=bits)
    which, place = order & ((1 << bits) - 1), order >> bits
    owner = steps.journey[which]
    starts = beginnings(place, owner)
    place, owner, met = place[starts].astype(np.int32), owner[starts], which[starts]
    told = view.step_channel[met]
    channel = np.where(told >= 0, told, view.owners.channel[owner])
    rows = Rows(
        np.concatenate([np.zeros(journeys, dtype=np.int32), place]),
        np.concatenate([np.arange(journeys, dtype=np.int32), owner]),
        view.owners,
        own_channel=np.concatenate([view.owners.channel, channel]),
    )
    points_from = int(np.searchsorted(rows.place, view.first_point))
    return Stays(rows, journeys, points_from, order, bits, starts, steps.last)


def _by_place(*columns: Codes, bits: int) -> Whole:
    """Place and step in one number, growing; each step as often as a column tells a place for it."""
    step = np.arange(len(columns[0]), dtype=np.int64)
    keys = [(place.astype(np.int64) << bits) | step for place in columns]
    told = [key if place.min(initial=0) >= 0 else key[place >= 0] for key, place in zip(keys, columns, strict=True)]
    order: Whole = np.concatenate(told)
    order.sort()  # sorting numbers is several times as fast as asking for their order
    return order
