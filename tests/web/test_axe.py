"""Every page, panel and dialog, on screens of each size, light, dark and in forced colours: axe has nothing to say."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from tests.web import tour
from tests.web.axe import CONTRAST, faults
from tests.web.conftest import Sit
from tests.web.serving import Served
from tests.web.tour import Tour

SOURCES = Path(__file__).parents[2] / "web" / "src"
FRAMES = {"Dialog", "Panel", "FormDialog", "OnceDialog"}  # others stand in them
NOT_TOURED = {*FRAMES, "RecoveredDialog"}  # what test_recovered looks at
WIDTHS = pytest.mark.parametrize("width", [1440, 390])
ABOVE = ("[role=menu]", "dialog[open]", "aside")  # what stands there is new; what is below it was looked at before


class Look:
    """Looks at each sight of a tour: all rules in light, contrasts in dark too; nothing is wider than the screen."""

    def __init__(self, page: Page, *, dark: bool) -> None:
        self.page = page
        self.dark = dark
        self.said: dict[str, list[str]] = {}
        self.seen: list[str] = []

    def __call__(self, name: str) -> None:
        self.seen.append(name)
        within = next((one for one in ABOVE if self.page.locator(one).count()), "html")
        found = faults(self.page, within=within)
        if self.dark:
            self.page.emulate_media(color_scheme="dark")
            found += [f"dark: {one}" for one in faults(self.page, CONTRAST, within)]
            self.page.emulate_media(color_scheme="light")
        if self.page.evaluate("document.scrollingElement.scrollWidth > innerWidth"):
            found.append("wider than the screen")
        if found:
            self.said[name] = found


def looked(served: Served, page: Page, *ways: Callable[[Tour], None], dark: bool = True) -> list[str]:
    """All sights of these ways; fails with what axe said at which."""
    look = Look(page, dark=dark)
    for way in ways:
        way(Tour(served, page, look))
    told = "\n".join(f"{where}: {one}" for where, found in look.said.items() for one in found)
    assert not told, told
    return look.seen


@WIDTHS
def test_pages_and_their_dialogs(served: Served, sit: Sit, width: int):
    seen = looked(served, sit(width=width, reduced_motion="reduce"), tour.pages)
    there = {*components("app", "*Page.tsx"), *components("app", "*Dialog.tsx")}
    assert there - NOT_TOURED - {"SharedPage"} <= names(seen)


@WIDTHS
def test_the_board_and_the_outline(served: Served, sit: Sit, width: int):
    looked(served, sit(width=width, reduced_motion="reduce"), tour.board, tour.outline)


@WIDTHS
def test_panels_and_dialogs_beside_the_map(served: Served, sit: Sit, width: int):
    seen = looked(served, sit(width=width, reduced_motion="reduce"), tour.panels)
    there = {
        *components("view", "*Panel.tsx"),
        *components("view", "*Dialog.tsx"),
        *components("view", "*Question.tsx"),
    }
    assert there - NOT_TOURED - {"MoveDialog", "PaletteDialog", "HelpDialog"} <= names(seen)


@WIDTHS
def test_a_share_link(served: Served, browser: Browser, width: int):
    with served.client() as client:
        made = client.post(f"/api/maps/{served.new_map()}/shares", json={"title": "The board", "days": 7})
        link = made.raise_for_status().json()["path"]
    with browser.new_context(viewport={"width": width, "height": 844}, reduced_motion="reduce") as stranger:
        looked(served, stranger.new_page(), lambda one: tour.shared(one, link))


def test_forced_colours(served: Served, sit: Sit):
    page = sit(forced_colors="active", reduced_motion="reduce")
    looked(served, page, tour.board, dark=False)


def components(folder: str, pattern: str) -> set[str]:
    """The components whose files are called like this."""
    return {path.stem for path in (SOURCES / folder).rglob(pattern)}


def names(seen: list[str]) -> set[str]:
    """The components that were seen."""
    return {name.partition(":")[0] for name in seen}
