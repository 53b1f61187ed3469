"""The story of a topic that people name: it is called so wherever one looks by then."""

from __future__ import annotations

from playwright.sync_api import expect
from tests.web.conftest import Sit
from tests.web.with_data import Company


def test_a_topic_is_called_by_its_new_name_also_after_one_went_away(sit_there: Sit, company: Company):
    page = sit_there()
    page.goto(f"{company.served.address}/maps/{company.map_id}?view=voice")
    topics = page.get_by_role("list", name="Topics")
    expect(topics).to_be_visible(timeout=90_000)
    topics.get_by_role("button", name="Change “").first.click()
    page.get_by_role("menuitem", name="Name it…").click()
    page.get_by_label("Name", exact=True).fill("The parcel is late")
    page.get_by_role("button", name="Name it").click()
    page.get_by_role("tab", name="Scores").click()
    page.get_by_label("Periods").select_option("quarter")
    expect(page.get_by_role("region", name="Messages").get_by_text("“The parcel is late”")).to_be_visible()
    page.get_by_role("tab", name="Topics").click()
    expect(topics.get_by_role("button", name="The parcel is late", exact=True)).to_be_visible(timeout=90_000)
