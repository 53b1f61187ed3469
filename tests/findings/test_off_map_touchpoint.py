"""Off-map touchpoints: counted once a journey, at the pair of steps where most customers do it."""

from __future__ import annotations

import pytest

from desireline.findings.rules.off_map_touchpoint import off_map_touchpoint
from findings.shopping import checks, opened, passing, went


def company(watch: int, others: int, *, also: str = "") -> list[dict[str, object]]:
    """So many customers track their parcel between order and arrival, three times each."""
    trackers = [went(f"t{n}", f"home cart order track track track arrived {also}") for n in range(watch)]
    rest = [went(f"o{n}", "home cart order arrived") for n in range(others)]
    return [row for one in (*trackers, *rest) for row in one]


def test_what_many_do_between_two_steps_is_told_at_that_edge_with_its_share():
    (check,) = checks(off_map_touchpoint, company(60, 40))
    assert check.finding is not None
    assert check.finding.says == (
        "60 % of the journeys that pass “Orders” → “Has it” do “track” there. "
        "No touchpoint of the map stands for it (60 customers)."
    )
    assert (check.finding.at, check.finding.customers, check.finding.journeys) == ("track", 60, 60)
    assert check.finding.effect.value == pytest.approx(0.6)
    assert check.p is not None
    assert check.p < 1e-6


def test_what_few_do_is_no_finding():
    assert passing(checks(off_map_touchpoint, company(8, 92))) == []


def test_the_share_must_pass_the_smallest_that_matters_and_not_only_nothing():
    assert passing(checks(off_map_touchpoint, company(13, 87))) == []
    assert len(passing(checks(off_map_touchpoint, company(13, 87), smallest=0.02))) == 1


def test_fewer_than_five_customers_are_looked_at_and_not_told():
    (check,) = checks(off_map_touchpoint, company(4, 2))
    assert check.finding is None


def test_buckets_add_up_in_any_order():
    one, two = company(30, 20), [{**row, "customer": f"x{row['customer']}"} for row in company(30, 20)]
    assert checks(off_map_touchpoint, one, two) == checks(off_map_touchpoint, two, one)
    assert checks(off_map_touchpoint, one, two) == checks(off_map_touchpoint, [*one, *two])


def test_an_event_before_the_first_or_after_the_last_step_stands_at_that_touchpoint():
    rows = [row for n in range(50) for row in went(f"c{n}", "poster home cart order arrived")]
    (check,) = checks(off_map_touchpoint, rows)
    assert check.finding is not None
    assert "that pass “Arrives” do “poster”" in check.finding.says


def test_nothing_off_the_map_and_nobody_at_all_are_silent():
    assert checks(off_map_touchpoint, company(0, 10)) == []
    assert checks(off_map_touchpoint, []) == []
    assert checks(off_map_touchpoint) == []


def test_the_finding_opens_to_its_customers():
    rows = company(20, 10)
    (check,) = checks(off_map_touchpoint, rows)
    assert opened(off_map_touchpoint, check, rows) == sorted(f"t{n}" for n in range(20))
