"""Findings and sums made by hand, for tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import polars as pl

from desireline.findings.finding import Effect, Finding, Who
from desireline.findings.gather.rates import Rates
from desireline.findings.gather.weekly import SCHEMA


def finding(rule: str = "late", at: str = "delivery", *, group: str = "", **more: Any) -> Finding:
    """A finding about 100 customers: an excess of 20 points, between 15 and 25."""
    since = more.pop("since", None)
    known: dict[str, Any] = {
        "says": "Something is so.",
        "effect": Effect("beyond all others", 0.2, 0.15, 0.25, "share", 100, 400),
        "customers": 100,
        "journeys": 100,
        "who": Who(rule, at, group, since),
        "weight": 10.0,
    }
    return Finding(rule=rule, at=at, **(known | more))


def rates(weekly: Mapping[str, Sequence[tuple[int, int]]], *, kind: str = "failed", at: str = "pay") -> Rates:
    """Weekly (having, journeys) of everybody ("") and groups; each journey is a customer of its own."""
    first = date(2026, 1, 5)
    by_week = []
    for group, weeks in weekly.items():
        for number, (x, m) in enumerate(weeks):
            iso = (first + timedelta(weeks=number)).isocalendar()
            period = f"{iso.year}-W{iso.week:02d}"
            squares = {"n": m, "came": x, "xx": x, "xm": x, "mm": m}
            sides = {f"{name}_{side}": value for side in ("since", "until") for name, value in squares.items()}
            by_week.append(
                {"kind": kind, "at": at, "group": group, "period": period, "rows": m, "x": x, "m": m} | sides
            )
    return Rates(pl.DataFrame(by_week, schema=dict(SCHEMA)))
