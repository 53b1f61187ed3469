"""Sources that fell silent: told before anything is called drift.

A source is silent when it brings nothing for more than twice as long as it ever did before, and when chance would
hardly do that: with the rows that its weekdays usually bring and their spread, less than once in ten thousand times.
It runs thin when for three days and more it brings less than a third of what its weekdays bring, all sources together
having fallen no less being allowed for: a season that all of them feel is no outage.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from math import exp
from statistics import median

import numpy as np
import numpy.typing as npt
import polars as pl

from desireline.living.windows import Span, day_of, ordinal

CHANCE = 1e-4
HISTORY = 14
ACTIVE = 8
"""Days with rows that it takes to know a source's rhythm."""

TWICE = 2
THIN = 1 / 3
THIN_DAYS = 3
USUAL = 5.0
"""Rows that a weekday must usually bring before a thin day can be told."""

WEEKS = 8
SURE = 5.0
FED = 0.03
"""The part of an event's rows that a source must bring to count as feeding it: the smallest change of a share that
drift is told from (`shift.SMALLEST`). What is smaller cannot be taken for drift when it stops."""
Counts = npt.NDArray[np.int64]
Usual = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Silence:
    """A source without its usual rows. `until` is the first day on which they came again; None: not yet."""

    source: str
    kind: str  # silent, thin
    since: date
    until: date | None
    days: int
    rows: int  # that came
    usual: float  # rows that the same weekdays usually bring in that time
    events: tuple[str, ...] = ()  # names of events of which it brings 3 % or more

    @property
    def says(self) -> str:
        """In a sentence."""
        ended = f" until {self.until}" if self.until else ""
        days = "1 day" if self.days == 1 else f"{self.days:,} days"
        brought = "nothing" if self.rows == 0 else f"{self.rows:,} rows"
        return (
            f"Source {self.source!r} brought {brought} in {days} since {self.since}{ended}; usual: {self.usual:,.0f}."
        )

    def span(self, end: date) -> Span:
        """The days; those that last go up to `end`."""
        return self.since, self.until or end


def find_silences(volumes: pl.DataFrame, last: date | None = None) -> tuple[Silence, ...]:
    """The silences of all sources. `volumes`: source, event, day, rows (event null for answers).

    `last` is the last day of all data, which is not judged: as a rule it is cut off in its middle.
    """
    if volumes.is_empty():
        return ()
    end = ordinal(last if last is not None else volumes["day"].max())  # type: ignore[arg-type]
    table = {
        source: _by_day(rows, end)
        for (source,), rows in volumes.sort("source").group_by(["source"], maintain_order=True)
    }
    known = {source: found for source, found in table.items() if found is not None}
    names = _feeds(volumes)
    usual = {source: _usual(counts) for source, (_, counts) in known.items()}
    common = _common(known, usual, end)
    found: list[Silence] = []
    for source, (start, counts) in known.items():
        runs = [*_silent(counts, usual[source])]
        taken = np.zeros(len(counts), dtype=np.bool_)
        for first, stop in runs:
            taken[first:stop] = True
        seen = common[start - min(s for s, _ in known.values()) :][: len(counts)]
        kinds = [("silent", run) for run in runs]
        kinds += [("thin", run) for run in _thin(counts, usual[source] * np.minimum(seen, 1.0), taken)]
        for kind, (first, stop) in kinds:
            still = stop == len(counts)
            found.append(
                Silence(
                    str(source),
                    kind,
                    day_of(start + first),
                    None if still else day_of(start + stop),
                    stop - first,
                    int(counts[first:stop].sum()),
                    float(usual[source][first:stop].sum()),
                    names.get(str(source), ()),
                )
            )
    return tuple(sorted(found, key=lambda one: (one.since, one.source)))


def lasting(silences: tuple[Silence, ...]) -> tuple[Silence, ...]:
    """Those that go on: what their sources feed cannot be judged."""
    return tuple(one for one in silences if one.events and one.until is None)


def passing(silences: tuple[Silence, ...]) -> tuple[Silence, ...]:
    """The gaps: those whose source came back. Their days are left out of all comparisons."""
    return tuple(one for one in silences if one.events and one.until is not None)


def _by_day(rows: pl.DataFrame, end: int) -> tuple[int, Counts] | None:
    """The first day, and rows of each day from then on, up to the day before `end`; None without history."""
    days = rows["day"].cast(pl.Date).to_physical().cast(pl.Int64).to_numpy()
    start = int(days.min())
    if end - start < HISTORY:
        return None
    inside = days < end
    counts = np.bincount(days[inside] - start, weights=rows["rows"].to_numpy()[inside], minlength=end - start)
    whole = counts.astype(np.int64)
    return (start, whole) if int((whole > 0).sum()) >= ACTIVE else None


def _usual(counts: Counts) -> Usual:
    """What the same weekday brought as a rule in the eight weeks before; in the first weeks, after."""
    found = np.zeros(len(counts))
    alive = _alive(counts)
    for k in range(len(counts)):
        before = [j for j in range(k - 7, -1, -7) if alive[j]][:WEEKS]
        if len(before) < WEEKS // 2:
            before += [j for j in range(k + 7, len(counts), 7) if alive[j]][: WEEKS - len(before)]
        if before:
            days = [int(counts[j]) for j in before]
            found[k] = float(median(days)) or sum(days) / len(days)
    return found


def _alive(counts: Counts) -> npt.NDArray[np.bool_]:
    """Days that do not lie in a long run of nothing: what silence brings is not usual."""
    alive = np.ones(len(counts), dtype=np.bool_)
    for first, stop in _zeros(counts):
        if stop - first >= 7:
            alive[first:stop] = False
    return alive


def _zeros(counts: Counts) -> Iterator[tuple[int, int]]:
    """The runs of days with nothing."""
    yield from _runs(counts == 0)


def _runs(flags: npt.NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate([[False], flags, [False]]).astype(np.int8)))
    yield from zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)


def _silent(counts: Counts, usual: Usual) -> Iterator[tuple[int, int]]:
    runs = list(_zeros(counts))
    spread = _spread(counts, usual)
    for number, (first, stop) in enumerate(runs):
        others = max((b - a for k, (a, b) in enumerate(runs) if k != number), default=0)
        expected = float(usual[first:stop].sum())
        if stop - first > max(TWICE * others, 1) and exp(-expected / spread) < CHANCE:
            yield first, stop


def _spread(counts: Counts, usual: Usual) -> float:
    """How much more days vary than chance alone would let them: the robust ratio of variance and mean, at least 1."""
    some = usual > 0
    if not some.any():
        return 1.0
    off = (counts[some] - usual[some]) ** 2 / usual[some]
    return max(1.0, float(np.mean(np.sort(off)[: max(1, int(0.98 * len(off)))])))


def _common(known: Mapping[object, tuple[int, Counts]], usual: Mapping[object, Usual], end: int) -> Usual:
    """By day since the first of all: what part of the usual all sources bring, in the middle; 1 where few can tell."""
    first = min(start for start, _ in known.values()) if known else end
    ratios: list[list[float]] = [[] for _ in range(end - first)]
    for source, (start, counts) in known.items():
        for k, expected in enumerate(usual[source]):
            if expected >= USUAL:
                ratios[start - first + k].append(counts[k] / expected)
    return np.array([float(np.median(day)) if len(day) > 2 else 1.0 for day in ratios])


def _thin(counts: Counts, usual: Usual, taken: npt.NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    spread = _spread(counts, usual)
    for first, stop in _runs((counts < THIN * usual) & (usual >= USUAL) & ~taken):
        expected, came = float(usual[first:stop].sum()), float(counts[first:stop].sum())
        if stop - first >= THIN_DAYS and expected - came > SURE * np.sqrt(spread * expected):
            yield first, stop


def _feeds(volumes: pl.DataFrame) -> dict[str, tuple[str, ...]]:
    """The events of which each source brings 3 % or more of all rows between its first and its last day."""
    if "event" not in volumes.columns:
        return {}
    told = volumes.filter(pl.col("event").is_not_null())
    found: dict[str, tuple[str, ...]] = {}
    for (source,), mine in told.sort("source").group_by(["source"], maintain_order=True):
        beside = told.filter(pl.col("day").is_between(mine["day"].min(), mine["day"].max()))
        own = mine.group_by("event").agg(pl.col("rows").sum())
        every = beside.group_by("event").agg(pl.col("rows").sum().alias("every"))
        fed = own.join(every, on="event").filter(pl.col("rows") >= FED * pl.col("every"))["event"].sort()
        found |= {str(source): tuple(fed)} if len(fed) else {}
    return found
