"""Without a connection: people go on drawing, and nothing of it is lost when they are back."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect
from sqlalchemy import update
from tests.web.conftest import Sit
from tests.web.serving import Served

from desireline.ledger.document_rows import DocumentRow
from desireline.ledger.engine import writing


def opened(served: Served, page: Page, id_: str) -> Page:
    page.goto(f"{served.address}/maps/{id_}")
    expect(page.get_by_text("Reads reviews").first).to_be_visible()
    return page


def types(page: Page, at: str, text: str) -> None:
    """Type at the end of a card, as people do."""
    page.get_by_text(at).first.dblclick()
    page.keyboard.press("End")
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def status(page: Page) -> Any:
    return expect(page.get_by_role("status").filter(has_text="Saved").or_(page.get_by_role("status")).first)


def title_of(served: Served, id_: str, at: str) -> list[str]:
    with served.client() as client:
        data = client.get(f"/api/maps/{id_}/data").json()
    return [row["title"] for row in data["touchpoints"] if at in row["title"]]


def test_two_edit_one_of_them_offline_and_both_end_the_same(served: Served, sit: Sit):
    id_ = served.new_map()
    ana, ben = opened(served, sit(), id_), opened(served, sit(), id_)
    ana.context.set_offline(True)
    expect(ana.get_by_text("Offline").first).to_be_visible()
    types(ana, "Reads reviews", " on the train")
    expect(ana.get_by_text("kept here")).to_be_visible()
    types(ben, "Reads reviews", " at home")
    types(ben, "Books", " at last")
    expect(ana.get_by_text("at last")).to_have_count(0)
    ana.context.set_offline(False)
    for page in (ana, ben):
        expect(page.get_by_text("at last").first).to_be_visible()
        expect(page.get_by_text("on the train").first).to_be_visible()
        expect(page.get_by_text("Saved").first).to_be_visible()
    [title] = title_of(served, id_, "Reads reviews")
    assert title in ("Reads reviews on the train at home", "Reads reviews at home on the train")
    for page in (ana, ben):
        expect(page.get_by_text(title).first).to_be_visible()


def test_what_was_edited_offline_is_still_there_when_the_page_was_closed(served: Served, sit: Sit):
    id_ = served.new_map()
    ana = opened(served, sit(), id_)
    context = ana.context
    context.set_offline(True)
    expect(ana.get_by_text("Offline").first).to_be_visible()
    types(ana, "Reads reviews", " in the tunnel")
    expect(ana.get_by_text("kept here")).to_be_visible()
    ana.wait_for_timeout(300)
    ana.close()
    assert title_of(served, id_, "in the tunnel") == []
    context.set_offline(False)
    again = opened(served, context.new_page(), id_)
    expect(again.get_by_text("in the tunnel").first).to_be_visible()
    expect(again.get_by_text("Saved").first).to_be_visible()
    assert title_of(served, id_, "in the tunnel") == ["Reads reviews in the tunnel"]


def test_a_copy_with_another_history_is_kept_and_shown_never_cleared(served: Served, sit: Sit):
    id_ = served.new_map()
    ana = opened(served, sit(), id_)
    context = ana.context
    context.set_offline(True)
    expect(ana.get_by_text("Offline").first).to_be_visible()
    types(ana, "Reads reviews", " before the crash")
    ana.wait_for_timeout(300)
    with writing(served.desk.engine) as session:  # as when a workspace comes back from an old backup
        session.execute(update(DocumentRow).where(DocumentRow.id == id_).values(epoch="another"))
    served.desk.rooms.opened()[id_].epoch = "another"
    context.set_offline(False)
    expect(ana.get_by_text("Recovered copy").first).to_be_visible()
    expect(ana.get_by_text("before the crash")).to_have_count(0)
    assert title_of(served, id_, "before the crash") == []
    types(ana, "Reads reviews", " anew")
    ana.reload()
    expect(ana.get_by_text("Reads reviews anew").first).to_be_visible()
    expect(ana.get_by_text("Recovered copy").first).to_be_visible()
    kept = ana.evaluate(
        """() => new Promise((done) => {
          const asked = indexedDB.open("desireline", 1);
          asked.onsuccess = () => {
            const all = asked.result.transaction("recovered").objectStore("recovered").getAll();
            all.onsuccess = () => done(all.result.map((one) => [one.code, new TextDecoder().decode(one.update)]));
          };
        })"""
    )
    assert [code for code, _ in kept] == ["other-epoch"]
    assert "before the crash" in kept[0][1]
