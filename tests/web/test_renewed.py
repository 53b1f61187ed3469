"""A new release is installed while a page is open: the page says so, loads again when asked, and loses no edit."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, Route, expect
from tests.web.company import card, saved
from tests.web.conftest import Sit
from tests.web.serving import Served
from tests.web.test_offline import opened, title_of, types

from desireline import server

PARTS = re.compile(r"/assets/(\w+View|SharePanel|PresentView)-")
FIRST = Path(server.__file__).parents[1] / "static" / "index.html"


def install(page: Page) -> None:
    """From now on the server has other files than those of which this page knows."""
    newer = re.sub(r"/assets/index-[^\"]+\.js", "/assets/index-newer.js", FIRST.read_text("utf-8"))

    def first(route: Route) -> None:
        if route.request.resource_type == "fetch":  # the page looks; a page that is loaded is a true one
            route.fulfill(body=newer, content_type="text/html")
        else:
            route.continue_()

    page.route(PARTS, lambda route: route.fulfill(status=404, body="Not Found"))
    page.route(re.compile(r"^https?://[^/]+/$"), first)


def test_an_open_page_says_that_the_app_was_renewed_and_keeps_what_was_not_saved(served: Served, sit: Sit):
    id_ = served.new_map()
    page = opened(served, sit(), id_)
    install(page)
    page.get_by_role("button", name="Share").click()
    expect(page.get_by_role("alert")).to_contain_text("The app was renewed")
    page.get_by_role("button", name="Close").click()
    expect(page.get_by_role("alert")).to_have_count(0)
    page.context.set_offline(True)
    types(page, "Reads reviews", " on the train")
    expect(page.get_by_text("kept here")).to_be_visible()
    page.unroute_all()
    page.get_by_role("button", name="Flow", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("The server cannot be reached")
    page.get_by_role("button", name="Try again").click()  # it is still away: the page stays
    expect(page.get_by_role("alert")).to_contain_text("The server cannot be reached")
    page.context.set_offline(False)
    install(page)
    page.get_by_role("button", name="Findings", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("The app was renewed")
    page.unroute_all()
    page.get_by_role("button", name="Load the page again").click()
    expect(page.get_by_role("heading", level=1, name="Findings")).to_be_visible()
    page.get_by_role("button", name="Map", exact=True).click()
    expect(card(page, "on the train")).to_be_visible()
    saved(page)
    assert title_of(served, id_, "Reads reviews") == ["Reads reviews on the train"]


def test_the_outline_and_the_presentation_leave_the_map_open_when_they_do_not_come(served: Served, sit: Sit):
    page = opened(served, sit(), served.new_map())
    install(page)
    page.get_by_role("button", name="Present").click()
    dialog = page.get_by_role("dialog", name="This is missing")
    expect(dialog).to_contain_text("The app was renewed")
    page.keyboard.press("Escape")
    page.get_by_role("radio", name="Outline").click()
    expect(page.get_by_role("alert")).to_contain_text("The app was renewed")
    page.get_by_role("radio", name="Board").click()
    expect(card(page, "Reads reviews")).to_be_visible()
