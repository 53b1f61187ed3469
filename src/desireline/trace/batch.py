"""One batch of rows in the order of the finest buckets, and the ids of customers that were not seen just before."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from desireline.letters import as_letters
from desireline.trace.rows import Rows
from desireline.trace.spill import FINEST, Batch, Sorted

U64 = npt.NDArray[np.uint64]
I64 = npt.NDArray[np.int64]
Places = npt.NDArray[np.intp]

_BITS = 8
_REMEMBERED = 18  # bits: a table of 2 MiB, which the cache holds


class Seen:
    """Remembers a quarter of a million customers. Forgetting one costs an id written twice; none is ever missed.

    Threads may share it: a key is marked only by a batch that carries its id.
    """

    def __init__(self) -> None:
        self._keys = np.zeros(1 << _REMEMBERED, dtype=np.uint64)

    def new(self, key: U64) -> Places:
        """The rows of customers that are not remembered; they are now. Quick when keys stand by their top bits."""
        place = (key >> np.uint64(64 - _REMEMBERED)).astype(np.intp)
        unknown = (self._keys[place] != key) | (key == 0)
        unknown[1:] &= key[1:] != key[:-1]
        rows = np.flatnonzero(unknown)
        self._keys[place[rows]] = key[rows]
        return rows


def sort_batch(rows: Rows, seen: Seen) -> Batch:
    """The rows by finest bucket, in a bucket as they came, with the id of every customer that is new to `seen`."""
    bucket = (rows.key >> np.uint64(64 - _BITS)).astype(np.uint8)
    order = np.argsort(bucket, kind="stable")
    starts = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(np.bincount(bucket, minlength=FINEST))])
    columns = {name: column.take(order) for name, column in rows.columns().items()}
    new = seen.new(columns["key"])
    return _batch(Sorted(starts, columns), rows, order[new], np.searchsorted(new, starts))


def whole_batch(rows: Rows) -> Batch:
    """The rows as one bucket, as they came."""
    starts = np.array([0, len(rows.at)], dtype=np.int64)
    new = np.flatnonzero(np.diff(rows.key, prepend=~rows.key[:1]))
    return _batch(Sorted(starts, rows.columns()), rows, new, np.array([0, len(new)], dtype=np.int64))


def _batch(events: Sorted, rows: Rows, new: Places, starts: I64) -> Batch:
    letters = as_letters(rows.ids.gather(new))
    ends = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(letters.lengths)])
    return {
        "events": events,
        "customers": Sorted(starts, {"key": rows.key[new], "length": letters.lengths.astype(np.uint32)}),
        "letters": Sorted(ends[starts], {"flat": letters.flat}),
    }
