"""Where do customers go from here, by which channel, after how long, and does it go well: week against week, by place.

Transitions are compared by the Jensen–Shannon distance (Lin 1991, IEEE Transactions on Information Theory 37,
145–151), channels by the population stability index, waits by the Kolmogorov–Smirnov distance of their distributions,
troubles by the difference of their shares. What is rare (less than 1 in 200) counts together as “elsewhere”.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
import polars as pl

from desireline.living.mix import Distance, Kind, common_ones, compare
from desireline.living.scan import best_split
from desireline.living.watch import END, GROUPS, Watched, wait_of
from desireline.living.windows import Windows
from desireline.maps.outline import Outline
from desireline.measures.clusters import Floats

FEWEST = 30
"""Customers before and after that it takes to compare them."""

FEWEST_SCANNED = 50
"""The same where the day is searched for: among many splits some small side looks odd by chance."""

STEPS, CHANNELS, WAITS, TROUBLES = "next steps", "channels", "waits", "troubles"
MEASURE: Mapping[str, Kind] = {STEPS: "JS", CHANNELS: "PSI", WAITS: "KS", TROUBLES: "KS"}
SMALLEST: Mapping[str, float] = {STEPS: 0.15, CHANNELS: 0.1, WAITS: 0.15, TROUBLES: 0.03}
"""The distances that matter: a JS distance of 0.15 is 5 in 100 customers who go somewhere new; a PSI of 0.1 is the
common bar for “has moved”; a KS distance of 0.15 is 15 in 100 customers on the other side of some wait; troubles
count from 3 in 100 visits."""

NEIGHBOURS = 2
"""Splits a week apart are nearly the same: so many of them count as one try."""

ELSEWHERE = "elsewhere"
NOWHERE = "the end of the journey"
FINE, WRONG = "fine", "in trouble"


@dataclass(frozen=True)
class Shifted:
    """A place compared with itself; `at` is a touchpoint, or an edge a>b for waits."""

    kind: str
    at: str
    distance: Distance | None  # None: not compared, `note` says why
    customers: tuple[int, int]  # before, after
    since: date
    names: tuple[str, ...] = ()  # of the categories
    note: str = ""


@dataclass(frozen=True)
class Comparing:
    """How places are compared: what was watched, and where it may be split."""

    watched: Watched
    windows: Windows
    outline: Outline

    def every(self) -> Iterator[Shifted]:
        """All places: next steps, channels, waits along planned edges, troubles."""
        yield from self._moves()
        yield from self._channels()
        yield from self._waits()
        yield from self._troubles()

    @property
    def _points(self) -> list[str]:
        return list(self.outline.touchpoint)

    def _moves(self) -> Iterator[Shifted]:
        counts = self.watched["moves"].group_by("slot", "start", "to", "group").agg(pl.col("count").sum())
        for start, mine in _by_start(counts):
            names = {to: NOWHERE if to == END else self._points[to] for to in mine["to"].unique()}
            yield self._compared(STEPS, start, mine, column="to", names=names)

    def _channels(self) -> Iterator[Shifted]:
        for start, mine in _by_start(self.watched["channels"]):
            if mine["channel"].n_unique() > 1:
                names = {channel: channel for channel in mine["channel"].unique()}
                yield self._compared(CHANNELS, start, mine, column="channel", names=names)

    def _waits(self) -> Iterator[Shifted]:
        number = {point: k for k, point in enumerate(self._points)}
        counts = self.watched["moves"].filter(pl.col("to") >= 0)
        for a, b in self.outline.edges:
            mine = counts.filter((pl.col("start") == number[a]) & (pl.col("to") == number[b]))
            if mine.height:
                names = {bin_: str(bin_) for bin_ in mine["bin"].unique()}
                yield self._compared(WAITS, number[a], mine, column="bin", names=names, to=number[b])

    def _troubles(self) -> Iterator[Shifted]:
        for start, mine in _by_start(self.watched["troubles"]):
            if mine["wrong"].n_unique() > 1:
                yield self._compared(TROUBLES, start, mine, column="wrong", names={0: FINE, 1: WRONG})

    def _compared(
        self,
        kind: str,
        start: int,
        counts: pl.DataFrame,
        *,
        column: str,
        names: Mapping[Any, str],
        to: int | None = None,
    ) -> Shifted:
        at = self._points[start] if to is None else f"{self._points[start]}>{self._points[to]}"

        def people(split: int) -> tuple[int, int]:
            return self.watched.customers(split, start) if to is None else self.watched.customers(split, start, to)

        fewest = FEWEST_SCANNED if self.windows.scanned else FEWEST
        splits = [split for split in self.windows.splits if min(people(split)) >= fewest]
        none = Shifted(kind, at, None, people(0), self.windows.split)
        if not splits:
            return replace(none, note=f"fewer than {fewest} customers before or after")
        tables, low = _tables(counts, column, sorted(names))
        titles = tuple(names[key] for key in sorted(names))
        if kind in (STEPS, CHANNELS):
            tables, titles = _pooled(tables, titles)
        if tables.shape[2] < 2:
            return replace(none, note="always the same")
        chosen = best_split(tables, [split - low for split in splits], MEASURE[kind])
        if chosen is None:
            return replace(none, note="nothing before or nothing after")
        split = chosen + low
        found = compare(
            tables[:chosen], tables[chosen:], kind=MEASURE[kind], smallest=SMALLEST[kind], customers=people(split)
        )
        if found is None:
            return replace(none, note="too few customers")
        found = found.searched(max(1, len(splits) // NEIGHBOURS))
        return Shifted(kind, at, found, people(split), self.windows.begins(split), titles)


def typical(shifted: Shifted) -> tuple[float, float]:
    """The median wait before and after, in seconds."""
    assert shifted.distance is not None
    ends = []
    for shares in (shifted.distance.before, shifted.distance.after):
        middle = int(np.searchsorted(np.cumsum(shares), 0.5))
        ends.append(wait_of(float(shifted.names[min(middle, len(shifted.names) - 1)])))
    return ends[0], ends[1]


def _by_start(counts: pl.DataFrame) -> Iterator[tuple[int, pl.DataFrame]]:
    for (start,), mine in counts.sort("start").group_by(["start"], maintain_order=True):
        yield int(str(start)), mine


def _tables(counts: pl.DataFrame, column: str, keys: list[Any]) -> tuple[Floats, int]:
    """Counts by slot, group and category, and the number of the first slot."""
    slots = counts["slot"].to_numpy()
    low = int(slots.min())
    place = {key: k for k, key in enumerate(keys)}
    tables = np.zeros((int(slots.max()) - low + 1, GROUPS, len(keys)))
    categories = np.array([place[key] for key in counts[column]], dtype=np.int64)
    np.add.at(tables, (slots - low, counts["group"].to_numpy(), categories), counts["count"].to_numpy())
    return tables, low


def _pooled(tables: Floats, titles: tuple[str, ...]) -> tuple[Floats, tuple[str, ...]]:
    """Rare categories together, as the last. What was frequent in some quarter of the time is not rare."""
    quarter = max(1, len(tables) // 4)
    sums = tables.sum(axis=1)
    parts = [sums[k : k + quarter].sum(axis=0) for k in range(0, len(sums), quarter)]
    common = np.any([common_ones(part) for part in parts if part.sum() > 0], axis=0)
    kept = tuple(title for title, keep in zip(titles, common, strict=True) if keep)
    if common.all():
        return tables, kept
    rest = tables[:, :, ~common].sum(axis=2, keepdims=True)
    return np.concatenate([tables[:, :, common], rest], axis=2), (*kept, ELSEWHERE)
