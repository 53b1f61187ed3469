"""Transitions: where journeys go from where they stand, counted in one walk, with what came of them.

An analysis (see `pipeline.listening`). Journeys under way count with the moves that they made; they have no end yet.
Everything up to the first success is a move; success itself is the end. Sums are whole numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

import numpy as np
import polars as pl

from desireline.maps.outline import Outline
from desireline.measures.codes import Flags, Whole
from desireline.measures.view import View, instants, numbers
from desireline.measures.voice import level_of_score
from desireline.scenarios.counted import Counted, above, by_customer
from desireline.scenarios.group import check_group, journeys_of
from desireline.scenarios.states import LOST, MANNERS, OVER, START, STUCK, SUCCESS, States
from desireline.scenarios.stays import JourneyStays, stays_of
from desireline.scenarios.tally import BINS, Tally, add_tallies

COMES_BACK = timedelta(days=90)
THOUSANDTHS = 1000
_SECOND = 1_000_000
_E4 = 10_000


@dataclass(frozen=True)
class Transitions:
    """Counts where journeys of a group go; `data_end` decides of whom it is known whether they came back.

    Raises UnknownGroup.
    """

    outline: Outline
    data_end: datetime
    only: str = ""
    within: timedelta = COMES_BACK

    def __post_init__(self) -> None:
        check_group(self.only, self.outline)

    @property
    def groupings(self) -> tuple[str, ...]:
        """The property that the group is told by, so that one that nobody has is told before anything is walked."""
        return (self.only.partition("=")[0],) if self.only.startswith("property:") else ()

    @property
    def states(self) -> States:
        """The states of the map."""
        return States.of(list(self.outline.touchpoint), self.outline.success)

    def partial(self, view: View) -> Tally:
        """What a bucket of whole customers contributes."""
        return _Bucket(view, self).tally()

    def combine(self, parts: Sequence[Tally]) -> Tally:
        """All parts as one; their order does not matter."""
        return add_tallies(parts)

    def finish(self, part: Tally) -> Tally:
        """The tally itself: scenarios are asked of it."""
        return part


@dataclass(frozen=True, eq=False)
class _Bucket:
    """The journeys of one view as columns, and what they add up to."""

    view: View
    asked: Transitions

    @cached_property
    def states(self) -> States:
        return self.asked.states

    @cached_property
    def mine(self) -> Flags:
        """By journey: is it of the group?"""
        return journeys_of(self.view, self.asked.only)

    @cached_property
    def stays(self) -> JourneyStays:
        every = stays_of(self.view, self.states)
        some = self.mine[every.journey]
        return JourneyStays(*(getattr(every, name)[some] for name in JourneyStays.__dataclass_fields__))

    @cached_property
    def month(self) -> Whole:
        """By journey: its month of beginning, counted from 1970."""
        return self.view.owners.when.astype("datetime64[us]").astype("datetime64[M]").astype(np.int64)

    @cached_property
    def end(self) -> Whole:
        """By journey: the number of its end; −1 while it is under way."""
        view = self.view
        end = np.where(view.state("stuck"), STUCK, np.where(view.state("lost"), LOST, OVER))
        return np.where(view.success, SUCCESS, np.where(view.settled, end, -1))

    @cached_property
    def ended(self) -> Whole:
        """By journey: the key of its end, success told by its touchpoint; −1 while it is under way."""
        found = np.where(self.end >= 0, self.states.transient + self.end, -1)
        here = self.stays.last & (self.end[self.stays.journey] == SUCCESS)
        found[self.stays.journey[here]] = _fine(self.stays.state[here])
        return found

    @cached_property
    def moves(self) -> tuple[Whole, Whole, Whole, Whole, Whole]:
        """Journey, state before, from, to, seconds of every move, by journey and time; −1 before the start."""
        stays, began = self.stays, self.view.owners.when
        into = np.where(stays.first, START, np.roll(stays.state, 1))
        before = np.where(stays.first, -1, np.roll(into, 1))
        since = np.where(stays.first, began[stays.journey], np.roll(stays.since, 1))
        idle = np.setdiff1d(np.flatnonzero(self.mine), stays.journey)
        owner = np.concatenate([stays.journey[stays.last], idle])
        last = np.concatenate([stays.state[stays.last], np.full(len(idle), START)])
        prior = np.concatenate([into[stays.last], np.full(len(idle), -1)])
        over = self.end[owner] >= 0
        to = self.states.transient + self.end[owner[over]]
        return (
            np.concatenate([stays.journey, owner[over]]),
            np.concatenate([before, prior[over]]),
            np.concatenate([into, last[over]]),
            np.concatenate([stays.state, to]),
            np.concatenate([np.maximum(stays.since - since, 0) // _SECOND, np.zeros(len(to), dtype=np.int64)]),
        )

    def tally(self) -> Tally:
        """Everything that is counted."""
        all_states, owners = self.states.all, self.view.owners
        journey, before, out, to, waited = self.moves
        cell = out * all_states + to
        customer, month = owners.customer[journey].astype(np.int64), self.month[journey]
        rows, cells = by_customer(customer, out, cell, all_states)
        monthly = by_customer(customer, month * all_states + out, month * all_states**2 + cell, all_states)
        when = owners.when[self.mine]
        return Tally(
            journeys=self._journeys(),
            moves=Counted.of(month * all_states**2 + cell, np.ones(len(cell)), waited, waited * waited // 3600),
            rows=rows,
            cells=cells,
            triples=Counted.of((month * all_states + before + 1) * all_states**2 + cell, np.ones(len(cell))),
            money=self._money(monthly=False),
            rows_of_months=monthly[0],
            cells_of_months=monthly[1],
            money_of_months=self._money(monthly=True),
            back=self._back()[0],
            back_met=self._back()[1],
            felt=self._felt()[0],
            felt_met=self._felt()[1],
            waits=self._waits(),
            span=self._span(),
            first_at=int(when.min(initial=np.iinfo(np.int64).max)) if len(when) else 0,
            last_at=int(when.max(initial=0)) if len(when) else 0,
        )

    def _journeys(self) -> Counted:
        value = numbers(self.view.journeys["value_e4"])[self.mine]
        whole = value // _E4
        end = self.end[self.mine]
        return Counted.of(self.month[self.mine], np.ones(len(end)), end >= 0, end == SUCCESS, value, whole * whole)

    def _span(self) -> Counted:
        customer = self.view.owners.customer
        mine = len(np.unique(customer[self.mine]))
        told = np.array([[mine, len(customer), len(np.unique(customer))]])
        return Counted.of(np.zeros(1), *told.T)

    def _money(self, *, monthly: bool) -> Counted:
        """Money of stays; what came off the map stands at the start, so that all of it is counted."""
        stays, value = self.stays, numbers(self.view.journeys["value_e4"]).astype(np.int64)
        rest = value.copy()
        np.subtract.at(rest, stays.journey, stays.value)
        owner = np.concatenate([stays.journey, np.flatnonzero(self.mine)])
        state = np.concatenate([stays.state, np.full(int(self.mine.sum()), START)])
        worth = np.concatenate([stays.value, rest[self.mine]])
        key = state + self.month[owner] * self.states.all * monthly
        width = above(key, self.states.all)
        own = Counted.of(self.view.owners.customer[owner].astype(np.int64) * width + key, worth, np.ones(len(worth)))
        whole, times = own.sums[:, 0] // _E4, own.sums[:, 1]
        return Counted.of(own.keys % width, own.sums[:, 0], whole * whole, whole * times)

    def _customer_and(self, journey: Whole, key: Whole) -> Whole:
        found: Whole = self.view.owners.customer[journey].astype(np.int64) * self.states.all + key
        return found

    @cached_property
    def _came_back(self) -> tuple[Flags, Flags]:
        """By journey: is it known whether its customer began another in time, and did that happen?"""
        customer = self.view.owners.customer.astype(np.int64)
        began, ended = (instants(self.view.journeys[name]) // _SECOND for name in ("started_at", "ended_at"))
        within = int(self.asked.within.total_seconds())
        starts = np.sort((customer << 34) + began)
        after = np.searchsorted(starts, (customer << 34) + ended, side="right")
        upto = np.searchsorted(starts, (customer << 34) + ended + within, side="right")
        known = (ended + within <= int(self.asked.data_end.timestamp())) & (self.end >= 0)
        return known & self.mine, (upto > after) & known & self.mine

    def _back(self) -> tuple[Counted, Counted]:
        known, back = self._came_back
        which = np.flatnonzero(known)
        return self._by_end_and_state(which, np.ones(len(which), dtype=np.int64), back[which].astype(np.int64))

    @cached_property
    def _levels(self) -> tuple[Whole, Whole]:
        """By journey: how many scored answers, and their levels added up, in thousandths."""
        told = self.view.trips.answers.with_columns((level_of_score() * THOUSANDTHS).round().alias("level"))
        told = told.filter(pl.col("level").is_finite() & pl.col("journey_id").is_not_null())
        told = told.unique(["feedback_id", "journey_id"], keep="first", maintain_order=True)
        ids = self.view.journeys["journey_id"].to_frame("journey_id").with_row_index("journey")
        met = told.join(ids, on="journey_id", how="inner", maintain_order="left")
        count, level = (np.zeros(self.view.journeys.height, dtype=np.int64) for _ in range(2))
        np.add.at(count, met["journey"].to_numpy(), 1)
        np.add.at(level, met["journey"].to_numpy(), met["level"].cast(pl.Int64).to_numpy())
        return count, level

    def _felt(self) -> tuple[Counted, Counted]:
        count, level = self._levels
        which = np.flatnonzero(self.mine & (self.end >= 0) & (count > 0))
        return self._by_end_and_state(which, count[which], level[which])

    def _by_end_and_state(self, which: Whole, m: Whole, x: Whole) -> tuple[Counted, Counted]:
        """Sums by end of these journeys, and by each state in which those that succeeded were, each once."""
        ends = self._clustered(which, self.ended[which], m, x)
        known = np.full(self.view.journeys.height, -1, dtype=np.int64)
        known[which] = np.arange(len(which))
        pairs = np.unique(self.stays.journey * self.states.all + self.stays.state)
        owner, state = np.divmod(pairs, self.states.all)
        some = (known[owner] >= 0) & (self.end[owner] == SUCCESS)
        place = known[owner[some]]
        return ends, self._clustered(owner[some], state[some], m[place], x[place])

    def _clustered(self, journey: Whole, key: Whole, m: Whole, x: Whole) -> Counted:
        """By key: Σm, Σx, customers, and over customers Σm², Σx², Σmx."""
        own = Counted.of(self._customer_and(journey, key), m, x)
        mm, xx = own.sums[:, 0], own.sums[:, 1]
        return Counted.of(own.keys % self.states.all, mm, xx, np.ones(len(own)), mm * mm, xx * xx, mm * xx)

    def _waits(self) -> Counted:
        """By pair of touchpoints and bin of the wait: the journeys that made this move, at their first time."""
        journey, _, out, to, waited = self.moves
        points = len(self.states.points)
        some = np.flatnonzero((out != START) & (to < self.states.transient) & (self.end[journey] >= 0))
        pair = _point(out[some]) * points + _point(to[some])
        owner = journey[some]
        _, once = np.unique(owner * points * points + pair, return_index=True)
        owner, pair, bins = owner[once], pair[once], bin_of(waited[some[once]])
        known, back = self._came_back
        count, level = self._levels
        told = (np.ones(len(owner)), self.end[owner] == SUCCESS, known[owner], back[owner], count[owner], level[owner])
        key, width = pair * BINS + bins, points * points * BINS
        customer = self.view.owners.customer[owner].astype(np.int64)
        by_customer = Counted.of(customer * width + key, *told)
        squares = []
        for m, x in ((0, 1), (2, 3), (4, 5)):
            mm, xx = by_customer.sums[:, m], by_customer.sums[:, x]
            squares += [_firsts(customer * width + key, told[m] > 0, by_customer), mm * mm, xx * xx, mm * xx]
        return Counted.of(by_customer.keys % width, *by_customer.sums.T, *squares)


def _firsts(keys: Whole, some: Flags, among: Counted) -> Whole:
    """By key of those: 1 where it holds the first of some waits of its customer at its pair of touchpoints."""
    which = np.flatnonzero(some)
    _, first = np.unique(keys[which] // BINS, return_index=True)
    found = np.zeros(len(among), dtype=np.int64)
    found[np.searchsorted(among.keys, keys[which[first]])] = 1
    return found


def bin_of(seconds: Whole) -> Whole:
    """The bin of each wait."""
    found: Whole = np.minimum(2 * np.log2(1.0 + seconds), BINS - 1).astype(np.int64)
    return found


def _point(state: Whole) -> Whole:
    return (state - 1) // len(MANNERS)


def _fine(state: Whole) -> Whole:
    """The fine state of the same touchpoint."""
    return state - (state - 1) % len(MANNERS)
