"""Where journeys came to: one row per journey and place, with the steps that it took there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from desireline.measures.codes import Codes, Flags, Numbers, Whole, beginnings, in_order, lengths
from desireline.measures.rows import Rows

if TYPE_CHECKING:
    from desireline.measures.view import View


@dataclass(frozen=True, eq=False)
class Stays:
    """The rows of the map, one for every journey; then those of stages and touchpoints.

    The rest is about the latter only, `met`. A stay holds the journey's steps at one place, not all of them in a row.
    """

    rows: Rows
    journeys: int
    points_from: int  # the first row of a touchpoint
    steps: Whole  # the steps by stay, in time order within each
    starts: Whole  # where each stay begins among `steps`
    final: Whole  # by journey: its last step

    @property
    def met(self) -> slice:
        """The rows of stages and touchpoints."""
        return slice(self.journeys, len(self.rows))

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
        return np.add.reduceat(flags.view(np.int8), self.starts, dtype=np.int64)

    def sum(self, numbers: Whole) -> Whole:
        """What the steps of each stay add up to."""
        return np.add.reduceat(numbers[self.steps], self.starts)

    def find(self, place: Codes, journey: Codes) -> Whole:
        """The rows of these places and journeys, all of which must be there."""
        return np.searchsorted(self._key, place.astype(np.int64) * max(self.journeys, 1) + journey)

    @cached_property
    def _key(self) -> Whole:
        return self.rows.place.astype(np.int64) * max(self.journeys, 1) + self.rows.journey

    def column(self, whole: Numbers, met: Numbers) -> Numbers:
        """A number per row: from the journeys for the map, then those of the stays."""
        return np.concatenate([whole, met])


def stay(view: View) -> Stays:
    """The stays of all journeys."""
    steps, journeys = view.steps, view.journeys.height
    known = [(np.flatnonzero(place >= 0), place) for place in (view.step_stage, view.step_point)]
    which = np.concatenate([rows for rows, _ in known])
    place = np.concatenate([place[rows] for rows, place in known])
    bits = journeys.bit_length()
    key, order = in_order((place.astype(np.int64) << bits) | steps.journey[which])
    which, starts = which[order], beginnings(key)
    place, owner = (key[starts] >> bits).astype(np.int32), (key[starts] & ((1 << bits) - 1)).astype(np.int32)
    met = which[starts]
    told = view.step_channel[met]
    channel = np.where(told >= 0, told, view.owners.channel[owner])
    rows = Rows(
        np.concatenate([np.zeros(journeys, dtype=np.int32), place]),
        np.concatenate([np.arange(journeys, dtype=np.int32), owner]),
        view.owners,
        own_channel=np.concatenate([view.owners.channel, channel]),
    )
    points_from = int(np.searchsorted(rows.place, view.first_point))
    return Stays(rows, journeys, points_from, which, starts, steps.last)
