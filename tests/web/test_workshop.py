"""A workshop on a map: everybody sees one timer, and votes for cards."""

from __future__ import annotations

from playwright.sync_api import expect
from tests.web.axe import faults
from tests.web.company import at_map, card, joined, panel
from tests.web.conftest import Sit
from tests.web.serving import Served

from desireline.access import Role


def test_everybody_has_so_many_votes_and_all_see_how_they_fall(served: Served, sit: Sit):
    id_ = served.new_map()
    olga = at_map(served, sit(), id_)
    ben = at_map(served, sit(link=joined(served, "Ben", Role.COMMENTER)), id_)
    vera = at_map(served, sit(link=joined(served, "Vera", Role.VIEWER)), id_)
    workshop = panel(olga, "Workshop")
    workshop.get_by_role("button", name="Fewer votes").click()
    workshop.get_by_role("button", name="Begin voting").click()
    for page, says, times in ((ben, "Weighs up", 2), (olga, "Weighs up", 1), (olga, "Daydreams", 1)):
        for _ in range(times):
            card(page, says).get_by_role("button", name="Vote", exact=True).click()
    for page in (olga, ben, vera):
        expect(card(page, "Weighs up").get_by_role("img", name="3 votes")).to_be_visible()
    card(ben, "Daydreams").get_by_role("button", name="Vote", exact=True).click()
    expect(ben.get_by_text("You have no votes left").first).to_be_visible()
    expect(card(vera, "Weighs up").get_by_role("button", name="Vote")).to_have_count(0)

    assert faults(olga) == []
    card(ben, "Weighs up").get_by_role("button", name="Take my vote back").click()
    results = workshop.get_by_role("region", name="Results").get_by_role("listitem")
    expect(results).to_contain_text(["Weighs up", "Daydreams"])
    expect(results.first).to_contain_text("2 votes")
    workshop.get_by_role("button", name="End voting").click()
    expect(card(ben, "Weighs up").get_by_role("button", name="Vote")).to_have_count(0)
    expect(card(ben, "Weighs up").get_by_role("img", name="2 votes")).to_be_visible()
    workshop.get_by_role("button", name="Clear all votes").click()
    expect(card(ben, "Weighs up").get_by_role("img", name="votes")).to_have_count(0)


def test_one_timer_for_all_runs_pauses_and_goes_on(served: Served, sit: Sit):
    id_ = served.new_map()
    olga = at_map(served, sit(), id_)
    vera = at_map(served, sit(link=joined(served, "Vera", Role.VIEWER)), id_)
    workshop = panel(olga, "Workshop")
    workshop.get_by_role("button", name="3 minutes").click()
    chip = vera.get_by_role("button", name="Workshop:")
    expect(chip).to_contain_text("2:5")
    workshop.get_by_role("button", name="Pause").click()
    expect(workshop.get_by_role("timer")).to_contain_text("Paused")
    workshop.get_by_role("button", name="1 minute", exact=True).click()
    expect(chip).to_contain_text("3:5")
    chip.click()
    expect(panel(vera, "Workshop").get_by_role("button", name="Pause")).to_have_count(0)
    workshop.get_by_role("button", name="Stop").click()
    expect(chip).to_have_count(0)


def test_votes_are_given_and_taken_back_with_keys_and_in_the_menu(served: Served, sit: Sit):
    page = at_map(served, sit(), served.new_map())
    card(page, "Weighs up").click()
    page.keyboard.press("y")  # nobody votes yet
    panel(page, "Workshop").get_by_role("button", name="Begin voting").click()
    expect(card(page, "Weighs up").get_by_role("img", name="vote")).to_have_count(0)
    card(page, "Weighs up").focus()
    for _ in range(4):
        page.keyboard.press("y")
    expect(card(page, "Weighs up").get_by_role("img", name="3 votes")).to_be_visible()
    said = page.get_by_role("region", name="Messages")
    expect(said).to_contain_text("You have no votes left.")
    tools, above = (one.bounding_box() for one in (page.get_by_role("toolbar", name="Board tools"), said))
    assert tools
    assert above
    assert above["y"] + above["height"] <= tools["y"]
    page.keyboard.press("Shift+F10")
    page.get_by_role("menuitem", name="Take my vote back").click()
    expect(card(page, "Weighs up").get_by_role("img", name="2 votes")).to_be_visible()
    page.keyboard.press("Control+k")
    page.get_by_role("combobox").fill("vote back")
    page.keyboard.press("Enter")
    expect(card(page, "Weighs up").get_by_role("img", name="1 vote")).to_be_visible()
