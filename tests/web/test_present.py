"""Present mode: a map told stage by stage."""

from __future__ import annotations

from playwright.sync_api import Page, expect
from tests.web.conftest import Sit
from tests.web.serving import Served


def present(served: Served, sit: Sit) -> tuple[Page, str]:
    """A page that presents a new map, and the map's id."""
    id_, page = served.new_map(), sit()
    page.goto(f"{served.address}/maps/{id_}")
    page.get_by_role("button", name="Present").click()
    expect(page.get_by_role("dialog").get_by_role("heading", name="A stay with us")).to_be_visible()
    return page, id_


def test_arrow_keys_go_from_stage_to_stage_and_stop_at_both_ends(served: Served, sit: Sit):
    page, _ = present(served, sit)
    start, end = "A stay with us", "Coming back"
    keys = ("ArrowLeft", "ArrowRight", "PageDown", " ", "End", "ArrowRight", "ArrowLeft", "Home")
    slides = (start, "Dreaming", "Booking", "Before the stay", end, end, "Leaving", start)
    for key, slide in zip(keys, slides, strict=True):
        page.keyboard.press(key)
        expect(page.get_by_role("dialog").get_by_role("heading", level=2).first).to_have_text(slide)


def test_everything_works_by_single_clicks(served: Served, sit: Sit):
    page, _ = present(served, sit)
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Next", exact=True).click()
    expect(dialog.get_by_role("heading", name="Dreaming")).to_be_visible()
    dialog.get_by_role("navigation", name="Stages").get_by_role("button", name="Booking").click()
    expect(dialog.get_by_role("heading", name="Booking")).to_be_visible()
    dialog.get_by_role("button", name="Back", exact=True).click()
    expect(dialog.get_by_role("heading", name="Dreaming")).to_be_visible()
    dialog.get_by_role("button", name="Notes").click()
    expect(page.get_by_role("complementary", name="Notes")).to_be_visible()
    dialog.get_by_role("button", name="End the presentation").click()
    expect(dialog).to_have_count(0)


def test_what_others_change_is_on_the_slide_at_once(served: Served, sit: Sit):
    page, id_ = present(served, sit)
    page.keyboard.press("ArrowRight")
    with served.client() as client:
        text = client.get(f"/api/maps/{id_}/file").text
        changed = {"text": text.replace("title: Dreaming", "title: Wishing"), "name": "by hand"}
        client.put(f"/api/maps/{id_}/file", json=changed).raise_for_status()
    expect(page.get_by_role("dialog").get_by_role("heading", name="Wishing")).to_be_visible()


def test_escape_ends_it_and_the_map_is_as_it_was(served: Served, sit: Sit):
    page, _ = present(served, sit)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("button", name="Present")).to_be_focused()
