"""What somebody stumbles over who sees the app for the first time."""

from __future__ import annotations

from playwright.sync_api import expect
from tests.web.company import at_map, card, joined, panel
from tests.web.conftest import MOVING, Sit
from tests.web.serving import Served


def test_what_is_typed_after_c_is_a_comment_and_no_new_name_of_the_card(served: Served, sit: Sit):
    olga = at_map(served, sit(**MOVING), served.new_map())
    card(olga, "Weighs up").click()
    olga.keyboard.press("c")
    box = olga.get_by_role("complementary").get_by_label("Comment on Weighs up")
    expect(box).to_be_focused()
    olga.keyboard.type("Enter the price?")
    expect(box).to_have_value("Enter the price?")
    card(olga, "Reads reviews").click()
    expect(olga.get_by_label("Comment on Reads reviews")).not_to_be_focused()


def test_details_open_from_the_bar_and_from_within_a_text(served: Served, sit: Sit):
    olga = at_map(served, sit(**MOVING), served.new_map())
    olga.get_by_role("button", name="Details", exact=True).click()
    beside = olga.get_by_role("complementary")
    expect(beside).to_contain_text("This map")
    olga.get_by_role("button", name="Details", exact=True).click()
    expect(beside).to_have_count(0)
    card(olga, "Weighs up").dblclick()
    olga.keyboard.press("Control+Enter")
    expect(beside).to_contain_text("Evidence")


def test_a_touchpoint_is_added_after_another_with_the_mouse(served: Served, sit: Sit):
    olga = at_map(served, sit(**MOVING), served.new_map())
    point = card(olga, "Reads reviews")
    point.hover()
    cell = olga.get_by_role("gridcell").filter(has=point)
    cell.get_by_role("button", name="Add touchpoint after this one").click()
    olga.keyboard.type("Calls the desk")
    olga.keyboard.press("Escape")
    expect(card(olga, "Calls the desk")).to_be_visible()


def test_a_link_to_this_computer_says_that_others_cannot_open_it(served: Served, sit: Sit):
    olga = at_map(served, sit(**MOVING), served.new_map())
    panel(olga, "Share").get_by_role("button", name="Make a share link").click()
    expect(panel(olga, "Share")).to_contain_text("opens on this computer only")
    assert served.address.startswith("http://127.0.0.1")


def test_who_went_elsewhere_in_the_same_window_is_not_here_any_more(served: Served, sit: Sit):
    id_ = served.new_map()
    ana = at_map(served, sit(link=joined(served, "Ana"), **MOVING), id_)
    olga = at_map(served, sit(**MOVING), id_)
    expect(olga.get_by_role("button", name="1 other person is here")).to_be_visible()
    ana.goto("about:blank")
    expect(olga.get_by_role("button", name="other person is here")).to_have_count(0)
    ana.go_back(wait_until="commit")
    expect(olga.get_by_role("button", name="1 other person is here")).to_be_visible()
