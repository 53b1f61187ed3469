"""Events in plain sight, and a trace read back as plain Python: what customers did, in order."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from pathlib import Path

import polars as pl

from desireline.trace.trace import Trace

Event = tuple[str, int, str, str | None, float | None]  # customer, µs since 1970, event, channel, value
Journey = list[tuple[int, str, str | None, int]]  # µs, event, channel, ten-thousandths

SCHEMA = {"customer_id": pl.String, "at": pl.Int64, "event": pl.String, "channel": pl.String, "value": pl.Float64}
SOME: list[Event] = [
    ("ana", 30, "pay", "web", 9.99),
    ("bob", 10, "visit", "app", None),
    ("ana", 10, "visit", "web", None),
    ("ana", 10, "look", None, None),
    ("çelik-with-a-name-of-many-letters", -5, "visit", "web", 0.5),
]


def frame(events: Iterable[Event]) -> pl.DataFrame:
    """The events as one frame."""
    return pl.DataFrame(list(events), schema=SCHEMA, orient="row")


def cut(events: list[Event], sizes: Iterable[int]) -> Iterator[pl.DataFrame]:
    """The events in frames of these sizes, and the rest in one more."""
    at = 0
    for size in sizes:
        yield frame(events[at : at + size])
        at += size
    yield frame(events[at:])


def journeys(events: Iterable[Event]) -> dict[str, Journey]:
    """What a trace of these events must hold: each customer's by time, at one instant as they came."""
    found: dict[str, Journey] = {}
    for customer, at, event, channel, value in events:
        found.setdefault(customer, []).append((at, event, channel, round((value or 0) * 10_000)))
    return {customer: sorted(rows, key=lambda row: row[0]) for customer, rows in found.items()}


def read(trace: Trace, *, largest: int = 1_000_000) -> dict[str, Journey]:
    """What a trace holds, by customer."""
    found: dict[str, Journey] = {}
    for bucket in range(trace.buckets):
        ids = iter(trace.ids(bucket))
        for part in trace.slices(bucket, largest=largest):
            names = [trace.names["event"][code] for code in part.touchpoint.tolist()]
            nowhere = [0] * part.events
            channels = nowhere if part.channel is None else part.channel.tolist()
            values = nowhere if part.value is None else part.value.tolist()
            met = [trace.names["channel"][code] for code in channels]
            rows = list(zip(part.at.tolist(), names, met, values, strict=True))
            for a, b in zip(part.starts[:-1].tolist(), part.starts[1:].tolist(), strict=True):
                found[next(ids)] = rows[a:b]
        assert next(ids, None) is None
    return found


def files(folder: Path) -> list[bytes]:
    """The bytes of a trace's columns, bucket by bucket; the names of files may differ from build to build."""
    return [path.read_bytes() for path in sorted(folder.glob("*.cols"))]


def many(count: int, *, seed: int = 1, customers: int = 50, late: float = 0.2) -> list[Event]:
    """Random events, mostly in time order, of a few names."""
    dice = random.Random(seed)
    return [
        (
            f"customer {dice.randrange(customers)}",
            row - (dice.randrange(count) if dice.random() < late else 0),
            f"event {dice.randrange(9)}",
            dice.choice([None, "web", "shop"]),
            dice.choice([None, 1.25, -3.0]),
        )
        for row in range(count)
    ]
