"""Who may not change a map suggests: an editor accepts or declines, word by word."""

from __future__ import annotations

from playwright.sync_api import Page, expect
from tests.web.axe import faults
from tests.web.company import at_map, card, joined, panel
from tests.web.conftest import Sit
from tests.web.serving import Served

from desireline.access import Role


def suggests(page: Page, at: str, words: str) -> None:
    card(page, "Daydreams").click()
    card(page, at).click()
    comments = panel(page, "Comments")
    comments.get_by_role("tab", name="Suggestions").click()
    form = comments.get_by_role("form", name=f"Suggest for {at}")
    form.get_by_role("textbox").fill(words)
    form.get_by_role("button", name="Suggest").click()
    expect(comments.get_by_role("article")).to_be_visible()


def test_a_suggestion_is_accepted_and_can_be_undone(served: Served, sit: Sit):
    id_ = served.new_map()
    ben = at_map(served, sit(link=joined(served, "Ben", Role.COMMENTER)), id_)
    olga = at_map(served, sit(), id_)
    suggests(ben, "Weighs up", "Weighs up two hotels")
    expect(panel(ben, "Comments").get_by_role("button", name="Accept")).to_have_count(0)

    card(olga, "Weighs up").get_by_role("button", name="1 suggestion").click()
    told = panel(olga, "Comments").get_by_role("article", name="Suggestion by Ben")
    expect(told.locator("ins")).to_have_text(" two hotels")
    assert faults(olga) == []
    told.get_by_role("button", name="Accept").click()
    for page in (olga, ben):
        expect(card(page, "Weighs up two hotels")).to_be_visible()
    expect(card(olga, "Weighs up").get_by_role("button", name="suggestion")).to_have_count(0)
    card(olga, "Daydreams").click()
    olga.keyboard.press("Control+z")
    expect(card(ben, "Weighs up two hotels")).to_have_count(0)
    expect(card(ben, "Weighs up")).to_be_visible()


def test_a_suggestion_is_declined_or_taken_back(served: Served, sit: Sit):
    id_ = served.new_map()
    ben = at_map(served, sit(link=joined(served, "Ben", Role.COMMENTER)), id_)
    olga = at_map(served, sit(), id_)
    suggests(ben, "Weighs up", "Compares")
    card(olga, "Weighs up").get_by_role("button", name="1 suggestion").click()
    panel(olga, "Comments").get_by_role("button", name="Decline").click()
    expect(panel(ben, "Comments").get_by_role("article")).to_have_count(0)
    panel(ben, "Comments").get_by_role("radio", name="Decided").click()
    expect(panel(ben, "Comments").get_by_role("article")).to_contain_text("Declined")
    panel(ben, "Comments").get_by_role("radio", name="Open").click()
    suggests(ben, "Weighs up", "Ponders")
    panel(ben, "Comments").get_by_role("button", name="Take back").click()
    expect(card(olga, "Weighs up").get_by_role("button", name="suggestion")).to_have_count(0)
    expect(card(olga, "Weighs up")).to_be_visible()


def test_what_changed_meanwhile_is_told_before_somebody_accepts(served: Served, sit: Sit):
    id_ = served.new_map()
    ben = at_map(served, sit(link=joined(served, "Ben", Role.COMMENTER)), id_)
    olga = at_map(served, sit(), id_)
    suggests(ben, "Weighs up", "Ponders")
    card(olga, "Weighs up").dblclick()
    olga.keyboard.press("End")
    olga.keyboard.type(" twice")
    olga.keyboard.press("Escape")
    panel(olga, "Comments").get_by_role("tab", name="Suggestions").click()
    expect(panel(olga, "Comments").get_by_role("article")).to_contain_text("Meanwhile it says “Weighs up twice”")


def test_what_a_commenter_types_on_the_board_becomes_a_suggestion(served: Served, sit: Sit):
    id_ = served.new_map()
    ben = at_map(served, sit(link=joined(served, "Ben", Role.COMMENTER)), id_)
    card(ben, "Weighs up").click()
    ben.keyboard.press("Enter")
    asked = ben.get_by_role("dialog", name="Suggest a change")
    expect(asked.get_by_role("textbox")).to_be_focused()
    assert faults(ben) == []
    ben.keyboard.press("End")
    ben.keyboard.type(" twice")
    ben.keyboard.press("Control+Enter")
    expect(asked).to_have_count(0)
    expect(card(ben, "Weighs up").get_by_role("button", name="1 suggestion")).to_be_visible()
