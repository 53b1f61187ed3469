"""Edits as people write them, and what is wrong with those that are none."""

from __future__ import annotations

import pytest

from desireline.errors import EditUnclear, RateImpossible, UnknownPlace
from desireline.scenarios.edits import Edit, parse_edit, parse_edits
from desireline.scenarios.states import States

MAP = States(("home", "delivery_costs", "checkout", "order", "dispatch", "delivery"), ("order",))


@pytest.mark.parametrize(
    ("text", "edit"),
    [
        ("checkout lost 0.05", Edit("move", "checkout", "lost", 0.05)),
        ("at checkout: lost 5%", Edit("move", "checkout", "lost", 0.05)),
        ("Checkout leaves .05", Edit("move", "checkout", "lost", 0.05)),
        ("checkout lost = 5 %", Edit("move", "checkout", "lost", 0.05)),
        ("delivery_costs lost ×0.5", Edit("move", "delivery_costs", "lost", 0.5, times=True)),
        ("delivery_costs stuck x2", Edit("move", "delivery_costs", "stuck", 2.0, times=True)),
        ("checkout failing 0", Edit("failing", "checkout", "", 0.0)),
        ("checkout failed *0.5", Edit("failing", "checkout", "", 0.5, times=True)),
        ("delivery late 0.1", Edit("late", "delivery", "", 0.1)),
        ("checkout>order 0.9", Edit("move", "checkout", "order", 0.9)),
        ("checkout → order 90%", Edit("move", "checkout", "order", 0.9)),
        ("checkout > lost 0.1", Edit("move", "checkout", "lost", 0.1)),
        ("start > home 1", Edit("move", "start", "home", 1.0)),
        ("wait dispatch>delivery 2d", Edit("wait", "dispatch", "delivery", 172_800.0)),
        ("wait dispatch > delivery x0.5", Edit("wait", "dispatch", "delivery", 0.5, times=True)),
    ],
)
def test_edits_are_read(text, edit):
    assert parse_edit(text, MAP) == edit
    assert parse_edit(edit.says, MAP) == edit


@pytest.mark.parametrize(
    ("text", "kind", "says"),
    [
        ("", EditUnclear, "is no edit"),
        ("checkout", EditUnclear, "is no edit"),
        ("checkout lost", EditUnclear, "is no edit"),
        ("checkout lost five", EditUnclear, "is no rate"),
        ("checkout sleeping 0.1", EditUnclear, "known: lost"),
        ("chekout lost 0.1", UnknownPlace, "checkout"),
        ("checkout > ordr 0.1", UnknownPlace, "order"),
        ("wait checkout > nowhere 2d", UnknownPlace, "nowhere"),
        ("start failing 0.1", UnknownPlace, "start"),
        ("checkout lost 1.2", RateImpossible, "between 0 and 1"),
        ("checkout lost 12", RateImpossible, "Did you mean 12%"),
        ("checkout lost -0.1", RateImpossible, "between 0 and 1"),
        ("checkout lost 130%", RateImpossible, "between 0 and 1"),
        ("order lost 0.1", EditUnclear, "have succeeded"),
        ("checkout > checkout 0.1", EditUnclear, "one stay"),
        ("wait dispatch > delivery 2", EditUnclear, "a duration is written"),
        ("wait dispatch > delivery 0.5", EditUnclear, "a duration is written"),
        ("wait dispatch > lost 2d", EditUnclear, "no wait before an end"),
        ("checkout lost nan", EditUnclear, "is no rate"),
    ],
)
def test_what_is_no_edit_is_refused_with_the_way_out(text, kind, says):
    with pytest.raises(kind, match=says):
        parse_edit(text, MAP)


def test_the_same_rate_cannot_be_changed_twice():
    with pytest.raises(EditUnclear, match="changed by"):
        parse_edits(["checkout lost 0.1", "checkout lost x0.5"], MAP)


@pytest.mark.parametrize(
    "text", ["start lost 0.1", "Start > pay 0.1", "pay > lost 0.1", "pay > start 0.1", "lost stuck 0"]
)
def test_a_touchpoint_called_like_the_start_or_an_end_is_not_taken_for_it(text):
    with pytest.raises(EditUnclear, match="give the touchpoint another id"):
        parse_edit(text, States(("Start", "pay", "lost", "order"), ("order",)))


def test_an_end_is_still_meant_where_no_touchpoint_can_be():
    states = States(("pay", "lost", "order"), ("order",))
    assert parse_edit("pay lost 0.1", states) == Edit("move", "pay", "lost", 0.1)
