"""States of questions after customers got further events: what these change is counted, the rest is left alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from desireline.paths.together import Together
from desireline.slices import Flags, Slice, spans


def grow(together: Together, had: Mapping[str, Any], before: Slice, now: Slice) -> dict[str, Any]:
    """The states `had`, where the customers of `before` are those of `now`, who may be more."""
    pairs = {name: one for name, one in together.questions.items() if one.by_pairs}
    others = {name: one for name, one in together.questions.items() if not one.by_pairs}
    found = _exchanged(Together(others, together.largest), had, before, now) if others else {}
    return found | (_exchanged(Together(pairs, together.largest), had, *new_pairs(before, now)) if pairs else {})


def _exchanged(together: Together, had: Mapping[str, Any], before: Slice, now: Slice) -> dict[str, Any]:
    left = together.take_away(had, together.partial(before)) if before.customers else had
    return together.combine([left, together.partial(now)])


def new_pairs(before: Slice, now: Slice) -> tuple[Slice, Slice]:
    """Both slices without the neighbours that stand in both.

    A customer whose further events all come behind his earlier ones is not in the first; in the second he has the
    last of his earlier events and those behind it. All others are in both, whole.
    """
    if before.key is None or now.key is None or not before.customers:
        return before, now
    later = _only_later(before, now)
    old = before.counts[later] - 1
    keep = np.ones(now.events, dtype=np.bool_)
    some = old > 0
    if some.any():
        keep[spans(now.starts[:-1][np.searchsorted(now.key, before.key[later])][some], old[some])] = False
    return before.pick_customers(~later), now.pick(keep)


def _only_later(before: Slice, now: Slice) -> Flags:
    """Which customers of the first slice have all its events at the beginning of theirs in the second."""
    assert before.key is not None
    assert now.key is not None
    place = np.minimum(np.searchsorted(now.key, before.key), max(now.customers - 1, 0))
    found: Flags = np.zeros(before.customers, dtype=np.bool_)
    if now.customers:
        found = (now.key[place] == before.key) & (now.counts[place] >= before.counts)
    if found.any():
        rows = spans(now.starts[place[found]], before.counts[found])
        inside = np.repeat(found, before.counts)
        same = now.at.take(rows) == before.at[inside]
        same &= now.touchpoint.take(rows) == before.touchpoint[inside]
        ends = np.cumsum(before.counts[found])
        found[found] = np.logical_and.reduceat(same, ends - before.counts[found])
    return found
