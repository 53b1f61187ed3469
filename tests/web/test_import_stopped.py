"""An import that is stopped amid its work leaves nothing behind; one that goes on is found again by who looked away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.web.conftest import Sit
from tests.web.orders import Stretch, write_orders
from tests.web.serving import Served, serving

from desireline.errors import WorkspaceMissing
from desireline.server.jobs import Job, Jobs, Work
from desireline.workspace import Workspace


class Held(Jobs):
    """The first import waits amid its work until somebody stops it."""

    def __init__(self) -> None:
        super().__init__()
        self.amid, self.once = Event(), False

    def start(self, kind: str, work: Work, *, by: str) -> Job:
        return super().start(kind, self._waits(work) if kind == "importing" else work, by=by)

    def _waits(self, work: Work) -> Work:
        first, self.once = not self.once, True

        def run(progress: Any) -> dict[str, Any]:
            def told(says: str, share: float) -> None:
                progress(says, share)
                while first and share > 0.4:
                    self.amid.set()
                    Event().wait(0.02)
                    progress(says, share)  # raises when it was stopped

            return work(told)  # type: ignore[arg-type]

        return run


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """A server with an empty workspace, whose first import waits amid its work."""
    (tmp_path / "workspace").mkdir()
    with serving(tmp_path / "workspace", jobs=Held()) as found:
        yield found


def imports(served: Served) -> list[str]:
    try:
        return Workspace.open(served.desk.folder).import_ids()
    except WorkspaceMissing:
        return []


def amid_an_import(served: Served, page: Page, folder: Path) -> None:
    """The page of a new map shows the progress of an import, which waits amid its work."""
    files = write_orders(folder, [Stretch(datetime(2018, 1, 1), 4, 20)], seed=1)
    page.goto(f"{served.address}/maps/{served.new_map()}?view=data")
    page.get_by_role("button", name="Bring in files").click()
    page.get_by_label("Data files").set_input_files(files)
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Import", exact=True).click()
    jobs = served.desk.jobs
    assert isinstance(jobs, Held)
    expect(page.get_by_role("progressbar", name="Importing")).to_be_visible()
    assert jobs.amid.wait(20)


def look(page: Page, view: str) -> None:
    page.get_by_role("navigation", name="What to look at").get_by_role("button", name=view).click()


def test_an_import_is_found_again_by_who_left_its_page(served: Served, sit: Sit, tmp_path: Path):
    page = sit()
    amid_an_import(served, page, tmp_path / "files")
    for leave in (lambda: look(page, "Map"), page.reload):
        leave()
        look(page, "Data")
        expect(page.get_by_role("tab", name="Bring in")).to_have_attribute("aria-selected", "true")
        expect(page.get_by_role("progressbar", name="Importing")).to_be_visible()
    page.get_by_role("button", name="Stop", exact=True).click()
    expect(page.get_by_text("Stopped. Nothing was imported.", exact=True)).to_be_visible()
    assert imports(served) == []


def test_files_that_wait_are_found_again_and_imported_while_nobody_looks(served: Served, sit: Sit, tmp_path: Path):
    page = sit()
    amid_an_import(served, page, tmp_path / "files")
    page.get_by_role("button", name="Stop", exact=True).click()
    expect(page.get_by_text("Stopped. Nothing was imported, and the files still wait below.")).to_be_visible()
    for go in (lambda: None, page.get_by_role("button", name="Import", exact=True).click):
        go()
        look(page, "Map")
        look(page, "Data")
    expect(page.get_by_text("Imported.")).to_be_visible()
    look(page, "Map")
    look(page, "Data")
    expect(page.get_by_role("heading", name="Imports")).to_be_visible()  # it was told once


def test_a_stopped_import_leaves_nothing_and_can_be_made_again(served: Served, sit: Sit, tmp_path: Path):
    page = sit()
    amid_an_import(served, page, tmp_path / "files")
    page.get_by_role("button", name="Stop", exact=True).click()
    expect(page.get_by_text("Stopped. Nothing was imported, and the files still wait below.")).to_be_visible()
    assert imports(served) == []
    page.get_by_role("tab", name="Sources").click()
    expect(page.get_by_text("There are no data yet")).to_be_visible()
    page.get_by_role("tab", name="Bring in").click()
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.get_by_text("Imported.")).to_be_visible()
    expect(page.get_by_text("320 events", exact=True)).to_be_visible()
    assert len(imports(served)) == 1
