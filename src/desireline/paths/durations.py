"""All durations of each group, kept exactly, in about six bytes each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isqrt
from typing import Any

import numpy as np
import numpy.typing as npt

from desireline.paths.histogram import F64
from desireline.paths.tally import Keys, starts_of_equals
from desireline.slices import I64, U64, spans, spread

MOST_RUNS = 512
BLOCK = 1 << 20
LEAST = 1 << 13  # durations of a run in a block, on average, so that the steps from run to run do not weigh
WORTH = 4  # from which size of steps on a sample spares work
_LOW_BITS = np.uint64(32)


@dataclass(frozen=True)
class Run:
    """Durations in µs by group: those of `groups[i]` stand at `starts[i]` up to `starts[i + 1]`, rising.

    A duration is cut into its lower 32 bits and the rest, which fits 16 bits up to 8.9 years.
    """

    groups: U64
    starts: I64
    low: npt.NDArray[np.uint32]
    high: npt.NDArray[np.unsignedinteger[Any]]

    @property
    def counts(self) -> I64:
        """How many durations each group has."""
        return np.diff(self.starts)

    def minus(self, part: Run) -> tuple[Run, Run | None]:
        """This without what stands in `part` too, and what of `part` is left."""
        groups, durations = _pairs([part])
        starts = part.starts_of_equals()
        again = np.arange(len(durations)) - np.repeat(starts, np.diff(starts, append=len(durations)))
        place, end = self._find(groups, durations)
        place += again
        here = place < end
        here[here] = self._at(place[here]) == durations[here]
        left = _rows(part, ~here) if not here.all() else None
        keep = np.ones(len(self.low), dtype=np.bool_)
        keep[place[here]] = False
        return _rows(self, keep), left

    def starts_of_equals(self) -> I64:
        """Where each stretch of equal durations of one group begins."""
        begins = np.append(True, (self.low[1:] != self.low[:-1]) | (self.high[1:] != self.high[:-1]))[: len(self.low)]
        begins[self.starts[:-1]] = True
        return np.flatnonzero(begins)

    def _find(self, groups: U64, durations: U64) -> tuple[I64, I64]:
        """Where each duration stands first, or would stand, among those of its group; and where these end."""
        group = np.searchsorted(self.groups, groups)
        known = np.append(self.groups, ~groups[-1:])[group] == groups
        low = np.where(known, self.starts[np.minimum(group, len(self.groups) - 1)], 0)
        end = np.where(known, self.starts[np.minimum(group + 1, len(self.groups))], 0)
        high = end.copy()
        while (open_ := np.flatnonzero(low < high)).size:
            middle = (low[open_] + high[open_]) // 2
            less = self._at(middle) < durations[open_]
            low[open_[less]] = middle[less] + 1
            high[open_[~less]] = middle[~less]
        return low, end

    def _at(self, places: I64) -> U64:
        """The durations that stand there."""
        return (self.high[places].astype(np.uint64) << _LOW_BITS) | self.low[places]

    def durations(self, first: int, end: int) -> U64:
        """The durations of groups number `first` up to `end`."""
        a, b = self.starts[first], self.starts[end]
        found = self.high[a:b].astype(np.uint64)
        found <<= _LOW_BITS
        found |= self.low[a:b]
        return found


@dataclass(frozen=True)
class Durations:
    """Durations by group, as runs that are merged, block by block, when they are read or grow too many."""

    runs: tuple[Run, ...] = ()

    def plus(self, others: Sequence[Durations]) -> Durations:
        """These and all others together."""
        runs = [run for one in (self, *others) for run in one.runs]
        if len(runs) > MOST_RUNS:
            runs.sort(key=lambda run: len(run.low))
            runs = [_join(runs[: -MOST_RUNS // 2]), *runs[-MOST_RUNS // 2 :]]
        return Durations(tuple(runs))

    def minus(self, part: Durations) -> Durations:
        """These without those of `part`, each taken out as often as it stands there."""
        runs = []
        gone = _join(part.runs) if part.runs else None
        for run in self.runs:
            run, gone = run.minus(gone) if gone else (run, None)
            runs.append(run)
        return Durations(tuple(run for run in runs if len(run.low)))

    def medians(self) -> tuple[U64, I64, F64]:
        """The groups, rising; how many durations each has; their medians in µs (the mean of two in the middle)."""
        groups, counts = _totals(self.runs)
        blocks = _Blocks.cut(self.runs, groups, counts)
        middles = [blocks.middles(block) for block in range(len(blocks))]
        return groups, counts, np.concatenate([np.zeros(0), *middles])


def make_run(groups: Keys, durations: Keys, *, spare: int = 0) -> Run:
    """The run of these durations, of which none is negative; the `spare` ones of the highest group are left out."""
    packed, packing = _pack(groups, durations)
    packed.sort()
    return _rising_run(packed[: len(packed) - spare], packing)


def _rising_run(packed: U64, packing: _Packing) -> Run:
    groups, durations = packing.open(packed)
    starts = starts_of_equals(groups)
    high = durations >> _LOW_BITS
    kind = np.min_scalar_type(int(high.max(initial=0)))
    return Run(groups[starts], np.append(starts, len(groups)), durations.astype(np.uint32), high.astype(kind))


@dataclass(frozen=True)
class _Packing:
    """How a group and a duration share 64 bits: the group above `bits`; where too long, their places in lists."""

    bits: np.uint64
    groups: U64 | None
    durations: U64 | None

    def open(self, packed: U64) -> tuple[U64, U64]:
        """The groups and the durations."""
        groups = packed >> self.bits
        durations = packed & ((np.uint64(1) << self.bits) - np.uint64(1))
        return (
            groups if self.groups is None else self.groups[groups.view(np.int64)],
            durations if self.durations is None else self.durations[durations.view(np.int64)],
        )


def _pack(groups: Keys, durations: Keys) -> tuple[U64, _Packing]:
    """Numbers that rise with the group, then with the duration."""
    named: U64 | None = None
    listed: U64 | None = None
    bits = int(durations.max(initial=0)).bit_length()
    if int(groups.max(initial=0)).bit_length() + bits > 64:
        named = np.unique(groups.astype(np.uint64))
        groups = np.searchsorted(named, groups)
        if len(named).bit_length() + bits > 64:
            listed = np.unique(durations.astype(np.uint64))
            durations = np.searchsorted(listed, durations)
            bits = len(listed).bit_length()
    packed = groups.astype(np.uint64)
    packed <<= np.uint64(bits)
    packed |= durations.astype(np.uint64, copy=False)
    return packed, _Packing(np.uint64(bits), named, listed)


def _totals(runs: Sequence[Run]) -> tuple[U64, I64]:
    """The groups of all runs, rising, and how many durations each has."""
    groups = np.sort(np.concatenate([np.zeros(0, dtype=np.uint64), *(run.groups for run in runs)]))
    groups = groups[starts_of_equals(groups)]
    counts = np.zeros(len(groups), dtype=np.int64)
    for run in runs:
        counts[np.searchsorted(groups, run.groups)] += run.counts
    return groups, counts


@dataclass(frozen=True)
class _Blocks:
    """Groups in blocks with a bounded number of durations; run i holds block j as its groups from `cuts[i][j]` on."""

    runs: Sequence[Run]
    groups: U64
    counts: I64
    edges: list[int]
    cuts: list[list[int]]
    bits: np.uint64

    @classmethod
    def cut(cls, runs: Sequence[Run], groups: U64, counts: I64) -> _Blocks:
        bits = 32 + max((int(run.high.max(initial=0)).bit_length() for run in runs), default=0)
        full = (np.cumsum(counts) - 1) // max(BLOCK, LEAST * len(runs))
        many = np.arange(len(counts)) // (1 << (64 - bits))  # a group's number in its block stands above `bits`
        edges = sorted({*starts_of_equals(full).tolist(), *starts_of_equals(many).tolist(), len(counts)})
        cuts = [[*np.searchsorted(run.groups, groups[edges[:-1]]).tolist(), len(run.groups)] for run in runs]
        return cls(runs, groups, counts, edges, cuts, np.uint64(bits))

    def __len__(self) -> int:
        return len(self.edges) - 1

    def middles(self, block: int) -> F64:
        """The medians of a block's groups."""
        counts = self.counts[self.edges[block] : self.edges[block + 1]]
        starts = np.cumsum(counts) - counts
        low, high = _pick(self._rising(block), starts + (counts - 1) // 2, starts + counts // 2, self.bits)
        middles: F64 = (low.astype(np.float64) + high.astype(np.float64)) / 2
        return middles

    def _rising(self, block: int) -> list[U64]:
        """The durations of a block in each run, rising, below the number of their group."""
        groups = self.groups[self.edges[block] : self.edges[block + 1]]
        found = []
        for run, cut in zip(self.runs, self.cuts, strict=True):
            first, end = cut[block], cut[block + 1]
            durations = run.durations(first, end)
            numbers = np.searchsorted(groups, run.groups[first:end]).astype(np.uint64) << self.bits
            durations |= spread(numbers, run.starts[first:end] - run.starts[first], len(durations))
            found.append(durations)
        return found


def _pick(runs: Sequence[U64], low: I64, high: I64, bits: np.uint64) -> tuple[U64, U64]:
    """The durations that stand at places `low[i]` and `high[i]` of all together, which group i holds.

    Only what is near is put in order: a sample, every so many of each run, tells between which two numbers a place
    must lie, since each run has fewer than that many below its first number of the sample and between any two.
    """
    whole = np.concatenate(runs)
    mask = (np.uint64(1) << bits) - np.uint64(1)
    every = isqrt(len(whole) // (len(runs) * len(low)))
    if every < WORTH:
        whole.sort()
        return whole.take(low) & mask, whole.take(high) & mask
    sample = np.concatenate([run[every - 1 :: every] for run in runs])
    sample.sort()
    least = np.arange(len(low), dtype=np.uint64) << bits
    most = least | mask
    before = (low - len(runs) * (every - 1)) // every
    np.maximum(least, sample.take(before - 1, mode="clip"), out=least, where=before > 0)
    after = high // every
    np.minimum(most, sample.take(after, mode="clip"), out=most, where=after < len(sample))
    begins = np.array([np.searchsorted(run, least) for run in runs])
    counts = np.array([np.searchsorted(run, most, side="right") for run in runs]) - begins
    first = np.cumsum([0, *map(len, runs[:-1])])[:, None]
    near = whole.take(spans((begins + first).ravel(), counts.ravel()))
    near.sort()
    size = counts.sum(axis=0)
    shift = np.cumsum(size) - size - begins.sum(axis=0)
    return near.take(low + shift) & mask, near.take(high + shift) & mask


def _pairs(runs: Sequence[Run]) -> tuple[U64, U64]:
    """The group of each duration, and the duration."""
    groups = [np.repeat(run.groups, run.counts) for run in runs]
    durations = [run.durations(0, len(run.groups)) for run in runs]
    none = np.zeros(0, dtype=np.uint64)
    return np.concatenate([none, *groups]), np.concatenate([none, *durations])


def _rows(run: Run, keep: npt.NDArray[np.bool_]) -> Run:
    """Only these durations of a run."""
    counts = np.add.reduceat(keep, run.starts[:-1], dtype=np.int64) if len(run.groups) else run.counts
    some = counts > 0
    starts = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(counts[some])])
    return Run(run.groups[some], starts, np.compress(keep, run.low), np.compress(keep, run.high))


def _join(runs: Sequence[Run]) -> Run:
    return make_run(*_pairs(runs))
