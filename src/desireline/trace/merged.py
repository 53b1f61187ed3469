"""The pieces of a bucket as one: every customer's events from all of them, in time order.

The later pieces are put together by a counting pass over keys; then their events go in between those of the first
piece, at places that follow from counts. Where pieces meet in time, only the customers concerned are put in order.
Earlier pieces come first within an instant, unless ranks say otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from desireline.slices import spans
from desireline.trace.events import Events
from desireline.trace.order import I64, U64, group, in_time


def merge(pieces: Sequence[Events]) -> Events:
    """One bucket out of its pieces, the oldest first."""
    pieces = [piece for piece in pieces if len(piece.at)] or list(pieces[:1])
    if len(pieces) == 1:
        return pieces[0]
    whole = _woven(pieces[0], _together(pieces[1:]))
    order = in_time(whole.at, whole.starts, whole.rank)
    return whole if order is None else whole.each_row(lambda column: column[order], whole.starts, whole.key)


def of_customers(events: Events, key: U64) -> Events:
    """Only the customers with one of these keys (ascending, unique); those without events here are left out."""
    place = np.searchsorted(events.key, key)
    inside = place < len(events.key)
    inside[inside] = events.key[place[inside]] == key[inside]
    chosen = place[inside]
    counts = np.diff(events.starts)[chosen]
    rows = spans(events.starts[chosen], counts)
    starts = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(counts)])
    return events.each_row(lambda column: column[rows], starts, events.key[chosen])


def _together(pieces: Sequence[Events]) -> Events:
    """Events by customer; a customer's stand piece by piece, not yet by time."""
    if len(pieces) == 1:
        return pieces[0]
    owners = np.concatenate([np.repeat(piece.key, np.diff(piece.starts)) for piece in pieces])
    grouped = group(owners)
    return _columns(pieces, lambda parts: np.concatenate(parts)[grouped.rows], grouped.starts, grouped.key)


def _woven(first: Events, later: Events) -> Events:
    """Each customer's events of `first`, then those of `later`."""
    place = np.searchsorted(first.key, later.key)
    fresh = np.append(first.key, np.uint64(0))[place] != later.key
    fresh |= place == len(first.key)
    key = np.insert(first.key, place[fresh], later.key[fresh])
    counts = np.insert(np.diff(first.starts), place[fresh], 0)
    here = place + np.cumsum(fresh) - fresh
    more = np.diff(later.starts)
    counts[here] += more
    starts = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(counts)])
    places = spans(starts[1:][here] - more, more)
    old = np.ones(int(starts[-1]), dtype=np.bool_)
    old[places] = False

    def weave(parts: Sequence[npt.NDArray[Any]]) -> npt.NDArray[Any]:
        whole = np.empty(len(old), dtype=np.result_type(*parts))
        whole[old], whole[places] = parts
        return whole

    return _columns([first, later], weave, starts, key)


def _columns(
    pieces: Sequence[Events],
    join: Callable[[Sequence[npt.NDArray[Any]]], npt.NDArray[Any]],
    starts: I64,
    key: U64,
) -> Events:
    """Every column that some piece has, joined; zeros stand for it in pieces that do not have it."""

    def column(pick: Callable[[Events], npt.NDArray[Any] | None]) -> npt.NDArray[Any] | None:
        found = [pick(piece) for piece in pieces]
        if all(part is None for part in found):
            return None
        return join(
            [
                np.zeros(len(piece.at), dtype=np.uint8) if part is None else part
                for part, piece in zip(found, pieces, strict=True)
            ]
        )

    names = dict.fromkeys(name for piece in pieces for name in piece.codes)
    codes = {name: column(lambda piece, name=name: piece.codes.get(name)) for name in names}  # type: ignore[misc]
    return Events(
        starts=starts,
        key=key,
        at=join([piece.at for piece in pieces]),
        codes={name: found for name, found in codes.items() if found is not None},
        value=column(lambda piece: piece.value),
        rank=column(lambda piece: piece.rank),
    )
