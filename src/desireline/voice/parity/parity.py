"""Parity: is the same promise kept whichever channel, or touchpoint, a customer meets it in?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import numpy as np
import polars as pl

from desireline.access import SMALL_GROUP
from desireline.errors import UnknownMeasure, UnknownPlace
from desireline.maps.outline import Outline
from desireline.measures.discoveries import q_values
from desireline.measures.groups import check_groups
from desireline.measures.view import View
from desireline.voice.estimate import plain
from desireline.voice.parity.asked import MEASURES, TOUCHPOINT, WORSE_WHEN_HIGH, Asked
from desireline.voice.parity.cells import Cells, add, count
from desireline.voice.parity.comparison import Compared
from desireline.voice.parity.sides import LEVEL, OTHERS, Side, find_place

CONSISTENT, DIFFERENT, NOT_ENOUGH = "consistent", "different", "not enough data"
SEEN = 0.05
"""A design effect that is further from 1 is told."""


@dataclass(frozen=True)
class Parity:
    """One side against the others at one place."""

    place: str
    title: str
    sides: tuple[Side, Side]  # the second is "all others" where there are several
    compared: Compared
    different_q: float = np.nan  # of no difference
    same_q: float = np.nan  # of being further apart than the margin
    verdict: str = NOT_ENOUGH
    worse: str = ""  # title of the side that fares worse, where they differ
    says: str = ""


@dataclass(frozen=True)
class Parities:
    """All comparisons, most different first; `tested` is how many were made."""

    measure: str
    by: str
    margin: float
    strata: tuple[str, ...]
    found: tuple[Parity, ...]
    sides: dict[str, tuple[Side, ...]]  # by place
    tested: int
    notes: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Everything as plain data; what is not known is None."""
        return {name: plain(one) for name, one in asdict(self).items()}


@dataclass(frozen=True)
class FindParity:
    """The analysis: a part is the sums of its cells. Raises UnknownMeasure, UnknownGroup, UnknownPlace at once."""

    outline: Outline
    asked: Asked = field(default_factory=Asked)

    @property
    def groupings(self) -> tuple[str, ...]:
        """What is grouped by."""
        return (self.asked.by, *self.asked.strata)

    def __post_init__(self) -> None:
        """Nothing is walked for a question that has no answer."""
        if self.asked.measure not in MEASURES:
            raise UnknownMeasure(self.asked.measure, MEASURES)
        check_groups(tuple(one for one in (self.asked.by, *self.asked.strata) if one != TOUCHPOINT), None)
        known = [self.outline.map.map.id, *(s.id for s in self.outline.stages), *self.outline.touchpoint]
        for place in self.asked.at:
            if place not in known:
                raise UnknownPlace(place, known)

    def partial(self, view: View) -> Cells:
        """The cells of one bucket."""
        return count(view, self.asked)

    def combine(self, parts: Sequence[Cells]) -> Cells:
        """The cells of several."""
        return add(parts)

    def finish(self, part: Cells) -> Parities:
        """Every place at which two sides can be compared."""
        return find_parity(add([part]), self.asked, self.outline)


@dataclass(frozen=True)
class FindParities:
    """Several outcomes, all from one walk; otherwise what `asked` says."""

    outline: Outline
    measures: tuple[str, ...] = ("kept", "failed", "csat")
    asked: Asked = field(default_factory=Asked)

    def partial(self, view: View) -> tuple[Cells, ...]:
        """The cells of one bucket, by outcome."""
        return tuple(one.partial(view) for one in self._each)

    def combine(self, parts: Sequence[tuple[Cells, ...]]) -> tuple[Cells, ...]:
        """The cells of several."""
        return tuple(add([part[k] for part in parts]) for k in range(len(self.measures)))

    def finish(self, part: tuple[Cells, ...]) -> tuple[Parities, ...]:
        """What is found of each outcome, those left out of which nothing can be compared."""
        found = (one.finish(cells) for one, cells in zip(self._each, part, strict=True))
        return tuple(one for one in found if one.found)

    @property
    def _each(self) -> list[FindParity]:
        return [FindParity(self.outline, replace(self.asked, measure=measure)) for measure in self.measures]


def find_parity(cells: Cells, asked: Asked, outline: Outline) -> Parities:
    """The comparisons, tested together; sides of fewer than five customers, and what tells of them, are hidden."""
    order = [outline.map.map.id, *(stage.id for stage in outline.stages), *outline.touchpoint]
    # Where nothing ever failed, nothing is compared; any feeling can be.
    happened = pl.col("x") > 0 if asked.is_share else pl.col("n") > 0
    there = set(cells.cells.filter(happened)["place"].unique())
    places = [find_place(cells, place, asked, outline) for place in asked.at or order if place in there]
    drafts = [
        Parity(place.id, outline.titles.get(place.id, place.id), (met.first, met.second), met.compared)
        for place in places
        for met in place.met(asked)
    ]
    found = _judged(drafts, asked)
    notes = _hiding(sum(place.hidden for place in places), sum(place.protecting for place in places))
    if any(abs(one.compared.design - 1) > SEEN for one in found):
        notes.append("Customers came more than once; intervals and tests take the customer as the unit.")
    sides = {place.id: place.sides for place in places if place.sides}
    return Parities(asked.measure, asked.by, asked.margin, asked.strata, tuple(found), sides, len(found), tuple(notes))


def _hiding(few: int, protecting: int) -> list[str]:
    """What is not shown, and why."""
    whom = "them" if few else "smaller groups"
    return [
        *([f"Sides of fewer than {SMALL_GROUP} customers are hidden: {few}."] if few else []),
        *([f"Larger sides are hidden to protect {whom}: {protecting}."] if protecting else []),
    ]


def _judged(drafts: list[Parity], asked: Asked) -> list[Parity]:
    """With q-values over all comparisons, verdicts and words; different ones first, then the undecided."""
    different = q_values(np.array([one.compared.different_p for one in drafts]))
    same = q_values(np.array([one.compared.same_p for one in drafts]))
    found = [
        _worded(replace(one, different_q=float(p), same_q=float(q)), asked)
        for one, p, q in zip(drafts, different, same, strict=True)
    ]
    rank = {DIFFERENT: 0, NOT_ENOUGH: 1, CONSISTENT: 2}
    return sorted(found, key=lambda one: rank[one.verdict])


def _worded(one: Parity, asked: Asked) -> Parity:
    """Equal within the margin counts before different: a difference that is too small to matter is no misalignment."""
    if one.same_q <= LEVEL:
        return replace(one, verdict=CONSISTENT, says=f"equal within {_far(asked.within, asked)}")
    first, second = one.sides
    if one.different_q <= LEVEL:
        below = (one.compared.difference.value < 0) != (asked.measure in WORSE_WHEN_HIGH)
        far = _far(abs(one.compared.difference.value), asked)
        worse, better = (first, second) if below else (second, first)
        says = f"{worse.title} is {far} worse than {better.title}"
        if worse.title.startswith(OTHERS):  # many are not named as the one that is worse
            says = f"{better.title} is {far} better than {worse.title}"
        return replace(one, verdict=DIFFERENT, worse=worse.title, says=says)
    more = one.compared.needed
    says = NOT_ENOUGH if more is None else f"{NOT_ENOUGH}: {first.n:,} and {second.n:,} of {more:,} each"
    return replace(one, says=says)


def _far(gap: float, asked: Asked) -> str:
    return f"{100 * gap:.1f} points" if asked.is_share else f"{gap:.2f} of feeling"
