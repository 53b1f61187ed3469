"""Rows that SQL gives back, made into answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from bench import answers
from bench.answers import Answer
from bench.facts import Facts

WEEK = 7 * 86_400 * 1_000_000
_MONDAY = -3 * 86_400 * 1_000_000  # 1969-12-29, in µs since 1970
Rows = Sequence[Sequence[Any]]
Shape = Callable[[Rows, Facts], Answer]


def monday_before(at: int) -> int:
    """The Monday 00:00 UTC at or before an instant, all in µs since 1970."""
    return at - (at - _MONDAY) % WEEK


def _funnel(rows: Rows, _facts: Facts) -> Answer:
    return answers.funnel(rows[0])


def _edges(rows: Rows, _facts: Facts) -> Answer:
    return answers.edges(rows)


def _routes(rows: Rows, _facts: Facts) -> Answer:
    return answers.routes([(str(row[0]).split(answers.ARROW), row[1]) for row in rows], rows[0][2])


def _visits(rows: Rows, _facts: Facts) -> Answer:
    return answers.visits(sum(row[2] for row in rows if row[0] == 1), rows)


def _retention(rows: Rows, facts: Facts) -> Answer:
    """From (first week, offset, customers), or from (mask with a bit for each week of a customer, customers)."""
    origin = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=monday_before(facts.first_at))
    cells = rows if not rows or len(rows[0]) == 3 else _cells(rows)
    return answers.retention(((origin + timedelta(weeks=int(first))).date(), offset, n) for first, offset, n in cells)


def _cells(masks: Rows) -> list[tuple[int, int, int]]:
    counted: Counter[tuple[int, int]] = Counter()
    for text, customers in masks:
        mask = int(text)
        first = (mask & -mask).bit_length() - 1
        for offset in range((mask >> first).bit_length()):
            if mask >> (first + offset) & 1:
                counted[first, offset] += int(customers)
    return [(first, offset, n) for (first, offset), n in counted.items()]


def _attribution(rows: Rows, facts: Facts) -> Answer:
    return answers.attribution(rows, facts.channels)


def _order(rows: Rows, _facts: Facts) -> Answer:
    return answers.order(*rows[0])


SHAPES: dict[str, Shape] = {
    "a": _funnel,
    "b": _edges,
    "c": _routes,
    "d": _visits,
    "e": _retention,
    "f": _attribution,
    "g": _order,
}
