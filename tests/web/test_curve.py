"""The emotion curve: drawn by dragging, by keys and by single clicks, for everybody and for a persona."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.web.company import saved_data
from tests.web.conftest import Sit
from tests.web.serving import Served


@pytest.fixture
def board(served: Served, sit: Sit) -> Page:
    """The board of a hotel stay."""
    return opened(served, sit, served.new_map())


def opened(served: Served, sit: Sit, id_: str) -> Page:
    page = sit()
    page.goto(f"{served.address}/maps/{id_}")
    expect(point(page, "Searches")).to_be_visible()
    return page


def point(page: Page, title: str, voice: str = "everybody") -> Locator:
    """The point of a voice at a touchpoint."""
    return page.get_by_role("slider", name=f"Feeling at {title}, {voice}", exact=True)


def level(found: Locator) -> float:
    """The level at which a point stands."""
    return float(found.get_attribute("aria-valuenow") or "nan")


def kept(served: Served, page: Page, at: str) -> list[tuple[str, Any, Any]]:
    """What the server has of the feelings at a touchpoint, once everything is saved: words, level, persona."""
    return [
        (card.get("says", ""), card.get("level"), card.get("persona"))
        for card in saved_data(served, page)["cards"]
        if card["at"] == at and card["lane"] == "feeling" and not card.get("deleted")
    ]


def test_a_point_is_dragged_and_undone_in_one_step(served: Served, board: Page):
    handle = point(board, "Searches")
    box = handle.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    board.mouse.move(x, y)
    board.mouse.down()
    board.mouse.move(x, y + 20)
    board.mouse.move(x, y + 48)
    board.mouse.up()
    expect(handle).to_have_attribute("aria-valuenow", "-0.7")
    assert kept(served, board, "search") == [("Daydreams", -0.7, None)]
    board.get_by_role("grid").focus()
    board.keyboard.press("Control+z")
    expect(handle).to_have_attribute("aria-valuenow", "0.8")
    assert kept(served, board, "search") == [("Daydreams", 0.8, None)]


def test_the_curve_is_drawn_by_keys_and_the_others_see_it(served: Served, sit: Sit, board: Page):
    ben = opened(served, sit, board.url.rpartition("/")[2])
    point(board, "Searches").focus()
    board.keyboard.press("ArrowDown")
    expect(point(ben, "Searches")).to_have_attribute("aria-valuetext", "+0.7, content")
    board.keyboard.press("ArrowRight")
    expect(point(board, "Reads reviews")).to_be_focused()
    board.keyboard.press("PageDown")
    board.keyboard.press("PageDown")
    expect(point(ben, "Reads reviews")).to_have_attribute("aria-valuetext", "−0.8, unhappy")
    board.keyboard.press("Home")
    assert level(point(board, "Reads reviews")) == -2
    board.keyboard.press("Delete")
    expect(point(ben, "Reads reviews")).to_have_attribute("aria-valuetext", "not set")
    assert kept(served, board, "reviews") == [("Weighs up", None, None)]


def test_a_point_is_moved_by_single_clicks_and_set_exactly(served: Served, board: Page):
    point(board, "Searches").click()
    tools = board.get_by_role("group", name="Feeling at Searches, exactly")
    tools.get_by_role("button", name="Feels worse").click()
    assert level(point(board, "Searches")) == 0.7
    tools.get_by_role("button", name="Feels better").click()
    tools.get_by_role("button", name="Feels better").click()
    assert level(point(board, "Searches")) == 0.9
    tools.get_by_role("textbox", name="Feeling, from −2 to +2").fill("−1,25")
    board.keyboard.press("Enter")
    expect(point(board, "Searches")).to_be_focused()
    assert kept(served, board, "search") == [("Daydreams", -1.2, None)]
    tools.get_by_role("button", name="Take the point away").click()
    expect(point(board, "Searches")).to_have_attribute("aria-valuetext", "not set")


def test_a_persona_feels_otherwise_than_everybody(served: Served, board: Page):
    board.get_by_role("radio", name="Boris").check(force=True)
    boris = point(board, "Searches", "Boris, on business")
    expect(boris).to_have_attribute("aria-valuetext", "+0.8, content, said for everybody")
    boris.focus()
    board.keyboard.press("End")
    expect(boris).to_have_attribute("aria-valuetext", "+2.0, delighted")
    assert sorted(kept(served, board, "search"), key=str) == [("", 2, "business"), ("Daydreams", 0.8, None)]
    board.get_by_role("radio", name="Everybody").check(force=True)
    assert level(point(board, "Searches")) == 0.8
