"""Which touchpoint an event without one may belong to: told from names, and from what comes before and after it.

Nothing here binds anything; a person takes a suggestion or leaves it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from desireline.maps.outline import Outline
from desireline.maps.records import Touchpoint

LEAST = 0.5
"""The score from which a pair is suggested."""

OFTEN = 0.3
"""The share of an event's occurrences from which a neighbour tells something."""

OF_STAGE = 0.25
"""What it tells that an event shares a word with the stage of a touchpoint, and none with the touchpoint."""

MANY = 4
"""The names of events from which on a word tells nothing: “view”, where many events are views."""

_ALIKE = 0.75
_FILLING = "a an and are at be by for from has have in is it of on or our the to was were with you your"
_FILLERS = frozenset(_FILLING.split())
_WORD = re.compile(r"[a-z]+|[A-Z]+(?![a-z])|[A-Z][a-z]*|[^\W\d_]+")


@dataclass(frozen=True)
class Near:
    """How often other touchpoints come right before and right after an event, as shares of its occurrences."""

    before: Mapping[str, float] = field(default_factory=dict)
    after: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Suggested:
    """An event for a touchpoint, and why; `score` is 0 to 1."""

    touchpoint: str
    event: str
    score: float
    why: tuple[str, ...]


def suggest_bindings(outline: Outline, near: Mapping[str, Near], *, most: int = 12) -> list[Suggested]:
    """The surest suggestions, each event once. `near` holds the events without a touchpoint."""
    names = {*near, *(name for point in outline.bound if point.when for name in point.when.texts("event"))}
    common = {word for word, many in Counter(word for name in names for word in words(name)).items() if many >= MANY}
    pairs = [
        found
        for event, around in near.items()
        for point in outline.touchpoints
        if (found := _pair(outline, point, event, around, common)).score >= LEAST
    ]
    best: dict[str, Suggested] = {}
    for one in sorted(pairs, key=lambda one: (-one.score, one.event, one.touchpoint)):
        best.setdefault(one.event, one)
    return list(best.values())[:most]


def likeness(a: str, b: str, common: Collection[str] = ()) -> tuple[float, list[str]]:
    """How alike two names are by their words, 0 to 1, and the words of the first that the second has too.

    Words that are `common` do not count.

    >>> likeness("order_paid", "Pay the order")[1]
    ['order']
    """
    ours, theirs = ([word for word in words(name) if word not in common] for name in (a, b))
    shared = [one for one in ours if any(_alike(one, other) for other in theirs)]
    return (2 * len(shared) / (len(ours) + len(theirs)) if ours and theirs else 0.0), shared


def words(name: str) -> list[str]:
    """The words of a name in small letters, each once: of `orderPaid`, `order-paid` and “Order paid” the same."""
    found = [one.lower() for one in _WORD.findall(name)]
    return list(dict.fromkeys(one for one in found if one not in _FILLERS)) or list(dict.fromkeys(found))


def _alike(a: str, b: str) -> bool:
    if a == b or (min(len(a), len(b)) >= 4 and (a.startswith(b) or b.startswith(a))):
        return True
    return a[0] == b[0] and min(len(a), len(b)) >= 4 and SequenceMatcher(None, a, b).ratio() >= _ALIKE


def _pair(outline: Outline, point: Touchpoint, event: str, near: Near, common: Collection[str]) -> Suggested:
    named = sorted(point.when.texts("event")) if point.when else []
    score, shared, name = max(
        ((*likeness(event, one, common), one) for one in (point.title or point.id, point.id, *named)),
        key=lambda one: one[0],
    )
    why = []
    if shared:
        both = ", ".join(f"“{word}”" for word in shared)
        why.append(f"Its name shares {both} with “{point.title if name == point.id else name}”.")
    if point.when is not None:
        return Suggested(point.id, event, round(0.8 * score, 3), tuple(why))
    stage = outline.titles.get(point.stage, "")
    _, of_stage = likeness(event, stage, common)
    if of_stage and not shared:
        why.append(f"Its name shares “{of_stage[0]}” with the stage “{stage}”.")
    order, reasons = _order(outline, point, near)
    told = 0.8 * score + (OF_STAGE if of_stage else 0.0) + order
    return Suggested(point.id, event, round(min(1.0, told), 3), (*why, *reasons))


def _order(outline: Outline, point: Touchpoint, near: Near) -> tuple[float, list[str]]:
    """What the order says for a touchpoint that has no rule yet: the nearest ones with a rule on both sides count."""
    points = outline.touchpoints
    place = [one.id for one in points].index(point.id)
    before = _bound(points[:place][::-1])
    after = _bound(points[place + 1 :])
    found, why = 0.0, []
    for other, shares, says in ((before, near.before, "follows"), (after, near.after, "comes before")):
        share = shares.get(other.id, 0.0) if other else 0.0
        if other and share >= OFTEN:
            found += 0.3
            why.append(
                f"It {says} “{other.title or other.id}” in {share:.0%} of cases, as this touchpoint does on the map."
            )
    return found, why


def _bound(points: Sequence[Touchpoint]) -> Touchpoint | None:
    return next((one for one in points if one.when is not None), None)
