"""What linked answers speak about, and whether that says enough of whole journeys to weigh their effort.

How easy the checkout was says nothing about being asked again after it. So answers give the index its weights only
where `ENOUGH` of them speak about the whole journey, or where they speak about several touchpoints together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from desireline.voice.effort.linked import WHOLE
from desireline.voice.effort.validity import ENOUGH

PLACES = 3
"""Answers about so many touchpoints speak for a journey together."""
EACH = 20
"""A touchpoint with fewer answers is not one of these: two stray answers do not widen what 600 speak about."""


@dataclass(frozen=True)
class Subject:
    """What answers speak about: `about` counts them by place, `WHOLE` for the journey; `titles` are those of places."""

    about: Mapping[str, int]
    titles: Mapping[str, str]

    @property
    def answers(self) -> int:
        """All of them."""
        return sum(self.about.values())

    @property
    def whole(self) -> bool:
        """Do enough speak about the whole journey?"""
        return self.about.get(WHOLE, 0) >= ENOUGH

    @property
    def mixed(self) -> bool:
        """Do the answers speak about the journey, or about enough of its touchpoints together?"""
        return len(self._many) >= PLACES or set(self.about) <= {WHOLE}

    @property
    def of_journeys(self) -> pl.Expr:
        """Of the rows of `linked.SCHEMA`: those that may weigh whole journeys, if any may."""
        return pl.col("place") == WHOLE if self.whole else pl.lit(value=True)

    @property
    def why_not(self) -> str:
        """Why these answers cannot weigh whole journeys; empty when they can."""
        if self.whole or (self.mixed and self.answers >= ENOUGH):
            return ""
        if not self.answers:
            return f"no answers about effort are linked to journeys; {ENOUGH} would be needed."
        if self.answers < ENOUGH and (self.mixed or len(self._places) >= PLACES):
            return f"{self.answers} of the {ENOUGH} linked answers that are needed."
        return (
            f"the linked answers speak about {self._named()}. To fit weights, {ENOUGH} must speak about the whole "
            f"journey (claimed by the feedback rule of the map), or about {PLACES} touchpoints or more between them."
        )

    @property
    def place(self) -> str:
        """The title of the one place that all answers speak about; empty where there is no such place."""
        return self.titles.get(self._places[0], self._places[0]) if len(self.about) == 1 and self._places else ""

    def says(self) -> str:
        """Of the answers that weigh: what they speak about."""
        return "the whole journey" if self.whole else f"{len(self._places)} touchpoints of the journey"

    @property
    def _places(self) -> list[str]:
        """All but the whole journey, the one with most answers first; ties by id."""
        return sorted(set(self.about) - {WHOLE}, key=lambda place: (-self.about[place], place))

    @property
    def _many(self) -> list[str]:
        return [place for place in self._places if self.about[place] >= EACH]

    def _named(self) -> str:
        named = [f"“{self.titles.get(place, place)}”" for place in self._many or self._places[:1]]
        alone = "alone" if len(named) == len(self.about) else "above all"
        return f"{' and '.join(named)} {alone}"
