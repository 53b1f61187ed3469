"""Which part of the data a question about paths goes to, as the app writes it; and the map beside the answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from desireline.errors import QuestionUnclear
from desireline.journeys.automaton import Automaton
from desireline.maps.outline import Outline
from desireline.maps.records import Map
from desireline.pipeline.asked import Asked
from desireline.pipeline.bringing import Step
from desireline.pipeline.paths import Only
from desireline.workspace import Workspace

WEEK = re.compile(r"(\d{4})-W(\d{2})")
QUARTER = re.compile(r"(\d{4})-Q([1-4])")


@dataclass(frozen=True)
class Part:
    """Some of the data: of a persona, of channels, of customers with properties (`plan=pro`), of a period (`2026-03`).

    Empty fields ask for nothing.
    """

    persona: str = ""
    channels: tuple[str, ...] = ()
    properties: tuple[str, ...] = ()
    period: str = ""

    def ask(self, workspace: Workspace, asked: Asked, map_: Map, step: Step) -> dict[str, Any]:
        """The answer as `desireline paths … --map MAP --json` says it, with the map's places and planned moves.

        Raises what `Workspace.paths` raises, and QuestionUnclear for a property or a period that cannot be read.
        """
        since, until = span_of(self.period) if self.period else (None, None)
        [answer] = workspace.paths(
            asked,
            map_=map_,
            only=Only(since, until, self.channels),
            persona=self.persona or None,
            segment=_segment(self.properties),
            step=step,
        )
        return answer.as_json() | drawn_on(map_)


def span_of(period: str) -> tuple[datetime, datetime]:
    """From when (with it) to when (without it) a period lasts, in UTC. Raises QuestionUnclear.

    >>> [f"{day:%d %b %Y}" for day in span_of("2026-Q4")]
    ['01 Oct 2026', '01 Jan 2027']
    """
    try:
        first, end = _days(period)
    except (ValueError, OverflowError):
        raise QuestionUnclear(
            f"{period!r} is no period. Write it like 2026, 2026-Q1, 2026-03, 2026-W12 or 2026-03-05."
        ) from None
    midnight = datetime.min.time()
    return datetime.combine(first, midnight, UTC), datetime.combine(end, midnight, UTC)


def drawn_on(map_: Map) -> dict[str, Any]:
    """The places of the map that events can be on, in its order, and the moves it plans, past optional places too."""
    outline = Outline(map_)
    moves = dict.fromkeys([*outline.edges, *sorted(Automaton(outline).moves())])
    return {
        "places": [{"id": one.id, "title": one.title or one.id, "stage": one.stage} for one in outline.bound],
        "planned": [{"before": before, "after": after} for before, after in moves],
    }


def _days(period: str) -> tuple[date, date]:
    if found := WEEK.fullmatch(period):
        first = date.fromisocalendar(int(found[1]), int(found[2]), 1)
        return first, first + timedelta(days=7)
    if found := QUARTER.fullmatch(period):
        first = date(int(found[1]), 3 * int(found[2]) - 2, 1)
        return first, _months_on(first, 3)
    parts = len(period.split("-"))
    first = date.fromisoformat(period + "-01" * (3 - parts))
    return first, first + timedelta(days=1) if parts == 3 else _months_on(first, 12 if parts == 1 else 1)


def _months_on(first: date, months: int) -> date:
    months += first.month - 1
    return first.replace(year=first.year + months // 12, month=months % 12 + 1)


def _segment(properties: Sequence[str]) -> dict[str, str]:
    """Properties with their values. Raises QuestionUnclear."""
    segment: dict[str, str] = {}
    for text in properties:
        name, sign, value = text.partition("=")
        if not (name and sign):
            raise QuestionUnclear(f"{text!r} names no property and value. Write it like plan=premium.")
        if segment.setdefault(name, value) != value:
            raise QuestionUnclear(f"{name!r} cannot be both {segment[name]!r} and {value!r}. Ask for one of them.")
    return segment
