"""Gathered answers, written where they are tested."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

from desireline.voice.scores.answers import GATHERED, GROUP

SCALES = {"nps": (0.0, 10.0), "csat": (1.0, 5.0), "ces": (1.0, 5.0), "mean": (1.0, 5.0)}


def told(rows: Iterable[Mapping[str, Any]]) -> pl.DataFrame:
    """GATHERED from rows that say what matters. `by` maps groupings to groups."""
    rows = list(rows)
    groups = sorted({one for row in rows for one in row.get("by", {})})
    found = [_row(number, row, groups) for number, row in enumerate(rows)]
    schema = GATHERED | {GROUP + one: pl.String() for one in groups}
    return pl.DataFrame(found, schema=schema, orient="row")


def said(scores: Iterable[float | None], rule: str = "csat", **more: Any) -> list[dict[str, Any]]:
    """One row for each score, each of a customer of his own."""
    head = more.pop("who", more.get("question", rule))
    return [{"customer": f"{head}{k}", "score": score, "rule": rule, **more} for k, score in enumerate(scores)]


def _row(number: int, row: Mapping[str, Any], groups: list[str]) -> dict[str, Any]:
    rule = row.get("rule", "csat")
    low, high = row.get("scale", SCALES[rule])
    customer = row.get("customer", f"c{number}")
    named = {
        "feedback_id": row.get("id", f"f{number:06}"),
        "response": row.get("response", f"r:{customer}"),
        "customer_id": customer,
        "place": row.get("place", "pay"),
        "level": row.get("level", "touchpoint"),
        "stage": row.get("stage", "buy"),
        "question": row.get("question", "How was it?"),
        "score": None if row.get("score") is None else float(row["score"]),
        "low": low,
        "high": high,
        "rule": rule,
        "weight": row.get("weight", 1.0),
        "worded": row.get("worded", False),
        "off_scale": row.get("off_scale", False),
        "channel": row.get("channel"),
        "period": row.get("period", ""),
    }
    return named | {GROUP + one: row.get("by", {}).get(one, f"{one}:(none)") for one in groups}
