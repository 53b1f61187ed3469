"""A map as it was: kept under a name, compared on the board and in words, brought back."""

from __future__ import annotations

from playwright.sync_api import Page, expect
from tests.web.axe import faults
from tests.web.company import at_map, card, joined, panel, saved
from tests.web.conftest import Sit
from tests.web.serving import Served

from desireline.access import Role


def keep(page: Page, title: str) -> None:
    versions = panel(page, "Versions")
    versions.get_by_label("Keep the map as it is now").fill(title)
    page.keyboard.press("Enter")
    expect(versions.get_by_role("listitem").filter(has_text=title).first).to_be_visible()


def change(page: Page) -> None:
    """One card gets other words, another one goes."""
    card(page, "Weighs up").dblclick()
    page.keyboard.press("End")
    page.keyboard.type(" twice")
    page.keyboard.press("Escape")
    card(page, "Daydreams").click()
    page.keyboard.press("Delete")
    expect(card(page, "Daydreams")).to_have_count(0)


def test_a_version_is_kept_compared_and_brought_back_for_everybody(served: Served, sit: Sit):
    id_ = served.new_map()
    olga, ana = (at_map(served, page, id_) for page in (sit(), sit(link=joined(served, "Ana Silva"))))
    panel(ana, "Versions")
    keep(olga, "Agreed")
    expect(panel(ana, "Versions").get_by_role("listitem").filter(has_text="Agreed")).to_contain_text("Olga")
    change(olga)
    saved(olga)
    panel(olga, "Versions").get_by_role("button", name="Compare with now").click()
    compared = olga.get_by_role("dialog", name="Compare versions")
    expect(compared.locator("[data-fate=changed]")).to_contain_text("Weighs up twice")
    expect(compared.locator("[data-fate=changed] ins")).to_have_text(" twice")
    expect(compared.locator("[data-fate=removed]")).to_contain_text("Daydreams")
    assert faults(olga) == []
    compared.get_by_role("tab", name="List").click()
    expect(compared.get_by_role("listitem")).to_have_count(2)
    assert faults(olga) == []

    compared.get_by_role("button", name="Restore “Agreed”").click()
    asked = olga.get_by_role("dialog", name="Restore “Agreed”?")
    expect(asked).to_contain_text("2 changes since then are taken back.")
    assert faults(olga) == []
    asked.get_by_role("button", name="Restore", exact=True).click()
    for page in (olga, ana):
        expect(card(page, "Daydreams")).to_be_visible()
        expect(card(page, "Weighs up twice")).to_have_count(0)
        expect(panel(page, "Versions").get_by_role("listitem")).to_contain_text(
            ["“Agreed” restored", "Before “Agreed” was restored", "Agreed"]
        )


def test_who_may_not_edit_looks_at_versions_and_keeps_none(served: Served, sit: Sit):
    id_ = served.new_map()
    olga = at_map(served, sit(), id_)
    keep(olga, "Agreed")
    change(olga)
    vera = at_map(served, sit(link=joined(served, "Vera", Role.VIEWER), width=390, height=844), id_)
    versions = panel(vera, "Versions")
    expect(versions.get_by_label("Keep the map as it is now")).to_have_count(0)
    versions.get_by_role("button", name="Compare with now").click()
    compared = vera.get_by_role("dialog", name="Compare versions")
    expect(compared.get_by_role("listitem")).to_have_count(2)
    expect(compared.get_by_role("button", name="Restore")).to_have_count(0)


def test_a_version_gets_another_name(served: Served, sit: Sit):
    olga = at_map(served, sit(), served.new_map())
    keep(olga, "Agred")
    panel(olga, "Versions").get_by_role("button", name="More about “Agred”").click()
    olga.get_by_role("menuitem", name="Rename").click()
    olga.get_by_label("Name of the version").fill("Agreed")
    olga.keyboard.press("Enter")
    expect(panel(olga, "Versions").get_by_role("listitem")).to_contain_text("Agreed")
