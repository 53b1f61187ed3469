"""A manager's page is taken out of the app by hand."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect
from tests.draw.test_onepage import words_of
from tests.draw.test_readers import pages
from tests.web.conftest import Sit
from tests.web.with_data import Company


def test_the_page_for_managers_is_downloaded_when_it_is_made(company: Company, sit_there: Sit, tmp_path: Path):
    page = sit_there()
    page.goto(f"{company.served.address}/maps/{company.map_id}")
    page.get_by_role("button", name="More about this map").click()
    page.get_by_role("menuitem", name="Export").click()
    kinds = page.get_by_role("radiogroup", name="Report for managers")
    expect(kinds.get_by_role("radio")).to_have_count(3)
    kinds.get_by_text("One page (PDF)").click()
    expect(page.get_by_text("Findings after the fifth")).to_be_visible()
    page.get_by_label("Paper").select_option("a3")
    with page.expect_download(timeout=120_000) as saved:
        page.get_by_role("button", name="Download One page (PDF)", exact=True).click()
    assert saved.value.suggested_filename == "buying-clothes-at-linden-loom-report.pdf"
    saved.value.save_as(tmp_path / "page.pdf")
    expect(page.get_by_text("buying-clothes-at-linden-loom-report.pdf is downloaded").first).to_be_attached()
    assert pages(tmp_path / "page.pdf") == 1
    assert "What matters most" in words_of(tmp_path / "page.pdf")
