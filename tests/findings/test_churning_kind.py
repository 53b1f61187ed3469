"""Kinds of customers who are lost: by one property or two, among journeys that began alike."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from desireline.findings.dossier import Dossier
from desireline.findings.finding import Check
from desireline.findings.gather.subgroups import KINDS, KindsWalker
from desireline.findings.rules.churning_kind import churning_kind
from findings.shopping import AROUND, SHOP, gather, opened, passing, went

AMONG = replace(AROUND, groupings=("channel", "property:plan", "property:net"))


def company(dice: np.random.Generator, people: int, *, lost: dict[tuple[str, str], float]) -> list[dict[str, Any]]:
    """Customers with a plan and a net; so many of each kind are lost."""
    rows = []
    for n in range(people):
        plan, net = str(dice.choice(["basic", "gold"])), str(dice.choice(["cable", "glass"]))
        path = "home cart" if dice.random() < lost[plan, net] else "home cart order arrived"
        rows += went(f"c{n}", path, properties=json.dumps({"net": net, "plan": plan}, separators=(",", ":")))
    return rows


def looked(*buckets: list[dict[str, Any]]) -> list[Check]:
    """All that the rule looked at."""
    return list(churning_kind.checks(Dossier(AMONG, {KINDS.name: gather(KINDS.make(AMONG), *buckets)})))


def even(basic: float, gold: float) -> dict[tuple[str, str], float]:
    """Only the plan matters."""
    return {
        (plan, net): {"basic": basic, "gold": gold}[plan] for plan in ("basic", "gold") for net in ("cable", "glass")
    }


def test_a_kind_that_is_lost_more_often_is_told_and_opens_to_its_customers():
    rows = company(np.random.default_rng(1), 600, lost=even(0.6, 0.2))
    found = [check for check in looked(rows) if check.finding and check.p is not None and check.p < 0.001]
    assert [check.finding.group for check in found if check.finding] == ["property:plan=basic"]
    assert passing(found)[0].startswith("61 % of the journeys of customers whose plan is basic are lost; 22 % of those")
    basic = {row["customer"] for row in rows if '"plan":"basic"' in row["properties"]}
    assert opened(churning_kind, found[0], rows) == sorted(basic)


def test_two_properties_are_told_where_they_tell_more_than_each():
    lost = {("basic", "cable"): 0.1, ("basic", "glass"): 0.8, ("gold", "cable"): 0.1, ("gold", "glass"): 0.1}
    told = passing(looked(company(np.random.default_rng(2), 800, lost=lost)))
    assert any("net is glass and plan is basic are lost" in one for one in told)


def test_a_kind_stands_apart_only_where_it_makes_a_difference_within_the_first():
    both = {("basic", "cable"): 0.5, ("basic", "glass"): 0.8, ("gold", "cable"): 0.1, ("gold", "glass"): 0.4}
    told = looked(company(np.random.default_rng(4), 1200, lost=both))
    assert _apart(told) == ["property:net=glass", "property:plan=basic"]
    rows = company(np.random.default_rng(5), 1200, lost=even(0.7, 0.2))
    copied = [
        row | {"properties": row["properties"].replace("cable", _net(row)).replace("glass", _net(row))} for row in rows
    ]
    assert _apart(looked(copied)) == ["property:net=cable"]  # of two that say the same, one


def _net(row: dict[str, Any]) -> str:
    return "cable" if "basic" in row["properties"] else "glass"


def _apart(told: list[Check]) -> list[str]:
    return sorted(one.finding.group for one in told if one.finding and one.finding.apart)


def test_kinds_that_differ_in_nothing_are_silent():
    assert passing(looked(company(np.random.default_rng(3), 800, lost=even(0.4, 0.4)))) == []


def test_customers_with_many_journeys_count_as_one_each():
    rows = company(np.random.default_rng(4), 200, lost=even(0.5, 0.5))
    again = [{**row, "case": f"{row['customer']}/2"} for row in rows]
    once, twice = (gather(KINDS.make(AMONG), one).found[0].found for one in (rows, [*rows, *again]))
    assert twice.exposed[0] == 2 * once.exposed[0]
    assert twice.people[0] == pytest.approx(once.people[0])
    assert twice.error[0] == pytest.approx(once.error[0], rel=0.05)


def test_customers_whose_journeys_began_in_several_places_count_as_one_each():
    """Of each customer's journeys one began at home, one with the tips and one with the quiz."""
    rows = company(np.random.default_rng(4), 300, lost=even(0.5, 0.5))
    other = [
        {**row, "case": f"{row['customer']}/{first}", "event": first if row["event"] == "home" else row["event"]}
        for row in rows
        for first in ("tips", "quiz")
    ]
    once, thrice = (gather(KINDS.make(AMONG), one).found[0].found for one in (rows, [*rows, *other]))
    assert thrice.exposed[0] == 3 * once.exposed[0]
    assert thrice.error[0] == pytest.approx(once.error[0], rel=0.1)


def test_every_pair_that_is_looked_at_counts_also_where_it_tells_nothing_more():
    told = looked(company(np.random.default_rng(1), 600, lost=even(0.6, 0.2)))
    assert len(told) == 4 + 4
    assert [one.finding for one in told if one.finding and one.finding.who.also] == []
    assert all(one.p is not None for one in told)


def test_values_that_hold_an_and_open_to_their_customers():
    lost = {("basic", "cable"): 0.1, ("basic", "glass"): 0.8, ("gold", "cable"): 0.1, ("gold", "glass"): 0.1}
    rows = [
        row | {"properties": row["properties"].replace("basic", "Food & Drink").replace("glass", "a & b=c")}
        for row in company(np.random.default_rng(2), 800, lost=lost)
    ]
    found = [check for check in looked(rows) if check.finding and check.finding.who.also]
    assert found[0].finding is not None
    assert found[0].finding.group == "property:net=a & b=c & property:plan=Food & Drink"
    mine = {row["customer"] for row in rows if "Food & Drink" in row["properties"] and "a & b" in row["properties"]}
    assert opened(churning_kind, found[0], rows) == sorted(mine)


def test_buckets_add_up_in_any_order():
    one = company(np.random.default_rng(5), 300, lost=even(0.6, 0.2))
    two = [{**row, "customer": f"x{row['customer']}"} for row in one]
    assert looked(one, two) == looked(two, one) == looked([*one, *two])


def test_nobody_and_no_property_are_silent():
    assert looked([]) == []
    assert looked() == []
    assert gather(KindsWalker(SHOP, ()), went("ana", "home cart")).found == ()
