"""The order of records, and order keys for a list that somebody wrote.

Keys that still say the list's order stay, the others are made anew between.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import Any

from desireline.maps.edits import even_keys, is_key, key_between


def place_in_order(record: Mapping[str, Any]) -> tuple[bool, str, str]:
    """Sorts records as `maps.outline.in_order` has it: those without a key come last, as they stand."""
    order = record.get("order")
    return (order is None, str(order or ""), str(record["id"]) if order else "")


def fitted(ids: Sequence[str], said: Sequence[str | None]) -> list[str]:
    """A key for each id, so that sorting by (key, id) gives this very order.

    As many of the keys that are said as possible stay: the longest run that ascends. Texts that are no keys are made
    anew, and so is a key that leaves no room for what must stand before it.
    """
    kept = _longest_run([(key, id_) if key and is_key(key) else None for key, id_ in zip(said, ids, strict=True)])
    found: list[str] = []
    low: str | None = None
    gap = 0
    for place in range(len(ids)):
        key = said[place]
        if place not in kept or key is None or (gap and low is not None and key <= low):
            gap += 1
            continue
        found += keys_between(low, key, gap)
        found.append(key)
        low, gap = key, 0
    return found + keys_between(low, None, gap)


def keys_between(low: str | None, high: str | None, count: int) -> list[str]:
    """That many ascending keys between two others, short ones: each halves what is left."""
    if count == 0:
        return []
    if low is None and high is None:
        return even_keys(count)
    half = count // 2
    middle = key_between(low, high)
    return [*keys_between(low, middle, half), middle, *keys_between(middle, high, count - half - 1)]


def _longest_run(said: Sequence[tuple[str, str] | None]) -> set[int]:
    """The places of the longest part of these that ascends."""
    ends: list[tuple[str, str]] = []
    places: list[int] = []
    before: list[int | None] = []
    for place, key in enumerate(said):
        before.append(None)
        if key is None:
            continue
        at = bisect_left(ends, key)
        before[place] = places[at - 1] if at else None
        ends[at:] = [key] if at == len(ends) else [key, *ends[at + 1 :]]
        places[at:] = [place] if at == len(places) else [place, *places[at + 1 :]]
    found: set[int] = set()
    last = places[-1] if places else None
    while last is not None:
        found.add(last)
        last = before[last]
    return found
