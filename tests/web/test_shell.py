"""What stands around the maps: signing in, people, tokens, and the bar and panels of a map."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.web.company import saved
from tests.web.conftest import Sit
from tests.web.serving import Served

from desireline.ledger.documents import Documents

PASSWORD = "a long walk over the meadow"


def invite(page: Page, served: Served, name: str, role: str) -> str:
    """The link of an invitation that the owner at this page makes."""
    page.goto(f"{served.address}/members")
    page.get_by_role("button", name="Invite").click()
    page.get_by_label("For whom").fill(name)
    page.get_by_label("Role", exact=True).select_option(role)
    page.get_by_role("button", name="Make the link").click()
    return page.get_by_label(f"Invitation for {name}").input_value()


def join(page: Page, link: str, name: str) -> None:
    """Somebody who is not signed in accepts an invitation."""
    page.goto("about:blank")  # first: a page that finds itself signed out goes elsewhere by itself
    page.context.clear_cookies()
    page.goto(link)
    page.get_by_label("Your name").fill(name)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Join").click()
    page.wait_for_url(lambda url: url.endswith("/"))


def test_an_invited_person_joins_once_and_signs_in_again(served: Served, sit: Sit):
    olga = sit()
    link = invite(olga, served, "Ben", "editor")
    ben = sit()
    join(ben, link, "Ben")
    expect(ben.get_by_role("button", name="Account of Ben")).to_be_visible()
    ben.get_by_role("button", name="Account of Ben").click()
    ben.get_by_role("menuitem", name="Sign out").click()
    ben.wait_for_url("**/signin")
    ben.get_by_label("Name").fill("Ben")
    ben.get_by_label("Password", exact=True).fill("not this one, surely")
    ben.get_by_role("button", name="Sign in").click()
    expect(ben.get_by_role("alert")).to_contain_text("do not belong together")
    ben.get_by_label("Password", exact=True).fill(PASSWORD)
    ben.get_by_role("button", name="Sign in").click()
    expect(ben.get_by_role("button", name="Account of Ben")).to_be_visible()
    ben.goto("about:blank")
    ben.goto(link)
    expect(ben.get_by_role("heading", name="This invitation does not work")).to_be_visible()


def test_whoever_is_not_signed_in_is_asked_to_and_comes_back(served: Served, sit: Sit):
    page = sit()
    page.goto(f"{served.address}/me")
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_role("button", name="Set the password").click()
    expect(page.get_by_text("The password is set").first).to_be_visible()
    page.context.clear_cookies()
    page.goto(f"{served.address}/tokens")
    page.wait_for_url("**/signin?to=%2Ftokens")
    page.get_by_label("Name").fill("olga")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="API tokens")).to_be_visible()


def test_an_owner_changes_a_role_and_lets_somebody_in_no_more(served: Served, sit: Sit):
    olga = sit()
    link = invite(olga, served, "Ben", "viewer")
    ben = sit()
    join(ben, link, "Ben")
    expect(ben.get_by_role("list", name="Ways to begin")).to_have_count(0)
    olga.reload()
    olga.get_by_label("Role of Ben").select_option("editor")
    expect(olga.get_by_text("Ben: Editor").first).to_be_visible()
    ben.reload()
    expect(ben.get_by_role("list", name="Ways to begin")).to_be_visible()
    olga.get_by_role("button", name="More about Ben").click()
    olga.get_by_role("menuitem", name="Let them in no more").click()
    expect(olga.get_by_role("list", name="Former members")).to_contain_text("Ben")
    ben.reload()
    ben.wait_for_url("**/signin*")


def test_the_last_owner_cannot_go(served: Served, sit: Sit):
    page = sit()
    page.goto(f"{served.address}/members")
    page.get_by_label("Role of Olga").select_option("viewer")
    expect(page.get_by_text("Olga is the only owner. Make somebody else an owner first.").first).to_be_visible()
    expect(page.get_by_label("Role of Olga")).to_have_value("owner")


def test_a_token_is_made_shown_once_and_ended(served: Served, sit: Sit):
    page = sit()
    page.goto(f"{served.address}/tokens")
    page.get_by_role("button", name="New token").click()
    page.get_by_label("What is it for?").fill("Nightly export")
    page.get_by_role("button", name="Make the token").click()
    assert page.get_by_label("Nightly export", exact=True).input_value().startswith("dl_")
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_role("list", name="Tokens")).to_contain_text("never used")
    page.get_by_role("button", name="End “Nightly export”").click()
    expect(page.get_by_text("No tokens yet")).to_be_visible()
    page.goto(f"{served.address}/audit")
    expect(page.get_by_role("row", name="Ended an API token")).to_be_visible()
    page.get_by_role("button", name="Check the chain").click()
    expect(page.get_by_role("status")).to_contain_text("Whole")


def test_a_page_that_is_not_for_this_role_says_so(served: Served, sit: Sit):
    olga, ben = sit(), sit()
    join(ben, invite(olga, served, "Ben", "viewer"), "Ben")
    ben.goto(f"{served.address}/audit")
    expect(ben.get_by_role("alert")).to_contain_text("viewer")
    ben.goto(f"{served.address}/members")
    expect(ben.get_by_role("list", name="Members")).to_contain_text("Olga")
    expect(ben.get_by_role("button", name="Invite")).to_have_count(0)
    expect(ben.get_by_role("combobox")).to_have_count(0)


def test_when_the_server_does_not_answer_the_page_says_so_and_tries_again(served: Served, sit: Sit):
    served.new_map()
    page = sit()
    page.route("**/api/maps*", lambda route: route.abort())
    page.reload()
    expect(page.get_by_role("alert")).to_contain_text("The server cannot be reached", timeout=20_000)
    page.unroute("**/api/maps*")
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("link", name="A stay with us")).to_be_visible()


def test_colours_are_chosen_and_stay(served: Served, sit: Sit):
    page = sit(color_scheme="light")
    paper = "getComputedStyle(document.documentElement).backgroundColor"
    light = page.evaluate(paper)
    page.goto(f"{served.address}/me")
    page.get_by_role("radio", name="Dark").click()
    dark = page.evaluate(paper)
    page.reload()
    expect(page.get_by_role("radio", name="Dark")).to_be_checked()
    assert (light, dark, page.evaluate(paper)) == ("rgb(247, 245, 239)", "rgb(21, 26, 25)", "rgb(21, 26, 25)")


def test_a_map_is_renamed_in_its_bar(served: Served, sit: Sit):
    served.new_map()
    page = sit()
    page.get_by_role("link", name="A stay with us").click()
    page.get_by_role("heading", name="A stay with us").get_by_role("button").click()
    page.get_by_label("Title of the map").fill("A night with us")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="A night with us")).to_be_visible()
    expect(page).to_have_title("A night with us · Desireline")
    saved(page)
    page.get_by_role("link", name="All maps").click()
    expect(page.get_by_role("link", name="A night with us")).to_be_visible()


def test_a_name_that_was_not_saved_yet_when_its_map_was_left_comes_into_the_list(
    served: Served, sit: Sit, monkeypatch: pytest.MonkeyPatch
):
    id_ = served.new_map()
    page = sit()
    page.goto(f"{served.address}/maps/{id_}")
    keep, seen = Documents.append, threading.Event()

    def late(*some: Any, **more: Any) -> int:
        seen.wait(20)
        return keep(*some, **more)

    monkeypatch.setattr(Documents, "append", late)
    page.get_by_role("heading", name="A stay with us").get_by_role("button").click()
    page.get_by_label("Title of the map").fill("A night with us")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="All maps").click()
    expect(page.get_by_role("link", name="A stay with us")).to_be_visible()
    seen.set()
    expect(page.get_by_role("link", name="A night with us")).to_be_visible(timeout=10_000)
    expect(page.get_by_role("link", name="A stay with us")).to_have_count(0)


def test_an_export_says_what_it_leaves_out_before_it_is_downloaded(served: Served, sit: Sit):
    id_ = served.new_map()
    page = sit()
    page.goto(f"{served.address}/maps/{id_}")
    page.get_by_role("button", name="More about this map").click()
    page.get_by_role("menuitem", name="Export").click()
    expect(page.get_by_text("Map file (YAML)")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight"), "the panel makes the page longer"
    page.get_by_text("Mermaid journey").click()
    expect(page.get_by_text("All lanes but the feeling")).to_be_visible()
    with page.expect_download() as found:
        page.get_by_role("button", name="Download Mermaid journey").click()
    text = found.value.path().read_text("utf-8")
    assert text.startswith("journey")
    assert "section Dreaming" in text
    page.get_by_text("Map file (YAML)").click()
    expect(page.get_by_text("Nothing of the map is left out.")).to_be_visible()


def test_a_file_changed_by_hand_shows_its_changes_before_it_is_brought_in(served: Served, sit: Sit):
    id_ = served.new_map()
    with served.client() as client:
        text = client.get(f"/api/maps/{id_}/file").text
    page = sit()
    page.goto(f"{served.address}/maps/{id_}")
    page.get_by_role("button", name="More about this map").click()
    page.get_by_role("menuitem", name="Import into this map").click()
    changed = {"name": "stay.yaml", "mimeType": "text/yaml", "buffer": text.replace("Dreaming", "Wishing").encode()}
    page.get_by_label("Map file").set_input_files(changed)
    expect(page.get_by_role("region", name="What changes").get_by_role("listitem")).to_have_count(1)
    page.get_by_role("button", name="Bring in 1 change").click()
    expect(page.get_by_text("Wishing").first).to_be_visible()


def test_a_map_that_is_not_there_and_a_page_that_is_not_there_say_so(served: Served, sit: Sit):
    page = sit()
    page.goto(f"{served.address}/maps/nowhere")
    expect(page.get_by_role("heading", name="This map cannot be opened")).to_be_visible()
    page.get_by_role("link", name="All maps").click()
    expect(page.get_by_role("list", name="Ways to begin")).to_be_visible()
    page.goto(f"{served.address}/no/such/page")
    expect(page.get_by_role("heading", name="There is no such page")).to_be_visible()


def test_a_phone_shows_the_outline_and_panels_over_all(served: Served, sit: Sit):
    id_ = served.new_map()
    page = sit(width=390, height=844)
    page.goto(f"{served.address}/maps/{id_}")
    expect(page.get_by_role("radio", name="Outline")).to_be_checked()
    page.get_by_role("button", name="More about this map").click()
    page.get_by_role("menuitem", name="Share").click()
    panel = page.get_by_role("complementary", name="Beside the map")
    assert panel.bounding_box() == {"x": 0, "y": 0, "width": 390, "height": 844}
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
