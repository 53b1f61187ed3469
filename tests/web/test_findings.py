"""Stories of findings: read, put away and opened again, ranked by an own score, given an effort by keys."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect
from tests.web.axe import faults
from tests.web.conftest import Sit
from tests.web.with_data import Company


def findings(page: Page, company: Company) -> Page:
    """The page of what was found."""
    page.goto(f"{company.served.address}/maps/{company.map_id}")
    page.get_by_role("button", name="Findings", exact=True).click()
    expect(page.get_by_role("list", name="Findings")).to_be_visible(timeout=90_000)
    return page


def test_a_finding_is_dismissed_with_a_reason_and_brought_back(sit_there: Sit, company: Company):
    page = findings(sit_there(), company)
    listed = page.get_by_role("list", name="Findings").get_by_role("listitem")
    many, first = listed.count(), listed.first.inner_text()
    article = page.get_by_role("article")
    expect(article.get_by_role("heading", name="How it was found")).to_be_visible()
    assert faults(page) == []
    article.get_by_role("button", name="Dismiss").click()
    page.get_by_label("Why?").fill("The shop closes this page in May.")
    page.get_by_role("dialog").get_by_role("button", name="Dismiss").click()
    expect(listed).to_have_count(many - 1)
    expect(page.get_by_text("1 put away")).to_be_visible()
    page.get_by_role("button", name="Filter").click()
    page.get_by_role("switch", name="Also what was put away").check()
    expect(listed).to_have_count(many)
    listed.filter(has_text="dismissed").get_by_role("button").click()
    expect(article.get_by_text("because: The shop closes this page in May.")).to_be_visible()
    article.get_by_role("button", name="Open again").click()
    expect(listed.filter(has_text="dismissed")).to_have_count(0)
    assert listed.first.inner_text() == first
    listed.first.get_by_role("button").click()
    article.get_by_role("button", name="All 2 decisions").click()
    told = article.get_by_role("list", name="What was decided").get_by_role("listitem")
    expect(told).to_have_text([re.compile("opened it again"), re.compile("because: The shop closes this page in May")])


def test_a_formula_that_is_none_leaves_the_list_in_sight(sit_there: Sit, company: Company):
    page = findings(sit_there(), company)
    page.get_by_role("button", name="Filter").click()
    page.get_by_label("Own score").fill("money *")
    page.get_by_role("button", name="Rank").click()
    expect(page.get_by_role("alert")).to_contain_text("money *")
    expect(page.get_by_role("list", name="Findings").get_by_role("listitem").first).to_be_visible()
    page.get_by_label("Own score").fill("customers / effort")
    page.get_by_role("button", name="Rank").click()
    expect(page.get_by_label("Ranked by")).to_have_value("own")


def test_an_effort_is_given_by_keys_and_stays(sit_there: Sit, company: Company):
    page = findings(sit_there(), company)
    page.get_by_role("radio", name="Impact and effort").click()
    point = page.get_by_role("figure").get_by_role("button").first
    point.focus()
    name = point.get_attribute("aria-label") or ""
    assert "effort not estimated" in name
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(page.get_by_role("region", name="Messages").get_by_text("Effort 1:")).to_be_visible()
    assert faults(page) == []
    findings(page, company)
    page.get_by_role("radio", name="Impact and effort").click()
    expect(page.get_by_role("figure").get_by_role("button").first).to_have_accessible_name(
        name.replace("effort not estimated", "effort 1")
    )
