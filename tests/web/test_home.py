"""The home page: the doors by which a map begins, and the maps that there are."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from playwright.sync_api import Page, expect
from tests.web.axe import faults
from tests.web.conftest import Sit
from tests.web.serving import Served

GRID = "Finding,Finding,Buying\nShop window,Web site,Till\nLooks,Searches,Pays\n"


def titles(page: Page, label: str = "Maps") -> list[str]:
    """The titles of the maps in a list."""
    return page.get_by_role("list", name=label, exact=True).get_by_role("heading").all_inner_texts()


def test_an_empty_workspace_shows_three_ways_to_begin(sit: Sit):
    page = sit()
    ways = page.get_by_role("list", name="Ways to begin").get_by_role("button")
    expect(ways).to_have_count(3)
    found = [text.split("\n")[0] for text in ways.all_inner_texts()]
    assert found == ["Start from a template", "Start from your data", "Explore the demo"]


def test_a_map_begins_from_a_template_with_the_keyboard_alone(sit: Sit):
    page = sit()
    page.get_by_role("button", name="Start from a template").focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Start from a template")
    chosen = dialog.get_by_role("radio", name="A stay with us")
    chosen.focus()
    page.keyboard.press("Space")
    expect(dialog.get_by_text("Wanda, a weekend for two")).to_be_visible()
    dialog.get_by_role("textbox", name="Title").focus()
    page.keyboard.type("Two nights in May")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/maps/*")
    expect(page.get_by_role("heading", name="Two nights in May")).to_be_visible()
    page.goto("/".join(page.url.split("/")[:3]))
    expect(page.get_by_role("link", name="Two nights in May")).to_be_visible()
    assert titles(page) == ["Two nights in May"]


def test_escape_closes_a_door_and_gives_the_focus_back(sit: Sit):
    page = sit()
    way = page.get_by_role("button", name="Explore the demo")
    way.click()
    expect(page.get_by_role("dialog", name="Explore the demo")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(way).to_be_focused()


def test_maps_are_found_by_their_stages(served: Served, sit: Sit):
    served.new_map("hotel-stay")
    served.new_map("insurance-claim")
    page = sit()
    expect(page.get_by_role("list", name="Maps", exact=True).get_by_role("listitem")).to_have_count(2)
    page.get_by_role("searchbox", name="Search maps").fill("dreaming")
    expect(page.get_by_role("list", name="Maps", exact=True).get_by_role("listitem")).to_have_count(1)
    assert titles(page) == ["A stay with us"]
    page.get_by_role("searchbox", name="Search maps").fill("nothing like it")
    expect(page.get_by_text("No map here has “nothing like it”")).to_be_visible()


def test_a_map_is_renamed_copied_and_put_away(served: Served, sit: Sit):
    served.new_map("hotel-stay")
    page = sit()
    _from_menu(page, "A stay with us", "Rename or hand over")
    page.get_by_role("textbox", name="Title").fill("Weekend guests")
    page.get_by_role("textbox", name="Owner").fill("Ana")
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_role("link", name="Weekend guests")).to_be_visible()
    _from_menu(page, "Weekend guests", "Duplicate")
    expect(page.get_by_role("link", name="Weekend guests (copy)")).to_be_visible(timeout=30_000)
    _from_menu(page, "Weekend guests (copy)", "Archive")
    expect(page.get_by_text("Archived (1)")).to_be_visible()
    expect(page.get_by_role("list", name="Maps", exact=True).get_by_role("listitem")).to_have_count(1)
    assert titles(page) == ["Weekend guests"]
    page.get_by_text("Archived (1)").click()
    _from_menu(page, "Weekend guests (copy)", "Take out of the archive")
    expect(page.get_by_text("Archived (1)")).to_have_count(0)
    expect(page.get_by_role("list", name="Maps", exact=True).get_by_role("listitem")).to_have_count(2)
    assert sorted(titles(page)) == ["Weekend guests", "Weekend guests (copy)"]


def test_files_of_events_become_a_map_after_what_they_leave_open_was_asked(sit: Sit, tmp_path: Path):
    file = tmp_path / "steps.csv"
    file.write_text(_events())
    page = sit()
    page.get_by_role("button", name="Start from your data").click()
    page.get_by_label("Data files").set_input_files(file)
    page.get_by_label("Time zone").fill("Europe/Berlin", timeout=60_000)
    go_on = page.get_by_role("button", name="Go on")
    expect(go_on).to_be_disabled()
    page.get_by_label("3/4/2026 means").select_option("day")
    go_on.click()
    dialog = page.get_by_role("dialog", name="The map that your data draws")
    expect(dialog).to_be_visible(timeout=60_000)
    expect(dialog.get_by_text("113", exact=True).first).to_be_visible()
    expect(dialog.get_by_role("checkbox", name="Pay", exact=False).first).to_be_checked()
    dialog.get_by_label("Title of the map").fill("What people really do")
    success = dialog.get_by_label("Success is to reach")
    success.select_option("")
    expect(dialog.get_by_role("button", name="Bring in the data and draw the map")).to_be_disabled()
    success.select_option("Pay")
    dialog.get_by_role("button", name="Bring in the data and draw the map").click()
    page.wait_for_url("**/maps/*", timeout=60_000)
    expect(page.get_by_role("heading", name="What people really do")).to_be_visible()


def test_a_table_becomes_a_map(sit: Sit, tmp_path: Path):
    file = tmp_path / "journey.csv"
    file.write_text(GRID)
    page = sit()
    page.get_by_role("button", name="Import a map").click()
    page.get_by_label("Map to import").set_input_files(file)
    expect(page.get_by_text("Finding → Buying")).to_be_visible()
    page.get_by_role("button", name="Begin this map").click()
    page.wait_for_url("**/maps/*")
    expect(page.get_by_text("Shop window").first).to_be_visible()


def test_a_file_that_is_no_map_says_what_is_wrong(sit: Sit, tmp_path: Path):
    file = tmp_path / "broken.yaml"
    file.write_text("map: [")
    page = sit()
    page.get_by_role("button", name="Import a map").click()
    page.get_by_label("Map to import").set_input_files(file)
    expect(page.get_by_role("alert")).to_contain_text("line")
    expect(page.get_by_role("dialog", name="Import a map")).to_be_visible()


def test_no_door_has_anything_for_axe(served: Served, sit: Sit):
    served.new_map("hotel-stay")
    page = sit()
    said: dict[str, list[str]] = {}
    doors = ("Start from a template", "Start from your data", "Explore the demo", "Import a map")
    for name in (*doors, "More about A stay with us", "Account of Olga"):
        page.get_by_role("button", name=name).click()
        expect(page.get_by_role("dialog").or_(page.get_by_role("menu"))).to_be_visible()
        said[name] = faults(page)
        page.keyboard.press("Escape")
    assert {name: found for name, found in said.items() if found} == {}


def _from_menu(page: Page, title: str, item: str) -> None:
    page.get_by_role("button", name=f"More about {title}", exact=True).click()
    page.get_by_role("menuitem", name=item, exact=True).click()


def _events() -> str:
    """113 customers who do one to seven things, with dates that can be read in two ways."""
    draw, rows = Random(3), ["user;when;step;where"]
    for user in range(120):
        at = datetime(2026, 3, 1 + user % 12, 8)
        for step in ("visit", "search", "view product", "add to cart", "pay", "delivery", "review"):
            if draw.random() < 0.12:
                break
            rows.append(f"u{user};{at.day}/{at.month}/{at.year} {at:%H:%M};{step};web")
            at = min(at + timedelta(minutes=draw.randint(3, 60)), at.replace(hour=23, minute=59))
    return "\n".join(rows) + "\n"
