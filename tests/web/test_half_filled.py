"""What somebody has begun to write stays when others change something meanwhile."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect
from tests.web.conftest import Sit
from tests.web.test_findings import findings
from tests.web.with_data import Company, looked


def others_dismiss(company: Company, number: int) -> str:
    """Somebody else puts the finding at this place of the list away; what it is called."""
    at = f"/api/maps/{company.map_id}/findings"
    with company.served.client() as client:
        finding = sorted(looked(client, at)["findings"], key=lambda one: one["ranks"]["loss"])[number]
        said = {"decision": "dismiss", "reason": "Known."}
        client.post(f"{at}/{finding['id']}/decision", json=said).raise_for_status()
    return str(finding["says"])


def listed(page: Page) -> int:
    return page.get_by_role("list", name="Findings").get_by_role("listitem").count()


def test_a_reason_stays_when_others_put_the_same_finding_away(sit_there: Sit, company: Company):
    page = findings(sit_there(), company)
    many = listed(page)
    page.get_by_role("article").get_by_role("button", name="Dismiss").click()
    page.get_by_label("Why?").fill("The shop closes this page in May.")
    says = others_dismiss(company, 0)
    expect(page.locator("ol[aria-label=Findings] > li")).to_have_count(many - 1)
    expect(page.locator("article")).not_to_contain_text(says)
    expect(page.get_by_label("Why?")).to_have_value("The shop closes this page in May.")
    page.get_by_role("dialog").get_by_role("button", name="Dismiss").click()
    expect(page.get_by_role("region", name="Messages").get_by_text("Dismissed:")).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_new_initiative_keeps_what_was_typed_and_answers_its_finding(sit_there: Sit, company: Company):
    page = findings(sit_there(), company)
    page.get_by_role("article").get_by_role("button", name="Make an initiative").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("Answers:")).to_be_visible(timeout=60_000)
    dialog.get_by_label("What is to be done").fill("Close the page")
    dialog.get_by_label("Where").select_option("")
    with page.expect_response(lambda answer: "all=true" in answer.url and answer.status == 200):
        others_dismiss(company, 1)
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    expect(dialog.get_by_label("What is to be done")).to_have_value("Close the page")
    expect(dialog.get_by_label("Where")).to_have_value("")
    dialog.get_by_role("button", name="Propose").click()
    expect(page.get_by_role("heading", name="Close the page")).to_be_visible(timeout=60_000)
    expect(page.get_by_role("button", name=re.compile("^Finding "))).to_have_count(1)
