"""Changes that the server does not take are kept in the browser, and go back in when somebody wants them."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect
from sqlalchemy import update
from tests.web.axe import faults
from tests.web.company import at_map, card, saved, types_offline
from tests.web.conftest import Sit
from tests.web.serving import Served

from desireline.ledger.document_rows import DocumentRow
from desireline.ledger.engine import writing


def with_a_recovered_copy(served: Served, page: Page) -> None:
    """Somebody typed offline; meanwhile the server got another history of the map."""
    id_ = served.new_map()
    at_map(served, page, id_)
    types_offline(page)
    with writing(served.desk.documents.engine) as session:
        session.execute(update(DocumentRow).where(DocumentRow.id == id_).values(epoch="another"))
    served.desk.rooms.opened()[id_].epoch = "another"
    page.context.set_offline(False)
    expect(page.get_by_role("button", name="Recovered copy")).to_be_visible()
    expect(card(page, "Weighs up on the train")).to_have_count(0)


def test_a_recovered_copy_goes_back_into_the_map(served: Served, sit: Sit):
    page = sit()
    with_a_recovered_copy(served, page)
    page.get_by_role("button", name="Recovered copy").click()
    copy = page.get_by_role("dialog", name="Recovered copy")
    expect(copy.locator("ins")).to_have_text(" on the train")
    assert faults(page) == []
    copy.get_by_role("button", name="Put back 1 change").click()
    expect(copy).to_contain_text("Nothing is left to recover")
    copy.get_by_role("button", name="Close").click()
    expect(card(page, "Weighs up on the train")).to_be_visible()
    saved(page)


def test_a_recovered_copy_is_saved_as_a_file_or_let_go(served: Served, sit: Sit, tmp_path: Path):
    page = sit()
    with_a_recovered_copy(served, page)
    page.get_by_role("button", name="Recovered copy").click()
    copy = page.get_by_role("dialog", name="Recovered copy")
    with page.expect_download() as saved:
        copy.get_by_role("button", name="Save as a file").click()
    saved.value.save_as(tmp_path / "copy.json")
    assert "Weighs up on the train" in (tmp_path / "copy.json").read_text("utf-8")
    copy.get_by_role("button", name="Let go of the copy").click()
    expect(copy).to_contain_text("Nothing is left to recover")
    copy.get_by_role("button", name="Close").click()
    expect(page.get_by_role("button", name="Recovered copy")).to_have_count(0)
    expect(card(page, "Weighs up")).to_be_visible()
