"""The outline: the same map as headings and lists, for the keyboard, for phones and for screen readers."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect
from tests.web.company import saved_data
from tests.web.conftest import Sit
from tests.web.serving import Served


def opened(served: Served, sit: Sit, *, template: str = "hotel-stay", **how: Any) -> Page:
    page = sit(**how)
    page.goto(f"{served.address}/maps/{served.new_map(template)}")
    if how.get("width", 1440) >= 640:
        page.get_by_role("radio", name="Outline").click()
    expect(page.get_by_role("heading", level=2).first).to_be_visible()
    return page


def drawn(served: Served, page: Page) -> list[str]:
    """The map that the server has, once everything is saved, in reading order."""
    data = saved_data(served, page)
    live = {
        kind: [one for one in data.get(kind, []) if not one.get("deleted")]
        for kind in ("stages", "touchpoints", "cards")
    }
    found = []
    for stage in live["stages"]:
        found.append(stage.get("title", ""))
        for point in (one for one in live["touchpoints"] if one["stage"] == stage["id"]):
            found.append(f"  {point.get('title', '')}")
            cards = [card for card in live["cards"] if card["at"] == point["id"]]
            found += [f"    {card['lane']}: {card.get('says', '')}" for card in cards]
    return found


def test_a_map_is_drawn_by_typing_alone(served: Served, sit: Sit):
    page = opened(served, sit)
    first = page.get_by_label("Stage 1", exact=True)
    first.focus()
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.keyboard.type("Comparing")
    page.keyboard.press("ArrowUp")  # the caret stands at the end, so it stays
    page.get_by_role("button", name="More for “Comparing”").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("a")
    expect(page.get_by_role("menuitem", name="Add a touchpoint")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.type("Makes a list")
    page.keyboard.press("Enter")
    page.keyboard.type("Asks a friend")
    page.keyboard.press("Alt+ArrowUp")
    page.get_by_role("button", name="Card at “Makes a list”").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("p")
    page.keyboard.press("Enter")
    page.keyboard.type("Too many tabs")
    page.keyboard.press("Enter")
    page.keyboard.press("Backspace")
    expect(page.get_by_label("Pain at Makes a list")).to_be_focused()
    found = drawn(served, page)
    begin = found.index("Comparing")
    assert found[begin : begin + 4] == [
        "Comparing",
        "  Asks a friend",
        "  Makes a list",
        "    pain: Too many tabs",
    ]


def test_a_pasted_list_becomes_cards_and_is_undone_in_one_step(served: Served, sit: Sit):
    page = opened(served, sit)
    before = drawn(served, page)
    text = page.get_by_label("Thinking at Reads reviews")
    text.focus()
    page.keyboard.press("End")
    page.evaluate(
        """() => {
          const data = new DataTransfer();
          data.setData('text', ' Really.\\n- Is it far?\\n\\n2) Is it loud?');
          const paste = new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true});
          document.activeElement.dispatchEvent(paste);
        }"""
    )
    expect(page.get_by_label("Thinking at Reads reviews")).to_have_count(3)
    assert [line for line in drawn(served, page) if "thinking" in line][:3] == [
        "    thinking: “Three people write about the noise.”Really.",
        "    thinking: Is it far?",
        "    thinking: Is it loud?",
    ]
    page.keyboard.press("Control+z")
    expect(page.get_by_label("Thinking at Reads reviews")).to_have_count(1)
    assert drawn(served, page) == before


def test_a_touchpoint_moves_over_to_the_next_stage(served: Served, sit: Sit):
    page = opened(served, sit)
    page.get_by_label("Touchpoint 1.2", exact=True).focus()
    page.keyboard.press("Alt+ArrowDown")
    expect(page.get_by_label("Touchpoint 2.1", exact=True)).to_be_focused()
    found = drawn(served, page)
    assert found.index("  Reads reviews") == found.index("Booking") + 1


def test_on_a_phone_the_map_is_an_outline_and_feelings_are_set(served: Served, sit: Sit):
    page = opened(served, sit, width=390, height=844)
    expect(page.get_by_role("heading", name="1. Dreaming")).to_be_visible()
    opener = page.get_by_role("button", name="Feeling at Searches: +0.8, content")
    slider = page.get_by_role("group", name="Set the feeling")
    opener.click()
    expect(slider).to_be_visible()
    page.keyboard.press("Escape")
    expect(slider).to_have_count(0)
    expect(opener).to_be_focused()
    opener.click()
    page.get_by_role("button", name="Feeling: feels worse").click()
    page.get_by_role("textbox", name="Feeling, from −2 to +2").fill("-1.5")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Feeling at Searches: −1.5, awful")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
