"""Doing it again: what was asked twice, what failed, and what was taken off the planned route."""

from __future__ import annotations

import numpy as np
import polars as pl

from desireline.measures.codes import NONE, Flags, Whole
from desireline.voice.effort.trail import DAY, Trail

OFF_THE_PLAN = ("ad hoc", "irregular order", "repeated")


def re_asked(trail: Trail) -> Flags:
    """By step: the journey had been at this touchpoint, and the map says once should do (`repeatable: false`).

    A form filled in twice, an identity proved twice. Contacts are not counted here (`contacts` counts them), nor is a
    try after a failure (`failures`).
    """
    once = ~trail.of_points(lambda point: point.repeatable) & ~trail.contact_points
    return once[trail.point] & (trail.before >= 0) & ~_after_failure(trail)


def failures(trail: Trail) -> Whole:
    """By step: 1 when it failed, and 1 when somebody had to try again or get in touch because of a failure.

    That is the next step at a touchpoint where the last one failed; and a contact within 24 hours of a failed step
    elsewhere in the journey: self-service that did not serve.
    """
    return trail.failed.astype(np.int64) + (_after_failure(trail) | _turned_to_us(trail))


def extra_steps(trail: Trail) -> Whole:
    """By step: 1 at the last step of a journey at a touchpoint that it took off the cheapest planned route.

    Read off the alignment that gives a journey its cost: ad hoc, repeated or in irregular order, each touchpoint once.
    The cost itself would not do: it also counts steps left out, which spare effort, and it cannot be told apart by
    touchpoint. Events that no touchpoint explains say nothing about effort.
    """
    found = np.zeros(len(trail), dtype=np.int64)
    number = {point.id: i for i, point in enumerate(trail.points)}
    left = trail.view.trips.deviations
    left = left.filter(pl.col("kind").is_in(OFF_THE_PLAN) & pl.col("place").is_in(list(number)))
    if left.is_empty() or not len(trail):
        return found
    place = left["place"].cast(pl.String).replace_strict(number, return_dtype=pl.Int64).to_numpy()
    last = trail.last_at(left["trip"].cast(pl.Int64).to_numpy(), place)
    found[last[last >= 0]] = 1
    return found


def _turned_to_us(trail: Trail) -> Flags:
    """By step: a contact that follows a failed step of its journey at another touchpoint within a day."""
    found = np.zeros(len(trail), dtype=np.bool_)
    elsewhere = trail.failed & ~trail.contact_points[trail.point]
    rows = np.flatnonzero(trail.contact_points[trail.point]) if elsewhere.any() else np.zeros(0, dtype=np.int64)
    if len(rows):
        last = np.maximum.accumulate(np.where(elsewhere, np.arange(len(trail)), NONE))[rows]
        same = (last >= 0) & (trail.journey[last] == trail.journey[rows])
        found[rows[same & (trail.at[rows] - trail.at[last] <= DAY)]] = True
    return found


def _after_failure(trail: Trail) -> Flags:
    before = trail.before
    return (before >= 0) & trail.failed[before] if len(before) else np.zeros(0, dtype=np.bool_)
