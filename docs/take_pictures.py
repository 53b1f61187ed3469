"""Takes the pictures of the app in `docs/pictures`, and writes the page that shows them.

    python -m docs.take_pictures

A small company is made, and the tours of the tests go through all pages. Seed and clock are fixed, so that the same
app gives the same pictures. It takes about two minutes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

from docs.shown import Shown, everything, file_name, page
from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright
from tests.web import tour, tour_data
from tests.web.conftest import CHROMIUM, QUIET
from tests.web.serving import Served, serving
from tests.web.tour import Tour
from tests.web.with_data import build_company, serving_company

HERE = Path(__file__).parent
INTO = HERE / "pictures"
NOW = datetime(2026, 9, 1, 10, tzinfo=UTC)  # the day after the last of the company's; whatever is newer is "just now"
CUSTOMERS = 2000
WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
COLOURS = 64  # more are not seen in flat areas and letters
SEEN_IDS = "desireline.ledger.members.token_hex"  # a member's id gives their colour
OTHERS = ("saas-onboarding", "insurance-claim", "service-support")

# Ids and addresses are drawn at random; pictures say the same ones each time.
STEADY = """() => {
  const steady = (text) => text.replace(/\\b[0-9a-f]{12,16}\\b/g, "3f9a27c05b1e")
    .replace(/127\\.0\\.0\\.1:\\d+/g, "127.0.0.1:8321").replace(/(#|\\/)[\\w-]{40,}/g, "$1rPk3");
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let one = texts.nextNode(); one; one = texts.nextNode())
    if (steady(one.nodeValue) !== one.nodeValue) one.nodeValue = steady(one.nodeValue);
  for (const one of document.querySelectorAll("input[readonly]")) one.value = steady(one.value);
}"""


@dataclass
class Camera:
    """Looks at the sights of a tour, and keeps pictures of those that are shown."""

    page: Page
    taken: set[str] = field(default_factory=set)

    def __call__(self, sight: str) -> None:
        for one in everything():
            if one.sight == sight:
                self._take(one)
                self.taken.add(sight)

    def _take(self, one: Shown) -> None:
        self._both(one.name)
        if one.phone:
            self.page.set_viewport_size(PHONE)
            self._both(f"{one.name}-phone")
            self.page.set_viewport_size(WIDE)
            self._settle()

    def _settle(self) -> None:
        self.page.wait_for_load_state("networkidle")
        expect(self.page.locator(".kit-late, main progress")).to_have_count(0)

    def _both(self, name: str) -> None:
        self._settle()
        for scheme in ("dark", "light"):
            self.page.emulate_media(color_scheme=scheme)
            self.page.evaluate(STEADY)
            keep(self.page.screenshot(animations="disabled", caret="hide"), INTO / file_name(name, scheme))


def keep(png: bytes, into: Path) -> None:
    """The picture is in the file, in a few colours and without loss beyond that."""
    few = Image.open(BytesIO(png)).convert("RGB").quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    few.convert("RGB").save(into, "WEBP", lossless=True, method=6)


@contextmanager
def sitting(browser: Browser, served: Served) -> Iterator[tuple[Tour, Camera]]:
    """A tour on which the owner is signed in, and the camera that comes along."""
    with browser.new_context(viewport=WIDE, reduced_motion="reduce", locale="en-GB", timezone_id="UTC") as context:
        page = context.new_page()
        page.clock.set_fixed_time(NOW)
        page.set_default_timeout(20_000)
        page.goto(served.link())
        page.wait_for_url(lambda url: "/open" not in url)
        camera = Camera(page)
        yield Tour(served, page, camera), camera


def drawn(browser: Browser, folder: Path) -> set[str]:
    """Pictures of drawing and of people, in a workspace without data; what was seen."""
    folder.mkdir()
    with serving(folder, clock=_now) as served:
        with sitting(browser, served) as (way, first):
            tour.board(way)
            tour.outline(way)
            tour.panels(way)
        with served.client() as client:
            made = client.post(f"/api/maps/{served.new_map()}/shares", json={"title": "The board", "days": 7})
        with sitting(browser, served) as (way, second):
            tour.shared(way, made.raise_for_status().json()["path"])
    (folder / "people").mkdir()
    with serving(folder / "people", clock=_now) as served:
        for template in OTHERS:
            served.new_map(template)
        with sitting(browser, served) as (way, third):
            tour.pages(way)
    return first.taken | second.taken | third.taken


def measured(browser: Browser, folder: Path) -> set[str]:
    """Pictures of what data say; what was seen."""
    (folder / "copy").mkdir(parents=True)
    build_company(folder, customers=CUSTOMERS)
    with (
        serving_company(folder, folder / "copy", clock=_now) as company,
        sitting(browser, company.served) as (way, camera),
    ):
        tour_data.dialogs(way, company.map_id)
        tour_data.opened(way, company.map_id)
        tour_data.numbers(way, company.map_id)
        tour_data.views(way, company.map_id)
    return camera.taken


def main() -> None:
    """All pictures and their page are there, and none that belongs to nothing; fails when a sight was not met."""
    INTO.mkdir(exist_ok=True)
    expect.set_options(timeout=20_000)
    numbers = count(1)
    with (
        sync_playwright() as playwright,
        TemporaryDirectory() as folder,
        patch(SEEN_IDS, lambda size: f"{next(numbers):0{2 * size}x}"),
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        seen = drawn(browser, Path(folder) / "drawn") | measured(browser, Path(folder) / "measured")
        browser.close()
    missed = [one.sight for one in everything() if one.sight not in seen]
    if missed:
        sys.exit(f"The tours do not come to: {', '.join(missed)}. docs/shown.py names what is shown.")
    wanted = {name for one in everything() for name in one.files}
    for file in INTO.iterdir():
        if file.name not in wanted:
            file.unlink()
    (HERE / "pictures.md").write_text(page(), encoding="utf-8")
    size = sum(file.stat().st_size for file in INTO.iterdir())
    sys.stdout.write(f"{len(wanted)} pictures, {size / 1e6:.1f} MB.\n")


def _now(*_: Any) -> datetime:
    return NOW


if __name__ == "__main__":
    main()
