"""When something goes wrong while people work: the page says what, in plain words, and nothing of theirs is lost."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect
from tests.web.company import card, saved
from tests.web.conftest import Sit
from tests.web.serving import Served, serving
from tests.web.test_duties_faults import full, locked
from tests.web.test_offline import opened, title_of, types

from desireline.live.messages import Kind


def told(page: Page, words: str) -> None:
    """The page says this where nobody misses it."""
    expect(page.get_by_role("alert").filter(has_text=words).first).to_be_visible(timeout=20_000)


def test_a_text_that_is_too_large_is_kept_as_a_copy_with_the_reason(served: Served, sit: Sit):
    id_ = served.new_map()
    page = opened(served, sit(), id_)
    card(page, "Reads reviews").dblclick()
    page.keyboard.insert_text("A whole report. " * 30_000)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Recovered copy").click(timeout=30_000)
    expect(page.get_by_role("dialog")).to_contain_text("larger")
    page.get_by_role("dialog").get_by_role("button", name="Close").click()
    types(page, "Reads reviews", " anew")
    saved(page)
    expect(page.get_by_role("button", name="Recovered copy")).to_be_visible()
    assert title_of(served, id_, "Reads reviews") == ["Reads reviews anew"]


def test_a_message_that_arrives_broken_closes_the_map_with_a_way_back_and_loses_nothing(served: Served, sit: Sit):
    id_ = served.new_map()
    page, broken = sit(), [False]

    def between(route: WebSocketRoute) -> None:
        """Something on the way cuts the one message that it is told to."""
        server = route.connect_to_server()

        def sent(message: str | bytes) -> None:
            cut = broken[0] and isinstance(message, bytes) and message[0] == Kind.UPDATE
            broken[0] = broken[0] and not cut
            server.send(b"\x02" if cut else message)

        route.on_message(sent)

    page.route_web_socket(re.compile("/live$"), between)
    opened(served, page, id_)
    saved(page)
    broken[0] = True
    types(page, "Reads reviews", " twice")
    told(page, "A message could not be read.")
    told(page, "What you changed is kept in this browser.")
    expect(card(page, "Reads reviews twice")).to_be_visible()
    page.get_by_role("button", name="Open it again").click()
    expect(card(page, "Reads reviews twice")).to_be_visible()
    saved(page)
    assert title_of(served, id_, "Reads reviews") == ["Reads reviews twice"]


def test_a_picture_that_is_too_large_or_none_at_all_is_refused_in_words(served: Served, sit: Sit):
    page = opened(served, sit(), served.new_map())
    page.add_init_script("localStorage.setItem('desireline.details.picture', '1')")
    page.reload()
    card(page, "Reads reviews").click()
    page.keyboard.press("Control+Enter")
    picture = page.get_by_role("complementary").locator("input[type=file]")
    picture.set_input_files({"name": "a.png", "mimeType": "image/png", "buffer": bytes(6 * 1024 * 1024)})
    told(page, "This picture has 6.0 MB. A picture may have 5 MB at most.")
    picture.set_input_files({"name": "a.png", "mimeType": "image/png", "buffer": b"no picture"})
    told(page, "PNG")
    saved(page)


def test_a_link_that_was_used_and_one_that_is_too_old_say_what_to_do(tmp_path: Path, sit: Sit, served: Served):
    link, page = served.link(), sit()
    page.goto("about:blank")
    page.context.clear_cookies()
    page.goto(link)
    page.wait_for_url(f"{served.address}/")  # it was used
    page.goto("about:blank")
    page.goto(link)
    expect(page.get_by_role("heading", name="This link does not work")).to_be_visible()
    expect(page.locator("body")).to_contain_text("it was used already, has expired, or was taken back")
    days = [0]
    (tmp_path / "later").mkdir()
    clock = served.desk.clock
    with serving(tmp_path / "later", clock=lambda: clock() + timedelta(days=days[0])) as later:
        with later.client() as olga:
            asked = {"role": "editor", "title": "Ben"}
            secret = olga.post("/api/invitations", json=asked).raise_for_status().json()["secret"]
        days[0] = 400
        page.goto(f"{later.address}/join#{secret}")
        expect(page.get_by_role("heading", name="This invitation does not work")).to_be_visible()


@pytest.mark.parametrize("what", ["locked", "full", "gone"])
def test_while_nothing_can_be_saved_the_page_says_so_and_then_saves_it(served: Served, sit: Sit, what: str):
    id_ = served.new_map()
    ana, ben = opened(served, sit(), id_), opened(served, sit(), id_)
    saved(ana)
    file = served.desk.folder / "ledger.db"
    if what == "gone":
        for one in served.desk.folder.glob("ledger.db*"):
            one.rename(one.with_name(f"away-{one.name}"))
        told_while(served, ana, ben, "the server cannot reach what it saved")
        for one in served.desk.folder.glob("away-*"):
            one.rename(one.with_name(one.name.removeprefix("away-")))
    elif what == "locked":
        with locked(file):
            told_while(served, ana, ben, "another program writes to the workspace")
    else:
        with full(served):
            told_while(served, ana, ben, "disk is full", more=" by everybody" * 2000)
    for page in (ana, ben):
        saved(page)
        expect(card(page, "Reads reviews with care")).to_be_visible()
    assert title_of(served, id_, "Reads reviews")[0].startswith("Reads reviews with care")


def told_while(served: Served, ana: Page, ben: Page, why: str, *, more: str = "") -> None:
    """Ana types; both are told why that is not saved, without a word of where the server keeps things."""
    card(ana, "Reads reviews").dblclick()
    ana.keyboard.press("End")
    ana.keyboard.insert_text(f" with care{more}")
    ana.keyboard.press("Enter")
    for page in (ana, ben):
        told(page, why)
        expect(page.get_by_role("status").first).to_contain_text("Not saved")
        assert str(served.desk.folder) not in page.locator("body").inner_text()
    assert card(ben, "with care").count() == 0
