"""How often each key was seen, for keys too many or too scattered for a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from desireline.slices import I64, U64, stretches

Keys = npt.NDArray[np.integer[Any]]
Pair = tuple[U64, I64]

SMALL = 1 << 20


@dataclass(frozen=True)
class Tally:
    """Counts by key, kept as runs of rising keys that are added up when they are read or grow too many.

    Adding a state at a time would copy the whole each time; so a run waits until those that wait outweigh the rest.
    """

    runs: tuple[Pair, ...] = ()

    @cached_property
    def settled(self) -> Pair:
        """The keys, rising, each once, and how often each was seen, never 0."""
        return self.runs[0] if len(self.runs) == 1 else _merge(self.runs)

    @property
    def keys(self) -> U64:
        """The keys, rising, each once."""
        return self.settled[0]

    @property
    def counts(self) -> I64:
        """How often each of `keys` was seen."""
        return self.settled[1]

    def plus(self, others: Sequence[Tally]) -> Tally:
        """The counts of this and all others together."""
        runs = tuple(run for tally in (self, *others) for run in tally.runs if len(run[0]))
        sizes = [len(keys) for keys, _ in runs]
        if sum(sizes) - max(sizes, default=0) <= max(SMALL, 2 * max(sizes, default=0)) and len(runs) <= 64:
            return Tally(runs)
        return Tally((_merge(runs),))

    def minus(self, part: Tally) -> Tally:
        """The counts without those of `part`."""
        runs = (*self.runs, *((keys, -counts) for keys, counts in part.runs))
        return Tally((_merge(runs),))


def count_keys(keys: Keys, cells: int) -> Tally:
    """How often each key is seen; keys are from 0 and below `cells`."""
    if not len(keys):
        return Tally()
    if cells > max(4 * len(keys), 1 << 16):
        return count_rising(np.sort(keys))
    counts = count_small_keys(keys.astype(np.uint8, copy=False)) if cells <= 256 else np.bincount(keys)
    seen = np.flatnonzero(counts)
    return Tally(((seen.astype(np.uint64), counts[seen]),))


def count_rising(keys: Keys) -> Tally:
    """How often each key is seen, of keys that never fall."""
    starts = starts_of_equals(keys)
    return Tally(((keys[starts].astype(np.uint64), np.diff(starts, append=len(keys))),)) if len(keys) else Tally()


def count_small_keys(keys: npt.NDArray[np.uint8]) -> I64:
    """How often each of the keys 0 to 255 is seen, shape (256,).

    Sorting bytes is one counting pass, and other threads go on meanwhile: NumPy's own counting holds them up.
    """
    edges = np.searchsorted(np.sort(keys, kind="stable"), np.arange(1, 256, dtype=np.uint8))
    found: I64 = np.diff(edges, prepend=0, append=len(keys))
    return found


def starts_of_equals(rising: npt.NDArray[Any]) -> I64:
    """Where each stretch of equal values begins."""
    return stretches(rising)[:-1]


def _merge(runs: Sequence[Pair]) -> Pair:
    if not runs:
        return np.zeros(0, dtype=np.uint64), np.zeros(0, dtype=np.int64)
    top = max(int(keys[-1]) for keys, _ in runs if len(keys)) if any(len(keys) for keys, _ in runs) else 0
    if top <= max(4 * sum(len(keys) for keys, _ in runs), 1 << 16):
        keys, counts = _merge_in_table(runs, top + 1)
    else:
        keys, counts = _merge_by_sort(runs)
    left = counts != 0
    return (keys, counts) if left.all() else (keys[left], counts[left])


def _merge_in_table(runs: Sequence[Pair], cells: int) -> Pair:
    table = np.zeros(cells, dtype=np.int64)
    for keys, counts in runs:
        table[keys.view(np.int64)] += counts
    seen = np.flatnonzero(table)
    return seen.astype(np.uint64), table[seen]


def _merge_by_sort(runs: Sequence[Pair]) -> Pair:
    keys = np.concatenate([keys for keys, _ in runs])
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    starts = starts_of_equals(keys)
    return keys[starts], np.add.reduceat(np.concatenate([counts for _, counts in runs])[order], starts)
