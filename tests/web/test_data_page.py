"""The story of files: brought in, partly refused, taken up again by a corrected recipe, and an import undone."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect
from tests.web.axe import faults
from tests.web.conftest import Sit
from tests.web.serving import Served
from tests.web.test_data_http import HALF, LEADS, bring
from tests.web.test_doors import visits


def without_zone(page: Page) -> str:
    """The recipe in the field loses its time zone; what it was."""
    field = page.get_by_label("Recipe (YAML)")
    text = field.input_value()
    field.fill("".join(line for line in text.splitlines(keepends=True) if "zone:" not in line))
    return text


def test_refused_rows_are_replayed_after_the_recipe_was_fixed(sit: Sit, served: Served, tmp_path: Path):
    file = tmp_path / "log.csv"
    file.write_bytes(HALF)
    page = sit()
    page.goto(f"{served.address}/maps/{served.new_map()}")
    page.get_by_role("button", name="Data", exact=True).click()
    page.get_by_role("button", name="Bring in files").click()
    page.get_by_label("Data files").set_input_files(file)
    page.get_by_label("Time zone").fill("Europe/Berlin")
    page.get_by_role("button", name="Go on").click()
    page.get_by_text("The whole recipe as text").click()
    recipe = without_zone(page)
    page.get_by_role("button", name="Read again").click()
    expect(page.get_by_text("Refused: 20 no zone.")).to_be_visible()
    page.get_by_role("button", name="Import", exact=True).click()
    page.get_by_role("button", name="Look at the refused rows").click()
    page.locator("summary", has_text="rows refused: 20").click()
    field = page.get_by_label("Recipe (YAML)").last
    field.fill(recipe)
    page.get_by_role("button", name="(no_zone)").click()
    expect(page.get_by_role("heading", name="The first rows: 20 of 20")).to_be_visible()
    expect(field).to_have_value(recipe)
    page.get_by_role("button", name="Try it").click()
    page.get_by_role("button", name="Take up 20 rows").click()
    expect(page.get_by_text("20 were taken up again since")).to_be_visible()
    expect(page.get_by_text("60 events")).to_be_visible()
    assert faults(page) == []

    page.get_by_role("tab", name="Sources").click()
    page.get_by_role("button", name="Undo", exact=True).click()
    page.get_by_role("button", name="Undo the import").click()
    expect(page.get_by_text("40 events", exact=True)).to_be_visible()


def test_a_recipe_that_cannot_be_read_stays_as_it_was_typed(sit: Sit, served: Served, tmp_path: Path):
    file = tmp_path / "log.csv"
    file.write_bytes(HALF)
    page = sit()
    page.goto(f"{served.address}/maps/{served.new_map()}?view=data")
    page.get_by_role("button", name="Bring in files").click()
    page.get_by_label("Data files").set_input_files(file)
    page.get_by_label("Time zone").fill("Europe/Berlin")
    page.get_by_role("button", name="Go on").click()
    page.get_by_text("The whole recipe as text").click()
    field = page.get_by_label("Recipe (YAML)")
    wrong = field.input_value().replace("at: ", "at: no_")
    field.fill(wrong)
    page.get_by_role("button", name="Read again").click()
    expect(page.get_by_role("alert")).to_contain_text("There is no column")
    expect(field).to_have_value(wrong)
    page.get_by_role("button", name="As it was").click()
    field.fill(f"# mine\n{field.input_value()}")
    page.get_by_role("button", name="Read again").click()
    expect(page.get_by_text("Read as you corrected it.")).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)


def test_customers_without_times_come_in_when_somebody_says_that_it_is_right(sit: Sit, served: Served, tmp_path: Path):
    file = tmp_path / "leads.csv"
    file.write_bytes(LEADS)
    page = sit(width=390, height=844)
    page.goto(f"{served.address}/maps/{served.new_map()}?view=data")
    page.get_by_role("button", name="Bring in files").click()
    page.get_by_label("Data files").set_input_files(file)
    expect(page.get_by_role("button", name="Go on")).to_be_disabled()
    page.get_by_label("They hold no times").check()
    assert faults(page) == []
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.get_by_text("Imported.")).to_be_visible()
    page.get_by_role("tab", name="Sources").click()
    expect(page.get_by_text("40 customers", exact=True)).to_be_visible()


def test_a_mistyped_time_zone_stays_with_the_fault_beside_it(sit: Sit, served: Served, tmp_path: Path):
    file = tmp_path / "log.csv"
    file.write_bytes(HALF)
    page = sit()
    page.get_by_role("button", name="Start from your data").first.click()
    page.get_by_label("Data files").set_input_files(file)
    _zone_is_corrected(page)
    expect(page.get_by_role("button", name="Bring in the data and draw the map")).to_be_visible()
    page.goto(f"{served.address}/maps/{served.new_map()}?view=data")
    page.get_by_role("button", name="Bring in files").click()
    page.get_by_label("Data files").set_input_files(file)
    _zone_is_corrected(page)
    expect(page.get_by_role("button", name="Import", exact=True)).to_be_visible()


def _zone_is_corrected(page: Page) -> None:
    field = page.get_by_label("Time zone")
    field.fill("CET Berlin")
    page.get_by_role("button", name="Go on").click()
    expect(field).to_have_accessible_description(re.compile("No time zone is called 'CET Berlin'"))
    expect(field).to_have_value("CET Berlin")
    expect(field).to_be_focused()
    assert faults(page) == []
    assert "Europe/Berlin" in field.evaluate("field => [...field.list.options].map(one => one.value)")
    field.fill("Europe/Berlin")
    expect(page.get_by_role("alert")).to_have_count(0)
    page.get_by_role("button", name="Go on").click()


def test_an_event_is_bound_by_two_clicks(sit: Sit, served: Served):
    map_id = served.new_map()
    with served.client() as client:
        bring(client, ("log.csv", visits()))
    page = sit()
    page.goto(f"{served.address}/maps/{map_id}")
    page.get_by_role("button", name="Data", exact=True).click()
    page.get_by_role("tab", name="Binding").click()
    left = page.get_by_role("region", name="Events on no touchpoint")
    left.get_by_role("button", name="cart").click()
    page.get_by_role("button", name="Bind cart to").first.click()
    expect(page.get_by_text("Takes 60 events of 60 customers.")).to_be_visible()
    expect(left.get_by_role("button", name="cart")).to_have_count(0)
    field = page.get_by_label("Events of this touchpoint")
    field.fill("event: [cart, look]")
    expect(page.get_by_text("Takes 180 events of 60 customers.")).to_be_visible()
