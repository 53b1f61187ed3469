"""One thing is said once."""

from __future__ import annotations

from datetime import date

from tests.findings.made import finding

from desireline.findings.finding import Who
from desireline.findings.fold import fold, without


def told(found):
    return [(one.rule, one.at, one.group, [other.rule for other in one.also]) for one in found]


def test_the_most_telling_of_one_rule_leads_and_the_others_are_not_repeated():
    east = finding(group="property:region=East", weight=60.0)
    gifts = finding(group="persona:gabi", weight=20.0)
    whole = finding(weight=0.0)
    assert told(fold([gifts, whole, east])) == [("late", "delivery", "property:region=East", ["late"])]
    assert fold([gifts, whole, east])[0].also[0].group == ""


def test_what_holds_within_the_lead_stands_beside_it():
    basic = finding("churning kind", "shop", group="property:plan=basic", weight=60.0)
    glass = finding("churning kind", "shop", group="property:net=glass", weight=20.0, apart=True)
    young = finding("churning kind", "shop", group="property:age=18", weight=10.0)
    assert told(fold([young, glass, basic])) == [
        ("churning kind", "shop", "property:plan=basic", []),
        ("churning kind", "shop", "property:net=glass", []),
    ]


def test_what_shows_in_scores_stands_under_what_customers_do():
    low = finding("feeling below intent", weight=500.0)
    assert told(fold([low, finding()], symptoms=["feeling below intent"])) == [
        ("late", "delivery", "", ["feeling below intent"])
    ]


def test_bad_scores_stand_under_the_cause_that_they_name_and_no_other():
    late, disorder = finding("late", weight=1.0), finding("out of order", who=Who("irregular order", "delivery"))
    scores = finding("first cause of bad scores", who=Who("late", "delivery"))
    symptoms = ["first cause of bad scores"]
    assert told(fold([late, scores], symptoms=symptoms)) == [("late", "delivery", "", ["first cause of bad scores"])]
    assert told(fold([disorder, scores], symptoms=symptoms)) == [
        ("out of order", "delivery", "", []),
        ("first cause of bad scores", "delivery", "", []),
    ]


def test_what_shows_at_a_stage_stands_under_what_customers_do_in_it():
    missed, lost = finding("kpi off target", "buy"), finding("lost", "pay", weight=3.0)
    folded = fold([missed, lost], symptoms=["kpi off target"], stages={"pay": "buy"})
    assert told(folded) == [("lost", "pay", "", ["kpi off target"])]
    assert told(fold([missed], symptoms=["kpi off target"], stages={"pay": "buy"})) == [
        ("kpi off target", "buy", "", [])
    ]


def test_other_groups_are_other_problems():
    app, east = finding("failing", "pay", group="channel:app"), finding("lost", "pay", group="property:region=East")
    assert len(fold([app, east])) == 2


def test_an_edge_belongs_to_where_it_leads():
    assert len(fold([finding("drift", "dispatch>delivery"), finding()])) == 1


def test_the_order_of_what_comes_in_does_not_matter():
    some = [finding(weight=float(i), group=f"channel:{i}", since=date(2026, 1, i + 1)) for i in range(5)]
    assert fold(some) == fold(some[::-1])


def test_nothing_folds_to_nothing():
    assert fold([]) == []


def test_what_stood_under_one_that_is_put_away_stands_by_itself():
    lead = fold([finding(), finding("kpi off target", weight=1.0)], symptoms=["kpi off target"])
    assert told(without(lead, lambda one: one.rule == "late")) == [("kpi off target", "delivery", "", [])]
    assert told(without(lead, lambda one: one.rule == "kpi off target")) == [("late", "delivery", "", [])]
    assert without(lead, lambda one: True) == []


def test_a_source_of_the_same_name_as_a_touchpoint_is_another_thing():
    silent = finding("silent source", "Delivery system")
    odd = finding("silent source", "delivery out")
    assert len(fold([finding(), silent, odd], stages={"delivery": "after"})) == 3
