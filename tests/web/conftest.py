"""What stories in the browser have: a server of their own, and people at their browsers."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from tests.web import tour_data
from tests.web.asked import Asked, Tables, reported
from tests.web.serving import Served, serving
from tests.web.tour import Tour
from tests.web.with_data import Company, build_company, serving_company

CHROMIUM = next(
    (found for name in ("chromium-headless-shell", "chromium", "google-chrome") if (found := shutil.which(name))), None
)
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"]


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """A server with an empty workspace."""
    with serving(tmp_path) as found:
        yield found


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a small demo company with its workspace; nobody changes it."""
    return build_company(tmp_path_factory.mktemp("company"))


@pytest.fixture
def company(built: Path, tmp_path: Path) -> Iterator[Company]:
    """A server whose workspace is a copy of the demo company's."""
    with serving_company(built, tmp_path) as found:
        yield found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all stories of a worker."""
    if CHROMIUM is None:
        pytest.fail("Stories need a browser: apt-get install chromium-headless-shell")
    expect.set_options(timeout=20_000)  # that a machine is busy is no fault of a page
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


Sit = Callable[..., Page]
MOVING = {"reduced_motion": "no-preference"}
"""For stories of people who have movements on; the others do without, which takes less time."""


@pytest.fixture
def sit(browser: Browser, served: Served) -> Iterator[Sit]:
    """`sit()` gives a page in which the owner is signed in and nothing moves; each has cookies and storage of its own.

    A script that fails on a page, and a page that breaks its own security policy, fail the story.
    """
    with _sitting(browser, served) as new:
        yield new


@pytest.fixture
def sit_there(browser: Browser, company: Company) -> Iterator[Sit]:
    """As `sit`, at the demo company."""
    with _sitting(browser, company.served) as new:
        yield new


@pytest.fixture(scope="session")
def there(browser: Browser, built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asked]:
    """The company, with an initiative that was judged, on one wide page for all tests that compare numbers."""
    with serving_company(built, tmp_path_factory.mktemp("there")) as company:
        context = browser.new_context(viewport={"width": 7600, "height": 2400}, reduced_motion="reduce")
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.goto(company.served.link())
        page.wait_for_url(lambda url: "/open" not in url)
        judged = tour_data.judged(Tour(company.served, page, lambda _: None), company.map_id)
        yield Asked(company, page, judged)
        context.close()


@pytest.fixture(scope="session")
def report(there: Asked, tmp_path_factory: pytest.TempPathFactory) -> Tables:
    """The tables of the report of the same company."""
    return reported(there, tmp_path_factory.mktemp("report") / "report.html")


@contextmanager
def _sitting(browser: Browser, served: Served) -> Iterator[Sit]:
    faults: list[str] = []
    contexts = []

    def new(*, width: int = 1440, height: int = 900, link: str | None = None, **options: object) -> Page:
        still = {"viewport": {"width": width, "height": height}, "reduced_motion": "reduce"}
        context = browser.new_context(**{**still, **options})  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        page.on("console", lambda line: faults.append(line.text) if "Content Security" in line.text else None)
        page.goto(link or served.link())
        page.wait_for_url(lambda url: "/open" not in url)
        return page

    yield new
    for context in contexts:
        context.close()
    assert faults == []
