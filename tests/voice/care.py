"""A small service desk, walked: its map, its journeys in sight, and random ones for laws and calibration."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import polars as pl

from desireline.journeys.walk import walk
from desireline.maps.files import read_map
from desireline.maps.outline import Outline
from desireline.measures.view import View
from desireline.tables import CUSTOMERS, EVENTS, FEEDBACK

DAWN = datetime(2026, 3, 2, tzinfo=UTC)

MAP = """
map: {id: care, title: Care, journey: {by: case, patience: 0d, success: [solved]}}
teams: [{id: desk, title: Service desk}, {id: experts, title: Experts}]
channels: [{id: phone, title: Phone}, {id: mail, title: Mail}]
stages: [{id: report, title: Report}, {id: work, title: Work}, {id: solve, title: Solve}]
touchpoints:
  - {id: open, stage: report, title: Opens a case, team: desk, when: {event: open}}
  - {id: form, stage: report, title: Fills in a form, team: desk, when: {event: form}}
  - {id: call, stage: work, title: Calls, team: desk, optional: true, when: {event: call}}
  - {id: check, stage: work, title: Is heard, team: experts, acts: company, optional: true, repeatable: true,
     when: {event: check}}
  - {id: solved, stage: solve, title: Is helped, team: experts, acts: company, repeatable: true, when: {event: solved},
     promise: {time: {within: 2d}}}
"""
CARE = Outline(read_map(MAP, "care"))
POINTS = ("open", "form", "call", "check", "solved")


def care_view(
    steps: str | Iterable[Mapping[str, Any]],
    *,
    answers: Iterable[Mapping[str, Any]] = (),
    outline: Outline = CARE,
    customers: Iterable[Mapping[str, Any]] = (),
) -> View:
    """The walked bucket. Steps need customer, hour and event; case is the customer's own when missing."""
    told = rows(steps) if isinstance(steps, str) else list(steps)
    events = [
        {
            "customer_id": row["customer"],
            "case_id": row.get("case") or f"of {row['customer']}",
            "at": DAWN + timedelta(hours=float(row["hour"])),
            "event": row["event"],
            "channel": row.get("channel"),
            "status": row.get("status"),
            "row": number,
        }
        for number, row in enumerate(told)
    ]
    given = [
        {
            "feedback_id": f"f{number}",
            "customer_id": row["customer"],
            "case_id": row.get("case") or f"of {row['customer']}",
            "at": DAWN + timedelta(days=300),
            "kind": "survey",
            "question": row.get("question", "How hard was it?"),
            "rule": "ces",
            "low": 1.0,
            "high": 7.0,
            "score": row["score"],
            "weight": 1.0,
        }
        for number, row in enumerate(answers)
    ]
    people = [{"customer_id": row["customer"], "properties": row.get("properties")} for row in customers]
    frames = (_frame(EVENTS, events), _frame(FEEDBACK, given), _frame(CUSTOMERS, people))
    return View(walk(*frames, outline, data_end=DAWN + timedelta(days=400)).trips, outline)


def rows(text: str) -> list[dict[str, Any]]:
    """The lines of a text table under its header; a dot is nothing."""
    head, *lines = [line.split() for line in text.strip().splitlines()]
    return [{name: None if cell == "." else cell for name, cell in zip(head, line, strict=True)} for line in lines]


def desk(seed: int, people: int, *, longest: int = 9) -> list[dict[str, Any]]:
    """Steps of so many customers, each with one or two cases of random steps."""
    dice = np.random.default_rng(seed)
    found = []
    for number in range(people):
        for case in range(dice.integers(1, 3)):
            hour = float(dice.integers(0, 500))
            for event in ("open", *dice.choice(POINTS, dice.integers(0, longest))):
                found.append(
                    {"customer": f"c{number}", "case": f"c{number}/{case}", "hour": hour, "event": str(event)}
                    | {"channel": dice.choice(["phone", "mail"]), "status": "failed" if dice.random() < 0.1 else None}
                )
                hour += float(dice.exponential(20.0))
    return found


def _frame(table: Any, rows: list[dict[str, Any]]) -> pl.DataFrame:
    return table.shape(pl.DataFrame(rows, infer_schema_length=None)) if rows else table.empty()
