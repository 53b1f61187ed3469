"""The board: everything that people do on it by keyboard, by clicks and by dragging."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Locator, Page, WebSocketRoute, expect
from tests.web.company import at_map, card
from tests.web.conftest import Sit
from tests.web.serving import Served


@pytest.fixture
def board(served: Served, sit: Sit) -> Page:
    """The board of a hotel stay, on a screen of an ordinary size."""
    return opened(served, sit)


def opened(served: Served, sit: Sit) -> Page:
    page = at_map(served, sit(), served.new_map())
    expect(card(page, "Daydreams")).to_be_visible()
    return page


def cell(page: Page, lane: str, at: str) -> Locator:
    """A cell, by its lane and by the id of its touchpoint."""
    return page.locator(f'[data-lane="{lane}"][data-cell="{at}"]')


def says(page: Page, lane: str, at: str, words: list[str]) -> None:
    """The cards of this cell come to say these words, in this order."""
    expect(cell(page, lane, at).locator(".board-words")).to_have_text(words)


def test_a_map_is_drawn_with_the_keyboard_alone(board: Page):
    board.locator("[role=grid]").focus()
    board.keyboard.press("T")
    board.keyboard.type("Walks past")
    board.keyboard.press("Escape")
    board.keyboard.press("ArrowDown")
    board.keyboard.press("Enter")
    board.keyboard.type("Looks at the garden")
    board.keyboard.press("Enter")
    board.keyboard.type("Takes a picture")
    board.keyboard.press("Enter")
    board.keyboard.press("Escape")
    made = card(board, "Walks past").get_attribute("data-record")
    assert made is not None
    says(board, "doing", made, ["Looks at the garden", "Takes a picture"])
    board.keyboard.press("Shift+Enter")
    board.keyboard.type("Longing")
    board.keyboard.press("Escape")
    expect(board.get_by_role("columnheader").filter(has_text="Longing")).to_be_visible()
    heads = board.get_by_role("columnheader").locator(".board-words").all_inner_texts()
    assert heads[:3] == ["Dreaming", "Longing", "Booking"]


def test_arrows_go_from_card_to_card_and_say_where_one_is(board: Page):
    card(board, "Daydreams").click()
    board.keyboard.press("ArrowRight")
    expect(card(board, "Weighs up")).to_be_focused()
    expect(card(board, "Weighs up")).to_have_attribute(
        "aria-label", "Weighs up, level +0.2. Feeling, touchpoint 2 of 2, Reads reviews, Dreaming, selected"
    )
    board.keyboard.press("ArrowDown")
    expect(cell(board, "quote", "reviews")).to_be_focused()
    board.keyboard.press("Control+Home")
    expect(card(board, "Dreaming")).to_be_focused()
    board.keyboard.press("PageDown")
    expect(card(board, "Booking")).to_be_focused()


def test_what_is_done_is_undone_step_by_step_and_done_again(board: Page):
    card(board, "Daydreams").dblclick()
    board.keyboard.press("End")
    board.keyboard.type(" a lot")
    board.keyboard.press("Enter")
    card(board, "Eleven rates").click()
    board.keyboard.press("Delete")
    expect(card(board, "Eleven rates")).to_have_count(0)
    board.keyboard.press("Control+z")
    expect(card(board, "Eleven rates")).to_be_visible()
    board.keyboard.press("Control+z")
    says(board, "feeling", "search", ["Daydreams"])
    board.keyboard.press("Control+Shift+Z")
    says(board, "feeling", "search", ["Daydreams a lot"])


def test_a_new_card_that_is_left_empty_goes_away(board: Page):
    cell(board, "pain", "search").hover()
    cell(board, "pain", "search").get_by_role("button", name="Add pain").click()
    board.keyboard.press("Escape")
    says(board, "pain", "search", [])
    expect(cell(board, "pain", "search")).to_be_focused()


def test_cards_move_by_dragging_by_keys_and_by_the_menu(board: Page):
    drag(board, card(board, "Eleven rates"), cell(board, "pain", "search"))
    says(board, "pain", "search", ["Eleven rates for one room"])
    board.keyboard.press("Control+ArrowRight")
    says(board, "pain", "reviews", ["Eleven rates for one room"])
    expect(card(board, "Eleven rates")).to_be_focused()
    board.keyboard.press("Shift+F10")
    board.get_by_role("menuitem", name="Move to…").click()
    move = board.get_by_role("dialog", name="Move card")
    move.get_by_label("Lane").select_option("Opportunities")
    move.get_by_label("Stage").select_option("Booking")
    move.get_by_label("Touchpoint").select_option("Books")
    move.get_by_role("button", name="Move").click()
    says(board, "opportunity", "book", ["Eleven rates for one room"])


def drag(page: Page, what: Locator, to: Locator) -> None:
    """As a hand does it: down, a few moves, up."""
    what.scroll_into_view_if_needed()
    start, end = what.bounding_box(), to.bounding_box()
    assert start is not None
    assert end is not None
    page.mouse.move(start["x"] + 30, start["y"] + 10)
    page.mouse.down()
    page.mouse.move(start["x"] + 40, start["y"] + 14, steps=3)
    page.mouse.move(end["x"] + end["width"] / 4, end["y"] + 20, steps=6)
    page.mouse.up()


def test_touchpoints_and_stages_move_with_what_stands_in_them(board: Page):
    def columns() -> list[str]:
        return board.locator('[data-lane="touchpoints"] .board-words').all_inner_texts()[:4]

    assert columns() == ["Searches", "Reads reviews", "Chooses a room", "Books"]
    card(board, "Reads reviews").click(position={"x": 60, "y": 12})
    board.keyboard.press("Control+ArrowRight")
    assert columns() == ["Searches", "Reads reviews", "Chooses a room", "Books"]
    assert cell(board, "touchpoints", "reviews").get_attribute("data-stage") == "booking"
    card(board, "Booking").click(position={"x": 60, "y": 12})
    board.keyboard.press("Control+ArrowLeft")
    assert columns() == ["Reads reviews", "Chooses a room", "Books", "Gets the confirmation"]
    says(board, "thinking", "reviews", ["“Three people write about the noise.”"])


def test_a_touchpoint_goes_behind_the_line_of_visibility(board: Page):
    card(board, "Books").click(button="right")
    board.get_by_role("menuitemcheckbox", name="Behind the line of visibility").click()
    expect(cell(board, "behind", "book")).to_contain_text("Books")
    expect(cell(board, "touchpoints", "book")).not_to_contain_text("Books")
    expect(cell(board, "behind", "book").locator("[data-record]")).to_be_focused()


def test_a_spreadsheets_block_becomes_cards(board: Page):
    cell(board, "doing", "search").focus()
    paste(board, 'Opens the map\tReads "the worst"\n=SUM(1)\n- Zooms in\t"two\nlines"')
    says(board, "doing", "search", ["Opens the map", "=SUM(1)", "Zooms in"])
    says(board, "doing", "reviews", ['Reads "the worst"', "two\nlines"])
    board.keyboard.press("Control+z")
    says(board, "doing", "search", [])


def paste(page: Page, text: str) -> None:
    page.evaluate(
        """text => {
            const clipboardData = new DataTransfer();
            clipboardData.setData("text/plain", text);
            document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
        }""",
        text,
    )


def test_several_are_selected_and_changed_as_one(board: Page):
    card(board, "Daydreams").click()
    card(board, "Weighs up").click(modifiers=["Shift"])
    card(board, "Compares").click(modifiers=["Shift"])
    expect(board.locator("[data-selected]")).to_have_count(3)
    board.keyboard.press("Control+d")
    says(board, "feeling", "search", ["Daydreams", "Daydreams"])
    board.keyboard.press("Delete")
    says(board, "feeling", "search", ["Daydreams"])
    board.keyboard.press("Control+z")
    says(board, "feeling", "room_choice", ["Compares", "Compares"])


def test_a_frame_drawn_on_the_ground_selects_what_it_meets(board: Page):
    start = cell(board, "feeling", "search").bounding_box()
    end = cell(board, "feeling", "room_choice").bounding_box()
    assert start is not None
    assert end is not None
    board.mouse.move(start["x"] + 3, start["y"] + start["height"] - 3)
    board.mouse.down()
    board.mouse.move(end["x"] + 60, end["y"] + 20, steps=8)
    board.mouse.up()
    chosen = board.locator("[data-selected]").locator(".board-words").all_inner_texts()
    assert chosen == ["Daydreams", "Weighs up", "Compares"]


def test_the_palette_does_what_it_is_told_and_finds_what_is_on_the_map(board: Page):
    board.keyboard.press("Control+k")
    board.get_by_role("combobox").fill("fold")
    board.keyboard.press("Enter")
    expect(board.get_by_role("button", name="Unfold")).to_have_count(1)
    board.keyboard.press("Control+k")
    board.get_by_role("combobox").fill("knows which")
    board.keyboard.press("Enter")
    expect(card(board, "Knows which room")).to_be_focused()
    expect(card(board, "Knows which room")).to_be_in_viewport()


def test_find_goes_from_one_to_the_next(board: Page):
    board.keyboard.press("Control+f")
    board.get_by_role("searchbox", name="Find on this map").fill("review")
    expect(board.get_by_role("search").get_by_role("status")).to_have_text("3 found")
    board.keyboard.press("Enter")
    expect(board.get_by_role("search").get_by_role("status")).to_have_text("1 of 3")
    board.keyboard.press("Enter")
    board.keyboard.press("Escape")
    expect(board.locator("[data-selected]")).to_be_focused()


def test_single_keys_can_be_switched_off(board: Page):
    card(board, "Daydreams").click()
    board.keyboard.press("?")
    board.get_by_role("switch", name="Single keys are shortcuts").click()
    board.keyboard.press("Escape")
    board.keyboard.press("N")
    says(board, "feeling", "search", ["Daydreams"])
    board.keyboard.press("Enter")
    expect(board.get_by_role("textbox", name="Feeling")).to_be_focused()


def test_two_people_type_in_one_card(served: Served, sit: Sit):
    ana = opened(served, sit)
    ben = sit()
    ben.goto(ana.url)
    card(ana, "Daydreams").dblclick()
    card(ben, "Daydreams").dblclick()
    ben.keyboard.press("Home")
    ana.keyboard.type(" of the sea")
    expect(ben.get_by_role("textbox", name="Feeling")).to_have_value("Daydreams of the sea")
    ben.keyboard.type("Often ")
    expect(ana.get_by_role("textbox", name="Feeling")).to_have_value("Often Daydreams of the sea")
    ana.keyboard.type("!")
    ana.keyboard.press("Enter")
    ben.keyboard.press("Enter")
    expect(card(ben, "Often Daydreams of the sea!")).to_be_visible()


def test_a_large_map_draws_only_what_is_on_the_screen_and_goes_everywhere_by_keys(served: Served, sit: Sit):
    points = [{"id": f"p{n}", "stage": f"s{n // 5}", "title": f"Point {n}"} for n in range(60)]
    stages = [{"id": f"s{n}", "title": f"Stage {n}"} for n in range(12)]
    cards = [{"id": f"c{n}", "at": f"p{n}", "lane": "pain", "says": f"Hurts {n}"} for n in range(60)]
    data = {"format": "desireline/1", "map": {"id": "m", "title": "Large"}}
    text = json.dumps(data | {"stages": stages, "touchpoints": points, "cards": cards})
    with served.client() as client:
        made = client.post("/api/imports", json={"text": text, "name": "large.yaml"}).raise_for_status().json()
    board = sit()
    board.goto(f"{served.address}/maps/{made['id']}")
    card(board, "Hurts 0").click()
    assert board.locator("[data-lane=pain]").count() < 20
    board.keyboard.press("End")
    expect(card(board, "Hurts 59")).to_be_focused()
    expect(card(board, "Hurts 59")).to_be_in_viewport()
    board.locator("[role=grid]").evaluate("board => board.scrollTo(0, 0)")
    expect(card(board, "Hurts 0")).to_be_visible()
    board.keyboard.press("ArrowLeft")
    expect(card(board, "Hurts 58")).to_be_focused()
    expect(card(board, "Hurts 58")).to_be_in_viewport()


def test_a_stage_is_folded_and_opens_again(board: Page):
    card(board, "Booking").hover()
    board.get_by_role("button", name="Fold Booking").click()
    expect(card(board, "Chooses a room")).to_have_count(0)
    folded = board.locator("[data-record=booking]")
    expect(folded).to_have_attribute("aria-label", re.compile("^Booking, 3 touchpoints, folded"))
    board.get_by_role("button", name="Unfold Booking").click()
    expect(card(board, "Chooses a room")).to_be_visible()


def test_zoom_never_makes_the_words_smaller_than_one_can_read(board: Page):
    card(board, "Daydreams").click()
    board.keyboard.press("Shift+1")
    expect(card(board, "Knows which room")).to_be_in_viewport()
    assert card(board, "Daydreams").evaluate("card => parseFloat(getComputedStyle(card).fontSize)") >= 11
    board.get_by_role("button", name=re.compile("Back to 100 %")).click()
    expect(board.get_by_role("toolbar", name="Board tools")).to_contain_text("100 %")


def test_who_clicks_into_another_field_while_typing_in_a_card_goes_on_there(board: Page):
    card(board, "Daydreams").click()
    board.keyboard.press("Control+Enter")
    elsewhere = board.locator("aside").get_by_role("textbox").first
    expect(elsewhere).to_be_visible()
    card(board, "Daydreams").dblclick()
    typing = board.locator("[data-record] textarea")
    expect(typing).to_be_focused()
    board.keyboard.type(" on")
    elsewhere.click()
    expect(typing).to_have_count(0)
    expect(elsewhere).to_be_focused()
    expect(card(board, "Daydreams on")).to_be_visible()


def test_only_a_press_beside_a_dialog_closes_it_not_a_mouse_that_is_let_go_there(board: Page):
    card(board, "Daydreams").click(button="right")
    board.get_by_role("menuitem", name="Move to…").click()
    dialog = board.get_by_role("dialog", name="Move card")
    heading = dialog.get_by_role("heading").bounding_box()
    assert heading is not None
    board.mouse.move(heading["x"] + 4, heading["y"] + 8)
    board.mouse.down()
    board.mouse.move(10, 400, steps=3)
    board.mouse.up()
    expect(dialog).to_be_visible()
    board.mouse.click(10, 400)
    expect(dialog).to_have_count(0)


def test_who_may_only_look_finds_no_way_to_change(served: Served, sit: Sit):
    board = opened(served, sit)
    expect(undo(board)).to_have_count(1)
    board.route_web_socket("**/live", as_viewer)
    board.reload()
    expect(card(board, "Daydreams")).to_be_visible()
    expect(undo(board)).to_have_count(0)
    card(board, "Daydreams").dblclick()
    expect(board.get_by_role("textbox", name="Feeling")).to_have_count(0)
    board.keyboard.press("Delete")
    expect(card(board, "Daydreams")).to_be_visible()
    expect(board.locator("[role=grid]").get_by_role("button", name=re.compile("^Add"))).to_have_count(0)
    card(board, "Daydreams").click(button="right")
    expect(board.get_by_role("menuitem").first).to_be_visible()
    items = board.get_by_role("menuitem").all_inner_texts()
    assert not any(word in item for item in items for word in ("Delete", "Move", "Duplicate", "Edit"))


def test_who_types_when_the_right_to_edit_goes_stops_typing(served: Served, sit: Sit):
    board = opened(served, sit)
    waits: list[bytes] = []
    routes: list[WebSocketRoute] = []

    def held(route: WebSocketRoute) -> None:
        routes.append(route)
        as_viewer(route, waits)

    board.route_web_socket("**/live", held)
    board.reload()
    card(board, "Daydreams").dblclick()
    expect(board.get_by_role("textbox", name="Feeling")).to_be_focused()
    while not any(b'"viewer"' in message for message in waits):
        board.wait_for_timeout(50)
    for message in waits:
        routes[-1].send(message)
    expect(board.get_by_role("textbox", name="Feeling")).to_have_count(0)
    expect(undo(board)).to_have_count(0)


def undo(page: Page) -> Locator:
    """Only who may edit has it."""
    return page.get_by_role("toolbar", name="Board tools").get_by_role("button", name="Undo")


def as_viewer(route: WebSocketRoute, waits: list[bytes] | None = None) -> None:
    """What the server says, but for the role; or it waits to be handed over."""
    server = route.connect_to_server()

    def tell(message: str | bytes) -> None:
        plain = message if isinstance(message, bytes) else message.encode()
        changed = plain.replace(b'"owner"', b'"viewer"')
        if waits is None:
            route.send(changed)
        else:
            waits.append(changed)

    server.on_message(tell)
