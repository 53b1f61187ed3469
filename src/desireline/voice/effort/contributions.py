"""What each step adds to the effort of its journey: the ten components as columns of whole numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from desireline.measures.codes import Codes, Numbers, Whole, added
from desireline.measures.view import View
from desireline.voice.effort import waits
from desireline.voice.effort.again import extra_steps, failures, re_asked
from desireline.voice.effort.components import COMPONENTS, HUNDREDTHS, NAMES
from desireline.voice.effort.contacts import contacts, repeat_contacts
from desireline.voice.effort.moves import channel_switches, loops, transfers
from desireline.voice.effort.trail import MINUTE, Trail


@dataclass(frozen=True)
class Reading:
    """How the map and the data are read. All names are touchpoints of the map, `groups` a field that steps carry."""

    contacts: tuple[str, ...] = ()  # where customers get in touch; guessed from the map when empty
    transfers: tuple[str, ...] = ()  # touchpoints that are themselves a hand-off, such as "reassigned"
    groups: tuple[str, ...] = ()  # fields that say who has the case; the first that steps carry counts
    due: bool = False  # do steps carry the instants that they were promised for?

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields of events that steps have to carry."""
        return (*((waits.DUE,) if self.due else ()), *self.groups)


@dataclass(frozen=True)
class Contributions:
    """The components of one bucket by step; a journey's component is the sum over its steps, at most its cap."""

    trail: Trail
    reading: Reading

    @classmethod
    def of(cls, view: View, reading: Reading) -> Contributions:
        """The components of a walked bucket."""
        return cls(Trail(view, reading.contacts), reading)

    @cached_property
    def groups(self) -> Codes | None:
        """By step: the group that has the case, where steps say so."""
        told = (self.trail.carried(name) for name in self.reading.groups)
        return next((codes for codes in told if codes is not None), None)

    @cached_property
    def columns(self) -> dict[str, Whole]:
        """By component: what each step adds. Steps of a journey whose component has reached its cap add nothing."""
        trail, caps = self.trail, {one.name: one.cap for one in COMPONENTS}
        again = repeat_contacts(trail)
        counts = {
            "repeat_contacts": again,
            "re_asked": re_asked(trail),
            "transfers": transfers(trail, group=self.groups, at=self.reading.transfers),
            "channel_switches": channel_switches(trail),
            "failures": failures(trail),
            "loops": loops(trail),
            "contacts": contacts(trail),
            "extra_steps": extra_steps(trail),
        }
        times = {
            "beyond_promise": waits.beyond_promise(trail),
            "company_wait": waits.company_wait(trail, repeats=again),
        }
        found = {name: _capped(trail, column, caps[name]) for name, column in counts.items()}
        found |= {name: _logarithm(trail, column, caps[name]) for name, column in times.items()}
        return {name: found[name] for name in NAMES}

    @cached_property
    def by_journey(self) -> dict[str, Whole]:
        """By component: the sum of each journey; 0 in one that has no steps."""
        steps = self.trail.view.steps
        some = np.flatnonzero(np.diff(steps.starts) > 0)
        return {name: _summed(column, steps.starts[some], some, len(steps.starts) - 1) for name, column in self._told()}

    def _told(self) -> list[tuple[str, Whole]]:
        return list(self.columns.items())

    @cached_property
    def measurable(self) -> Mapping[str, bool]:
        """By component: can the map and this bucket's data show it at all?"""
        trail, view = self.trail, self.trail.view
        once = trail.of_points(lambda one: not one.repeatable and bool(one.when)) & ~trail.contact_points
        judged = any(point.failed_when is not None for point in trail.points)
        companys = trail.of_points(lambda one: one.acts == "company" and one.front and bool(one.when))
        teams_told = self.groups is not None or len(set(view.team_of.values())) > 1
        return {
            "repeat_contacts": bool(trail.contact_points.any()),
            "re_asked": bool(once.any()),
            "transfers": teams_told or bool(self.reading.transfers),
            "channel_switches": bool((view.step_channel >= 0).any()),
            "failures": judged or bool(trail.failed.any()),
            "loops": len(set(view.rank_of.values())) > 1,
            "beyond_promise": waits.promised(view),
            "contacts": bool(trail.contact_points.any()),
            "company_wait": bool(companys.any()),
            "extra_steps": True,
        }


WHY_NOT = {
    "repeat_contacts": "no touchpoint is named as one at which customers get in touch",
    "re_asked": "every touchpoint of the map may be repeated",
    "transfers": "the map names fewer than two teams, and the events no groups",
    "channel_switches": "no step has a channel",
    "failures": "no event says that it failed, and no touchpoint has a rule for it",
    "loops": "the map has one place only",
    "beyond_promise": "the map promises no time",
    "contacts": "no touchpoint is named as one at which customers get in touch",
    "company_wait": "the map has no touchpoint in front where the company acts",
}


def _capped(trail: Trail, column: Numbers, cap: int) -> Whole:
    """The counts, without what goes beyond the cap of a journey: its first ones count."""
    column = column.astype(np.int64)
    if not column.any():
        return column
    upto, base = _running(trail, column)
    if int((upto - base).max()) <= cap:
        return column
    now, before = np.minimum(upto - base, cap), np.minimum(upto - column - base, cap)
    rest: Whole = now - before
    return rest


def _logarithm(trail: Trail, micros: Whole, cap: int) -> Whole:
    """ln(1 + minutes) of each journey in hundredths, up to the cap; its steps share it in proportion to their time."""
    if not micros.any():
        return micros
    upto, base = _running(trail, micros)
    last = trail.view.steps.last[trail.journey]
    total = (upto - base)[last]
    whole = np.minimum(np.rint(HUNDREDTHS * np.log1p(total / MINUTE)), cap)
    safe = np.maximum(total, 1)
    now, before = (np.floor(whole * (part / safe)) for part in (upto - base, upto - micros - base))
    found: Whole = (now - before).astype(np.int64)
    return found


def _running(trail: Trail, column: Whole) -> tuple[Whole, Whole]:
    """The running sum over all steps, and what it was before each step's journey began."""
    upto = np.cumsum(column)
    first = trail.view.steps.starts[:-1][trail.journey]
    base: Whole = upto[first] - column[first]
    return upto, base


def _summed(column: Whole, starts: Whole, some: Whole, journeys: int) -> Whole:
    found = np.zeros(journeys, dtype=np.int64)
    if len(some):
        found[some] = added(column, starts)
    return found
