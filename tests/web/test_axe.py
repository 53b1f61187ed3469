"""Every page, panel and dialog, wide and narrow, light, dark and in forced colours: axe has nothing to say."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from tests.web import tour, tour_data
from tests.web.axe import faults
from tests.web.conftest import Sit
from tests.web.orders import Stretch, write_orders
from tests.web.serving import Served
from tests.web.touch import untouchable
from tests.web.tour import Tour
from tests.web.with_data import Company

pytestmark = pytest.mark.thorough

SOURCES = Path(__file__).parents[2] / "web" / "src"
FRAMES = {"Dialog", "Panel", "View", "FormDialog", "OnceDialog"}  # others stand in them
BESIDE_THE_DATA = {"NumbersPanel", "TruthPanel", "MoveQuestion"}
NOT_TOURED = {*FRAMES, *BESIDE_THE_DATA, "RecoveredDialog"}  # what test_recovered looks at
SCREENS = pytest.mark.parametrize(
    "screen",
    [
        {"width": 1440, "color_scheme": "light", "reduced_motion": "reduce"},
        {"width": 390, "color_scheme": "dark", "reduced_motion": "reduce"},
    ],
    ids=["wide and light", "narrow and dark"],
)
Check = Callable[[Page], list[str]]
ABOVE = ("[role=menu]", "dialog[open]", "aside")  # what stands there is new; what is below it was looked at before


class Look:
    """Looks at each sight of a tour, with all rules; nothing is wider than the screen."""

    def __init__(self, page: Page, more: Iterable[Check] = ()) -> None:
        self.page = page
        self.more = tuple(more)
        self.said: dict[str, list[str]] = {}
        self.seen: list[str] = []

    def __call__(self, name: str) -> None:
        self.seen.append(name)
        within = next((one for one in ABOVE if self.page.locator(one).count()), "html")
        found = faults(self.page, within=within)
        if self.page.evaluate("document.scrollingElement.scrollWidth > innerWidth"):
            found.append("wider than the screen")
        for check in self.more:
            found += check(self.page)
        if found:
            self.said[name] = found


def looked(served: Served, page: Page, *ways: Callable[[Tour], None], more: Iterable[Check] = ()) -> list[str]:
    """All sights of these ways; fails with what axe, and what looks beside it, said at which."""
    look = Look(page, more)
    for way in ways:
        way(Tour(served, page, look))
    told = "\n".join(f"{where}: {one}" for where, found in look.said.items() for one in found)
    assert not told, told
    return look.seen


@SCREENS
def test_pages_and_their_dialogs(served: Served, sit: Sit, screen: dict[str, Any]):
    seen = looked(served, sit(**screen), tour.pages)
    there = {*components("app", "*Page.tsx"), *components("app", "*Dialog.tsx")}
    assert there - NOT_TOURED - {"SharedPage"} <= names(seen)


@SCREENS
def test_the_board_and_the_outline(served: Served, sit: Sit, screen: dict[str, Any]):
    looked(served, sit(**screen), tour.board, tour.outline)


@SCREENS
def test_panels_and_dialogs_beside_the_map(served: Served, sit: Sit, screen: dict[str, Any]):
    seen = looked(served, sit(**screen), tour.panels)
    there = {
        *components("view", "*Panel.tsx"),
        *components("view", "*Dialog.tsx"),
        *components("view", "*Question.tsx"),
    }
    assert there - NOT_TOURED - {"MoveDialog", "PaletteDialog", "HelpDialog"} <= names(seen)


@SCREENS
def test_what_the_data_say(company: Company, sit_there: Sit, screen: dict[str, Any]):
    def way(one: Tour) -> None:
        tour_data.numbers(one, company.map_id)
        tour_data.views(one, company.map_id)
        tour_data.dialogs(one, company.map_id)
        tour_data.opened(one, company.map_id)

    fingers = [untouchable] if screen["width"] < 500 else []
    seen = looked(company.served, sit_there(**screen), way, more=fingers)
    there = {*components("view", "*View.tsx"), *BESIDE_THE_DATA}
    assert there - FRAMES - {"OutlineView", "PresentView", "CardView", "LaneView"} <= names(seen)


@SCREENS
def test_files_on_their_way_in(served: Served, sit: Sit, screen: dict[str, Any], tmp_path: Path):
    files = write_orders(tmp_path / "files", [Stretch(datetime(2018, 1, 1), 4, 20)], seed=1)
    fingers = [untouchable] if screen["width"] < 500 else []
    looked(served, sit(**screen), lambda one: tour_data.bringing(one, files), more=fingers)


@SCREENS
def test_a_share_link(served: Served, browser: Browser, screen: dict[str, Any]):
    with served.client() as client:
        made = client.post(f"/api/maps/{served.new_map()}/shares", json={"title": "The board", "days": 7})
        link = made.raise_for_status().json()["path"]
    size, looks = {"width": screen["width"], "height": 844}, {key: screen[key] for key in screen if key != "width"}
    with browser.new_context(viewport=size, **looks) as stranger:
        looked(served, stranger.new_page(), lambda one: tour.shared(one, link))


def test_forced_colours(served: Served, sit: Sit):
    page = sit(forced_colors="active", reduced_motion="reduce")
    looked(served, page, tour.board)


def test_forced_colours_of_what_was_measured(company: Company, sit_there: Sit):
    page = sit_there(forced_colors="active", reduced_motion="reduce")
    looked(company.served, page, lambda one: tour_data.numbers(one, company.map_id))


def components(folder: str, pattern: str) -> set[str]:
    """The components whose files are called like this."""
    return {path.stem for path in (SOURCES / folder).rglob(pattern)}


def names(seen: list[str]) -> set[str]:
    """The components that were seen."""
    return {name.partition(":")[0] for name in seen}
