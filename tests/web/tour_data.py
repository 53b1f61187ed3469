"""The way through what the data say of a map: its numbers, and each view with all its tabs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import expect
from tests.web.tour import Tour
from tests.web.with_data import looked

BEGUN = {
    "title": "Mend the checkout in the app",
    "owner": "Mia",
    "team": "app-team",
    "hypothesis": "Version 5.3 does not lose the cart.",
    "target": {"measure": "conversion", "at": "checkout", "expected": 0.1, "smallest": 0.05},
    "starts_on": "2026-05-04",
    "ends_on": "2026-11-01",
    "tasks": [{"title": "Ship 5.3", "owner": "Ben"}],
}
VIEWS = ("Findings", "Flow", "Customers", "Voice", "Decisions", "Data")


def numbers(tour: Tour, map_id: str) -> None:
    """The board in its three ways, with groups side by side, and the panel of a touchpoint's numbers."""
    page = tour.page
    tour.go(f"/maps/{map_id}")
    page.get_by_role("radio", name="Actual").click()
    expect(page.locator(".board-numbers").first).to_contain_text(re.compile("Reach|Not measured"))
    page.get_by_role("button", name=re.compile("^Truth ")).wait_for()
    tour.see("NumbersRow")
    page.get_by_role("button", name=re.compile("^Truth ")).click()
    expect(page.get_by_role("heading", name="Does not hold")).to_be_visible()
    page.get_by_text(re.compile(r"^Unproven")).click()
    tour.see("TruthPanel")
    page.keyboard.press("Escape")
    page.get_by_label("Whose numbers").select_option(label="City…")
    expect(page.get_by_role("dialog").get_by_role("button", name="Berlin")).to_be_visible()
    tour.see("ValueChoice")
    tour.escape()
    page.get_by_label("Whose numbers").select_option("channel:web")
    page.get_by_label("Beside whose").select_option("channel:mobile")
    expect(page.locator(".board-numbers", has_text="Mobile site").first).to_be_attached()
    tour.see("NumbersRow: two groups")
    page.get_by_role("radio", name="Difference").click()
    tour.see("NumbersRow: difference")
    page.locator(".board-numbers", has_text=re.compile("Lost|As intended")).first.click()
    expect(page.get_by_text("How this was counted")).to_be_visible()
    page.locator("summary", has_text="Reach").first.click()
    tour.see("NumbersPanel")


def views(tour: Tour, map_id: str) -> None:
    """Each view, and each of its tabs."""
    page = tour.page
    tour.go(f"/maps/{map_id}")
    for view in VIEWS:
        page.get_by_role("navigation", name="What to look at").get_by_role("button", name=view).click()
        settled(tour)
        tour.see(f"{view}View")
        for tab in page.locator("main :is([role=tab], header [role=radio])").all():
            tab.click()
            settled(tour)
            tour.see(f"{view}View: {tab.inner_text()}")


def opened(tour: Tour, map_id: str) -> None:
    """What opens in the views: the customers behind a number, one of them, and an initiative that was judged."""
    page = tour.page
    tour.go(f"/maps/{map_id}?view=customers&measure=conversion&at=checkout")
    settled(tour)
    customers = page.get_by_role("region", name="Customers").get_by_role("list").first.get_by_role("listitem")
    expect(customers.first).to_be_visible()
    tour.see("CustomersView: behind a number")
    customers.filter(has_text=re.compile(r"\d texts?")).first.get_by_role("button").click()
    expect(page.get_by_role("heading", name="The planned route, and the one taken").first).to_be_visible()
    settled(tour)
    page.get_by_role("figure").first.evaluate("one => one.scrollIntoView({ block: 'center' })")
    tour.see("CustomersView: one customer")
    tour.go(f"/maps/{map_id}?view=decisions&initiative={judged(tour, map_id)}")
    settled(tour)
    tour.see("DecisionsView: an initiative")
    page.get_by_role("heading", name="Did it help?").evaluate("one => one.scrollIntoView()")
    tour.see("DecisionsView: its verdict")
    page.get_by_role("radio", name="What if").or_(page.get_by_role("tab", name="What if")).click()
    settled(tour)
    page.get_by_role("slider").first.press("PageDown")
    expect(page.get_by_role("table").first).to_be_visible()
    settled(tour)
    tour.see("DecisionsView: what would follow")


def judged(tour: Tour, map_id: str) -> str:
    """An initiative was begun, and it was looked whether it helped; its id."""
    with tour.served.client() as client:
        [first, *_] = looked(client, f"/api/maps/{map_id}/findings")["findings"]
        begun = client.post(f"/api/maps/{map_id}/initiatives", json=BEGUN | {"findings": [first["id"]]})
        at = f"/api/maps/{map_id}/initiatives/{begun.raise_for_status().json()['id']}"
        client.post(f"{at}/status", json={"to": "running", "on": BEGUN["starts_on"]}).raise_for_status()
        looked(client, f"{at}/verdict")
        client.post(f"{at}/verdict", timeout=60).raise_for_status()
    return at.rpartition("/")[2]


def settled(tour: Tour) -> None:
    """Nothing is being looked for any more."""
    tour.page.wait_for_load_state("networkidle")
    expect(tour.page.locator("main progress, main .kit-late")).to_have_count(0, timeout=60_000)


def bringing(tour: Tour, files: Sequence[Path]) -> None:
    """Files on their way in, from the question that they leave open to the touchpoints that their events belong to."""
    page = tour.page
    tour.go(f"/maps/{tour.served.new_map()}?view=data")
    page.get_by_role("button", name="Bring in files").click()
    tour.see("BringTab")
    page.get_by_label("Data files").set_input_files(files)
    page.get_by_role("button", name="Go on").wait_for()
    tour.see("BringTab: Questions")
    tour.press("Go on")
    page.get_by_text("Letters or columns look wrong?").click()
    page.get_by_label("Encoding of orders").select_option("cp1252")
    tour.see("BringTab: PartsRead, FilesRead")
    tour.press("Import")
    expect(page.get_by_text("Imported.")).to_be_visible()
    tour.see("BringTab: Done")
    tour.press("Bind the map to them")
    page.get_by_role("region", name="Events on no touchpoint").get_by_role("button", name="delivered customer").click()
    tour.see("BindingTab: an event is chosen")
    page.get_by_role("button", name=re.compile("^Bind delivered customer to")).first.click()
    promise = page.get_by_role("button", name=re.compile("^Promise the due time"))
    promise.evaluate("one => one.scrollIntoView({ block: 'center' })")
    tour.see("BindingTab: DuePromise")
    promise.click()
    about = page.get_by_label("What “review score” speaks about")
    about.select_option("map")
    about.evaluate("one => one.scrollIntoView({ block: 'center' })")
    tour.see("BindingTab: AnswersBound")


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
