"""All durations of each group, kept exactly, in about six bytes each."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from desireline.paths.histogram import F64
from desireline.paths.tally import Keys, starts_of_equals
from desireline.slices import I64, U64

MOST_RUNS = 512
BLOCK = 1 << 19
THREADS = 2
LEAST = 1 << 12  # durations of a run in a block, on average, so that the steps from run to run do not weigh
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
        groups, durations = _pairs([*self.runs, *part.runs])
        gone = np.arange(len(groups)) >= sum(len(run.low) for run in self.runs)
        order = np.lexsort((gone, durations, groups))
        groups, durations, gone = groups[order], durations[order], gone[order]
        starts = np.union1d(starts_of_equals(groups), starts_of_equals(durations))
        left = np.add.reduceat(np.where(gone, -1, 1), starts) if len(starts) else starts
        kept = np.arange(len(groups)) < np.repeat(starts + left, np.diff(starts, append=len(groups)))
        return Durations(tuple(make_run(groups[kept], durations[kept]) for _ in range(bool(kept.any()))))

    def medians(self) -> tuple[U64, I64, F64]:
        """The groups, rising; how many durations each has; their medians in µs (the mean of two in the middle)."""
        groups, counts = _totals(self.runs)
        blocks = _Blocks.cut(self.runs, groups, counts)
        with ThreadPoolExecutor(THREADS, thread_name_prefix="medians") as pool:
            middles = list((pool.map if len(blocks) > 1 else map)(blocks.middles, range(len(blocks))))
        return groups, counts, np.concatenate([np.zeros(0), *middles])


def make_run(groups: Keys, durations: Keys, *, spare: int = 0) -> Run:
    """The run of these durations, of which none is negative; the `spare` ones of the highest group are left out."""
    packed, packing = _pack(groups, durations)
    packed.sort()
    groups, durations = packing.open(packed[: len(packed) - spare])
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
    groups = np.unique(np.concatenate([np.zeros(0, dtype=np.uint64), *(run.groups for run in runs)]))
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
        edges = [*np.union1d(starts_of_equals(full), starts_of_equals(many)).tolist(), len(counts)]
        cuts = [[*np.searchsorted(run.groups, groups[edges[:-1]]).tolist(), len(run.groups)] for run in runs]
        return cls(runs, groups, counts, edges, cuts, np.uint64(bits))

    def __len__(self) -> int:
        return len(self.edges) - 1

    def middles(self, block: int) -> F64:
        """The medians of a block's groups."""
        counts = self.counts[self.edges[block] : self.edges[block + 1]]
        starts = np.cumsum(counts) - counts
        rising = self._rising(block)
        mask = (np.uint64(1) << self.bits) - np.uint64(1)
        low = rising[starts + (counts - 1) // 2] & mask
        high = rising[starts + counts // 2] & mask
        middles: F64 = (low.astype(np.float64) + high.astype(np.float64)) / 2
        return middles

    def _rising(self, block: int) -> U64:
        """All durations of a block, below the number of their group, rising."""
        groups = self.groups[self.edges[block] : self.edges[block + 1]]
        found = []
        for run, cut in zip(self.runs, self.cuts, strict=True):
            first, end = cut[block], cut[block + 1]
            numbers = np.searchsorted(groups, run.groups[first:end]).astype(np.uint64) << self.bits
            durations = run.durations(first, end)
            durations |= np.repeat(numbers, run.counts[first:end])
            found.append(durations)
        rising = np.concatenate(found)
        rising.sort()
        return rising


def _pairs(runs: Sequence[Run]) -> tuple[U64, U64]:
    """The group of each duration, and the duration."""
    groups = [np.repeat(run.groups, run.counts) for run in runs]
    durations = [run.durations(0, len(run.groups)) for run in runs]
    none = np.zeros(0, dtype=np.uint64)
    return np.concatenate([none, *groups]), np.concatenate([none, *durations])


def _join(runs: Sequence[Run]) -> Run:
    return make_run(*_pairs(runs))
