"""Scenarios of a map: the tally of its journeys, made into a model once, and asked what if as often as one likes.

Every answer holds if behaviour elsewhere stays the same; it says how well the model foretold months that it had not
seen, and whether remembering one step more would change the answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from desireline.access import SMALL_GROUP
from desireline.errors import NothingToGoBy
from desireline.maps.outline import Outline
from desireline.scenarios.backtest import Backtest, backtest, month_name, with_edits
from desireline.scenarios.edits import parse_edits
from desireline.scenarios.levers import Lever, Wait, levers, waits
from desireline.scenarios.memory import Memory, remember
from desireline.scenarios.model import Model
from desireline.scenarios.outcome import Imagined, imagine
from desireline.scenarios.states import States
from desireline.scenarios.tally import Tally

IF = "if behaviour elsewhere stays the same"


@dataclass(frozen=True)
class WhatIf:
    """An answer: what moves, how well the model foretells, and whether a longer memory would say otherwise."""

    imagined: Imagined
    backtest: Backtest
    memory: Memory


@dataclass(frozen=True, eq=False)
class Scenarios:
    """What can be asked of a map's journeys, or of those of a group.

    Raises NothingToGoBy when the map has no touchpoint that would be a success, or hardly anybody is in the group.
    """

    outline: Outline
    tally: Tally
    only: str = ""

    def __post_init__(self) -> None:
        whose = f" of {self.only}" if self.only else ""
        if not self.outline.success:
            raise NothingToGoBy(
                "The map does not say which touchpoint is a success, and none is bound to events. "
                "Bind one, or name the one that is: `journey: {success: [order]}`."
            )
        if self.tally.customers < SMALL_GROUP:
            many = "Fewer than 5 customers" if self.tally.customers else "No customers"
            raise NothingToGoBy(f"{many}{whose} have journeys through this map, so there is nothing to go by.")

    @property
    def states(self) -> States:
        """The places where journeys can stand."""
        return States.of(list(self.outline.touchpoint), self.outline.success)

    @cached_property
    def model(self) -> Model:
        """The model of the months that are over; of all where those hold less than half of the journeys."""
        months = self.tally.settled_months
        rows = self.tally.journeys
        over = sum(int(n) for month, n in zip(rows.keys, rows.sums[:, 0], strict=True) if int(month) in months)
        young = 2 * over < self.tally.total
        return Model(self.states, self.tally, months=None if young or len(months) == len(rows) else months)

    @cached_property
    def backtest(self) -> Backtest:
        """How well the model foretells."""
        return backtest(self.model)

    def ask(self, edits: Sequence[str]) -> WhatIf:
        """What the edits do. Raises EditUnclear, RateImpossible, UnknownPlace, NothingToGoBy."""
        parsed = parse_edits(edits, self.states)
        imagined = imagine(self.model, parsed, currency=self.outline.map.map.currency or "")
        return WhatIf(imagined, with_edits(self.model, self.backtest, parsed), remember(self.model, parsed))

    def levers(self) -> tuple[Lever, ...]:
        """The rates that can be edited, by what ten per cent less of them is worth."""
        return levers(self.model)

    def waits(self) -> tuple[Wait, ...]:
        """The waits that can be edited."""
        return waits(self.model)

    def basis(self) -> str:
        """Which journeys the answers are made from, in one sentence."""
        whose = f" of {self.only}" if self.only else ""
        told = f"{self.tally.total:,} journeys of {self.tally.customers:,} customers{whose}"
        if self.model.months is not None:
            left = self.tally.total - int(self.model.left[0])
            last = month_name(max(self.model.months))
            return f"From {told}; {left:,} begun after {last} are left out, because many of them are under way."
        if len(self.tally.settled_months) < len(self.tally.journeys):
            return f"From {told}; many are under way, so ends that take long are counted too rarely."
        return f"From {told}."

    def notes(self) -> tuple[str, ...]:
        """What to mind with any answer about this map."""
        rule, found = self.outline.map.map.journey, []
        if not [one for one in rule.success if one in self.outline.touchpoint]:
            last = self.outline.titles[self.outline.success[0]]
            found.append(f"The map does not say what success is; it is taken to be “{last}”, its last touchpoint.")
        conversion = self.model.chances[0, 0]
        if conversion <= 0:
            found.append("Nobody succeeded, so the data cannot tell what would make anybody succeed.")
        if conversion >= 1:
            found.append("Everybody succeeded, so there is nothing left to win.")
        return tuple(found)
