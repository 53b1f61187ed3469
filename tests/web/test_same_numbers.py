"""A number is the same wherever it is read: painted in the app, in `--json`, from Python, and in the report."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass
from functools import cache, cached_property
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.web import tour_data
from tests.web.painted import numbers, paints, row, rows, tables
from tests.web.tour import Tour
from tests.web.with_data import Company, serving_company

import desireline as dl
from desireline.cli.start import run

ON_THE_MAP = ("reach", "drop_off", "emotion", "promise_kept")
CELLS = """() => Object.fromEntries([...document.querySelectorAll(".board-numbers")].map(cell => [
  cell.querySelector(".sr-only").textContent.replace("Numbers of ", "").replace(/\\.\\s*$/, ""),
  [...cell.querySelectorAll(":scope > span:last-child > span")].map(line => [...line.children].map(one => one.textContent)),
]))"""


@dataclass(frozen=True)
class There:
    """The demo company on a page that is signed in, and the same asked by a command and from Python."""

    company: Company
    page: Page

    def said(self, *words: object, map_first: bool = True) -> Any:
        """What a command prints with `--json`; each is asked once."""
        return _said((*words[:1], *([self.company.file] if map_first else []), *words[1:]), self.company.folder)

    @cached_property
    def shop(self) -> dl.Workspace:
        return dl.Workspace.open(self.company.folder)

    @cached_property
    def titles(self) -> dict[str, str]:
        """What stages and touchpoints are called, by id."""
        return dl.Outline(dl.load_map(self.company.file)).titles

    def go(self, query: str, tab: str = "") -> Page:
        """The page shows a view of the map, with all its answers."""
        self.page.goto(f"{self.company.served.address}/maps/{self.company.map_id}?{query}")
        tour = Tour(self.company.served, self.page, lambda _: None)
        tour_data.settled(tour)
        if tab:
            self.page.get_by_role("tab", name=tab).or_(self.page.get_by_role("radio", name=tab)).first.click()
            tour_data.settled(tour)
        return self.page


@cache
def _said(words: tuple[object, ...], folder: Path) -> Any:
    printed = StringIO()
    with redirect_stdout(printed):
        assert run([*map(str, words), "-w", str(folder), "--json"]) == 0
    return json.loads(printed.getvalue())


@pytest.fixture(scope="module")
def there(browser: Browser, built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[There]:
    """One company and one page for all numbers."""
    with serving_company(built, tmp_path_factory.mktemp("same")) as company:
        context = browser.new_context(viewport={"width": 7600, "height": 2400}, reduced_motion="reduce")
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.goto(company.served.link())
        page.wait_for_url(lambda url: "/open" not in url)
        yield There(company, page)
        context.close()


@pytest.fixture(scope="module")
def report(there: There, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[list[str]]]:
    """The tables of the report, by channel, as a browser shows them."""
    file = tmp_path_factory.mktemp("report") / "report.html"
    there.said("report", "-o", file, "--by", "channel")
    with there.page.context.new_page() as page:
        page.goto(file.as_uri())
        return tables(page)


def table(report: dict[str, list[list[str]]], caption: str) -> dict[str, list[str]]:
    """The rows of a table of the report, by their first cell without its number."""
    [found] = [cells for title, cells in report.items() if title.startswith(caption)]
    return {re.sub(r"^\d+\. ", "", first): rest for first, *rest in found}


def test_dump(there: There, report):
    """Scratch."""
    import pprint

    out = {}
    page = there.go("")
    page.get_by_role("radio", name="Actual").click()
    expect(page.locator(".board-numbers").first).to_contain_text(re.compile("Reach|Not measured"))
    page.wait_for_timeout(500)
    out["cells"] = page.evaluate(CELLS)
    out["heads"] = page.locator("[data-record] .board-foot, .board-foot").all_inner_texts()
    page.get_by_role("radio", name="Difference").click()
    page.wait_for_timeout(300)
    out["diff"] = page.evaluate(CELLS)
    for view, tabs in {
        "findings": ("List", "Impact and effort"), "flow": ("Routes", "Loops", "Stages", "Time between"),
        "customers&measure=conversion&at=checkout": ("",), "voice": ("Topics", "Scores", "Drivers", "Channels", "Effort"),
        "decisions": ("What if", "Teams"), "data": ("Sources", "Refused rows", "Binding"),
    }.items():
        for tab in tabs:
            try:
                out[view + tab] = rows(there.go("view=" + view, tab)) + ["MAIN " + page.locator("main").inner_text()[:900]]
            except Exception as e:
                out[view + tab] = repr(e)[:500]
    out["report"] = {k: v[:4] for k, v in report.items()}
    Path("/tmp/i7/N/dump.txt").write_text(pprint.pformat(out, width=230))
