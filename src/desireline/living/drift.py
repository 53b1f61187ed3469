"""Is the map stale? Outages first, then every place against itself, then fitness and what the map leaves out.

A sign counts as drift when its change is surely larger than the smallest that matters: the p of a smaller one,
adjusted over all signs of its kind that were looked at (Benjamini–Hochberg), is at most 0.05.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from desireline.living.fitting import FITNESS_MATTERS, OFF_MAP_MATTERS, Fitting, judge_fit
from desireline.living.mix import Distance, adjust
from desireline.living.outage import Silence, lasting
from desireline.living.ratios import Change
from desireline.living.sentences import say_fitness, say_off_map, say_shares, say_wait
from desireline.living.shift import SMALLEST, WAITS, Comparing, Shifted
from desireline.living.watch import Watched
from desireline.living.windows import Windows
from desireline.maps.outline import Outline

LEVEL = 0.05


@dataclass(frozen=True)
class Sign:
    """One thing that was compared: a number of the current window against the reference."""

    kind: str  # fitness, off the map, next steps, channels, waits, troubles
    at: str
    measure: str  # JS, PSI, KS, share
    value: float  # how far
    low: float
    high: float
    smallest: float  # that matters
    n_before: int
    n_after: int
    p: float  # of no change
    over: float  # of a change too small to matter
    since: date
    says: str
    q: float = 1.0  # of `over`, adjusted over all signs of its kind

    @property
    def drifted(self) -> bool:
        """Is the change surely large enough to matter?"""
        return self.q <= LEVEL


@dataclass(frozen=True)
class Untold:
    """A place that was not judged, and why."""

    kind: str
    at: str
    why: str


@dataclass(frozen=True)
class Drift:
    """What was found; nothing at all could be compared where `note` says why."""

    windows: Windows | None
    silences: tuple[Silence, ...] = ()
    signs: tuple[Sign, ...] = ()
    untold: tuple[Untold, ...] = ()
    weeks: tuple[tuple[date, float, int], ...] = ()  # Monday, mean fitness, journeys
    note: str = ""

    @cached_property
    def drifted(self) -> tuple[Sign, ...]:
        """The signs that count, the surest first."""
        return tuple(sorted((one for one in self.signs if one.drifted), key=lambda one: (one.q, one.kind, one.at)))

    @property
    def silent_now(self) -> tuple[Silence, ...]:
        """Sources that have not come back."""
        return tuple(one for one in self.silences if one.until is None)

    def as_json(self) -> dict[str, Any]:
        """As plain data."""
        windows = self.windows
        return {
            "windows": windows
            and {"reference": [windows.first, windows.split], "current": [windows.split, windows.end]},
            "note": self.note,
            "silences": [{**vars(one), "events": list(one.events), "says": one.says} for one in self.silences],
            "checked": len(self.signs),
            "drifted": len(self.drifted),
            "signs": [
                {name: getattr(one, name) for name in (*Sign.__dataclass_fields__, "drifted")} for one in self.signs
            ],
            "not_judged": [vars(one) for one in self.untold],
            "weeks": [{"week": day, "fitness": fit, "journeys": n} for day, fit, n in self.weeks],
        }


def judge_drift(watched: Watched, windows: Windows, outline: Outline, silences: tuple[Silence, ...] = ()) -> Drift:
    """Everything that can be compared, compared; what silent sources feed is not judged."""
    if windows.enough:
        return Drift(windows, silences, note=windows.enough)
    points, last = list(outline.touchpoint), lasting(silences)
    frozen = _frozen(watched, last, points)
    signs: list[Sign] = []
    untold = [Untold("everything", at, why) for at, why in frozen.items()]
    for one in Comparing(watched, windows, outline).every():
        if any(part in frozen for part in one.at.split(">")):
            continue
        if one.distance is None:
            untold.append(Untold(one.kind, one.at, one.note))
        else:
            signs.append(_shift(one, one.distance, outline))
    fitting = judge_fit(watched, windows, outline, broken=tuple(one.span(windows.end) for one in last))
    signs += _fit(fitting, outline)
    untold += [Untold("fitness", outline.map.map.id, fitting.note)] if fitting.note else []
    return Drift(windows, silences, tuple(_adjusted(signs)), tuple(untold), fitting.weeks)


def _adjusted(signs: list[Sign]) -> Iterator[Sign]:
    """The signs with their q: those of one kind are a family."""
    for kind in dict.fromkeys(one.kind for one in signs):
        family = [one for one in signs if one.kind == kind]
        for one, q in zip(family, adjust([one.over for one in family]), strict=True):
            yield replace(one, q=q)


def _frozen(watched: Watched, lasting_: tuple[Silence, ...], points: list[str]) -> dict[str, str]:
    """Touchpoints that cannot be judged because what feeds them is silent, with the reason; the first counts."""
    closed = set(watched["shut"].select("start", "event").iter_rows())
    found: dict[str, str] = {}
    for silence in sorted(lasting_, key=lambda one: (one.since, one.source)):
        until = f" until {silence.until}" if silence.until else ""
        for start in sorted(start for start, event in closed if event in silence.events and start >= 0):
            found.setdefault(points[start], f"source {silence.source!r} {silence.kind} since {silence.since}{until}")
    return found


def _shift(one: Shifted, distance: Distance, outline: Outline) -> Sign:
    return Sign(
        one.kind,
        one.at,
        distance.kind,
        value=distance.value,
        low=distance.low,
        high=distance.high,
        smallest=SMALLEST[one.kind],
        n_before=one.customers[0],
        n_after=one.customers[1],
        p=distance.p,
        over=distance.over,
        since=one.since,
        says=say_wait(one, outline) if one.kind == WAITS else say_shares(one, outline),
    )


def _fit(fitting: Fitting, outline: Outline) -> list[Sign]:
    """Fitness, which counts only with an alarm of its cumulative sum, and the share off the map."""
    found = []
    if fitting.fitness is not None and fitting.since is not None:
        alarm = fitting.cusum is None or fitting.cusum.alarm
        sign = _changed("fitness", fitting.fitness, fitting, outline, since=fitting.since, smallest=FITNESS_MATTERS)
        found.append(sign if alarm else replace(sign, over=1.0))
    if fitting.off_map is not None and fitting.off_map_since is not None:
        since = fitting.off_map_since
        found.append(_changed("off the map", fitting.off_map, fitting, outline, since=since, smallest=OFF_MAP_MATTERS))
    return found


def _changed(kind: str, change: Change, fitting: Fitting, outline: Outline, *, since: date, smallest: float) -> Sign:
    return Sign(
        kind,
        outline.map.map.id,
        "share",
        value=change.value,
        low=change.low,
        high=change.high,
        smallest=smallest,
        n_before=fitting.customers[0],
        n_after=fitting.customers[1],
        p=change.p,
        over=change.over,
        since=since,
        says=say_fitness(change, fitting.cusum) if kind == "fitness" else say_off_map(change),
    )
