"""Whoever signs out leaves no copy of a map in the browser, unless it is the only one and they want it kept."""

from __future__ import annotations

from playwright.sync_api import Page, expect
from tests.web.company import at_map, card, types_offline
from tests.web.conftest import Sit
from tests.web.serving import Served

HELD = """async () => [
  ...(await indexedDB.databases()).map((one) => one.name).filter((name) => name.startsWith("desireline ")),
  ...Object.keys(localStorage).filter((key) => key.startsWith("desireline.map.")),
]"""


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Account of").click()
    page.get_by_role("menuitem", name="Sign out").click()


def with_a_change_only_here(served: Served, page: Page) -> None:
    """Somebody typed while the server could not be reached, and left the map."""
    at_map(served, page, served.new_map())
    types_offline(page)
    page.evaluate("history.pushState(null, '', '/'); dispatchEvent(new PopStateEvent('popstate'))")
    expect(page.get_by_role("button", name="Account of")).to_be_visible()
    page.context.set_offline(False)


def test_signing_out_leaves_nothing_when_everything_is_saved(served: Served, sit: Sit):
    page = sit()
    at_map(served, page, served.new_map())
    assert len(page.evaluate(HELD)) >= 2
    page.goto(served.address)
    sign_out(page)
    page.wait_for_url("**/signin")
    assert page.evaluate(HELD) == []


def test_signing_out_asks_before_it_deletes_what_only_this_browser_has(served: Served, sit: Sit):
    page = sit()
    with_a_change_only_here(served, page)
    sign_out(page)
    asks = page.get_by_role("dialog", name="Not everything is saved")
    expect(asks).to_contain_text("Only this browser has 1 change in 1 map.")
    asks.get_by_role("button", name="Stay signed in").click()
    expect(asks).to_have_count(0)
    sign_out(page)
    asks.get_by_role("button", name="Delete and sign out").click()
    page.wait_for_url("**/signin")
    assert page.evaluate(HELD) == []


def test_what_was_kept_at_signing_out_is_saved_when_its_member_is_back(served: Served, sit: Sit):
    page = sit()
    with_a_change_only_here(served, page)
    sign_out(page)
    page.get_by_role("button", name="Keep and sign out").click()
    page.wait_for_url("**/signin")
    id_ = next(key for key in page.evaluate(HELD) if key.startswith("desireline.map.")).split(".")[2]
    page.goto(served.link())
    page.wait_for_url(lambda url: "/open" not in url)
    at_map(served, page, id_)
    expect(card(page, "Weighs up on the train")).to_be_visible()
    with served.client() as olga:
        assert "on the train" in olga.get(f"/api/maps/{id_}/file").text
