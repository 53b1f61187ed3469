"""What the data say, without a mouse: from the map to one customer and back, findings, flow, voice, decisions, data."""

from __future__ import annotations

import re
from contextlib import suppress

import pytest
from playwright.sync_api import Locator, Page, TimeoutError, expect
from tests.web.company import saved
from tests.web.conftest import Sit
from tests.web.serving import Served
from tests.web.test_doors import visits
from tests.web.test_keyboard import HERE, no_mouse
from tests.web.with_data import Company, looked

__all__ = ["no_mouse"]
pytestmark = pytest.mark.usefixtures("no_mouse")
SEEN = """() => {
    const one = document.activeElement;
    if (!one || one === document.body || one.tagName === "MAIN") return "";
    const rect = one.getBoundingClientRect();
    const around = [one, one.parentElement, one.closest("label"), one.closest("[data-record]")].filter(Boolean);
    const marked = around.some(each => {
        const look = getComputedStyle(each);
        return (look.outlineStyle !== "none" && parseFloat(look.outlineWidth) > 0) || look.boxShadow !== "none";
    });
    const picked = /, selected$/.test(one.closest("[data-record]")?.ariaLabel ?? "");  // a card is filled or ringed
    const inside = rect.right > 0 && rect.bottom > 0 && rect.left < innerWidth && rect.top < innerHeight;
    if ((marked || picked) && inside) return "";
    return `${one.outerHTML.slice(0, 160)} marked: ${marked}, on the screen: ${inside}`;
}"""


def go(page: Page, wanted: Locator, key: str = "Tab", *, most: int = 90) -> None:
    """The keyboard goes from stop to stop until it is there, and at each one can see where it is."""
    expect(wanted).to_be_visible()
    for _ in range(most):
        if wanted.evaluate(HERE):
            return
        page.keyboard.press(key)
        with suppress(TimeoutError):  # what scrolls to it does so a moment later
            page.wait_for_function(f"() => ({SEEN})() === ''", timeout=2_000)
        assert page.evaluate(SEEN) == ""
    raise AssertionError(f"{wanted} is not reached by {key}")


def view(page: Page, name: str) -> Locator:
    """The view is there, by its button in the bar."""
    at = page.get_by_role("navigation", name="What to look at").get_by_role("button", name=name)
    at.focus()
    page.keyboard.press("Enter")
    expect(at).to_have_attribute("aria-current", "page")
    expect(page.locator("main :is(progress, .kit-late, .kit-skeleton)")).to_have_count(0, timeout=60_000)
    return page.locator("main")


def escapes(page: Page, opener: Locator) -> None:
    """What Enter opened on the opener closes with Escape, and the keyboard is where it was."""
    page.keyboard.press("Enter")
    dialog = page.locator("dialog[open]")
    expect(dialog).to_be_visible()
    assert dialog.evaluate(HERE), "the dialog has the focus"
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(opener).to_be_focused()


@pytest.fixture
def page(sit_there: Sit, company: Company) -> Page:
    with company.served.client() as client:
        for what in ("findings", "voice/topics", "paths/edges?top=40", "paths/routes?top=12"):
            looked(client, f"/api/maps/{company.map_id}/{what}")
    page = sit_there(reduced_motion="reduce")
    page.goto(f"{company.served.address}/maps/{company.map_id}")
    saved(page)
    return page


def test_from_the_map_to_a_number_its_customers_and_back(page: Page):
    keys = page.keyboard
    for key, way in (("2", "Actual"), ("3", "Difference"), ("1", "Intended"), ("2", "Actual")):
        keys.press(key)
        expect(page.get_by_role("radio", name=way)).to_be_checked()
    number = page.get_by_role("button", name="Numbers of Clicks an advertisement.")
    go(page, number, most=200)
    expect(page.get_by_role("tooltip", include_hidden=True)).to_contain_text(re.compile(r"interval .* n = [\d,]+ cust"))
    keys.press("Enter")
    figure = page.get_by_role("complementary").get_by_role("button", name="Open its customers").first
    go(page, figure, most=200)
    expect(page.get_by_role("tooltip", include_hidden=True)).to_contain_text("Open its customers")
    keys.press("Enter")
    listed = page.get_by_role("main").get_by_role("list").get_by_role("button")
    go(page, listed.nth(1))
    name = listed.nth(1).inner_text().split("\n")[0]
    keys.press("Enter")
    expect(page.get_by_role("heading", level=1, name=name)).to_be_focused()
    go(page, page.get_by_role("button", name="Previous customer"), "Shift+Tab")
    keys.press("Enter")
    expect(page.get_by_role("heading", level=1, name=name)).to_have_count(0)
    view(page, "Map")
    expect(number).to_be_visible()


def test_findings_are_read_decided_and_given_an_effort(page: Page):
    keys = page.keyboard
    main = view(page, "Findings")
    listed = main.get_by_role("list", name="Findings").get_by_role("button")
    many = listed.count()
    go(page, listed.nth(1))
    keys.press("Enter")
    expect(listed.nth(1)).to_have_attribute("aria-current", re.compile("true|page"))
    title = main.get_by_role("article").get_by_role("heading").first.inner_text()
    dismiss = main.get_by_role("button", name="Dismiss…")
    go(page, dismiss)
    escapes(page, dismiss)
    keys.press("Enter")
    go(page, page.get_by_label("Why?"))
    keys.type("The shop closes this page in May.")
    go(page, page.get_by_role("dialog").get_by_role("button", name="Dismiss"))
    keys.press("Enter")
    expect(listed).to_have_count(many - 1)
    expect(page.get_by_role("region", name="Messages")).to_contain_text("Dismissed")
    assert page.evaluate("document.activeElement !== document.body"), title
    _matrix(page)


def _matrix(page: Page) -> None:
    kinds = page.get_by_role("radiogroup", name="Show findings as")
    go(page, kinds, "Shift+Tab")
    page.keyboard.press("ArrowRight")
    point = page.get_by_role("figure").get_by_role("button").first
    go(page, point)
    for _ in range(2):
        page.keyboard.press("ArrowRight")
    expect(page.get_by_role("region", name="Messages").get_by_text(re.compile("^Effort"))).to_be_visible()
    expect(point).to_have_accessible_name(re.compile(r"effort \d"))


def test_a_move_is_opened_to_its_two_steps_and_two_groups_are_compared(page: Page):
    keys = page.keyboard
    main = view(page, "Flow")
    go(page, page.get_by_role("tab", name="Routes"))
    keys.press("ArrowRight")
    expect(page.get_by_role("tab", name="Loops")).to_be_focused()
    move = main.get_by_role("region", name="The moves of Everybody").get_by_role("button").first
    go(page, move)
    keys.press("Enter")
    opened = main.get_by_role("region", name=re.compile("→.*: Everybody"))
    expect(opened.get_by_role("heading", name="Over all journeys of a customer")).to_be_visible()
    go(page, opened.get_by_role("button", name="Customers", exact=True), "Shift+Tab")
    keys.press("Enter")
    expect(main.get_by_role("list").get_by_role("button").first).to_be_visible()
    view(page, "Flow")
    whose = page.get_by_label("Beside whose")
    go(page, whose)
    keys.type("Mobile")
    keys.press("Enter")
    expect(main.get_by_role("heading", level=2)).to_have_count(2)
    expect(main.get_by_role("heading", level=2, name="Everybody")).to_be_visible()


def test_a_topic_is_named(page: Page):
    keys = page.keyboard
    main = view(page, "Voice")
    menu = main.get_by_role("button", name=re.compile("^Change “")).first
    go(page, menu)
    keys.press("Enter")
    expect(page.get_by_role("menuitem", name="Name it…")).to_be_focused()
    keys.press("Escape")
    expect(menu).to_be_focused()
    keys.press("Enter")
    keys.press("Enter")
    expect(page.get_by_label("Name", exact=True)).to_be_focused()
    keys.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)
    expect(menu).to_be_focused()
    keys.press("Enter")
    keys.press("Enter")
    expect(page.get_by_label("Name", exact=True)).to_be_focused()
    keys.press("Control+a")
    keys.type("Praise of the shop")
    keys.press("Enter")
    expect(main.get_by_role("list", name="Topics")).to_contain_text("Praise of the shop", timeout=60_000)


def test_an_initiative_is_begun_with_its_target(page: Page):
    keys = page.keyboard
    main = view(page, "Decisions")
    new = main.get_by_role("button", name="New initiative").first
    go(page, new)
    escapes(page, new)
    keys.press("Enter")
    expect(page.get_by_label("What is to be done")).to_be_visible()
    go(page, page.get_by_label("What is to be done"))
    keys.type("Say the costs earlier")
    go(page, page.get_by_label("Expected effect"))
    keys.type("5")
    keys.press("Enter")
    expect(main.get_by_role("heading", name="Say the costs earlier")).to_be_visible(timeout=60_000)
    change = main.get_by_role("button", name="Change", exact=True)
    go(page, change)
    escapes(page, change)
    expect(main).to_contain_text("5.0")


def test_files_are_brought_in(served: Served, sit: Sit):
    page = sit()
    page.goto(f"{served.address}/maps/{served.new_map()}")
    keys = page.keyboard
    main = view(page, "Data")
    tabs = page.get_by_role("tab", name="Sources")
    go(page, tabs)
    keys.press("ArrowRight")
    expect(page.get_by_role("tab", name="Bring in")).to_be_focused()
    files = page.get_by_label("Data files")
    go(page, files)
    files.set_input_files({"name": "log.csv", "mimeType": "text/csv", "buffer": visits(offset="")})
    zone = page.get_by_label("Time zone")
    go(page, zone)
    keys.type("Europe/Berlin")
    keys.press("Enter")
    bring = main.get_by_role("button", name="Import", exact=True)
    go(page, bring)
    keys.press("Enter")
    expect(main.get_by_text("Imported.")).to_be_visible()
    bind = main.get_by_role("button", name="Bind the map to them")
    go(page, bind)
    keys.press("Enter")
    expect(page.get_by_role("tab", name="Binding")).to_have_attribute("aria-selected", "true")
