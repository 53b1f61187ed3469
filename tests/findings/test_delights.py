"""Winning routes among those who succeeded: the best score, and coming back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import numpy as np
import polars as pl

from desireline.findings.dossier import Dossier
from desireline.findings.finding import Check
from desireline.findings.gather.delights import BACK, DELIGHTS, TOP, open_delighted
from desireline.findings.gather.exposures import EXPOSURES
from desireline.findings.rules.winning_route import winning_route
from desireline.journeys.walk import walk
from desireline.maps.files import read_map
from desireline.maps.outline import Outline
from desireline.measures.view import View
from desireline.tables import CUSTOMERS, EVENTS, FEEDBACK
from findings.shopping import AROUND, DAWN, MAP, Rows, went

ASKED = Outline(
    read_map(MAP.replace("success: [arrived]}}", "success: [arrived]}, feedback: {question: Stars}}"), "shop")
)
YEAR = replace(AROUND, outline=ASKED, last_at=DAWN + timedelta(days=365))
PATH, DETOUR = "home cart order arrived", "home tips cart order arrived"


def walked(rows: Rows, stars: dict[str, float]) -> View:
    """The walked bucket; `stars` by case."""
    told = [
        {
            "customer_id": row["customer"],
            "case_id": row.get("case") or row["customer"],
            "at": DAWN + timedelta(hours=float(row["hour"])),
            "event": row["event"],
            "channel": "web",
            "row": number,
        }
        for number, row in enumerate(rows)
    ]
    said = [
        {"feedback_id": f"f{case}", "customer_id": case, "case_id": case, "at": DAWN + timedelta(days=2)}
        | {"kind": "survey", "question": "Stars", "low": 1.0, "high": 5.0, "score": score, "rule": "mean"}
        for case, score in stars.items()
    ]
    events = EVENTS.shape(pl.DataFrame(told)).sort("customer_id", "at") if told else EVENTS.empty()
    heard = FEEDBACK.shape(pl.DataFrame(said)) if said else FEEDBACK.empty()
    return View(walk(events, heard, CUSTOMERS.empty(), ASKED, data_end=YEAR.last_at).trips, ASKED)


def looked(*views: View) -> list[Check]:
    """All that the rule looked at."""
    found = {}
    for one in (EXPOSURES, DELIGHTS):
        walker = one.make(YEAR)
        found[one.name] = walker.finish(walker.combine([walker.partial(view) for view in views]))
    return list(winning_route.checks(Dossier(YEAR, found)))


def passing(found: list[Check]) -> list[Check]:
    return [one for one in found if one.finding is not None and one.p is not None and one.p < 0.01]


def people(taking: int, others: int) -> list[dict[str, Any]]:
    return [row for n in range(taking) for row in went(f"t{n}", DETOUR)] + [
        row for n in range(others) for row in went(f"o{n}", PATH)
    ]


def returning(dice: np.random.Generator, *, taking: float, others: float, after: float = 10.0) -> list[dict[str, Any]]:
    """300 customers with and 300 without the detour; of them so many buy again, after so many days."""
    rows = []
    for n in range(600):
        name, detour = f"c{n}", n < 300
        rows += went(name, DETOUR if detour else PATH, case=f"{name}-1")
        if dice.random() < (taking if detour else others):
            rows += went(name, PATH, case=f"{name}-2", start=24 * after)
    return rows


def test_who_reads_the_tips_gives_the_best_score():
    stars = {f"t{n}": 5.0 if n % 4 else 4.0 for n in range(200)} | {
        f"o{n}": 5.0 if n % 4 == 0 else 4.0 for n in range(200)
    }
    view = walked(people(200, 200), stars)
    best = min(passing(looked(view)), key=lambda one: (one.p or 0.0, len(one.finding.says) if one.finding else 0))
    assert best.finding is not None
    assert best.finding.says.startswith("75 % of the successful journeys that come to “Orders” by way of “Reads")
    assert best.finding.says.endswith("get the best scores; 25 % of those that come as far without.")
    assert best.finding.who.kind == TOP
    assert set(open_delighted(view, best.finding.who)) == {f"t{n}" for n in range(200)}


def test_who_answered_nothing_counts_nowhere():
    assert [one for one in looked(walked(people(200, 200), {})) if one.finding] == []


def test_who_reads_the_tips_comes_back():
    view = walked(returning(np.random.default_rng(1), taking=0.6, others=0.2), {})
    found = passing(looked(view))
    assert {one.finding.who.kind for one in found if one.finding} == {BACK}
    assert found[0].finding is not None
    assert "are followed by another within 90 days" in found[0].finding.says


def test_later_than_ninety_days_is_not_back():
    view = walked(returning(np.random.default_rng(2), taking=0.6, others=0.2, after=120), {})
    assert passing(looked(view)) == []


def test_who_had_no_time_to_come_back_is_not_compared():
    late = [
        row | {"hour": row["hour"] + 24 * 300} for row in returning(np.random.default_rng(3), taking=0.6, others=0.2)
    ]
    assert [one for one in looked(walked(late, {})) if one.finding] == []


def test_a_detour_that_changes_nothing_is_silent():
    dice = np.random.default_rng(4)
    stars = {f"{side}{n}": float(dice.choice([4.0, 5.0])) for side in "to" for n in range(200)}
    assert passing(looked(walked(people(200, 200), stars))) == []


def test_buckets_add_up_in_any_order():
    rows = returning(np.random.default_rng(5), taking=0.6, others=0.2)
    first = walked([row for row in rows if int(row["customer"][1:]) % 2], {})
    second = walked([row for row in rows if int(row["customer"][1:]) % 2 == 0], {})
    whole = looked(walked(rows, {}))
    assert (
        [one.p for one in looked(first, second)] == [one.p for one in looked(second, first)] == [one.p for one in whole]
    )


def test_nobody_is_silent():
    assert looked(walked([], {})) == []
    assert looked() == []
