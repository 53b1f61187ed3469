"""Ways through the whole app, for tests that look at every page, panel and dialog of it in turn."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page, expect
from tests.web.company import beside, card, joined, saved
from tests.web.serving import Served

See = Callable[[str], None]
TABLE = "Finding,Finding,Buying\nShop window,Web site,Till\nLooks,Searches,Pays\n"


@dataclass(frozen=True)
class Tour:
    """A page on its way; `looks` is called at each sight, with the name of the component and what of it is shown."""

    served: Served
    page: Page
    looks: See

    def see(self, name: str) -> None:
        """What has this name is there, and is looked at."""
        if name.partition(":")[0].endswith(("Dialog", "Question")):
            expect(self.page.locator("dialog[open]").last).to_be_visible()
        if ": menu" in name:
            expect(self.page.locator("[role=menu]").last).to_be_visible()
        self.looks(name)

    def run(self, name: str) -> None:
        """A command, by the palette."""
        self.page.keyboard.press("Control+k")
        self.page.get_by_label("What do you want to do?").fill(name)
        self.page.get_by_role("option", name=name, exact=False).first.click()

    def escape(self) -> None:
        """What is open above the page closes."""
        self.page.keyboard.press("Escape")
        expect(self.page.locator("dialog[open], [role=menu]")).to_have_count(0)

    def press(self, name: str, role: str = "button") -> None:
        """A click on what has this name."""
        self.page.get_by_role(role, name=name, exact=True).first.click()  # type: ignore[arg-type]

    def go(self, path: str) -> None:
        """The page at this path, with all that it asks the server for."""
        self.page.goto("about:blank")
        self.page.goto(self.served.address + path)
        self.page.wait_for_load_state("networkidle")


def pages(tour: Tour) -> None:
    """Home and its doors, and the pages about people."""
    page, served = tour.page, tour.served
    tour.go("/")
    tour.see("HomePage: empty")
    for name, dialog in (
        ("Start from a template", "TemplateDialog"),
        ("Start from your data", "DataDialog"),
        ("Explore the demo", "DemoDialog"),
        ("Import a map", "FileDialog"),
    ):
        page.get_by_role("button", name=name).click()
        expect(page.get_by_role("dialog", name=name)).to_be_visible()
        page.wait_for_load_state("networkidle")
        tour.see(dialog)
        if name == "Import a map":
            page.get_by_label("Map to import").set_input_files(_file("stay.csv", TABLE))
            expect(page.get_by_text("Finding → Buying")).to_be_visible()
            tour.see("FileDialog: read")
            page.get_by_label("Map to import").set_input_files(_file("stay.yaml", "stages: ["))
            expect(page.get_by_role("alert")).to_be_visible()
            tour.see("FileDialog: refused")
        tour.escape()
    served.new_map()
    with served.client() as client:
        away = served.new_map("insurance-claim")
        client.put(f"/api/maps/{away}/archived", json={"archived": True}).raise_for_status()
    tour.go("/")
    page.get_by_text("Archived (1)").click()
    tour.see("HomePage: maps")
    tour.press("More about A stay with us")
    tour.see("HomePage: menu of a map")
    tour.press("Rename or hand over", "menuitem")
    tour.see("HomePage: rename")
    tour.escape()
    page.get_by_role("button", name="Account of Olga").click()
    tour.see("HomePage: account")
    tour.escape()
    page.get_by_role("searchbox", name="Search maps").fill("nothing like it")
    expect(page.get_by_text("No map here has")).to_be_visible()
    tour.see("HomePage: nothing found")
    _people(tour)


def _people(tour: Tour) -> None:
    page = tour.page
    joined(tour.served, "Ana Silva")
    tour.go("/members")
    tour.see("MembersPage")
    tour.press("More about Ana Silva")
    tour.see("MembersPage: menu")
    tour.escape()
    tour.press("Invite")
    tour.see("MembersPage: invite")
    page.get_by_label("For whom").fill("Ben")
    tour.press("Make the link")
    link = page.get_by_label("Invitation for Ben").input_value()
    tour.see("MembersPage: link")
    tour.go("/tokens")
    tour.see("TokensPage: none")
    tour.press("New token")
    tour.see("TokensPage: new")
    page.get_by_label("What is it for?").fill("Nightly")
    tour.press("Make the token")
    page.get_by_label("Nightly", exact=True).wait_for()
    tour.see("TokensPage: made")
    tour.press("Done")
    tour.see("TokensPage")
    tour.go("/me")
    tour.see("MePage")
    tour.go("/audit")
    tour.press("Check the chain")
    expect(page.get_by_role("status").filter(has_text="Whole")).to_be_visible()
    tour.see("AuditPage")
    for path, name in (
        ("/nowhere", "App: no such page"),
        ("/open#nothing", "LinkPage"),
        ("/maps/nowhere", "MapPage: cannot be opened"),
        ("/shared/nothing", "SharedPage: no map"),
        ("/join#nothing", "InvitationPage: over"),
    ):
        tour.go(path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        tour.see(name)
    page.goto("about:blank")
    page.context.clear_cookies()
    tour.go("/signin")
    tour.see("SignInPage")
    page.get_by_label("Name").fill("Olga")
    page.get_by_label("Password", exact=True).fill("not this one, surely")
    tour.press("Sign in")
    expect(page.get_by_role("alert")).to_be_visible()
    tour.see("SignInPage: refused")
    tour.go(link.removeprefix(tour.served.address))
    expect(page.get_by_label("Your name")).to_be_visible()
    tour.see("InvitationPage")


def at_the_map(tour: Tour, *, view: str = "Board") -> str:
    """A new map is on the page, as a board or an outline; its id."""
    id_ = tour.served.new_map()
    tour.go(f"/maps/{id_}")
    saved(tour.page)
    _look_at(tour.page, view)
    expect(tour.page.get_by_text("Reads reviews").first).to_be_visible()
    return id_


def board(tour: Tour) -> None:
    """The board, and what opens on it."""
    page = tour.page
    at_the_map(tour)
    tour.see("MapPage: board")
    card(page, "Daydreams").click()
    tour.see("MapPage: a card is selected")
    page.keyboard.press("Shift+F10")
    tour.see("MapPage: menu of a card")
    tour.press("Move to…", "menuitem")
    tour.see("MoveDialog")
    tour.escape()
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox", name="Feeling")).to_be_focused()
    tour.see("MapPage: a card is written")
    page.keyboard.press("Escape")
    card(page, "Reads reviews").focus()
    page.keyboard.press("Shift+F10")
    tour.see("MapPage: menu of a touchpoint")
    tour.escape()
    page.get_by_role("slider", name="Feeling at Reads reviews").first.focus()
    tour.see("MapPage: a feeling is set")
    card(page, "Dreaming").focus()
    page.keyboard.press("f")
    page.keyboard.press("Control+f")
    page.get_by_role("searchbox", name="Find on this map").fill("room")
    tour.see("MapPage: find, and a folded stage")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    tour.see("PaletteDialog")
    page.get_by_label("What do you want to do?").fill("qqqqq")
    tour.see("PaletteDialog: nothing found")
    tour.escape()
    tour.run("Keyboard shortcuts")
    tour.see("HelpDialog")
    tour.escape()
    tour.press("More about this map")
    tour.see("MapPage: menu")
    tour.escape()
    tour.run("Fit all")
    tour.see("MapPage: from afar")
    tour.run("Present")
    page.get_by_role("dialog").get_by_role("heading", name="A stay with us").wait_for()
    tour.see("PresentView: title")
    page.keyboard.press("ArrowRight")
    tour.see("PresentView: a stage")


def outline(tour: Tour) -> None:
    """The outline, and what opens on it."""
    page = tour.page
    at_the_map(tour, view="Outline")
    tour.see("OutlineView")
    line = page.get_by_role("textbox").filter(visible=True).nth(2)
    line.focus()
    tour.see("OutlineView: a line is written")
    page.get_by_role("button", name="Feeling at Searches: +0.8, content").click()
    tour.see("OutlineView: a feeling is set")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="More for “Reads reviews”").click()
    tour.see("OutlineView: menu")
    tour.escape()
    page.get_by_role("button", name="Card at “Reads reviews”").click()
    tour.see("OutlineView: a card is added")
    tour.escape()


def panels(tour: Tour) -> None:
    """All that stands beside the map."""
    page = tour.page
    at_the_map(tour)
    tour.run("Details")
    _panel(tour, "DetailsPanel: the map")
    for words, what in (("Reads reviews", "touchpoint"), ("Dreaming", "stage"), ("Weighs up", "card")):
        card(page, words).click()
        tour.run("Details")
        _unfold(page)
        _panel(tour, f"DetailsPanel: {what}", close=False)
        if what != "card":
            page.get_by_role("button", name=f"Delete {what}").click()
            tour.see(f"DetailsPanel: delete {what}")
            tour.escape()
        _close(page)
    tour.run("Personas, teams, channels")
    _panel(tour, "PeoplePanel", close=False)
    page.get_by_role("complementary").get_by_role("button", name=re.compile("Boris")).click()
    tour.see("PeoplePanel: a persona")
    page.keyboard.press("Escape")
    for name in ("Remarks", "Export", "Import"):
        tour.run(name)
        _panel(tour, f"{name}Panel")
    tour.run("Export")
    page.get_by_role("radiogroup", name="Report for managers").get_by_text("One page (PDF)").click()
    _panel(tour, "ExportPanel: the report for managers")
    tour.run("Share")
    page.get_by_label("For whom").fill("The board")
    tour.press("Make a share link")
    page.get_by_label("Link for The board").wait_for()
    _panel(tour, "SharePanel")
    _together(tour)


def _together(tour: Tour) -> None:
    page = tour.page
    card(page, "Weighs up").click()
    tour.run("Comments")
    page.get_by_label("Comment on Weighs up").fill("Is this true? @Ol")
    expect(page.get_by_role("option", name="Olga")).to_be_visible()
    tour.see("CommentsPanel: a name is chosen")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("article")).to_be_visible()
    _panel(tour, "CommentsPanel", close=False)
    tour.press("Suggestions", "tab")
    _panel(tour, "CommentsPanel: suggestions")
    tour.run("Suggest a change")
    tour.see("SuggestDialog")
    tour.escape()
    tour.run("Versions")
    tour.see("VersionsPanel: none")
    page.get_by_label("Keep the map as it is now").fill("Agreed")
    page.keyboard.press("Enter")
    tour.press("Compare with now")
    page.get_by_role("dialog").get_by_text("No difference").wait_for()
    tour.see("CompareDialog: the same")
    tour.escape()
    _close(page)
    card(page, "Weighs up").dblclick()
    page.keyboard.type(" all of it")
    page.keyboard.press("Escape")
    saved(page)
    tour.run("Versions")
    tour.press("Compare with now")
    for tab in ("Board", "List 1"):
        page.get_by_role("dialog").get_by_role("tab", name=tab).click()
        tour.see(f"CompareDialog: {tab}")
    tour.escape()
    tour.press("Restore")
    tour.see("RestoreQuestion")
    tour.escape()
    _panel(tour, "VersionsPanel")
    tour.run("Votes and timer")
    tour.press("3 minutes")
    tour.press("Begin voting")
    _panel(tour, "WorkshopPanel")
    tour.see("MapPage: votes")


def shared(tour: Tour, link: str) -> None:
    """What somebody sees who has only a share link."""
    page = tour.page
    tour.go(link.removeprefix(tour.served.address))
    expect(page.get_by_text("Reads reviews").first).to_be_visible()
    tour.see("SharedPage")
    for view in ("Board", "Outline"):
        _look_at(page, view)
        expect(page.get_by_text("Reads reviews").first).to_be_visible()
        tour.see(f"SharedPage: {view}")


def _panel(tour: Tour, name: str, *, close: bool = True) -> None:
    expect(beside(tour.page).get_by_role("heading").first).to_be_visible(timeout=20_000)
    tour.page.wait_for_load_state("networkidle")
    tour.see(name)
    if close:
        _close(tour.page)


def _close(page: Page) -> None:
    """The panel beside the map is gone."""
    beside(page).get_by_role("button", name=re.compile("^Close ")).first.click()
    expect(beside(page)).to_have_count(0)


def _look_at(page: Page, view: str) -> None:
    choice = page.get_by_role("radio", name=view)
    choice.click()
    expect(choice).to_be_checked()


def _unfold(page: Page) -> None:
    """All groups of the panel are open."""
    page.get_by_role("complementary").locator("details:not([open]) > summary").evaluate_all(
        "all => all.forEach(one => one.click())"
    )
    closed = page.get_by_role("complementary").locator("button[aria-expanded=false]:not([aria-haspopup])")
    closed.evaluate_all("all => all.forEach(one => one.click())")


def _file(name: str, text: str) -> dict[str, object]:
    return {"name": name, "mimeType": "text/plain", "buffer": text.encode()}
