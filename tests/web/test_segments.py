"""Whose numbers are shown: a value of a property, found among many, beside all others; and how far the map is to be
believed.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from playwright.sync_api import expect
from tests.web.company import card
from tests.web.conftest import Sit
from tests.web.test_measured_map import numbers, opened, reading
from tests.web.with_data import Company, looked

from desireline.draw.figures import say

BERLIN = "property:city|Berlin"


def test_one_of_many_values_stands_beside_all_others(company: Company, sit_there: Sit):
    page = opened(company, sit_there(width=2400))
    titles = page.locator(".board-title").all_inner_texts()
    page.get_by_label("Whose numbers").focus()
    page.get_by_label("Whose numbers").select_option(label="City…")
    ask = page.get_by_role("dialog", name="Customers by city")
    ask.get_by_label("Find").fill("berl")
    ask.get_by_role("button", name="Berlin").press("Enter")
    expect(page.get_by_label("Whose numbers")).to_be_focused()
    page.get_by_label("Beside whose").select_option(label="All others")
    cell = numbers(page, "Sees the delivery costs")
    for group in (f"{BERLIN}=Berlin", f"{BERLIN}=(other)"):
        value = reading(company, "drop_off", "delivery_costs", f"?by={quote(BERLIN)}", group)
        expect(cell).to_contain_text(say(value, "share"))
    expect(cell).to_contain_text("All others")
    cell.focus()
    expect(page.get_by_role("tooltip", include_hidden=True)).to_contain_text(
        re.compile(r"city = Berlin:\s+Reach: .*95.* interval .*n = .*city other than Berlin:", re.S)
    )
    assert page.locator(".board-title").all_inner_texts() == titles


def test_the_others_open_to_their_customers(company: Company, sit_there: Sit):
    page = opened(company, sit_there(width=2400))
    page.get_by_label("Whose numbers").select_option(label="plus")
    page.get_by_label("Beside whose").select_option(label="All others")
    panel = page.get_by_role("region", name="Sees the delivery costs")
    numbers(page, "Sees the delivery costs").click()
    others = panel.get_by_role("region", name="club other than plus")
    figure = others.get_by_role("button", name=re.compile("^Customers: "))
    count = int(re.sub(r"\D", "", figure.inner_text()))
    figure.click()
    expect(page.get_by_role("region", name="Customers")).to_contain_text(f"{count} customers")


def test_the_truth_of_the_map_leads_to_the_cards_that_are_wrong(company: Company, sit_there: Sit):
    page = opened(company, sit_there(width=2400))
    with company.served.client() as client:
        truth = looked(client, f"/api/maps/{company.map_id}/truth")
    wrong = next(one for one in truth["cards"] if one["grade"] == "contradicted")
    page.get_by_role("button", name=f"Truth {round(truth['truth']['score'])}").click()
    panel = page.get_by_role("region", name="Truth of this map")
    for part in truth["truth"]["parts"]:
        expect(panel).to_contain_text(part["says"][1:])
    panel.get_by_role("button", name=wrong["says"]).click()
    expect(card(page, wrong["says"])).to_be_focused()
    expect(card(page, wrong["says"])).to_contain_text("Contradicted")
    page.get_by_role("button", name="Data to").click()
    expect(page.get_by_role("region", name="Data", exact=True)).to_be_visible()
