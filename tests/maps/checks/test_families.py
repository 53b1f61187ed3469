"""Each check sees the fault it is for, says it in these words, and nothing else is said."""

from __future__ import annotations

import pytest

from desireline.maps.checks.catalog import CHECKS

from .given import DATA, SOUND, codes, off_map, remarks

LATER = "  - {id: call, title: Call, stage: after, channels: [phone], when: {event: call}, campaigns: [spring]}\n"
STAGE_AFTER = (
    "  - {id: after, title: Support, customer_goal: Get help, team: care, kpis: [{measure: nps, at_least: 30}]}\n"
)
CARDS = SOUND[SOUND.index("cards:") :]
FEELING = (
    "  - {at: pay, lane: feeling, says: Nervous, level: -1, evidence: {kind: observation, by: Ana, on: 2026-01-01}}\n"
)

STORIES = [
    # code, at, what is replaced, by what, what is said
    (
        "promise-without-measure",
        "call",
        "when: {event: call}",
        "when: {event: call}, promise: {score: {measure: csat, at_least: 0.8}}",
        "Touchpoint “Call” promises a score, but no rule says which answers speak about it.",
    ),
    (
        "promise-unclear",
        "pay",
        "{within: 1d, after: browse}",
        "{after: browse}",
        "The time promised by Touchpoint “Payment” has no form.",
    ),
    (
        "promise-unclear",
        "pay",
        "{within: 1d, after: browse}",
        "{within: 1d, by_due: true}",
        "The time promised by Touchpoint “Payment” has more than one form.",
    ),
    (
        "promise-unclear",
        "pay",
        "{time: {within: 1d, after: browse}}",
        "{score: {measure: nps}}, feedback: {question: x}",
        "The nps promised by Touchpoint “Payment” has no level.",
    ),
    (
        "moment-without-promise",
        "browse",
        "when: {event: browse}",
        "when: {event: browse}, moment_of_truth: true",
        "Touchpoint “Browsing” is a moment of truth and promises nothing.",
    ),
    (
        "never-reviewed",
        "shop",
        "  review: {every_days: 90, last: 2026-01-01, by: Ana}\n",
        "",
        "The map has no review rule, so nobody will notice when it is out of date.",
    ),
    (
        "review-overdue",
        "shop",
        "last: 2026-01-01, by",
        "last: 2025-11-01, by",
        "The review of the map is 30 days overdue; the last was on 2025-11-01.",
    ),
    (
        "review-overdue",
        "shop",
        "last: 2026-01-01, by",
        "by",
        "The map is to be reviewed every 90 days, but no review is noted.",
    ),
    ("no-owner", "shop", "  owner: Ana\n", "", "The map has no owner."),
    (
        "campaign-over",
        "spring",
        "ends: 2026-04-01",
        "ends: 2026-02-28",
        "Campaign “Spring sale” ended on 2026-02-28 and still stands at “Call”.",
    ),
    (
        "campaign-nowhere",
        "spring",
        ", campaigns: [spring]",
        "",
        "The campaign “Spring sale” stands at no touchpoint.",
    ),
    (
        "unowned-touchpoint",
        "browse",
        "customer_goal: Choose, team: sales",
        "customer_goal: Choose",
        "No team answers for touchpoint “Browsing”.",
    ),
    (
        "idle-team",
        "legal",
        "teams: [",
        "teams: [{id: legal, title: Legal}, ",
        "Team “Legal” stands nowhere on the map.",
    ),
    (
        "kpi-without-influence",
        "call",
        "when: {event: call}",
        "when: {event: call}, influence: no, kpis: [{measure: nps, at_least: 1}]",
        "Touchpoint “Call” cannot be influenced, yet has targets: nps.",
    ),
    (
        "empty-stage",
        "new",
        "touchpoints:\n",
        "  - {id: new, title: New, customer_goal: x}\ntouchpoints:\n",
        "Stage “New” has no touchpoint.",
    ),
    (
        "stage-without-goal",
        "buy",
        "customer_goal: Own it, ",
        "",
        "Stage “Purchase” does not say what the customer wants.",
    ),
    (
        "no-success",
        "shop",
        ", success: [pay]",
        "",
        "The map does not say when a journey has succeeded; reaching “Call” is taken for it.",
    ),
    (
        "broken-link",
        "l",
        "campaigns: [{id",
        "links: [{id: l, kind: then, from: pay}]\ncampaigns: [{id",
        "Link “l” says that one touchpoint follows another, and names only one.",
    ),
    (
        "broken-link",
        "l",
        "campaigns: [{id",
        "links: [{id: l, kind: alternative, among: [pay]}]\ncampaigns: [{id",
        "Link “l” (alternative) has only one touchpoint; it takes at least two to choose or to order.",
    ),
    (
        "gone-record",
        "call",
        "{id: spring, title: Spring sale,",
        "{id: spring, title: Spring sale, deleted: true,",
        "“Call” mentions “spring”, which was deleted.",
    ),
    (
        "unused-channel",
        "fax",
        "channels: [{",
        "channels: [{id: fax, title: Fax}, {",
        "No touchpoint happens in channel “Fax”.",
    ),
    (
        "touchpoint-without-channel",
        "shop",
        "channels: [phone], when: {event: call}",
        "when: {event: call}",
        "No channels are said for “Call”.",
    ),
    (
        "event-claimed-twice",
        "pay",
        "when: {event: pay}",
        "when: {event: [pay, browse]}",
        "Touchpoints “Browsing” and “Payment” both claim the event “browse”; the first gets all.",
    ),
    (
        "cut-incomplete",
        "shop",
        "by: silence, silence: 30d",
        "by: rules",
        "Journeys are cut by rules, but there is no start rule.",
    ),
    (
        "cut-incomplete",
        "shop",
        "silence: 30d, ",
        "",
        "Journeys are cut by silence, but not by how long a one.",
    ),
    (
        "kpi-unknown-measure",
        "look",
        "Choose, team: sales, kpis: [{measure: conversion",
        "Choose, team: sales, kpis: [{measure: conversoin",
        "Stage “Consideration” has a target for “conversoin”, which is no measure.",
    ),
    (
        "kpi-without-target",
        "after",
        "{measure: nps, at_least: 30}",
        "{measure: nps}",
        "Stage “Support” names nps without a target.",
    ),
    (
        "stage-without-kpi",
        "after",
        ", kpis: [{measure: nps, at_least: 30}]",
        "",
        "Stage “Support” has no measure to be judged by.",
    ),
    (
        "kpi-without-data",
        "after",
        "{measure: nps, at_least: 30}",
        "{measure: time_median, at_most: 60}",
        "Stage “Support” has a target for time_median, but no data to show it.",
    ),
    (
        "persona-without-segment",
        "maya",
        ", segment: {property: {plan: pro}}",
        "",
        "No rule says which customers persona “Maya” stands for.",
    ),
    (
        "persona-nobody-matches",
        "leo",
        "personas: [",
        "personas: [{id: leo, title: Leo, segment: {property: {plan: x}}}, ",
        "No customer matches persona “Leo”.",
    ),
    ("no-persona", "shop", "personas: [{", "personas: [{deleted: true, ", "The map has no persona."),
    (
        "cards-without-evidence",
        "shop",
        "says: Slow, evidence: {kind: assumption}",
        "says: Slow",
        "1 of 2 statements about customers do not say why they are believed.",
    ),
    (
        "pain-without-opportunity",
        "shop",
        "{at: pay, lane: opportunity",
        "{at: call, lane: opportunity",
        "Pains without an opportunity: “Payment”.",
    ),
    (
        "empty-card",
        "pay.opportunity.1",
        ", says: One click",
        "",
        "A card in the lane “opportunity” at “Payment” says nothing.",
    ),
    (
        "touchpoint-nobody-visits",
        "quiz",
        "  - {id: pay, title: Payment",
        "  - {id: quiz, title: Quiz, stage: look, channels: [web], when: {event: quiz}}\n  - {id: pay, title: Payment",
        "Nobody ever visited touchpoint “Quiz”.",
    ),
]


@pytest.mark.parametrize(("code", "at", "old", "new", "says"), STORIES)
def test_a_fault_is_seen_and_nothing_else(code, at, old, new, says):
    assert [(remark.code, remark.at, remark.says) for remark in remarks(old, new)] == [(code, at, says)]


# Faults that bring others with them


def test_a_map_that_ends_with_the_purchase_is_sales_only():
    text = SOUND.replace(LATER, "").replace(STAGE_AFTER, "")
    found = remarks(text=text)
    assert found[0].says == "The journey ends with “Purchase”; nothing is drawn of what comes after."
    assert "sales-only" in codes(text=SOUND.replace(LATER, ""))
    assert "sales-only" not in codes("title: Purchase", "title: Repair", text=text)


def test_a_map_without_data_or_observation_is_assumption():
    text = SOUND.replace("kind: observation, by: Ana, on: 2026-01-01", "kind: assumption")
    for event in ("browse", "pay", "call"):
        text = text.replace(f"when: {{event: {event}}}", "optional: true")
    assert "assumptions-only" in codes(text=text)
    assert "assumptions-only" not in codes("{kind: assumption}", "{kind: measure, measure: nps}", text=text)


def test_one_team_and_one_channel_are_a_silo():
    point = "  - {id: extra, title: Extra, stage: look, channels: [web], when: {event: browse}, optional: true}\n"
    text = SOUND.replace("touchpoints:\n", "touchpoints:\n" + point.replace("event: browse", "event: extra"))
    text = text.replace("channels: [phone]", "channels: [web]").replace("team: care", "team: sales")
    says = [remark.says for remark in remarks(text=text) if remark.code == "silo"]
    assert says == [
        "Only one team, “Sales”, is named on 4 touchpoints.",
        "All 4 touchpoints happen in one channel, “Web”.",
    ]


def test_a_map_without_feelings_is_told_so():
    assert codes(FEELING, "") == ["no-emotions"]
    assert codes(FEELING, "", text=SOUND.replace("{time: {within", "{feeling: 1, time: {within")) == []


def test_a_feeling_without_a_level_cannot_be_drawn():
    assert codes(", level: -1", "") == ["feeling-without-level"]


def test_an_empty_map_has_no_stage():
    assert "no-stages" in codes(text="map: {id: m, title: M}")


def test_success_that_no_event_shows_is_an_error():
    found = remarks("when: {event: pay}, promise: {time: {within: 1d, after: browse}}", "optional: true")
    assert [remark.code for remark in found] == ["success-unreachable", "unbound-touchpoint"]
    assert found[0].says == "No journey can succeed: “Payment” is bound to no event."


def test_an_unbound_touchpoint_with_its_own_answers_is_measurable():
    assert codes("when: {event: call}", "optional: true") == ["unbound-touchpoint"]
    assert codes("when: {event: call}", "feedback: {question: q}") == []


def test_a_promise_of_time_needs_events_at_both_ends():
    assert "promise-without-measure" in codes("when: {event: pay}, ", "")
    found = remarks("when: {event: browse}", "optional: true")
    assert found[0].says == "Touchpoint “Payment” promises a time after “Browsing”, which is bound to no event."


def test_failures_without_visits_are_never_counted():
    assert "failure-without-binding" in codes("when: {event: call}", "failed_when: {status: bad}")


def test_seventeen_in_any_order_are_too_many():
    points = "".join(f"  - {{id: p{n}, stage: look, channels: [web], when: {{event: e{n}}}}}\n" for n in range(16))
    text = SOUND.replace("{id: look, title", "{id: look, any_order: true, title")
    found = remarks("touchpoints:\n", "touchpoints:\n" + points, text=text, data=None)
    assert [(remark.code, remark.at) for remark in found] == [("wide-any-order", "look")]


@pytest.mark.parametrize(
    ("first", "second", "clash"),
    [
        ("{event: a}", "{event: a}", True),
        ("{event: a}", "{event: a, channel: web}", True),
        ("{event: a, channel: web}", "{event: a, channel: web}", True),
        ("{property: {x: 1}}", "{property: {x: 1}}", True),
        ("{event: a, channel: web}", "{event: a}", False),
        ("{event: a, property: {x: 1}}", "{event: a}", False),
        ("{event: a, channel: web}", "{event: a, channel: phone}", False),
        ("{event: a}", "{event: b}", False),
        ("{any: [{event: a, channel: web}]}", "{event: a}", False),
        ("{event: a}", "{not: {event: a}}", False),
    ],
)
def test_only_a_wide_rule_before_takes_events_away(first, second, clash):
    text = SOUND.replace("when: {event: browse}", f"when: {first}").replace("when: {event: pay}", f"when: {second}")
    assert ("event-claimed-twice" in codes(text=text, data=None)) == clash


def test_common_events_off_the_map_are_told_one_by_one_and_rare_ones_together():
    data = off_map(
        ("track", "web", 40, 30, 0.2),
        ("odd", None, 9, 3, 0.05),
        ("rare", None, 1, 1, 0.005),
        ("rarer", None, 1, 1, 0.005),
    )
    assert [remark.says for remark in remarks(data=data)] == [
        "No touchpoint explains “track” in web: 20.0% of events, 30 customers.",
        "No touchpoint explains “odd”: 5.0% of events, fewer than 5 customers.",
        "No touchpoint explains 2 rarer kinds of events, together 1.0% of events.",
    ]


def test_every_check_has_a_story():
    told = {code for code, *_ in STORIES} | {
        *(
            "sales-only",
            "assumptions-only",
            "silo",
            "no-emotions",
            "no-stages",
            "success-unreachable",
            "event-unexplained",
        ),
        *("unbound-touchpoint", "failure-without-binding", "wide-any-order", "feeling-without-level"),
    }
    assert told == {check.code for check in CHECKS}
    assert DATA.today is not None
