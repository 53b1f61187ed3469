"""People see each other on a map: who is there, where, and one can go along."""

from __future__ import annotations

from playwright.sync_api import expect
from tests.web.axe import faults
from tests.web.company import at_map, beside, card, joined
from tests.web.conftest import Sit
from tests.web.serving import Served


def test_who_is_at_a_card_is_seen_there_and_gone_when_they_leave(served: Served, sit: Sit):
    id_ = served.new_map()
    olga, ana = (at_map(served, page, id_) for page in (sit(), sit(link=joined(served, "Ana Silva"))))
    card(ana, "Weighs up").click()
    expect(card(olga, "Weighs up")).to_contain_text("Ana Silva")
    card(ana, "Daydreams").click()
    expect(card(olga, "Daydreams")).to_contain_text("Ana Silva")
    expect(card(olga, "Weighs up")).not_to_contain_text("Ana Silva")
    olga.get_by_role("button", name="1 other person is here").click()
    expect(olga.get_by_role("menu", name="People here")).to_contain_text("Ana Silva, on “Daydreams”")
    olga.keyboard.press("Escape")
    ana.context.close()
    expect(card(olga, "Daydreams")).not_to_contain_text("Ana Silva")
    expect(olga.get_by_role("button", name="other person is here")).to_have_count(0)


def test_whoever_comes_later_sees_where_the_others_are(served: Served, sit: Sit):
    id_ = served.new_map()
    ana = at_map(served, sit(link=joined(served, "Ana Silva")), id_)
    card(ana, "Weighs up").click()
    olga = at_map(served, sit(), id_)
    expect(card(olga, "Weighs up")).to_contain_text("Ana Silva")


def test_following_somebody_goes_where_they_go_until_one_moves(served: Served, sit: Sit):
    id_ = served.new_map()
    olga, ana = (at_map(served, page, id_) for page in (sit(), sit(link=joined(served, "Ana Silva"))))
    expect(card(olga, "Books again")).not_to_be_in_viewport()
    olga.get_by_role("button", name="1 other person is here").click()
    olga.get_by_role("menuitemcheckbox", name="Follow Ana Silva").click()
    expect(olga.get_by_text("You follow Ana Silva")).to_be_visible()
    card(ana, "Daydreams").click()
    ana.keyboard.press("Control+End")
    card(ana, "Books again").click()
    expect(card(olga, "Books again")).to_be_in_viewport()
    assert faults(olga) == []
    olga.keyboard.press("ArrowLeft")
    expect(olga.get_by_text("You follow Ana Silva")).to_have_count(0)


def test_typing_in_the_details_and_in_the_outline_is_seen_at_the_card(served: Served, sit: Sit):
    id_ = served.new_map()
    olga, ana = (at_map(served, page, id_) for page in (sit(), sit(link=joined(served, "Ana Silva"))))
    types = card(olga, "Weighs up").locator("[data-presence]")
    card(ana, "Weighs up").click()
    expect(types).to_contain_text("Ana Silva")
    expect(types).not_to_contain_text("…")
    ana.keyboard.press("Control+Enter")
    beside(ana).get_by_role("textbox", name="About").click()
    expect(types).to_contain_text("Ana Silva …")
    ana.get_by_role("radio", name="Outline").click()
    expect(types).not_to_contain_text("…")
    ana.locator("[data-outline]").filter(has_text="Weighs up").first.click()
    expect(types).to_contain_text("Ana Silva …")
