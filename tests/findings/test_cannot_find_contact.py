"""Cannot find contact: back and forth between two touchpoints, then a contact in another channel."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from desireline.findings.gather.loops import LOOPS
from desireline.findings.rules.cannot_find_contact import cannot_find_contact
from findings.shopping import AROUND, checks, gather, opened, passing, went

LOST = "help home help home help call@phone"
WEEK = 24 * 7


def company(path: str, lost: int, of: int, *, week: int = 0, name: str = "c") -> list[dict[str, Any]]:
    """Customers of one week who look for help; so many of them take this path."""
    calm = "help call@phone"
    return [
        row
        for n in range(of)
        for row in went(f"{name}{week}-{n}", path if n < lost else calm, start=week * WEEK, every=0.1)
    ]


def test_loops_that_end_in_a_call_are_told_at_the_page_that_they_end_at():
    (check,) = checks(cannot_find_contact, company(LOST, 40, 100))
    assert check.finding is not None
    assert check.finding.says == (
        "40 % of the journeys that come to “Reads the help page” go back and forth between “Arrives” and it "
        "and then get in touch another way."
    )
    assert (check.finding.at, check.finding.customers) == ("help", 40)
    assert check.finding.effect.value == pytest.approx(0.4)


@pytest.mark.parametrize(
    "path",
    [
        "help home help call@phone",  # one return
        "help home help home help",  # nobody calls
        "help home help home help call@web",  # the same channel
        "help home help home help cart call@phone",  # something else first
    ],
)
def test_what_is_not_a_loop_with_a_call_is_no_finding(path: str):
    assert passing(checks(cannot_find_contact, company(path, 40, 100))) == []


def test_a_pause_of_an_hour_is_no_going_back_and_forth():
    rows = [row for n in range(50) for row in went(f"c{n}", LOST, every=1.0)]
    assert checks(cannot_find_contact, rows) == []


def test_what_began_in_one_week_is_told_since_then_with_the_share_since_then():
    before = [row for week in range(8) for row in company(LOST, 1, 30, week=week)]
    since = [row for week in range(8, 14) for row in company(LOST, 20, 30, week=week)]
    (check,) = checks(cannot_find_contact, [*before, *since])
    assert check.finding is not None
    assert check.finding.since == date(2026, 4, 27)
    assert check.finding.effect.value == pytest.approx(2 / 3)
    assert check.finding.customers == 120
    assert check.finding.says.startswith("Since about 27 April 2026, 67 %")


def test_all_journeys_of_those_who_loop_count_in_how_customers_differ():
    """Every customer comes to the page twice in one week and loops once: there is no difference between customers."""
    rows = [
        {**row, "case": f"{row['customer']}/{again}", "hour": row["hour"] + 24 * again}
        for again, path in enumerate(("help call@phone", LOST))
        for row in company(path, 50, 50)
    ]
    (loop,) = gather(LOOPS.make(AROUND), rows).found
    (week,) = loop.helpless
    assert (week.n, week.m, week.mm, week.x, week.xx, week.xm) == (50, 100, 200, 50, 50, 100)
    assert week.scatter() == loop.looped.scatter() == 0


def test_few_loops_are_no_finding():
    assert passing(checks(cannot_find_contact, company(LOST, 6, 100))) == []


def test_buckets_add_up_in_any_order():
    one, two = company(LOST, 40, 100), company(LOST, 10, 100, name="x", week=2)
    assert checks(cannot_find_contact, one, two) == checks(cannot_find_contact, two, one)
    assert checks(cannot_find_contact, one, two) == checks(cannot_find_contact, [*one, *two])


def test_nobody_is_silent():
    assert checks(cannot_find_contact, []) == []


def test_the_finding_opens_to_those_since_then():
    before = [row for week in range(8) for row in company(LOST, 1, 30, week=week)]
    since = [row for week in range(8, 14) for row in company(LOST, 20, 30, week=week)]
    (check,) = checks(cannot_find_contact, [*before, *since])
    found = opened(cannot_find_contact, check, [*before, *since])
    assert found == sorted(f"c{week}-{n}" for week in range(8, 14) for n in range(20))
