"""A real event log, its cases drawn again and again until it is large enough to time.

A copy keeps its case's order and pauses; it gets a new id and is moved by up to 30 days.
"""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import numpy as np
from defusedxml import ElementTree

from bench.dice import I64, bits, draw
from bench.simulate import CHUNK, DAY, Events

REAL_EVENTS = 10_000_000
_STAGES = 8


class Case(NamedTuple):
    """One case as the log has it."""

    channel: str
    steps: list[tuple[int, str]]  # (µs since 1970, activity), in time order, no time twice


@dataclass(frozen=True)
class RealLog:
    """All cases of a log as flat columns, by case and in time order; names by code."""

    touchpoints: tuple[str, ...]
    channels: tuple[str, ...]
    lengths: I64
    at: I64
    touchpoint: I64
    channel: I64
    stages: tuple[int, ...]
    funnel: tuple[int, ...]

    @classmethod
    def read(cls, path: Path) -> RealLog:
        """A log from XES. Its stages and funnel follow from where its activities stand in the cases, on average."""
        cases = read_cases(path)
        activities = [[name for _, name in case.steps] for case in cases]
        by_place = _by_place(activities)
        seen = Counter(name for case in activities for name in set(case))
        common = sorted(by_place, key=lambda name: (-seen[name], name))[:5]
        channels = tuple(sorted({case.channel for case in cases}))
        touchpoints = tuple(sorted(by_place))  # codes in the order of names, so that engines may sort by either
        code = {name: number for number, name in enumerate(touchpoints)}
        return cls(
            touchpoints=touchpoints,
            channels=channels,
            lengths=np.array([len(case.steps) for case in cases], dtype=np.int64),
            at=np.array([at for case in cases for at, _ in case.steps], dtype=np.int64),
            touchpoint=np.array([code[name] for case in activities for name in case], dtype=np.int64),
            channel=np.array([channels.index(case.channel) for case in cases for _ in case.steps], dtype=np.int64),
            stages=tuple(by_place.index(name) * _STAGES // len(by_place) for name in touchpoints),
            funnel=tuple(code[name] for name in by_place if name in common),
        )


def replicate(log: RealLog, events: int, *, chunk: int = CHUNK) -> Iterator[Events]:
    """`events` events or a few more: whole cases, drawn with equal chances."""
    starts = np.cumsum(log.lengths) - log.lengths
    first = 0
    while events > 0:
        customers = np.arange(first, first + chunk, dtype=np.uint64)
        drawn = draw(customers, stream=11)
        case = bits(drawn, at=0, width=40) % len(log.lengths)
        lengths = log.lengths[case]
        enough = int(np.searchsorted(np.cumsum(lengths), events)) + 1
        case, lengths, customers, drawn = case[:enough], lengths[:enough], customers[:enough], drawn[:enough]
        begins = np.cumsum(lengths) - lengths
        rows = np.arange(int(lengths.sum())) + np.repeat(starts[case] - begins, lengths)
        moved = bits(drawn, at=20, width=42) % (30 * DAY)
        at = log.at[rows] + np.repeat(moved, lengths)
        yield Events(
            customer=np.repeat(customers, lengths).astype(np.uint32),
            at=at,
            arrived=at,
            touchpoint=log.touchpoint[rows].astype(np.uint8),
            channel=log.channel[rows].astype(np.uint8),
            cents=np.zeros(len(rows), dtype=np.int32),
        )
        events -= len(rows)
        first += chunk


def read_cases(path: Path) -> list[Case]:
    """The cases of an XES file, which may be gzipped."""
    cases: list[Case] = []
    with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as file:
        for _, element in ElementTree.iterparse(file):
            if element.tag.rpartition("}")[2] != "trace":
                continue
            steps = [_step(child) for child in element if child.tag.rpartition("}")[2] == "event"]
            cases.append(Case(_text(element, "channel") or "none", _strictly_rising(sorted(steps, key=lambda s: s[0]))))
            element.clear()
    return [case for case in cases if case.steps]


def _step(event: ElementTree.Element) -> tuple[int, str]:
    at = datetime.fromisoformat(_text(event, "time:timestamp"))
    return round(at.timestamp() * 1_000_000), _text(event, "concept:name")


def _text(element: ElementTree.Element, key: str) -> str:
    return next((child.get("value", "") for child in element if child.get("key") == key), "")


def _strictly_rising(steps: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """The same steps, those at one instant a microsecond apart, in the order of the file."""
    risen: list[tuple[int, str]] = []
    for at, name in steps:
        risen.append((max(at, risen[-1][0] + 1) if risen else at, name))
    return risen


def _by_place(cases: list[list[str]]) -> tuple[str, ...]:
    """Every activity, those that stand early in their cases first."""
    places: dict[str, list[float]] = {}
    for case in cases:
        for position, name in enumerate(case):
            places.setdefault(name, []).append(position / len(case))
    return tuple(sorted(places, key=lambda name: (sum(places[name]) / len(places[name]), name)))
