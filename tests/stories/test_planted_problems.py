"""The demo company's twelve planted problems can be read off the measured journey, each where the truth says it is."""

from __future__ import annotations

import json

import polars as pl
import pytest

import desireline as dl
from desireline.demo.company import build_demo

NEWSLETTERS = "newsletter>unsubscribe"


@pytest.fixture(scope="module")
def company(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo")
    files = build_demo(folder, customers=2500, seed=11)
    workspace = dl.Workspace.create(folder / "workspace")
    workspace.import_files(files.recipe, files.sources)
    groups = ("channel", "persona", "property:region")
    asked = ("customers", "drop_off", "promise_kept", "reach", "csat", "score", "conversion")
    measured = workspace.measure(files.map, dl.Question(measures=asked, by=groups, edges=(NEWSLETTERS,)))
    months = workspace.measure(files.map, dl.Question(measures=("reach",), period="month"))
    return measured, months, json.loads(files.truth.read_text())


def reading(measured, measure, at, group=""):
    """The one reading of this cell."""
    wanted = {"measure": measure, "at": at, "group": group, "period": ""}
    return measured.readings.filter(**wanted).row(0, named=True)


def deviates(measured, kind, place, *, customers=20):
    """True when the ledger has this deviation, of so many customers at least."""
    rows = measured.deviations.filter(kind=kind, place=place)
    return not rows.is_empty() and (rows["customers"][0] or 0) >= customers


def clearly_below(low, high):
    """True when the intervals of two readings do not touch, and the first one is the smaller."""
    return low["high"] < high["low"]


def test_twelve_problems_are_planted(company):
    assert len(company[2]["problems"]) == 12


def test_parcels_to_the_east_come_late_and_late_parcels_score_less(company):
    measured, _, _ = company
    east, west = (
        reading(measured, "promise_kept", "delivery", f"property:region={where}") for where in ("East", "West")
    )
    assert clearly_below(east, west)
    late = measured.deviations.filter(kind="late", place="delivery").row(0, named=True)
    assert late["score_high"] < -1


def test_checkout_fails_in_the_app(company):
    measured, _, _ = company
    assert deviates(measured, "failed", "checkout")
    app, web = (reading(measured, "conversion", "checkout", f"channel:{name}") for name in ("app", "web"))
    assert app["value"] < web["value"] - 0.04


def test_customers_on_the_mobile_site_are_lost_at_the_delivery_costs(company):
    measured, _, _ = company
    web, mobile = (reading(measured, "drop_off", "delivery_costs", f"channel:{name}") for name in ("web", "mobile"))
    assert clearly_below(web, mobile)


def test_customers_who_cannot_find_the_contact_come_back_to_the_help_page(company):
    assert deviates(company[0], "repeated", "help_page")


def test_the_same_promise_is_kept_in_the_chat_and_broken_by_e_mail(company):
    measured, _, _ = company
    mail, chat = (reading(measured, "promise_kept", "answer", f"channel:{name}") for name in ("email", "chat"))
    assert mail["high"] < 0.3
    assert chat["low"] > 0.9


def test_returns_are_stuck_before_the_refund(company):
    assert deviates(company[0], "stuck", "return_received")


def test_customers_ask_again(company):
    assert deviates(company[0], "repeated", "contact")


def test_two_campaigns_at_once_make_customers_unsubscribe_in_that_month(company):
    _, months, _ = company
    monthly = (pl.col("at") == "unsubscribe") & (pl.col("period") != "") & pl.col("value").is_not_null()
    left = months.readings.filter(monthly)
    assert left.sort("value").row(-1, named=True)["period"] == "2025-10"


def test_nobody_takes_the_style_quiz(company):
    assert "style_quiz" in company[0].coverage.silent


def test_many_look_for_their_parcel_on_a_page_that_is_not_on_the_map(company):
    assert deviates(company[0], "ad hoc", "parcel_tracking_view", customers=400)


def test_some_read_the_size_guide_only_after_they_bought(company):
    assert deviates(company[0], "irregular order", "size_guide")


def test_gift_buyers_wait_for_what_they_pick_up(company):
    measured, _, _ = company
    gifts = reading(measured, "promise_kept", "pickup", "persona:gift-buyer")
    assert clearly_below(gifts, reading(measured, "promise_kept", "pickup"))
