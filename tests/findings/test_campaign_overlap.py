"""Campaign overlap: who got both within days against who got one; time begins with the later one."""

from __future__ import annotations

from typing import Any

import pytest

from desireline.findings.gather.campaigns import AUDIENCES
from desireline.findings.rules.campaign_overlap import campaign_overlap
from findings.shopping import AROUND, checks, gather, opened, passing, went

SPRING, EASTER = ({"properties": f'{{"campaign":"{name}"}}'} for name in ("spring", "easter"))


def got(customer: str, *campaigns: tuple[float, dict[str, str]], leaves: float | None = None) -> list[dict[str, Any]]:
    """Letters at these hours, and the hour at which the customer unsubscribes."""
    rows = [row for hour, which in campaigns for row in went(customer, "letter", start=hour, **which)]
    return rows + ([] if leaves is None else went(customer, "unsubscribe", start=leaves))


def company(both: tuple[int, int], one: tuple[int, int]) -> list[dict[str, Any]]:
    """Customers who got both, and one; of them so many leave a day later."""
    rows = []
    for number in range(both[1]):
        rows += got(f"b{number}", (0, SPRING), (48, EASTER), leaves=72 if number < both[0] else None)
    for number in range(one[1]):
        rows += got(f"o{number}", (0, (SPRING, EASTER)[number % 2]), leaves=24 if number < one[0] else None)
    return rows


def test_more_of_those_who_got_both_leave():
    (check,) = checks(campaign_overlap, company((20, 200), (2, 300)))
    assert check.finding is not None
    assert check.finding.says == (
        "“Spring” and “Easter” went to the same 200 people within 7 days: "
        "10 % of them came to “Goes”, 0.7 % of those who got one."
    )
    assert (check.finding.at, check.finding.customers) == ("bye", 20)
    assert check.finding.effect.value == pytest.approx(0.1 - 2 / 300)
    assert check.finding.effect.low is not None
    assert check.finding.effect.low < 0.1 - 2 / 300
    assert check.finding.grade == "D"  # nothing is held constant
    assert check.p is not None
    assert check.p < 0.001


def test_the_finding_opens_to_those_who_got_both_and_left():
    rows = company((20, 200), (2, 300))
    (check,) = checks(campaign_overlap, rows)
    assert opened(campaign_overlap, check, rows) == sorted(f"b{number}" for number in range(20))
    assert check.finding is not None
    assert check.finding.who.carried == ("property.campaign",)


def test_two_campaigns_at_once_without_harm_are_no_finding():
    assert passing(checks(campaign_overlap, company((3, 200), (3, 300)))) == []


def test_campaigns_far_apart_are_in_neither_group():
    rows = [row for n in range(20) for row in got(f"c{n}", (0, SPRING), (24 * 8, EASTER), leaves=24 * 9)]
    assert gather(AUDIENCES.make(AROUND), rows).pairs == ()


def test_who_leaves_between_the_two_counts_among_those_who_got_one():
    left = [row for n in range(10) for row in got(f"l{n}", (0, SPRING), (48, EASTER), leaves=24)]
    (pair,) = gather(AUDIENCES.make(AROUND), [*left, *company((0, 20), (0, 20))]).pairs
    place, both, one = pair.outcomes[0]
    assert (place, both.n, both.x, one.n, one.x) == ("bye", 20, 0, 30, 10)


def test_who_had_left_before_is_in_neither_group():
    gone = [row for n in range(10) for row in got(f"g{n}", (48, SPRING), leaves=0)]
    (pair,) = gather(AUDIENCES.make(AROUND), [*gone, *company((0, 20), (0, 20))]).pairs
    assert [(both.n, one.n) for _, both, one in pair.outcomes] == [(20, 20), (20, 20)]


def test_buckets_add_up_in_any_order():
    one = company((20, 200), (2, 300))
    two = [{**row, "customer": f"x{row['customer']}"} for row in one]
    assert checks(campaign_overlap, one, two) == checks(campaign_overlap, two, one)
    assert checks(campaign_overlap, one, two) == checks(campaign_overlap, [*one, *two])


def test_nobody_and_no_campaign_are_silent():
    assert checks(campaign_overlap, []) == []
    assert checks(campaign_overlap, went("ana", "home cart")) == []
