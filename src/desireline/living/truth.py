"""How far a map may be believed: a score from 0 to 100, made of parts that are shown.

    score = 100 × Σ weight × part / Σ weight, over the parts that can be told

| part | is | weight |
|---|---|--:|
| fitness | mean fitness of journeys: how well what happens fits what is drawn | 25 |
| explained | half the share of events, half the share of customers that anything on the map explains | 15 |
| covered | the share of touchpoints that have data | 10 |
| agreement | drawn feelings and promises: 1 where data agree or the promise is kept, ½ undecided, 0 against | 20 |
| evidence | cards: strong 1, fair 0.7, weak 0.4, assumed only 0.1, contradicted 0; the mean | 20 |
| review | 1 until the review is due, then falling to 0 at twice its interval | 10 |

What a map does not say, or nobody measures, cannot be believed: without cards evidence is 0, and without a drawn
feeling or promise that is measured agreement is, so that nothing is gained by saying less.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Protocol

from desireline.living.cards import Graded
from desireline.living.promises import Promised
from desireline.living.read import Book
from desireline.living.reminders import overdue, reviewed_on
from desireline.maps.outline import Outline, in_order

WEIGHTS: Mapping[str, float] = {
    "fitness": 25,
    "explained": 15,
    "covered": 10,
    "agreement": 20,
    "evidence": 20,
    "review": 10,
}
WORTH: Mapping[str, float] = {"strong": 1.0, "fair": 0.7, "weak": 0.4, "assumed only": 0.1, "contradicted": 0.0}
_AGREED = {"agrees": 1.0, "kept": 1.0, "undecided": 0.5, "contradicted": 0.0, "broken": 0.0}


class Covered(Protocol):
    """What of a coverage is looked at."""

    @property
    def events(self) -> int: ...
    @property
    def events_explained(self) -> int: ...
    @property
    def customers(self) -> int: ...
    @property
    def customers_explained(self) -> int: ...
    @property
    def touchpoints_visited(self) -> int: ...


@dataclass(frozen=True)
class Part:
    """One part of the score, from 0 to 1; None where it cannot be told."""

    name: str
    value: float | None
    weight: float
    says: str


@dataclass(frozen=True)
class Truth:
    """The score and its parts."""

    score: float | None  # None: no part can be told
    parts: tuple[Part, ...]

    @property
    def weakest(self) -> Part:
        """The part that costs most: of what is missing to a whole one, by weight. There must be a score."""
        told = [part for part in self.parts if part.value is not None and part.weight > 0]
        return max(told, key=lambda part: (part.weight * (1 - (part.value or 0.0)), part.name))

    def as_json(self) -> dict[str, Any]:
        """As plain data."""
        return {"score": self.score, "parts": [asdict(part) for part in self.parts]}


def tell_truth(
    outline: Outline,
    book: Book,
    coverage: Covered,
    *,
    graded: tuple[tuple[Graded, ...], tuple[Promised, ...]],
    today: date,
    weights: Mapping[str, float] | None = None,
) -> Truth:
    """The score of a map. `graded`: its cards and its promises; `weights` replaces some of WEIGHTS."""
    cards, promises = graded
    told = {
        "fitness": _fitness(outline, book),
        "explained": _explained(coverage),
        "covered": _covered(outline, coverage),
        "agreement": _agreement(cards, promises, outline),
        "evidence": _evidence(cards),
        "review": _review(outline, today),
    }
    weigh = {**WEIGHTS, **(weights or {})}
    parts = tuple(Part(name, value, weigh[name], says) for name, (value, says) in told.items())
    known = [part for part in parts if part.value is not None and part.weight > 0]
    total = sum(part.weight for part in known)
    score = round(100 * sum(part.weight * (part.value or 0.0) for part in known) / total, 1) if total else None
    return Truth(score, parts)


Told = tuple[float | None, str]


def _fitness(outline: Outline, book: Book) -> Told:
    read = book.get("fitness", outline.map.map.id)
    if read is None:
        return None, "no journeys to compare"
    ends = f" [{read.low:.2f}, {read.high:.2f}]" if read.low is not None and read.high is not None else ""
    return read.value, f"mean fitness {read.value:.2f}{ends} of {read.n:,} customers"


def _explained(coverage: Covered) -> Told:
    if not coverage.events or not coverage.customers:
        return None, "no events"
    events, people = coverage.events_explained / coverage.events, coverage.customers_explained / coverage.customers
    return (events + people) / 2, f"{100 * events:.0f} % of events and {100 * people:.0f} % of customers are explained"


def _covered(outline: Outline, coverage: Covered) -> Told:
    every = len(outline.touchpoints)
    if not every:
        return None, "no touchpoints"
    return coverage.touchpoints_visited / every, f"{coverage.touchpoints_visited} of {every} touchpoints have data"


def _agreement(cards: tuple[Graded, ...], promises: tuple[Promised, ...], outline: Outline) -> Told:
    if not promises and all(card.level is None for card in in_order(outline.map.cards)):
        return 0.0, "the map draws no feeling and makes no promise"
    drawn = [card.agreement for card in cards if card.measure == "emotion" and card.agreement in _AGREED]
    kept = [promise.verdict for promise in promises if promise.verdict in _AGREED]
    every = [*drawn, *kept]
    if not every:
        return 0.0, "no drawn feeling or promise is measured"
    value = sum(_AGREED[one] for one in every) / len(every)
    good, bad = (sum(one in names for one in every) for names in (("agrees", "kept"), ("contradicted", "broken")))
    says = f"of {len(drawn)} drawn feelings and {len(kept)} promises that are measured, {good} hold and {bad} do not"
    return value, says


def _evidence(cards: tuple[Graded, ...]) -> Told:
    if not cards:
        return 0.0, "the map has no cards"
    counted = {grade: sum(card.grade == grade for card in cards) for grade in WORTH}
    says = ", ".join(f"{count} {grade}" for grade, count in counted.items() if count)
    return sum(WORTH[card.grade] for card in cards) / len(cards), f"of {len(cards)} cards {says}"


def _review(outline: Outline, today: date) -> Told:
    review, late = outline.map.map.review, overdue(outline, today=today)
    if review is None or review.every_days is None or late is None:
        return 0.0, "nobody said when to look at the map again"
    if review.last is None:
        return 0.0, "no review is noted"
    if reviewed_on(outline, today=today) is None:
        return 0.0, f"the review noted on {review.last} has not been yet"
    value = min(1.0, max(0.0, 1 - late / review.every_days))
    return value, f"last reviewed on {review.last}, every {review.every_days} days"
