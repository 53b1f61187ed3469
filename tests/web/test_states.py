"""Where something is missing or broken, each view says what is so and what to do next, and shows no raw fault."""

from __future__ import annotations

import errno
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import polars as pl
import pytest
from playwright.sync_api import Locator, Page, expect
from tests.web import states
from tests.web.company import joined, saved
from tests.web.conftest import Sit
from tests.web.serving import Served
from tests.web.test_doors import visits
from tests.web.touch import untouchable

from desireline.access import Role
from desireline.lake.lock import ImportLock
from desireline.workspace import Workspace

pytestmark = pytest.mark.thorough

VIEWS = ("Findings", "Flow", "Customers", "Voice", "Decisions", "Data")
RAW = re.compile(
    r"NaN|undefined|\bnull\b|Infinity|\[object|\b0 of 0\b|\bNone\b(?! of)|Traceback|/tmp/|--[a-z]|`desireline"
)
BUSY = "main :is(progress, .kit-late, .kit-skeleton)"
# The page has most likely done what a click asked for: twice it had nothing else to do, or half a second went by.
DRAWN = """new Promise(done => requestAnimationFrame(() => {
  const idle = then => requestIdleCallback(then, {timeout: 500});
  idle(() => idle(done));
}))"""

PHONE = {"width": 390, "height": 844, "color_scheme": "dark", "reduced_motion": "reduce"}


@dataclass(frozen=True)
class Way:
    """A page on its way through everything that the data say of one map."""

    page: Page

    def view(self, name: str) -> Locator:
        """The view is in the place of the map, and has no more to look for."""
        at = self.page.get_by_role("navigation", name="What to look at").get_by_role("button", name=name)
        at.click()
        expect(at).to_have_attribute("aria-current", "page")
        if name in VIEWS:
            expect(self.page.locator("main").get_by_role("heading", name=name, exact=True).first).to_be_visible()
        return self.settled(name)

    def settled(self, name: str) -> Locator:
        """What is to be seen is sound: words, no raw fault, a way out of each fault, and nothing beyond the screen."""
        main = self.page.locator("main")
        self.page.evaluate(DRAWN)
        expect(self.page.locator(BUSY), f"{name} is busy").to_have_count(0, timeout=60_000)
        text = main.inner_text()
        assert RAW.findall(text) == [], f"{name}: {text}"
        assert len(text.split()) > 5, f"{name} is blank: {text!r}"
        for alert in main.get_by_role("alert").all():
            expect(alert.get_by_role("button"), f"{name}: {alert.inner_text()}").not_to_have_count(0)
        assert not self.page.evaluate("document.scrollingElement.scrollWidth > innerWidth"), f"{name} is too wide"
        assert (name, untouchable(self.page)) == (name, [])
        return main

    def ways(self) -> Iterator[Locator]:
        """The map as it is taken, and where it parts from the plan."""
        for way in ("Actual", "Difference"):
            self.page.get_by_role("radio", name=way).click()
            yield self.settled(way)

    def everything(self) -> dict[str, str]:
        """The words of each view and of each of its pages, by their names."""
        told = {}
        for number, main in enumerate(self.ways()):
            told[("Actual", "Difference")[number]] = main.inner_text()
        for view in VIEWS:
            told[view] = self.view(view).inner_text()
            for tab in self.page.locator("main :is([role=tab], header [role=radio])").all()[1:]:
                name = f"{view}: {tab.inner_text()}"
                tab.click()
                told[name] = self.settled(name).inner_text()
        return told

    def measured(self, title: str) -> None:
        """The map has numbers at this touchpoint."""
        self.page.get_by_role("navigation", name="What to look at").get_by_role("button", name="Map").click()
        self.page.get_by_role("radio", name="Actual").click()
        expect(self.page.get_by_role("button", name=f"Numbers of {title}.")).to_contain_text("100")

    def leads(self, button: str, to: str) -> None:
        """A press on the button in the page shows this text."""
        self.page.locator("main").get_by_role("button", name=button).first.click()
        expect(self.page.locator("main").get_by_text(to).first).to_be_visible()


def at(page: Page, served: Served, map_id: str) -> Way:
    page.goto(f"{served.address}/maps/{map_id}")
    saved(page)
    return Way(page)


def says(told: dict[str, str], words: str, *where: str) -> None:
    """These words stand at each of these sights."""
    assert {name: told[name] for name in where if not re.search(words, told[name])} == {}


def test_without_data_each_view_says_so_and_leads_to_where_they_are_brought_in(served: Served, sit: Sit):
    way = at(sit(**PHONE), served, states.new_map(served))
    told = way.everything()
    bare = ("Findings: Impact and effort", "Decisions", "Decisions: Teams", "Data: Bring in")
    says(told, "(Nothing was imported into this workspace|There are no data yet)", *(set(told) - set(bare)))
    says(told, "Not measured", "Actual", "Difference")
    for view in ("Findings", "Flow", "Customers", "Voice"):
        way.view(view)
        way.leads("Bring in data", "Three ways on")
    way.leads("Bring in files", "Drop files here")


def test_without_binding_the_map_is_hatched_and_leads_to_where_it_is_bound(served: Served, sit: Sit):
    states.bring(served.desk.folder, web=states.visits(60), answers=states.answers(60))
    way = at(sit(**PHONE), served, states.new_map(served, bound=False))
    told = way.everything()
    says(told, "No touchpoint says which events belong to it, so nothing can be measured", "Actual", "Difference")
    assert "Reach" not in told["Actual"]
    assert "As intended" not in told["Difference"]
    says(told, "Bind events", "Flow", "Flow: Loops", "Flow: Stages", "Flow: Time between", "Voice: Effort")
    says(told, "none is bound to events", "Decisions: What if")
    way.view("Flow")
    way.leads("Bind events", "No touchpoint has a rule yet")
    way.leads("Bind all 4", "The map explains 180 of 180 events")
    way.measured("Cart")


def test_a_map_without_touchpoints_says_how_to_begin(served: Served, sit: Sit):
    states.bring(served.desk.folder, web=states.visits(60))
    way = at(sit(**PHONE), served, states.new_map(served, points=()))
    told = way.everything()
    says(told, "The map has no touchpoint yet, so nothing can be measured", "Actual", "Difference")
    says(told, "Nobody is seen on the map", "Flow", "Flow: Loops")
    way.view("Map")
    way.page.get_by_role("button", name="Add Cart to the map").click()
    way.measured("Cart")


def test_without_feedback_there_are_numbers_and_no_feeling(served: Served, sit: Sit):
    states.bring(served.desk.folder, web=states.visits(60))
    way = at(sit(**PHONE), served, states.new_map(served))
    told = way.everything()
    says(told, r"Reach\s+100", "Actual")
    assert not re.search(r"Emotion\s+[−+\d]", told["Actual"])
    says(told, "Nobody wrote anything here", "Voice")
    says(told, "No answer has a score", "Voice: Scores")
    says(told, "There are no rated answers yet", "Voice: Drivers")
    way.view("Voice")
    way.leads("Bring in feedback", "Sources")


def test_of_one_customer_nothing_is_told_and_nobody_is_called_as_intended(served: Served, sit: Sit):
    states.bring(served.desk.folder, web=states.visits(1), answers=states.answers(1))
    way = at(sit(**PHONE), served, states.new_map(served))
    told = way.everything()
    says(told, "fewer than 5 customers", "Actual", "Difference", "Flow", "Flow: Loops", "Flow: Stages", "Voice: Scores")
    says(told, "[Ff]ewer than 5 customers", "Flow: Time between", "Voice", "Voice: Effort", "Decisions: What if")
    for number in (r"\b100\s%", "As intended", r"(?<!of )\b1 (customers|rows|different|kinds)\b"):
        assert [name for name, text in told.items() if re.search(number, text)] == []
    way.view("Flow")
    way.leads("Look at the data", "Sources")


def test_a_source_that_fell_silent_is_said_on_the_map_and_in_the_data(served: Served, sit: Sit):
    early = states.visits(600, prefix="a").filter(pl.col("at") < "2026-04-05")
    states.bring(served.desk.folder, web=states.visits(600), app=early)
    way = at(sit(**PHONE), served, states.new_map(served))
    way.page.get_by_role("radio", name="Actual").click()
    way.settled("Actual")
    way.page.get_by_role("button", name="“app” is silent").click()
    expect(way.settled("Data")).to_contain_text("Silent: Source 'app' brought nothing in 23 days since 2026-04-05")
    expect(way.page.get_by_text("Check its export")).to_be_visible()
    expect(way.view("Findings")).to_contain_text("A source fell silent: app")


@contextmanager
def raising(_folder: Path) -> Iterator[None]:
    """Every question ends in a fault of the program itself."""
    with ExitStack() as stack:
        for name in ("measure", "findings"):
            stack.enter_context(patch.object(Workspace, name, side_effect=ZeroDivisionError("/tmp/secret")))
        yield


@contextmanager
def torn(folder: Path) -> Iterator[None]:
    """Files of the lake are cut off."""
    whole = {path: path.read_bytes() for path in (folder / "lake").rglob("*.parquet")}
    for path in whole:
        path.write_bytes(b"PAR1")
    yield
    for path, had in whole.items():
        path.write_bytes(had)


@pytest.mark.parametrize(
    ("trouble", "words"), [(raising, "This program made a mistake"), (torn, "The data on the server cannot be read")]
)
def test_a_question_that_fails_says_whom_to_ask_and_is_asked_again(
    served: Served, sit: Sit, trouble: Callable[[Path], AbstractContextManager[None]], words: str
):
    states.bring(served.desk.folder, web=states.visits(60), answers=states.answers(60))
    id_ = states.new_map(served)
    with trouble(served.desk.folder):  # before the map is open: the server measures ahead what is looked at
        way = at(sit(**PHONE), served, id_)
        told = way.everything()
        says(told, words, "Actual", "Difference", "Findings", "Flow: Stages", "Data: Binding")
        says(told, "Whoever runs the server finds", "Actual", "Difference", "Findings", "Flow: Stages", "Data: Binding")
        way.view("Findings")
    way.leads("Try again", "checks")
    way.measured("Cart")


@contextmanager
def being_written(folder: Path) -> Iterator[None]:
    """Another program imports into the lake."""
    lock = ImportLock(folder / "lake" / "import.lock")
    lock.acquire()
    yield
    lock.release()


@contextmanager
def full(_folder: Path) -> Iterator[None]:
    """The disk takes nothing more."""
    with patch("os.fsync", side_effect=OSError(errno.ENOSPC, "No space left on device", "/tmp/secret")):
        yield


@pytest.mark.parametrize(
    ("trouble", "words"), [(being_written, "Somebody else is importing"), (full, "The server cannot write")]
)
def test_what_cannot_be_imported_says_why_and_is_brought_in_when_that_is_over(
    served: Served, sit: Sit, trouble: Callable[[Path], AbstractContextManager[None]], words: str
):
    states.bring(served.desk.folder, web=states.visits(60))
    way = at(sit(**PHONE), served, states.new_map(served))
    main = way.view("Data")
    main.get_by_role("tab", name="Bring in").click()
    way.page.get_by_label("Data files").set_input_files({"name": "log.csv", "mimeType": "text/csv", "buffer": visits()})
    expect(main.get_by_role("button", name="Import", exact=True)).to_be_visible()
    with trouble(served.desk.folder):
        main.get_by_role("button", name="Import", exact=True).click()
        expect(main.get_by_role("alert")).to_contain_text(words)
        assert RAW.findall(main.inner_text()) == []
        told = at(way.page, served, way.page.url.split("/maps/")[1].partition("#")[0].partition("?")[0]).everything()
        says(told, "60 customers", "Data")
        says(told, r"Reach\s+100", "Actual")
    main.get_by_role("tab", name="Bring in").click()
    way.page.get_by_label("Data files").set_input_files({"name": "log.csv", "mimeType": "text/csv", "buffer": visits()})
    main.get_by_role("button", name="Import", exact=True).click()
    expect(main.get_by_text("Imported.")).to_be_visible()


def test_a_viewer_reads_everything_and_is_offered_nothing_that_is_not_theirs(served: Served, sit: Sit):
    states.bring(served.desk.folder, web=states.visits(60), answers=states.answers(60))
    map_id = states.new_map(served)
    way = at(sit(link=joined(served, "Vera", Role.VIEWER), **PHONE), served, map_id)
    told = way.everything()
    says(told, r"Reach\s+100", "Actual")
    says(told, "Only those who may edit bring in data", "Data: Bring in")
    for name, text in told.items():
        offered = re.findall(r"^(Export|Undo|Bind|Bind all \d|Add|New initiative|Dismiss…|Import)$", text, re.MULTILINE)
        assert (name, offered) == (name, [])
    way.page.goto(f"{served.address}/maps/{map_id}?view=customers&measure=journeys&at=look")
    listed = way.page.get_by_role("main").get_by_role("list").get_by_role("button")
    expect(listed.first).to_contain_text("Customer ")
    assert not re.search(r"\bc\d+\b", way.settled("Customers of a number").inner_text())
    listed.first.click()
    expect(way.page.get_by_role("heading", name="The planned route, and the one taken").first).to_be_visible()
    assert not re.search(r"\bc\d+\b", way.settled("One customer").inner_text())
