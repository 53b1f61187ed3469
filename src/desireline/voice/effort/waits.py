"""Waiting: for the company to act, and beyond what was promised. In µs, by the step at which the waiting ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import polars as pl

from desireline.journeys.promises import Vow, step_vows, trip_vows
from desireline.measures.codes import NONE, Flags, Whole
from desireline.measures.view import View, instants
from desireline.voice.effort.trail import DAY, Trail

SOME_DELAY = DAY
"""A broken promise of which nobody says by how much counts as one day."""
DUE = "due_at"


def company_wait(trail: Trail, *, repeats: Flags) -> Whole:
    """By step: at one that the company takes, front stage, how long it was the company's turn.

    It is the company's turn since its own last step, or since the customer last did something new if that was later. A
    customer who asks again while waiting (`repeats`, or at a touchpoint where he had been) does not start the clock
    anew. Back-stage steps are not seen, so nobody waits for them.
    """
    found = np.zeros(len(trail), dtype=np.int64)
    turn = trail.companys | (trail.customers_own & (trail.before < 0) & ~repeats)
    latest = np.maximum.accumulate(np.where(turn, np.arange(len(turn)), NONE)) if len(turn) else found
    some = np.flatnonzero(trail.companys & ~trail.view.steps.first)
    since = latest[some - 1]
    some, since = some[since >= 0], since[since >= 0]
    same = trail.journey[since] == trail.journey[some]
    found[some[same]] = trail.at[some[same]] - trail.at[since[same]]
    return found


def beyond_promise(trail: Trail) -> Whole:
    """By step: how much later it came than promised; a whole journey's delay stands at its last step.

    A promise `within` a time tells by how much; so does a due instant that the walk carries (`due_at`). Of all others
    one only knows that they were broken: that counts as a day.
    """
    found = np.zeros(len(trail), dtype=np.int64)
    if not len(trail):
        return found
    late = np.flatnonzero((~trail.view.steps.frame["kept"]).fill_null(False).to_numpy())
    for these, vow in _shared_out(trail, late):
        found[these] += _delay(trail, these, vow)
    return found + _of_journeys(trail)


@dataclass(frozen=True)
class _Span:
    """A stretch of steps or of journeys: when it began and ended."""

    start: Whole
    end: Whole


def promised(view: View) -> bool:
    """Does the map promise any time?"""
    return bool(step_vows(view.outline) or trip_vows(view.outline))


def _shared_out(trail: Trail, late: Whole) -> list[tuple[Whole, Vow]]:
    """Late steps by the promise that they broke: one for their channel before the general one."""
    channels, place = trail.view.channels, {point.id: i for i, point in enumerate(trail.points)}
    found, point, channel = [], trail.point[late], trail.view.step_channel[late]
    left = np.ones(len(late), dtype=np.bool_)
    for vow in step_vows(trail.view.outline):
        mine = left & (point == place[vow.touchpoint or ""])
        if vow.channel is not None:
            mine &= channel == (channels.index(vow.channel) if vow.channel in channels else NONE - 1)
        left &= ~mine
        found.append((late[mine], vow))
    return found


def _delay(trail: Trail, steps: Whole, vow: Vow) -> Whole:
    journey = trail.journey[steps]
    if vow.time.within is not None:
        begun = trail.view.owners.when[journey]
        since = _latest(trail, steps, vow.time.after) if vow.time.after else begun
        known = np.where(since > 0, since, begun)
        late: Whole = np.maximum(trail.at[steps] - known - _micros(vow.time.within), 0)
        return late
    frame = trail.view.steps.frame
    if vow.time.by_due and DUE in frame.columns:
        due = instants(frame[DUE].gather(steps))
        delay: Whole = np.where(due > 0, np.maximum(trail.at[steps] - due, 0), SOME_DELAY)
        return delay
    return np.full(len(steps), SOME_DELAY, dtype=np.int64)


def _of_journeys(trail: Trail) -> Whole:
    """Delays of whole journeys, at the last step of each."""
    found = np.zeros(len(trail), dtype=np.int64)
    steps, journeys, vows = trail.view.steps, trail.view.journeys, trip_vows(trail.view.outline)
    broken = (~journeys["kept"]).fill_null(False).to_numpy() if vows else np.zeros(journeys.height, dtype=np.bool_)
    some = np.flatnonzero(broken & (np.diff(steps.starts) > 0))
    channel = journeys["channel"].cast(pl.String)
    span = _Span(trail.view.owners.when, instants(journeys["ended_at"]))
    left = np.ones(len(some), dtype=np.bool_)
    for vow in vows:
        mine = left if vow.channel is None else left & (channel.gather(some) == vow.channel).fill_null(False).to_numpy()
        found[steps.last[some[mine]]] += _over(trail, some[mine], vow, span)
        left = left & ~mine
    return found


def _over(trail: Trail, journeys: Whole, vow: Vow, span: _Span) -> Whole:
    if vow.time.within is None:
        return np.full(len(journeys), SOME_DELAY, dtype=np.int64)
    since = span.start[journeys]
    if vow.time.after:
        place = [point.id for point in trail.points].index(vow.time.after)
        last = trail.last_at(journeys, np.full(len(journeys), place))
        since = np.where(last >= 0, trail.at[last], since)
    over: Whole = np.maximum(span.end[journeys] - since - _micros(vow.time.within), 0)
    return over


def _latest(trail: Trail, steps: Whole, after: str) -> Whole:
    """When the journey was last at `after` before each of these steps; 0 where it was not."""
    place = [point.id for point in trail.points].index(after)
    there = np.where(trail.point == place, np.arange(len(trail)), NONE)
    last = np.maximum.accumulate(there)[np.maximum(steps - 1, 0)]
    mine = (last >= 0) & (steps > 0) & (trail.journey[last] == trail.journey[steps])
    return np.where(mine, trail.at[last], 0)


def _micros(time: timedelta) -> int:
    return round(time.total_seconds() * 1_000_000)
