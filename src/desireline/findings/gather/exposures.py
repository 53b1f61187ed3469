"""Exposures mined from what came before arrivals: short patterns of steps that enough journeys had.

Patterns are grown from the end as PrefixSpan grows them (Pei et al. 2004): one earlier step, then two in order; a
longer one is looked at only where its shorter ones have support. Each is held against those who arrived at the same
place without it and had come as far before, in the same channel.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import polars as pl
from scipy.special import ndtr

from desireline.findings.finding import Who
from desireline.findings.gather.patterns import KIND, PLAIN, STRATUM, Arrivals, ArrivalsWalker, unpacked
from desireline.findings.gathering import Around, Gathering
from desireline.findings.strata import Adjusted, Cells, by_chance, standardise
from desireline.measures.clusters import Floats
from desireline.measures.codes import Flags, Whole, beginnings
from desireline.measures.view import View

SUPPORT = 50  # exposed journeys that are compared
WIDEST = 30  # earlier steps that are looked at for each touchpoint: the most frequent
DRAWS = 200
LEVEL = 0.05
EXPLAINED = 1.1  # a longer pattern must have this many times the share of the shorter one without it
_STATES = 3  # of a step: plain, failed, late


@dataclass(frozen=True)
class Pattern:
    """Steps in order, the last of them the touchpoint that customers arrive at."""

    steps: tuple[tuple[int, int], ...]  # touchpoint, and what went wrong there (PLAIN: whatever happened)

    @property
    def at(self) -> int:
        """Where they arrive."""
        return self.steps[-1][0]

    def flags(self, own: Whole, before: Whole) -> Flags:
        """Which arrivals at its place have it, given what went wrong on arrival and the last steps."""
        *earlier, (_, state) = self.steps
        if not earlier:
            return np.asarray(own == state)
        found = _has(before, earlier[-1])
        for step in reversed(earlier[:-1]):
            found = _has(before, step) & _nearer(found)
        return np.asarray(found.any(axis=1))

    def text(self, points: Sequence[str]) -> str:
        """The pattern in one word: `cart>checkout:1`."""
        return ">".join(points[point] + (f":{state}" if state else "") for point, state in self.steps)

    @classmethod
    def read(cls, text: str, points: Sequence[str]) -> Pattern:
        """The pattern that was written so."""
        steps = [step.partition(":") for step in text.split(">")]
        return cls(tuple((list(points).index(name), int(state or 0)) for name, _, state in steps))

    def within(self, other: Pattern) -> bool:
        """Is it a shorter part of the other, ending at the same place?"""
        rest = iter(other.steps)
        return len(self.steps) < len(other.steps) and all(step in rest for step in self.steps)


class Exposure(NamedTuple):
    """A pattern, and how journeys with it went against those without."""

    pattern: Pattern
    arrivals: int  # journeys that arrive there, compared or not
    held: int  # of them, those with it
    share: float  # with it: did not succeed
    other: float  # the same, of comparable journeys without it
    gap: float
    error: float
    journeys: int  # with it, that are compared
    people: int  # customers with it; one whose journeys came there in several ways counts in each
    others: int
    having: int
    by_chance: float  # how often chance alone makes some pattern stand out as much
    explained: bool  # by a shorter one

    def over(self, smallest: float) -> float:
        """p of a gap that is truly no larger than `smallest`."""
        return float(ndtr((smallest - self.gap) / self.error)) if self.error > 0 else 1.0


class Exposures(NamedTuple):
    """What was gathered: all patterns with enough support."""

    found: tuple[Exposure, ...]
    points: tuple[str, ...]  # touchpoints by number


@dataclass(frozen=True)
class ExposuresWalker:
    """Counts arrivals, and mines them at the end."""

    arrivals: ArrivalsWalker

    def partial(self, view: View) -> pl.DataFrame:
        """What the bucket contributes."""
        return self.arrivals.partial(view)

    def combine(self, parts: Sequence[pl.DataFrame]) -> pl.DataFrame:
        """All of them."""
        return self.arrivals.combine(parts)

    def finish(self, part: pl.DataFrame) -> Exposures:
        """The patterns."""
        found = self.arrivals.finish(part)
        return Exposures(tuple(mine(found)), found.points)


class _Looked(NamedTuple):
    """One touchpoint: its cells, which kinds of them have each pattern, how many journeys, and what came of it."""

    cells: Cells
    flags: Flags
    m: Whole
    adjusted: Adjusted


def mine(arrivals: Arrivals, *, seed: int = 20_261_122) -> list[Exposure]:
    """All patterns with enough support, by place; `by_chance` counts over all of them together."""
    if arrivals.cells.is_empty():
        return []
    found: list[tuple[Pattern, int, int]] = []
    looked: list[_Looked] = []
    for rows in _runs(arrivals.cells["point"].to_numpy()):
        grown = _grow(arrivals.cells[rows], len(arrivals.points))
        if grown is not None:
            patterns, one = grown
            found += [(pattern, len(looked), i) for i, pattern in enumerate(patterns)]
            looked.append(one)
    most = np.zeros(DRAWS)
    for one in looked:
        most = np.maximum(most, by_chance(one.adjusted, draws=DRAWS, seed=seed))
    known = [{pattern: i for pattern, where, i in found if where == k} for k in range(len(looked))]
    told = [_exposure(pattern, looked[k], i, most=most, beside=known[k]) for pattern, k, i in found]
    return [one for one in told if one.journeys >= SUPPORT]


def _runs(point: Whole) -> Iterator[slice]:
    """The cells of each touchpoint, which stand together."""
    for start, end in pairwise([*beginnings(point).tolist(), len(point)]):
        yield slice(start, end)


def _grow(frame: pl.DataFrame, points: int) -> tuple[list[Pattern], _Looked] | None:
    """The patterns that end here, with what came of them."""
    if frame["m"].sum() < 2 * SUPPORT:
        return None
    kind = _numbered(frame, KIND)
    kinds = frame[beginnings(kind)]
    m = np.bincount(kind, weights=frame["m"].to_numpy()).astype(np.int64)
    at, own, before = int(kinds["point"][0]), kinds["own"].to_numpy(), unpacked(kinds["before"].to_numpy(), points)
    steps: list[tuple[tuple[int, int], ...]] = [((at, state),) for state in (1, 2)]
    flags = [own == state for state in (1, 2)]
    singles = _singles(before, m, at)
    steps += [(step, (at, PLAIN)) for step in singles]
    flags += [_has(before, step).any(axis=1) for step in singles]
    for pair, some in _pairs(before, m, singles):
        steps.append((*pair, (at, PLAIN)))
        flags.append(some)
    enough = [i for i, some in enumerate(flags) if SUPPORT <= m[some].sum() <= m.sum() - SUPPORT]
    if not enough:
        return None
    journeys, x, n, lot = (frame[name].to_numpy() for name in ("m", "x", "n", "lot"))
    cells = Cells(_numbered(frame, STRATUM), journeys, x, n, lot, kind)
    which = np.stack([flags[i] for i in enough], axis=1)
    return [Pattern(steps[i]) for i in enough], _Looked(cells, which, m, standardise(cells, which))


def _numbered(frame: pl.DataFrame, keys: Sequence[str]) -> Whole:
    """By row: the number of its keys, of which like ones stand together."""
    fresh = np.zeros(frame.height, dtype=np.int64)
    fresh[beginnings(*(frame[name].to_numpy() for name in keys))] = 1
    return np.asarray(np.cumsum(fresh) - 1)


def _has(before: Whole, step: tuple[int, int]) -> Flags:
    """Where in the last steps this one stands; PLAIN stands for whatever happened there."""
    point, state = step
    found: Flags = before // _STATES == point if state == PLAIN else before == point * _STATES + state
    return found


def _singles(before: Whole, m: Whole, at: int) -> list[tuple[int, int]]:
    """Steps that enough journeys took before; of what went wrong only what is no step of every arrival."""
    items = [int(item) for item in np.unique(before[before >= 0])]
    steps = sorted({(item // _STATES, PLAIN) for item in items} | {(item // _STATES, item % _STATES) for item in items})
    support = {step: int(m[_has(before, step).any(axis=1)].sum()) for step in steps if step[0] != at}
    enough = [step for step, journeys in support.items() if journeys >= SUPPORT]
    return sorted(sorted(enough, key=lambda step: (-support[step], step))[:WIDEST])


def _pairs(
    before: Whole, m: Whole, singles: Sequence[tuple[int, int]]
) -> Iterator[tuple[tuple[tuple[int, int], tuple[int, int]], Flags]]:
    where = {step: _has(before, step) for step in singles}
    nearer = {step: _nearer(where[step]) for step in singles}
    for first in singles:
        for then in singles:
            if first[0] != then[0]:
                some: Flags = np.asarray((where[first] & nearer[then]).any(axis=1))
                if m[some].sum() >= SUPPORT:
                    yield (first, then), some


def _nearer(here: Flags) -> Flags:
    """By place among the last steps, of which the nearest stands first: does it stand at a nearer one?"""
    found = np.zeros_like(here)
    found[:, 1:] = np.logical_or.accumulate(here, axis=1)[:, :-1]
    return found


def _exposure(pattern: Pattern, looked: _Looked, i: int, *, most: Floats, beside: dict[Pattern, int]) -> Exposure:
    cells, flags, m, adjusted = looked
    z = abs(float(adjusted.gap[i])) / max(float(adjusted.error[i]), 1e-12)
    chance = (1 + int((most >= z).sum())) / (1 + len(most))
    return Exposure(
        pattern,
        int(m.sum()),
        int(m[flags[:, i]].sum()),
        float(adjusted.share[i]),
        float(adjusted.other[i]),
        float(adjusted.gap[i]),
        float(adjusted.error[i]),
        int(adjusted.exposed[i]),
        int(cells.n[flags[cells.kind, i]].sum()),
        int(adjusted.others[i]),
        int(adjusted.having[i]),
        chance,
        chance <= LEVEL and _explained(pattern, cells, flags, i=i, beside=beside),
    )


def _explained(pattern: Pattern, cells: Cells, flags: Flags, *, i: int, beside: dict[Pattern, int]) -> bool:
    return any(other.within(pattern) and not _adds(cells, flags[:, i], flags[:, k]) for other, k in beside.items())


def _adds(cells: Cells, longer: Flags, shorter: Flags) -> bool:
    """Among journeys with the shorter pattern, do those with the longer one differ, in either direction?"""
    some = np.flatnonzero(shorter[cells.kind])
    _, stratum = np.unique(cells.stratum[some], return_inverse=True)
    inside = Cells(stratum, *(column[some] for column in cells[1:]))
    found = standardise(inside, longer[:, None])
    if not found.exposed[0]:
        return False
    share, other = float(found.share[0]), float(found.other[0])
    lost = share / other if other > 0 else np.inf
    won = (1 - share) / (1 - other) if other < 1 else np.inf
    return bool(max(lost, won) >= EXPLAINED)


def open_exposed(view: View, who: Who) -> pl.Series:
    """Customers whose journeys have the pattern that `who.at` writes down."""
    points = list(view.outline.touchpoint)
    pattern = Pattern.read(who.at, points)
    rows = ArrivalsWalker(view.outline).rows(view).filter(pl.col("point") == pattern.at)
    flags = pattern.flags(rows["own"].to_numpy(), unpacked(rows["before"].to_numpy(), len(points)))
    return view.people.gather(rows["customer"].to_numpy()[flags])


def _make(around: Around) -> ExposuresWalker:
    return ExposuresWalker(ArrivalsWalker(around.outline))


EXPOSURES: Gathering[Exposures] = Gathering("exposures", _make)
