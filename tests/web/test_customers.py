"""Stories of customers: from a finding to one customer's words, by clicks and keys, and what a viewer sees of them."""

from __future__ import annotations

from playwright.sync_api import Page, expect
from tests.web.axe import faults
from tests.web.company import joined
from tests.web.conftest import Sit
from tests.web.with_data import Company, looked

from desireline.access import Role


def at(company: Company, page: Page, view: str) -> Page:
    """The page shows what the map's data say."""
    page.goto(f"{company.served.address}/maps/{company.map_id}")
    page.get_by_role("button", name=view, exact=True).click()
    return page


def at_findings(company: Company, page: Page) -> Page:
    """The page shows what was found, which was looked for before."""
    with company.served.client() as client:
        looked(client, f"/api/maps/{company.map_id}/findings")
    return at(company, page, "Findings")


def spoken(company: Company) -> str:
    """The id of a customer who said something."""
    with company.served.client() as client:
        path = f"/api/maps/{company.map_id}/customers?measure=answers"
        return str(looked(client, path)["customers"][0]["customer_id"])


def test_a_finding_opens_to_its_customers_and_each_of_them_to_their_journey(sit_there: Sit, company: Company):
    page = at_findings(company, sit_there())
    page.get_by_role("article").get_by_role("button", name="customers").first.click()
    customers = page.get_by_role("region", name="Customers")
    expect(customers.get_by_text("The customers of a finding")).to_be_visible()
    assert faults(page) == []
    listed = customers.get_by_role("list").first.get_by_role("listitem")
    second = listed.nth(1).inner_text().split("\n")[0]
    listed.first.get_by_role("button").press("Enter")
    expect(page.get_by_role("heading", name="The planned route, and the one taken").first).to_be_visible()
    assert faults(page) == []
    page.get_by_role("button", name="Next customer").press("Enter")
    expect(page.get_by_role("heading", level=1, name=second)).to_be_focused()
    page.get_by_role("button", name="Previous customer").click()
    expect(page.get_by_role("button", name="Previous customer")).to_be_disabled()


def test_a_customer_is_found_by_their_id_with_their_words_on_a_phone_too(sit_there: Sit, company: Company):
    id_ = spoken(company)
    page = at(company, sit_there(width=390, height=844), "Customers")
    page.get_by_label("Customer id").fill("nobody at all")
    page.get_by_label("Customer id").press("Enter")
    expect(page.get_by_text("No such customer in these data")).to_be_visible()
    page.get_by_role("article").get_by_role("button", name="Customers").click()
    page.get_by_label("Customer id").fill(id_)
    page.get_by_label("Customer id").press("Enter")
    expect(page.get_by_role("heading", level=1, name=id_)).to_be_visible()
    expect(page.get_by_role("figure").first).to_be_visible()
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    point = page.get_by_role("article").get_by_role("time").first.locator("..").get_by_role("button")
    point.first.click()
    expect(page.get_by_role("region", name="Customers")).to_have_count(0)  # it is on the map now


def test_a_long_list_is_made_longer_and_stays_so_beside_a_customer(sit_there: Sit, company: Company):
    with company.served.client() as client:
        whole = looked(client, f"/api/maps/{company.map_id}/customers?measure=journeys")["n"]
    page = sit_there(link=joined(company.served, "Vera", Role.VIEWER))
    page.goto(f"{company.served.address}/maps/{company.map_id}?view=customers&measure=journeys")
    listed = page.get_by_role("region", name="Customers").get_by_role("list").first.get_by_role("listitem")
    expect(listed).to_have_count(200)
    page.get_by_role("button", name="More customers").click()
    expect(listed).to_have_count(min(whole, 600))
    if whole <= 600:
        expect(page.get_by_role("button", name="More customers")).to_have_count(0)
    listed.nth(200).get_by_role("button").click()
    page.get_by_role("button", name="Previous customer").click()
    expect(listed.nth(199).get_by_role("button")).to_have_attribute("aria-current", "true")


def test_a_viewer_meets_customers_under_pseudonyms_and_exports_none(sit_there: Sit, company: Company):
    page = at_findings(company, sit_there(link=joined(company.served, "Vera", Role.VIEWER)))
    page.get_by_role("article").get_by_role("button", name="customers").first.click()
    listed = page.get_by_role("region", name="Customers").get_by_role("list").first.get_by_role("listitem")
    expect(listed.first).to_contain_text("Customer ")
    expect(page.get_by_role("button", name="Export")).to_have_count(0)
    listed.first.get_by_role("button").click()
    name = page.get_by_role("article").get_by_role("heading", level=1)
    expect(name).to_contain_text("Customer ")
    expect(page.get_by_role("heading", name="The planned route, and the one taken").first).to_be_visible()
