"""The demo company, asked in every way that there is: on a page, by a command, from Python, in a report."""

from __future__ import annotations

import json
import re
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from functools import cached_property
from io import StringIO
from pathlib import Path
from typing import Any

from playwright.sync_api import Page
from tests.web import tour_data
from tests.web.painted import tables
from tests.web.tour import Tour
from tests.web.with_data import Company

import desireline as dl
from desireline.cli.start import run

Tables = dict[str, list[list[str]]]


@dataclass
class Asked:
    """A company, a page on which its owner is signed in, and what commands said of it."""

    company: Company
    page: Page
    initiative: str = ""
    """One that began, and was judged."""
    told: dict[tuple[str, ...], Any] = field(default_factory=dict)

    def said(self, *words: object) -> Any:
        """What a command prints with `--json`; MAP stands for the file of the map."""
        asked = tuple(str(self.company.file if word == "MAP" else word) for word in words)
        if asked not in self.told:
            printed = StringIO()
            with redirect_stdout(printed):
                assert run([*asked, "-w", str(self.company.folder), "--json"]) == 0
            self.told[asked] = json.loads(printed.getvalue())
        return self.told[asked]

    @property
    def shop(self) -> dl.Workspace:
        """The same workspace, from Python."""
        return dl.Workspace.open(self.company.folder)

    @cached_property
    def titles(self) -> dict[str, str]:
        """What stages and touchpoints are called, by id."""
        return dict(dl.Outline(dl.load_map(self.company.file)).titles)

    def go(self, query: str, tab: str = "") -> Page:
        """The page shows a view of the map, and one of its tabs, with all answers."""
        self.page.goto(f"{self.company.served.address}/maps/{self.company.map_id}?{query}")
        self.settle()
        if tab:
            self.page.get_by_role("tab", name=tab).or_(self.page.get_by_role("radio", name=tab)).first.click()
            self.settle()
        return self.page

    def settle(self) -> None:
        """Nothing is being looked for any more."""
        tour_data.settled(Tour(self.company.served, self.page, lambda _: None))

    def titled(self, route: str | list[str]) -> str:
        """Touchpoints by their titles: `A → B` for `a>b` and for ["a", "b"]."""
        return " → ".join(self.titles[one] for one in (route.split(">") if isinstance(route, str) else route))


def reported(there: Asked, file: Path) -> Tables:
    """The tables of the report, by channel, as a browser shows them."""
    there.said("report", "MAP", "-o", file, "--by", "channel")
    page = there.page.context.new_page()
    page.goto(file.as_uri())
    found = tables(page)
    page.close()
    return found


def table(report: Tables, caption: str) -> dict[str, list[str]]:
    """The rows of a table of the report, by their first cell without its number."""
    [found] = [cells for title, cells in report.items() if title.startswith(caption)]
    return {re.sub(r"^\d+\. ", "", first): rest for first, *rest in found}
