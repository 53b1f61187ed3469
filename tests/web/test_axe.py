"""Every page and dialog, in light and dark: nothing for axe to say."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from tests.web.axe import faults
from tests.web.conftest import Sit
from tests.web.serving import Served

PAGES = ("/", "/signin", "/join#nothing", "/members", "/tokens", "/me", "/audit", "/nowhere", "/shared/nothing")
COMMANDS = ("Details", "Comments", "Versions", "Share", "Export", "Import", "Remarks", "Workshop", "Keyboard shortcuts")


def opened(served: Served, page: Page, *, template: str = "hotel-stay") -> None:
    """The page shows a new map."""
    page.goto(f"{served.address}/maps/{served.new_map(template)}")
    expect(page.get_by_role("status").first).to_contain_text("Saved")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages(served: Served, sit: Sit, scheme: str):
    served.new_map()
    page = sit(color_scheme=scheme)
    said = {}
    for path in PAGES:
        page.goto(served.address + path)
        page.wait_for_load_state("networkidle")
        said[path] = faults(page)
    assert {path: found for path, found in said.items() if found} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_the_map_and_all_that_opens_on_it(served: Served, sit: Sit, scheme: str, width: int):
    page = sit(color_scheme=scheme, width=width)
    opened(served, page)
    said = {"map": faults(page)}
    for name in COMMANDS:
        page.keyboard.press("Control+k")
        page.get_by_label("What do you want to do?").fill(name)
        option = page.get_by_role("option", name=re.compile(name, re.IGNORECASE)).first
        said[f"palette for {name}"] = faults(page)
        option.click()
        said[name] = faults(page)
        page.keyboard.press("Escape")
    assert {where: found for where, found in said.items() if found} == {}


def test_forced_colours(served: Served, sit: Sit):
    page = sit(forced_colors="active")
    opened(served, page)
    assert faults(page) == []
