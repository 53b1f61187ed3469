"""Findings and sums made by hand, for tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import polars as pl

from desireline.findings.finding import Effect, Finding, Who
from desireline.findings.gather.rates import Rates
from desireline.measures.sums import SUMS


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
    rows, last = [], []
    for group, weeks in weekly.items():
        for number, (x, m) in enumerate([(sum(x for x, _ in weeks), sum(m for _, m in weeks)), *weeks]):
            iso = (first + timedelta(weeks=number - 1)).isocalendar()
            period = "" if number == 0 else f"{iso.year}-W{iso.week:02d}"
            sums = {"n": m, "came": x, "rows": m, "size": x, "squares": m, "x": x, "m": m, "xx": x, "xm": x, "mm": m}
            rows.append({"kind": kind, "at": at, "group": group, "period": period} | sums)
            if period:
                last.append({"kind": kind, "at": at, "group": group, "period": period, "last": x})
    key = dict.fromkeys(("kind", "at", "group", "period"), pl.String)
    cells = pl.DataFrame(rows, schema=key | dict.fromkeys(SUMS, pl.Int64))
    return Rates(cells, pl.DataFrame(last, schema=key | {"last": pl.Int64}))
