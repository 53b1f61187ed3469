"""People talk about a card beside it: threads, names, replies, and an end to it."""

from __future__ import annotations

from playwright.sync_api import expect
from tests.web.axe import faults
from tests.web.company import at_map, card, joined, panel, saved
from tests.web.conftest import Sit
from tests.web.serving import Served

from desireline.access import Role


def test_a_question_on_a_card_is_answered_and_settled(served: Served, sit: Sit):
    id_ = served.new_map()
    olga, ana = (at_map(served, page, id_) for page in (sit(), sit(link=joined(served, "Ana Silva"))))
    card(olga, "Weighs up").click()
    panel(olga, "Comments").get_by_label("Comment on Weighs up").fill("Is this still true? ")
    olga.keyboard.press("End")
    olga.keyboard.type("@an")
    expect(olga.get_by_role("option", name="Ana Silva")).to_be_visible()
    olga.keyboard.press("Enter")
    olga.keyboard.type("you asked guests.")
    olga.keyboard.press("Control+Enter")

    badge = card(ana, "Weighs up").get_by_role("button", name="1 comment")
    expect(badge).to_be_visible()
    with_ana = ana.context.request
    assert [one["by"] for one in with_ana.get(f"{served.address}/api/mentions").json()] == ["Olga"]
    badge.click()
    thread = panel(ana, "Comments").get_by_role("article", name="Comment by Olga on Weighs up")
    expect(thread).to_contain_text("Is this still true? @Ana Silva you asked guests.")
    thread.get_by_role("button", name="Reply").click()
    ana.keyboard.type("Yes: nine of ten.")
    ana.keyboard.press("Control+Enter")
    expect(card(olga, "Weighs up").get_by_role("button", name="2 comments")).to_be_visible()
    expect(panel(olga, "Comments").get_by_role("article")).to_contain_text("Yes: nine of ten.")
    assert with_ana.get(f"{served.address}/api/mentions").json() == []
    assert faults(olga) == []

    panel(olga, "Comments").get_by_role("button", name="Resolve").click()
    for page in (olga, ana):
        expect(card(page, "Weighs up").get_by_role("button", name="comment")).to_have_count(0)
    panel(ana, "Comments").get_by_role("radio", name="Resolved").click()
    expect(panel(ana, "Comments").get_by_role("article")).to_contain_text("Resolved by Olga")


def test_only_who_wrote_a_comment_words_it_anew_or_takes_it_back(served: Served, sit: Sit):
    id_ = served.new_map()
    ben = at_map(served, sit(link=joined(served, "Ben", Role.COMMENTER)), id_)
    olga = at_map(served, sit(), id_)
    panel(ben, "Comments").get_by_label("Comment on the whole map").fill("Nice mpa")
    ben.keyboard.press("Control+Enter")
    said = panel(olga, "Comments").get_by_role("article")
    expect(said).to_contain_text("Nice mpa")
    expect(said.get_by_role("button", name="More about this comment")).to_have_count(0)
    panel(ben, "Comments").get_by_role("button", name="More about this comment").click()
    ben.get_by_role("menuitem", name="Edit").click()
    ben.get_by_label("Edit comment").fill("Nice map")
    ben.keyboard.press("Control+Enter")
    expect(said).to_contain_text("Nice map")
    expect(said).to_contain_text("edited")
    panel(ben, "Comments").get_by_role("button", name="More about this comment").click()
    ben.get_by_role("menuitem", name="Delete").click()
    expect(said).to_have_count(0)


def test_a_viewer_reads_comments_and_writes_none(served: Served, sit: Sit):
    id_ = served.new_map()
    olga = at_map(served, sit(), id_)
    panel(olga, "Comments").get_by_label("Comment on the whole map").fill("For everybody to read.")
    olga.keyboard.press("Control+Enter")
    vera = at_map(served, sit(link=joined(served, "Vera", Role.VIEWER)), id_)
    comments = panel(vera, "Comments")
    expect(comments.get_by_role("article")).to_contain_text("For everybody to read.")
    expect(comments.get_by_role("textbox")).to_have_count(0)
    expect(comments.get_by_role("button", name="Reply")).to_have_count(0)
    expect(comments.get_by_role("button", name="Resolve")).to_have_count(0)


def test_a_comment_is_written_and_found_again_with_the_keyboard_alone(served: Served, sit: Sit):
    olga = at_map(served, sit(), served.new_map())
    card(olga, "Weighs up").click()
    olga.keyboard.press("c")
    box = olga.get_by_label("Comment on Weighs up")
    expect(box).to_be_visible()
    for _ in range(20):
        if box.evaluate("one => one === document.activeElement"):
            break
        olga.keyboard.press("Tab")
    olga.keyboard.type("By keys.")
    olga.keyboard.press("Control+Enter")
    expect(panel(olga, "Comments").get_by_role("article")).to_contain_text("By keys.")
    assert faults(olga) == []


def test_whoever_is_named_finds_the_way_to_the_comment(served: Served, sit: Sit):
    id_ = served.new_map()
    ana_link = joined(served, "Ana Silva")
    olga = at_map(served, sit(), id_)
    card(olga, "Books again").click()
    panel(olga, "Comments").get_by_label("Comment on Books again").fill("@Ana Silva, who does that?")
    olga.keyboard.press("Control+Enter")
    saved(olga)
    ana = sit(link=ana_link)
    ana.get_by_role("button", name="Mentions of you (1)").click()
    ana.get_by_role("menuitem", name="Olga in A stay with us").click()
    expect(ana.get_by_role("article")).to_contain_text("who does that?")
    expect(card(ana, "Books again")).to_be_in_viewport()


def test_a_mention_leads_to_the_card_of_the_comment(served: Served, sit: Sit):
    id_ = served.new_map()
    olga, ana = at_map(served, sit(), id_), sit(link=joined(served, "Ana Silva"))
    card(olga, "Books again").click()
    panel(olga, "Comments").get_by_label("Comment on Books again").click()
    olga.keyboard.type("Is this so, @an")
    expect(olga.get_by_role("option", name="Ana Silva")).to_be_visible()
    olga.keyboard.press("Enter")
    olga.keyboard.press("Control+Enter")
    expect(olga.get_by_role("article", name="Comment by Olga").locator("span", has_text="@Ana Silva")).to_be_visible()
    saved(olga)
    ana.goto(served.address)
    ana.get_by_role("button", name="Mentions of you").click()
    ana.get_by_role("menuitem", name="Olga in").click()
    saved(ana)
    expect(card(ana, "Books again")).to_be_in_viewport()
    expect(panel(ana, "Comments").get_by_role("article", name="Comment by Olga on Books again")).to_be_visible()
    expect(card(ana, "Books again")).to_have_attribute("data-selected", "true")


def test_a_comment_that_is_begun_waits_while_one_looks_at_another_card(served: Served, sit: Sit):
    olga = at_map(served, sit(), served.new_map())
    card(olga, "Weighs up").click()
    panel(olga, "Comments").get_by_label("Comment on Weighs up").fill("Half a thought")
    card(olga, "Daydreams").click()
    expect(panel(olga, "Comments").get_by_label("Comment on Daydreams")).to_have_value("")
    card(olga, "Weighs up").click()
    expect(panel(olga, "Comments").get_by_label("Comment on Weighs up")).to_have_value("Half a thought")
    panel(olga, "Comments").get_by_role("button", name="Comment", exact=True).click()
    expect(panel(olga, "Comments").get_by_role("article")).to_contain_text("Half a thought")
    expect(panel(olga, "Comments").get_by_label("Comment on Weighs up")).to_have_value("")
