"""Rows: journeys at places, and answers at places. What measures count is one pair of numbers per row."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from desireline.measures.codes import NONE, Coded, Codes, Numbers, Whole

NEVER = np.iinfo(np.int64).min
"""The instant of what has none."""


@dataclass(frozen=True, eq=False)
class Owners:
    """What is known of each journey whatever the place: by journey, in the order of customers."""

    customer: Codes
    channel: Codes  # of its first step
    when: Whole  # its start, µs


@dataclass(frozen=True, eq=False)
class Rows:
    """Rows in the order of their places and, at a place, of customers.

    What a row does not say itself, its journey says: whose it is, in which channel, and when.
    """

    place: Codes
    journey: Codes  # −1: an answer that belongs to no journey
    owners: Owners
    own_customer: Codes | None = None
    own_channel: Codes | None = None
    own_when: Whole | None = None
    own_answer: Whole | None = None  # of rows that are answers: where the answer stands in `View.answers`

    def __len__(self) -> int:
        return len(self.place)

    @cached_property
    def customer(self) -> Codes:
        """Whose row it is."""
        return self.owners.customer[self.journey] if self.own_customer is None else self.own_customer

    @cached_property
    def channel(self) -> Codes:
        """Where it happened; −1 when nothing says so."""
        return self.owners.channel[self.journey] if self.own_channel is None else self.own_channel

    @cached_property
    def when(self) -> Whole:
        """What decides the period, µs since 1970."""
        return self.owners.when[self.journey] if self.own_when is None else self.own_when

    def of_journeys(self, by_journey: Numbers, *, otherwise: int = NONE) -> Numbers:
        """Each row's number, from those of the journeys; `otherwise` for rows of no journey."""
        if self.own_customer is None:
            return by_journey[self.journey]
        found = np.full(len(self), otherwise, dtype=by_journey.dtype)
        some = np.flatnonzero(self.journey >= 0)
        found[some] = by_journey[self.journey[some]]
        return found

    def pick(self, rows: Numbers) -> Rows:
        """Some of the rows, in the order given."""
        who, where, when, answer = self.own_customer, self.own_channel, self.own_when, self.own_answer
        return Rows(
            self.place[rows],
            self.journey[rows],
            self.owners,
            None if who is None else who[rows],
            None if where is None else where[rows],
            None if when is None else when[rows],
            None if answer is None else answer[rows],
        )

    def moved(self, place: Codes) -> Rows:
        """The same rows at other places."""
        who, where, when = self.own_customer, self.own_channel, self.own_when
        return Rows(place, self.journey, self.owners, who, where, when, self.own_answer)


class Observations(NamedTuple):
    """What a measure sees: two whole numbers for each row.

    `x` is what is counted, `m` out of how many (1 each when None); a row with m = 0 says nothing. `everywhere` are
    places at which every journey is looked at, so that one without a row there counts with x = 0 and m = 1.
    """

    rows: Rows
    x: Numbers
    m: Numbers | None = None
    unit: Coded | str | None = None  # of each row, or of all; where there is none, the measure's own
    everywhere: Codes | None = None
