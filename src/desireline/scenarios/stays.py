"""The stays of journeys up to their success: at which touchpoint, in which manner, since when, worth how much."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from desireline.measures.codes import Flags, Whole, added
from desireline.measures.view import View
from desireline.scenarios.states import FAILED, FINE, LATE, MANNERS, States


@dataclass(frozen=True, eq=False)
class JourneyStays:
    """One entry per stay, by journey and time. What comes after the first success belongs to the stay of success."""

    journey: Whole
    state: Whole
    since: Whole  # µs
    value: Whole  # ten-thousandths
    first: Flags  # of its journey
    last: Flags

    def __len__(self) -> int:
        return len(self.journey)


def stays_of(view: View, states: States) -> JourneyStays:
    """The stays of all journeys of the view."""
    steps = view.steps
    point = (view.step_point - np.int32(view.first_point)).astype(np.int64)
    journey = steps.journey.astype(np.int64)
    before = _up_to_success(point, journey, np.isin(np.array(states.points), states.success))
    begins = before & (steps.first | (steps.before(point) != point))
    starts = np.flatnonzero(begins)
    if not len(starts):
        none = np.zeros(0, dtype=np.int64)
        return JourneyStays(none, none, none, none, none.astype(np.bool_), none.astype(np.bool_))
    failed = added(steps.frame["failed"].fill_null(False).to_numpy() & before, starts) > 0
    late = added((~steps.frame["kept"].fill_null(True)).to_numpy() & before, starts) > 0
    manner = np.where(failed, FAILED, np.where(late, LATE, FINE))
    owner = journey[starts]
    first = np.append(True, owner[1:] != owner[:-1])
    return JourneyStays(
        journey=owner,
        state=1 + len(MANNERS) * point[starts] + manner,
        since=steps.at[starts],
        value=added(steps.value, starts),
        first=first,
        last=np.append(first[1:], True),
    )


def _up_to_success(point: Whole, journey: Whole, succeeds: Flags) -> Flags:
    """By step: is it no later than its journey's first success?"""
    hit = succeeds[point] if len(point) else np.zeros(0, dtype=np.bool_)
    earlier = np.cumsum(hit) - hit  # hits before this step, in all journeys
    heads = np.append(True, journey[1:] != journey[:-1])[: len(journey)]
    at_head = earlier[heads]
    number = np.cumsum(heads) - 1
    found: Flags = earlier == at_head[number] if len(point) else hit
    return found
