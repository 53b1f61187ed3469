"""The steps of a bucket as effort looks at them: who, where, when, who acts, and where the journey had been before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from desireline.maps.records import Touchpoint
from desireline.measures.codes import NONE, Codes, Flags, Whole, code, in_order
from desireline.measures.view import View

MINUTE = 60_000_000
DAY = 86_400_000_000


@dataclass(frozen=True)
class Trail:
    """The steps of a view, in the order of journeys and time. `contacts`: touchpoints at which customers get in touch.

    Without names of contacts, those count that the customer may or may not take: `acts: customer`, front stage,
    optional, not repeatable. That is a guess from the map's own fields; naming them is better.
    """

    view: View
    contacts: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.point)

    @cached_property
    def journey(self) -> Codes:
        """The journey of each step."""
        return self.view.steps.journey

    @cached_property
    def customer(self) -> Codes:
        """The customer of each step; steps stand in the order of customers."""
        return self.view.owners.customer[self.journey]

    @property
    def at(self) -> Whole:
        """When, µs."""
        return self.view.steps.at

    @cached_property
    def point(self) -> Codes:
        """The touchpoint of each step, by position among the map's."""
        return self.view.step_point - np.int32(self.view.first_point)

    @cached_property
    def points(self) -> list[Touchpoint]:
        """The touchpoints by position."""
        return list(self.view.outline.touchpoint.values())

    def of_points(self, says: Callable[[Touchpoint], bool]) -> Flags:
        """By touchpoint: does this hold?"""
        return np.array([says(point) for point in self.points], dtype=np.bool_)

    @cached_property
    def contact_points(self) -> Flags:
        """By touchpoint: do customers get in touch there?"""
        if self.contacts:
            return self.of_points(lambda point: point.id in self.contacts)
        return self.of_points(
            lambda one: one.acts == "customer" and one.front and one.optional and not one.repeatable and bool(one.when)
        )

    @cached_property
    def customers_own(self) -> Flags:
        """By step: does the customer act, in front of the line of visibility?"""
        return self.of_points(lambda one: one.acts == "customer" and one.front)[self.point]

    @cached_property
    def companys(self) -> Flags:
        """By step: does the company act, in front of the line of visibility?"""
        return self.of_points(lambda one: one.acts == "company" and one.front)[self.point]

    @cached_property
    def failed(self) -> Flags:
        """By step: did it fail?"""
        return self.view.steps.frame["failed"].fill_null(False).to_numpy()

    @cached_property
    def _by_point(self) -> tuple[Whole, Whole]:
        """Journey and touchpoint in one number, growing; and the step of each, in time order where they are equal."""
        return in_order(self.journey.astype(np.int64) * max(len(self.points), 1) + self.point)

    @cached_property
    def before(self) -> Whole:
        """By step: the last step before it at the same touchpoint of the same journey; −1 where there is none."""
        key, step = self._by_point
        found = np.full(len(step), NONE, dtype=np.int64)
        again = np.flatnonzero(key[1:] == key[:-1]) + 1
        found[step[again]] = step[again - 1]
        return found

    def last_at(self, journey: Whole, point: Whole) -> Whole:
        """The last step of each of these journeys at each of these touchpoints; −1 where there is none."""
        key, step = self._by_point
        asked = journey * max(len(self.points), 1) + point
        place = np.searchsorted(key, asked, side="right") - 1
        there = (place >= 0) & (key[place] == asked) if len(key) else np.zeros(len(asked), dtype=np.bool_)
        return np.where(there, step[place] if len(step) else NONE, NONE)

    @cached_property
    def rank(self) -> Codes:
        """By step: how far along the map its touchpoint stands."""
        ranks = self.view.rank_of
        return np.array([ranks.get(point.id, 0) for point in self.points], dtype=np.int32)[self.point]

    @cached_property
    def planned(self) -> Flags:
        """By touchpoint and touchpoint, shape (n, n): does the map plan the move from the first to the second?

        It plans the moves that it draws, ways back among them, and those onward that leave out nothing but what is
        optional.
        """
        outline, place = self.view.outline, {point.id: i for i, point in enumerate(self.points)}
        required = [not all(outline.touchpoint[one].optional for one in block.members) for block in outline.blocks]
        upto = np.concatenate([[0], np.cumsum(required, dtype=np.int64)])
        rank = np.array([self.view.rank_of.get(point.id, 0) for point in self.points], dtype=np.int64)
        onward = rank[None, :] > rank[:, None]
        between = upto[np.minimum(rank, len(required))][None, :] - upto[np.minimum(rank + 1, len(required))][:, None]
        found: Flags = onward & (between <= 0)
        for a, b in outline.edges:
            found[place[a], place[b]] = True
        return found

    def carried(self, field: str) -> Codes | None:
        """By step: what it says of a field that the walk was asked to carry, as codes; None where it carries none."""
        frame = self.view.steps.frame
        if field not in frame.columns or frame[field].null_count() == frame.height:
            return None
        return code(frame[field]).codes

    def changes(self, what: Codes, *, unplanned: bool = False) -> Flags:
        """By step: does `what` differ from what the journey's last step said that said anything? −1 says nothing.

        `unplanned`: only where the map does not plan the move from that step to this one.
        """
        told = np.flatnonzero(what >= 0)
        changed = np.zeros(len(what), dtype=np.bool_)
        journey, value, point = self.journey[told], what[told], self.point[told]
        here = (journey[1:] == journey[:-1]) & (value[1:] != value[:-1])
        changed[told[1:]] = here & ~self.planned[point[:-1], point[1:]] if unplanned else here
        return changed
