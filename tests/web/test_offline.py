"""Without a connection: people go on drawing, and nothing of it is lost when they are back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, expect
from sqlalchemy import update
from tests.web.company import card, saved
from tests.web.conftest import Sit
from tests.web.serving import Served
from tests.web.test_live import member

from desireline.access import Role
from desireline.ledger.document_rows import DocumentRow
from desireline.ledger.engine import writing


def opened(served: Served, page: Page, id_: str) -> Page:
    page.goto(f"{served.address}/maps/{id_}")
    expect(card(page, "Reads reviews")).to_be_visible()
    return page


def types(page: Page, at: str, text: str) -> None:
    """Type at the end of a card, as people do."""
    card(page, at).dblclick()
    page.keyboard.press("End")
    page.keyboard.type(text)
    page.keyboard.press("Enter")


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
    expect(card(ana, "at last")).to_have_count(0)
    ana.context.set_offline(False)
    for page in (ana, ben):
        expect(card(page, "at last")).to_be_visible()
        expect(card(page, "on the train")).to_be_visible()
        saved(page)
    [title] = title_of(served, id_, "Reads reviews")
    assert title in ("Reads reviews on the train at home", "Reads reviews at home on the train")
    for page in (ana, ben):
        expect(card(page, title)).to_be_visible()


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
    expect(card(again, "in the tunnel")).to_be_visible()
    saved(again)
    assert title_of(served, id_, "in the tunnel") == ["Reads reviews in the tunnel"]


def test_while_the_disk_is_full_the_page_says_so_and_afterwards_all_of_it_is_saved(served: Served, sit: Sit):
    id_ = served.new_map()
    ana, ben = opened(served, sit(), id_), opened(served, sit(), id_)
    with full_disk(served):
        types(ana, "Reads reviews", " with care")
        expect(ana.get_by_text("Not saved").first).to_be_visible()
        expect(ben.get_by_text("Not saved").first).to_be_visible()
        types(ana, "Reads reviews", " and patience")
        expect(card(ben, "with care")).to_have_count(0)
    expect(card(ben, "with care and patience")).to_be_visible()
    for page in (ana, ben):
        saved(page)
    assert title_of(served, id_, "with care") == ["Reads reviews with care and patience"]


@contextmanager
def full_disk(served: Served) -> Iterator[None]:
    """The ledger takes no update of a map, in the words that SQLite has for a full disk."""
    stop = "CREATE TRIGGER full BEFORE INSERT ON document_update BEGIN SELECT RAISE(ABORT, 'disk is full'); END"
    with served.desk.engine.begin() as connection:
        connection.exec_driver_sql(stop)
    yield
    with served.desk.engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER full")


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
    expect(card(ana, "before the crash")).to_have_count(0)
    assert title_of(served, id_, "before the crash") == []
    types(ana, "Reads reviews", " anew")
    ana.reload()
    expect(card(ana, "Reads reviews anew")).to_be_visible()
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


def test_what_a_role_does_not_allow_any_more_is_kept_as_a_copy_that_can_be_read(served: Served, sit: Sit):
    id_ = served.new_map()
    with member(served, Role.EDITOR, "Eva") as (_, eva_id), served.client() as olga:
        secret = olga.post(f"/api/members/{eva_id}/link").raise_for_status().json()["secret"]
        eva = opened(served, sit(link=f"{served.address}/open#{secret}"), id_)
        eva.context.set_offline(True)
        expect(eva.get_by_text("Offline").first).to_be_visible()
        types(eva, "Reads reviews", " at night")
        expect(eva.get_by_text("kept here")).to_be_visible()
        olga.patch(f"/api/members/{eva_id}", json={"role": "viewer"}).raise_for_status()
    eva.context.set_offline(False)
    expect(eva.get_by_text("Recovered copy").first).to_be_visible(timeout=15_000)
    expect(card(eva, "at night")).to_have_count(0)
    eva.get_by_role("button", name="Recovered copy").click()
    dialog = eva.get_by_role("dialog")
    expect(dialog.get_by_text("at night").first).to_be_visible()
    assert title_of(served, id_, "at night") == []
