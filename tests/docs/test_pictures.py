"""The pictures in the docs: of every page of the app, in light and dark, each described and none too many."""

from __future__ import annotations

import importlib
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from .pages import DOCS, PAGES, ROOT, name

shown: Any = importlib.import_module("shown")
PICTURES = DOCS / "pictures"
TOURS = [ROOT / "tests" / "web" / file for file in ("tour.py", "tour_data.py")]
SIZES = {True: (390, 844), False: (1440, 900)}
MOST = 4_000_000  # bytes of all of them


class Pictures(HTMLParser):
    """The `<picture>`s of a page: for each the files in light and dark, and what is said in their place."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.found: list[dict[str, str]] = []
        self.feed(page.read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {key: value or "" for key, value in attrs}
        if tag == "picture":
            self.found.append({})
        elif tag == "source" and "dark" in said.get("media", ""):
            self.found[-1]["dark"] = said["srcset"]
        elif tag == "img" and said["src"].endswith(shown.ENDING):
            self.found[-1] |= {"light": said["src"], "alt": said.get("alt", "")}


def test_the_page_of_pictures_is_fresh():
    assert (DOCS / "pictures.md").read_text("utf-8") == shown.page(), "run: make pictures"


@pytest.mark.parametrize("page", [page for page in PAGES if "<picture>" in page.read_text("utf-8")], ids=name)
def test_a_picture_that_is_named_is_there_in_light_and_dark_and_is_described(page: Path):
    for one in Pictures(page).found:
        light, dark = (page.parent / one[scheme] for scheme in ("light", "dark"))
        assert light.is_file()
        assert dark.is_file()
        assert dark.name == light.name.replace("-light.", "-dark.")
        assert len(one["alt"].split()) >= 4, one


def test_no_picture_is_left_that_nothing_shows():
    files = [file for one in shown.everything() for file in one.files]
    assert len(files) == len(set(files))
    assert {file.name for file in PICTURES.iterdir()} == set(files), "run: make pictures"


def test_every_page_and_view_on_the_tours_has_its_picture():
    tours = "".join(path.read_text("utf-8") for path in TOURS)
    [views] = re.findall(r"^VIEWS = \((.+)\)$", tours, flags=re.MULTILINE)
    there = {
        *re.findall(r'see\(f?"(\w+(?:Page|View))\b', tours),
        *(f"{view}View" for view in re.findall(r"\w+", views)),
    }
    assert len(there) > 15
    assert there - {one.sight.partition(":")[0] for one in shown.everything()} == set()


def test_pictures_are_of_one_size_and_light_to_carry():
    for file in PICTURES.iterdir():
        with Image.open(file) as picture:
            assert picture.size == SIZES["-phone-" in file.name], file.name
    assert sum(file.stat().st_size for file in PICTURES.iterdir()) < MOST
