"""The flow in the browser: routes against the plan, moves back, stages and times; of everybody or of two groups."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect
from tests.web.axe import faults
from tests.web.with_data import Company, looked

FLOW = "section[aria-label=Flow]"


def open_flow(page: Page, company: Company) -> None:
    """The flow of the company's map is shown."""
    page.goto(f"{company.served.address}/maps/{company.map_id}")
    page.get_by_role("navigation", name="What to look at").get_by_role("button", name="Flow").click()
    expect(page.get_by_role("heading", name="Flow", exact=True)).to_be_visible()


def go_to(page: Page, tab: str) -> None:
    """The page of the flow is there, with its numbers."""
    page.get_by_role("tab", name=tab).click()
    expect(page.locator(f"{FLOW} h2").first).to_be_visible()


def test_each_page_tells_its_numbers_and_has_no_faults(sit_there, company: Company):
    page = sit_there(width=390, height=844, color_scheme="dark")
    with company.served.client() as client:
        routes = looked(client, f"/api/maps/{company.map_id}/paths/routes?top=12")
    open_flow(page, company)
    rows = page.get_by_role("list", name="The routes of Everybody").get_by_role("listitem")
    expect(rows).to_have_count(len(routes["rows"]) + 1)
    expect(rows.last).to_contain_text(f"{routes['other']:,}")
    for tab in ("Routes", "Loops", "Stages", "Time between"):
        go_to(page, tab)
        assert faults(page, within=FLOW) == []
        wide, room = page.locator(FLOW).evaluate("one => [one.scrollWidth, one.clientWidth]")
        assert wide <= room


def test_a_move_opens_to_its_two_steps_by_keys_alone(sit_there, company: Company):
    page = sit_there()
    open_flow(page, company)
    go_to(page, "Loops")
    moves = page.get_by_role("region", name="The moves of Everybody", exact=True)
    move = moves.get_by_role("button", name=re.compile("Puts it into the cart → Sees the delivery costs"))
    move.focus()
    page.keyboard.press("Enter")
    opened = page.get_by_role("region", name="Puts it into the cart → Sees the delivery costs: Everybody")
    with company.served.client() as client:
        path = f"/api/maps/{company.map_id}/paths/funnel?steps=cart&steps=delivery_costs"
        first, second = looked(client, path)["rows"]
    expect(opened.get_by_role("row", name="Puts it into the cart")).to_contain_text(f"{first['customers']:,}")
    expect(opened.get_by_role("row", name="Sees the delivery costs")).to_contain_text(f"{second['customers']:,}")
    expect(opened).to_contain_text("Within one journey")
    opened.get_by_role("button", name="Customers", exact=True).press("Enter")
    expect(page.get_by_role("region", name="Customers", exact=True)).to_contain_text("The customers behind")


def test_longer_lists_of_moves_are_those_of_the_server(sit_there, company: Company):
    page = sit_there()
    open_flow(page, company)
    go_to(page, "Loops")
    moves = page.get_by_role("region", name="The moves of Everybody", exact=True)
    expect(moves.get_by_role("button")).to_have_count(40)
    page.get_by_role("button", name="More moves").press("Enter")
    with company.served.client() as client:
        longer = looked(client, f"/api/maps/{company.map_id}/paths/edges?top=120")["rows"]
    assert len(longer) > 40
    expect(moves.get_by_role("button")).to_have_count(len(longer))


def test_two_groups_stand_side_by_side(sit_there, company: Company):
    page = sit_there()
    open_flow(page, company)
    page.get_by_label("Whose numbers").select_option("persona:gift-buyer")
    page.get_by_label("Beside whose").select_option("persona:trend-follower")
    for tab in ("Routes", "Loops", "Stages", "Time between"):
        go_to(page, tab)
        expect(page.locator(f"{FLOW} h2")).to_have_text(["Gabi, who buys gifts", "Maya, who follows trends"])
    go_to(page, "Stages")
    page.get_by_label("Divided by").select_option("persona")
    expect(page.locator(f"{FLOW} h2")).to_have_count(5)
    page.get_by_label("Divided by").select_option(label="Club")
    expect(page.locator(f"{FLOW} h2")).to_have_text(["Everybody", "club = basic", "club = none", "club = plus"])
