"""One thing is said once."""

from __future__ import annotations

from datetime import date

from tests.findings.made import finding

from desireline.findings.fold import fold


def told(found):
    return [(one.rule, one.at, one.group, [other.rule for other in one.also]) for one in found]


def test_the_most_telling_of_one_rule_leads_and_the_others_are_not_repeated():
    east = finding(group="property:region=East", weight=60.0)
    gifts = finding(group="persona:gabi", weight=20.0)
    whole = finding(weight=0.0)
    assert told(fold([gifts, whole, east])) == [("late", "delivery", "property:region=East", ["late"])]
    assert fold([gifts, whole, east])[0].also[0].group == ""


def test_what_shows_in_scores_stands_under_what_customers_do():
    low = finding("feeling below intent", weight=500.0)
    assert told(fold([low, finding()], symptoms=["feeling below intent"])) == [
        ("late", "delivery", "", ["feeling below intent"])
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
