"""A whole morning's work on a map without a mouse: from the home page to the file for the others."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.web.company import beside, card
from tests.web.conftest import Sit
from tests.web.serving import Served

MOUSE = ("click", "dblclick", "hover", "check", "tap", "fill", "select_option")
HERE = "one => one.contains(document.activeElement)"


@pytest.fixture
def no_mouse(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever reaches for the mouse, or puts words in a field by magic, fails the story."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("not by the keyboard")

    for name in MOUSE:
        monkeypatch.setattr(Locator, name, refuse)
        if hasattr(Page, name):
            monkeypatch.setattr(Page, name, refuse)


def tab_to(page: Page, wanted: Locator, key: str = "Tab", *, most: int = 60) -> None:
    """The keyboard goes from stop to stop until it is there; each stop can be seen."""
    expect(wanted).to_be_visible()
    for _ in range(most):
        if wanted.evaluate(HERE):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{wanted} is not reached by {key}")


def run(page: Page, command: str) -> None:
    """A command of the palette."""
    page.keyboard.press("Control+k")
    expect(page.get_by_label("What do you want to do?")).to_be_focused()
    page.keyboard.type(command)
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="All commands")).to_have_count(0)


@pytest.mark.usefixtures("no_mouse")
def test_a_map_is_begun_drawn_talked_about_kept_and_exported(served: Served, sit: Sit):
    page = sit()
    keys = page.keyboard
    _begin(page)
    _rename(page)

    tab_to(page, page.get_by_role("grid"))
    keys.press("Control+Home")
    expect(card(page, "Dreaming")).to_be_focused()
    keys.press("Shift+Enter")
    keys.type("Longing")
    keys.press("Escape")
    expect(card(page, "Longing")).to_be_focused()
    keys.press("t")
    keys.type("Walks past")
    keys.press("Escape")
    point = card(page, "Walks past").get_attribute("data-record")
    keys.press("ArrowDown")
    keys.press("Enter")
    keys.type("Looks at the garden")
    keys.press("Enter")
    keys.type("Takes a picture")
    keys.press("Enter")
    keys.press("Escape")  # the empty one is gone again

    expect(card(page, "Takes a picture")).to_be_focused()
    keys.press("Control+ArrowUp")
    doing = page.locator(f'[data-lane="doing"][data-cell="{point}"] .board-words')
    assert doing.all_inner_texts() == ["Takes a picture", "Looks at the garden"]
    keys.press("Control+z")
    assert doing.all_inner_texts() == ["Looks at the garden", "Takes a picture"]

    slider = page.get_by_role("slider", name="Feeling at Walks past, everybody")
    tab_to(page, page.get_by_role("slider").first)
    for _ in range(20):
        if slider.evaluate(HERE):
            break
        keys.press("ArrowRight")
    keys.press("End")
    keys.press("ArrowDown")
    expect(slider).to_have_attribute("aria-valuenow", "1.9")

    keys.press("Control+f")
    expect(page.get_by_role("searchbox", name="Find on this map")).to_be_focused()
    keys.type("garden")
    keys.press("Enter")
    keys.press("Escape")
    expect(card(page, "Looks at the garden")).to_be_focused()
    _comment(page)
    _keep(page)
    assert "Walks past" in _export(page)


def _begin(page: Page) -> None:
    keys = page.keyboard
    tab_to(page, page.get_by_role("button", name="Start from a template"))
    keys.press("Enter")
    dialog = page.get_by_role("dialog", name="Start from a template")
    chosen = dialog.get_by_role("radio", name="A stay with us")
    expect(chosen).to_be_visible()
    tab_to(page, dialog.get_by_role("radiogroup"))
    for _ in range(12):
        if chosen.is_checked():
            break
        keys.press("ArrowDown")
    tab_to(page, dialog.get_by_role("button", name="Begin"))
    keys.press("Enter")
    page.wait_for_url("**/maps/*")
    expect(card(page, "Daydreams")).to_be_visible()


def _rename(page: Page) -> None:
    tab_to(page, page.get_by_role("heading", name="A stay with us").get_by_role("button"))
    page.keyboard.press("Enter")
    expect(page.get_by_label("Title of the map")).to_be_focused()
    page.keyboard.type("A night with us")
    page.keyboard.press("Enter")
    title = page.get_by_role("heading", name="A night with us").get_by_role("button")
    expect(title).to_be_focused()


def _comment(page: Page) -> None:
    page.keyboard.press("c")
    box = page.get_by_label("Comment on Looks at the garden")
    tab_to(page, box)
    page.keyboard.type("Is it open in winter?")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("article")).to_contain_text("Is it open in winter?")
    page.keyboard.press("Escape")
    expect(beside(page)).to_have_count(0)
    expect(card(page, "Looks at the garden")).to_be_focused()


def _keep(page: Page) -> None:
    run(page, "Versions")
    tab_to(page, page.get_by_label("Keep the map as it is now"))
    page.keyboard.type("Before the review")
    page.keyboard.press("Enter")
    kept = page.get_by_role("region", name="Versions").get_by_role("listitem")
    expect(kept).to_contain_text(["Before the review"])
    page.keyboard.press("Escape")


def _export(page: Page) -> str:
    run(page, "Export")
    kinds = page.get_by_role("radiogroup", name="Kind of file")
    tab_to(page, kinds)
    wanted = page.get_by_role("button", name="Download Mermaid journey")
    for _ in range(14):
        if wanted.is_visible():
            break
        page.keyboard.press("ArrowDown")
    tab_to(page, wanted)
    with page.expect_download() as found:
        page.keyboard.press("Enter")
    return found.value.path().read_text("utf-8")
