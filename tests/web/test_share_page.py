"""A map behind a share link: opened by anybody, changed by nobody, gone when the link is taken back."""

from __future__ import annotations

from playwright.sync_api import Browser, Page, expect
from tests.web.conftest import Sit
from tests.web.serving import Served


def make_link(page: Page, served: Served, map_id: str) -> str:
    """A share link for the board, made in the panel."""
    page.goto(f"{served.address}/maps/{map_id}")
    page.get_by_role("button", name="Share", exact=True).click()
    page.get_by_label("For whom").fill("The board")
    page.get_by_role("button", name="Make a share link").click()
    return page.get_by_label("Link for The board").input_value()


def test_a_share_link_shows_the_map_without_signing_in_until_it_is_taken_back(
    served: Served, sit: Sit, browser: Browser
):
    olga = sit()
    link = make_link(olga, served, served.new_map())
    with browser.new_context() as stranger:
        page = stranger.new_page()
        page.goto(link)
        expect(page.get_by_role("heading", name="A stay with us")).to_be_visible()
        expect(page.get_by_text("Reads reviews").first).to_be_visible()
        expect(page.get_by_text("Only to look at")).to_be_visible()
        assert stranger.cookies() == []
        links = olga.get_by_role("region", name="Links that work")
        olga.get_by_role("button", name="Close share").click()
        olga.get_by_role("button", name="Share", exact=True).click()
        expect(links).to_contain_text("opened once", timeout=20_000)
        olga.get_by_role("button", name="Take back “The board”").click()
        expect(olga.get_by_text("“The board” works no longer").first).to_be_visible()
        page.reload()
        expect(page.get_by_role("heading", name="This link does not open a map")).to_be_visible()
        expect(page.get_by_text("Reads reviews")).to_have_count(0)


def test_nothing_can_be_changed_behind_a_share_link(served: Served, sit: Sit, browser: Browser):
    olga = sit()
    link = make_link(olga, served, served.new_map())
    with browser.new_context() as stranger:
        page = stranger.new_page()
        sockets: list[str] = []
        page.on("websocket", lambda socket: sockets.append(socket.url))
        asked: list[str] = []
        refused: list[str] = []
        page.on("request", lambda request: asked.append(request.method))
        page.on("response", lambda answer: refused.append(answer.url) if answer.status == 401 else None)
        page.goto(link)
        page.get_by_text("Reads reviews").first.dblclick()
        page.keyboard.type("overwritten")
        page.keyboard.press("Delete")
        page.keyboard.press("n")
        expect(page.get_by_text("Reads reviews").first).to_be_visible()
        expect(page.get_by_text("overwritten")).to_have_count(0)
        expect(page.get_by_role("textbox")).to_have_count(0)
        assert (sockets, set(asked), refused) == ([], {"GET"}, [])


def test_a_share_link_can_be_presented(served: Served, sit: Sit, browser: Browser):
    olga = sit()
    link = make_link(olga, served, served.new_map())
    with browser.new_context() as stranger:
        page = stranger.new_page()
        page.goto(link)
        page.get_by_role("button", name="Present").click()
        expect(page.get_by_role("dialog").get_by_role("heading", name="A stay with us")).to_be_visible()
        page.keyboard.press("ArrowRight")
        expect(page.get_by_role("dialog").get_by_role("heading", name="Dreaming")).to_be_visible()


def test_a_link_that_never_was_says_what_to_do(served: Served, browser: Browser):
    with browser.new_context() as stranger:
        page = stranger.new_page()
        page.goto(f"{served.address}/shared/never-made")
        expect(page.get_by_text("Ask the person who sent it for a new one.")).to_be_visible()
