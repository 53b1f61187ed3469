"""Members of a workspace, for stories in which several people work on one map."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, expect
from tests.web.serving import Served

from desireline.access import Role
from desireline.ledger.engine import writing
from desireline.ledger.members import add_member


def joined(served: Served, name: str, role: Role = Role.EDITOR) -> str:
    """A link that lets a new member in, once."""
    desk = served.desk
    with writing(desk.members.engine) as session:
        id_ = add_member(session, desk.workspace, name, role, at=desk.clock()).id
    return f"{served.address}/open#{desk.members.link(id_, at=desk.clock())}"


def saved(page: Page) -> None:
    """Waits until all that was changed at this page is on the server's disk; the words alone lag behind that."""
    expect(page.locator("[role=status][aria-busy=false]", has_text="Saved").first).to_be_visible(timeout=30_000)


def at_map(served: Served, page: Page, id_: str) -> Page:
    """The page shows the map, connected."""
    page.goto(f"{served.address}/maps/{id_}")
    saved(page)
    return page


def saved_data(served: Served, page: Page) -> dict[str, Any]:
    """The map that the page shows, as the server has it once everything is saved."""
    saved(page)
    with served.client() as client:
        found: dict[str, Any] = client.get(f"/api{urlsplit(page.url).path}/data").raise_for_status().json()
    return found


def card(page: Page, says: str) -> Locator:
    """The card, touchpoint or stage on the board that says this."""
    return page.locator("[data-record]", has_text=says).first


def types_offline(page: Page) -> None:
    """The server cannot be reached; " on the train" is added to the card that says "Weighs up"."""
    page.context.set_offline(True)
    expect(page.get_by_role("status").first).to_contain_text("Offline")
    card(page, "Weighs up").dblclick()
    page.keyboard.press("End")
    page.keyboard.type(" on the train")
    page.keyboard.press("Escape")
    expect(page.get_by_role("status").first).to_contain_text("Offline · 1 change kept here")


def beside(page: Page) -> Locator:
    """What stands beside the map."""
    return page.get_by_role("complementary", name="Beside the map")


def panel(page: Page, name: str) -> Locator:
    """A panel, opened from the map's menu where it is not open yet."""
    found = page.get_by_role("region", name=name, exact=True)
    if not found.is_visible() and not beside(page).is_visible():
        page.get_by_role("button", name="More about this map").click()
        page.get_by_role("menuitem", name=name, exact=True).click()
    expect(found).to_be_visible()
    return found
