"""When customers decide: success after an optional touchpoint, against other next steps from the same place."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from desireline.findings.rules.when_customers_decide import when_customers_decide
from desireline.measures.intervals import Z
from findings.shopping import checks, opened, passing, went


def company(dice: np.random.Generator, people: int, *, after: dict[str, float]) -> list[dict[str, Any]]:
    """Customers go from home to one of these touchpoints; so many succeed after each."""
    rows = []
    for n in range(people):
        step = str(dice.choice(sorted(after)))
        done = dice.random() < after[step]
        rows += went(f"c{n}", f"home {step} home {'cart order arrived' if done else ''}")
    return rows


def test_success_after_a_touchpoint_is_told_with_the_others_of_the_same_place():
    rows = company(np.random.default_rng(1), 800, after={"tips": 0.7, "quiz": 0.3})
    told = passing(checks(when_customers_decide, rows))
    assert len(told) == 1
    assert "of the journeys that go on to “Reads the tips” succeed" in told[0]


def test_a_touchpoint_that_makes_no_difference_decides_nothing():
    rows = company(np.random.default_rng(2), 800, after={"tips": 0.5, "quiz": 0.5})
    assert passing(checks(when_customers_decide, rows)) == []


def test_what_everybody_is_meant_to_take_is_not_looked_at():
    rows = [row for n in range(300) for row in went(f"c{n}", "home cart order arrived" if n % 2 else "home cart")]
    assert checks(when_customers_decide, rows) == []


def test_who_takes_no_further_step_is_not_compared():
    """Half stop at home; of those who go on, tips and quiz do equally well."""
    dice = np.random.default_rng(3)
    rows = company(dice, 500, after={"tips": 0.6, "quiz": 0.6})
    rows += [row for n in range(500) for row in went(f"s{n}", "home")]
    found = [check.finding for check in checks(when_customers_decide, rows) if check.finding]
    assert all(abs(one.effect.value) < 0.1 for one in found)


def test_within_which_time_it_shows():
    dice = np.random.default_rng(4)
    rows = []
    for n in range(800):
        step = "tips" if n % 2 else "quiz"
        done = dice.random() < (0.8 if n % 2 else 0.3)
        rows += went(f"c{n}", f"home {step} home {'cart order arrived' if done else ''}", every=3.0)
    (finding,) = [check.finding for check in checks(when_customers_decide, rows) if check.finding]
    assert [one.says for one in finding.evidence] == ["the same within a day of it", "the same within a week of it"]
    assert finding.effect.value == pytest.approx(0.5, abs=0.1)


def test_buckets_add_up_in_any_order():
    one = company(np.random.default_rng(5), 300, after={"tips": 0.7, "quiz": 0.3})
    two = [{**row, "customer": f"x{row['customer']}"} for row in one]
    assert checks(when_customers_decide, one, two) == checks(when_customers_decide, two, one)
    assert checks(when_customers_decide, one, two) == checks(when_customers_decide, [*one, *two])


def test_nobody_is_silent():
    assert checks(when_customers_decide, []) == []
    assert checks(when_customers_decide) == []


def test_the_finding_opens_to_those_who_took_the_touchpoint():
    rows = company(np.random.default_rng(1), 800, after={"tips": 0.7, "quiz": 0.3})
    (check,) = [one for one in checks(when_customers_decide, rows) if one.finding]
    took = {row["customer"] for row in rows if row["event"] == "tips"}
    assert opened(when_customers_decide, check, rows) == sorted(took)


def test_choices_of_one_customer_at_different_times_are_still_one_customers():
    """Each customer chooses ten times, mostly tips or mostly the quiz, and succeeds always or never."""
    dice = np.random.default_rng(7)
    rows = []
    for n in range(60):
        fond, wins = n % 2, n % 4 < 2
        for again in range(10):
            step = "tips" if dice.random() < (0.9 if fond else 0.1) else "quiz"
            path = f"home {step} home {'cart order arrived' if wins else ''}"
            rows += went(f"c{n}", path, case=f"c{n}/{again}")
    assert all((one.p or 0.0) > 0.1 for one in checks(when_customers_decide, rows) if one.finding)
    (effect,) = [one.finding.effect for one in checks(when_customers_decide, [*rows, *_winners(dice)]) if one.finding]
    assert effect.low is not None
    by_journeys = Z * (0.25 / 600 + 0.25 / 600) ** 0.5
    assert effect.value - effect.low > 2 * by_journeys  # 120 customers, not 1,200 journeys


def _winners(dice: np.random.Generator) -> list[dict[str, Any]]:
    """Sixty more, of whom those fond of the tips succeed."""
    rows = []
    for n in range(60):
        for again in range(10):
            step = "tips" if dice.random() < (0.9 if n % 2 else 0.1) else "quiz"
            rows += went(f"w{n}", f"home {step} home {'cart order arrived' if n % 2 else ''}", case=f"w{n}/{again}")
    return rows
