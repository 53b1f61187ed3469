"""Somebody new opens the demo company, and finds its worst problem, whom it meets, and what one of them said."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect
from tests.web.conftest import MOVING, Sit
from tests.web.with_data import Company, looked

CLICKS = 10


class Clicks:
    """Clicks, counted."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, page: Page, role: str, name: str | re.Pattern[str]) -> None:
        page.get_by_role(role, name=name).first.click()  # type: ignore[arg-type]
        self.count += 1


def test_from_home_to_the_worst_problem_and_one_customers_words_in_under_ten_clicks(company: Company, sit_there: Sit):
    with company.served.client() as client:
        worst = looked(client, f"/api/maps/{company.map_id}/findings")["findings"][0]
    page, click = sit_there(**MOVING), Clicks()
    page.goto(company.served.address)
    click(page, "link", "Buying clothes at Linden & Loom")
    click(page, "button", "Findings")
    expect(page.get_by_role("heading", name=worst["place"])).to_be_visible()
    click(page, "button", re.compile(r"^[\d,]+ customers$"))
    page.get_by_label("Only who wrote something").check()
    click.count += 1
    listed = page.get_by_role("main").get_by_role("list").get_by_role("button", name="text")
    listed.first.click()
    click.count += 1
    said = page.locator("blockquote:visible")
    expect(page.locator("blockquote").first).to_be_attached()
    while not said.count() and click.count < CLICKS - 1:
        page.locator("details:not([open]):has(blockquote) > summary").first.click()
        click.count += 1
    expect(said.first).to_be_visible()
    assert click.count < CLICKS
