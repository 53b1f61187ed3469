"""The way through what the data say of a map: its numbers, and each view with all its tabs."""

from __future__ import annotations

import re

from playwright.sync_api import expect
from tests.web.tour import Tour

VIEWS = ("Findings", "Flow", "Customers", "Voice", "Decisions", "Data")


def numbers(tour: Tour, map_id: str) -> None:
    """The board in its three ways, with groups side by side, and the panel of a touchpoint's numbers."""
    page = tour.page
    tour.go(f"/maps/{map_id}")
    page.get_by_role("radio", name="Actual").click()
    expect(page.locator(".board-numbers").first).to_contain_text(re.compile("Reach|Not measured"))
    tour.see("NumbersRow")
    page.get_by_label("Whose numbers").select_option("channel:web")
    page.get_by_label("Beside whose").select_option("channel:mobile")
    expect(page.locator(".board-numbers", has_text="Mobile site").first).to_be_attached()
    tour.see("NumbersRow: two groups")
    page.get_by_role("radio", name="Difference").click()
    tour.see("NumbersRow: difference")
    page.locator(".board-numbers", has_text=re.compile("Lost|As intended")).first.click()
    expect(page.get_by_text("What this is").first).to_be_visible()
    tour.see("NumbersPanel")


def views(tour: Tour, map_id: str) -> None:
    """Each view, and each of its tabs."""
    page = tour.page
    tour.go(f"/maps/{map_id}")
    for view in VIEWS:
        page.get_by_role("navigation", name="What to look at").get_by_role("button", name=view).click()
        settled(tour)
        tour.see(f"{view}View")
        for tab in page.locator("main [role=tab]").all():
            tab.click()
            settled(tour)
            tour.see(f"{view}View: {tab.inner_text()}")


def settled(tour: Tour) -> None:
    """Nothing is being looked for any more."""
    tour.page.wait_for_load_state("networkidle")
    expect(tour.page.locator("main progress, main .kit-late")).to_have_count(0, timeout=60_000)


def dialogs(tour: Tour, map_id: str) -> None:
    """What is asked before a finding is put away, and before an initiative begins."""
    page = tour.page
    with tour.served.client() as client:
        client.post(f"/api/maps/{map_id}/initiatives", json={"title": "Say the costs earlier"}).raise_for_status()
    tour.go(f"/maps/{map_id}")
    at = page.get_by_role("navigation", name="What to look at")
    at.get_by_role("button", name="Findings").click()
    settled(tour)
    page.locator("main").get_by_role("listitem").get_by_role("button").first.click()
    for name in ("Dismiss…", "Put off…"):
        page.get_by_role("button", name=name).click()
        tour.see(f"Deciding: {name}")
        tour.escape()
    at.get_by_role("button", name="Decisions").click()
    settled(tour)
    page.get_by_role("button", name="Move Say the costs earlier").click()
    tour.see("InitiativeBoard: menu")
    page.get_by_role("menuitem", name="Stop…").click()
    tour.see("MoveQuestion")
    tour.escape()
    page.get_by_role("button", name="New initiative").click()
    tour.see("InitiativeForm")
