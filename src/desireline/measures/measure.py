"""What a measure is: a definition that observes journeys or answers, and a family that adds them up.

`observe` gives `rows.Observations`: for rows of journeys at places (or answers at places) two whole numbers each, `x`
(what is counted) and `m` (out of how many). The readings and the lists of customers behind them are both made from
these, so they cannot disagree. The docstring of `observe` is the measure's help page.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from inspect import cleandoc
from typing import Literal

from desireline.measures.family import Family
from desireline.measures.rows import Observations
from desireline.measures.view import View

Place = Literal["map", "stage", "touchpoint", "edge"]
Observe = Callable[[View], Observations]


@dataclass(frozen=True)
class Measure:
    """A definition of a number."""

    name: str
    title: str
    unit: str
    family: Family
    places: tuple[Place, ...]
    observe: Observe
    minimum: int = 1  # customers below which the answer is "not enough data"
    per_team: Literal["any", "sum", "rows"] = "any"  # what one journey's rows at a team's touchpoints come to
    shares: str | None = None  # name common to measures whose observations are the very same
    weighted: bool = False  # only where weights differ from 1
    money: bool = False  # silent where the data hold no money at all
    speaks_of: Literal["steps", "answers"] = "steps"
    needs: tuple[str, ...] = ()  # measures whose shown readings its values are put together from

    @property
    def about(self) -> str:
        """The help page."""
        return cleandoc(self.observe.__doc__ or "")

    @property
    def tally(self) -> str:
        """Name of the partial; measures that observe the same and add up the same way share it."""
        return f"{self.shares or self.name}:{self.family.state}"


def measure(
    name: str, *, title: str, unit: str, family: Family, places: tuple[Place, ...], **more: object
) -> Callable[[Observe], Measure]:
    """The decorated `observe` as a Measure."""

    def define(observe: Observe) -> Measure:
        return Measure(name, title, unit, family, places, observe, **more)  # type: ignore[arg-type]

    return define
