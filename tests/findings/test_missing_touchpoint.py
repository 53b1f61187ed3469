"""Missing touchpoint: a long silence in which customers get in touch."""

from __future__ import annotations

from typing import Any

import pytest

from desireline.findings.gather.silences import SILENCES
from desireline.findings.rules.missing_touchpoint import missing_touchpoint
from findings.shopping import AROUND, checks, gather, opened, passing, went


def waits(ask: int, of: int, *, days: float = 10.0, name: str = "c") -> list[dict[str, Any]]:
    """Customers who wait so many days between order and arrival; so many of them call halfway."""
    rows = []
    for n in range(of):
        rows += went(f"{name}{n}", "home cart order", every=0.1)
        rows += went(f"{name}{n}", "call@phone", start=days * 12) if n < ask else []
        rows += went(f"{name}{n}", "arrived", start=days * 24, channel="post")
    return rows


def test_many_calls_in_a_long_silence_are_told_at_the_edge():
    (check,) = checks(missing_touchpoint, waits(45, 100))
    assert check.finding is not None
    assert check.finding.says == (
        "Between “Orders” and “Has it” we are silent for 7 days and longer: "
        "45 % of the journeys that wait there get in touch (45 customers)."
    )
    assert (check.finding.at, check.finding.customers) == ("order>arrived", 45)
    assert check.finding.effect.value == pytest.approx(0.45)


def test_a_usual_share_of_calls_is_no_finding():
    assert passing(checks(missing_touchpoint, waits(20, 100))) == []


def test_a_short_wait_is_not_looked_at():
    assert checks(missing_touchpoint, waits(45, 100, days=0.5)) == []


def test_what_the_company_says_ends_the_silence():
    rows = []
    for n in range(60):
        rows += went(f"c{n}", "home cart order", every=0.1)
        rows += went(f"c{n}", "letter", start=48)
        rows += went(f"c{n}", "call@phone arrived", start=100, every=100)
    found = {gap.start: (gap.asked.x, gap.asked.m) for gap in gather(SILENCES.make(AROUND), rows).found}
    assert found == {"order": (0, 60)}


def test_the_wait_must_be_worse_than_other_long_waits():
    calm = waits(30, 60)
    for n in range(80):  # before it, an even more unquiet wait between home and cart
        calm += went(f"u{n}", "home", start=0)
        calm += went(f"u{n}", "call@phone", start=30)
        calm += went(f"u{n}", "cart", start=60)
    told = {check.finding.at: check.p for check in checks(missing_touchpoint, calm) if check.finding}
    assert told["order>arrived"] is not None
    assert told["order>arrived"] > 0.5


def test_buckets_add_up_in_any_order():
    one, two = waits(45, 100), waits(10, 50, name="x")
    assert checks(missing_touchpoint, one, two) == checks(missing_touchpoint, two, one)
    assert checks(missing_touchpoint, one, two) == checks(missing_touchpoint, [*one, *two])


def test_nobody_is_silent():
    assert checks(missing_touchpoint, []) == []


def test_the_finding_opens_to_those_who_asked():
    (check,) = checks(missing_touchpoint, waits(45, 100))
    assert opened(missing_touchpoint, check, waits(45, 100)) == sorted(f"c{n}" for n in range(45))
