"""Numbers as they are painted, read back from the screen: each in its unit, and as sure as its digits."""

from __future__ import annotations

import re
from dataclasses import dataclass

from playwright.sync_api import Page

SIZES = {"%": 0.01, "pp": 0.01, "days": 86_400, "h": 3600, "min": 60, "s": 1, "": 1, "EUR": 1}
NUMBER = re.compile(
    r"(?<![\w.,-])(?P<sign>[+−-]?)(?P<whole>\d[\d,]*)(?:\.(?P<part>\d+))?"
    r"(?:[\u202f\u00a0 ](?P<unit>%|pp|days|h|min|s|EUR))?(?![\w-]|\.\d)"
)
BETWEEN = ("–", " to ")  # the ends of an interval, of which only the last says the unit
ROWS = """() => [...document.querySelectorAll("main li, main tr, main dl > div")].map(one => one.innerText)"""
TABLES = """() => [...document.querySelectorAll("table")].map(table => [
  table.caption?.textContent ?? "",
  [...table.querySelectorAll("tbody tr")].map(row => [...row.cells].map(cell => cell.textContent)),
])"""


@dataclass(frozen=True)
class Painted:
    """A number that somebody reads."""

    value: float
    within: float
    """Half of its last digit: what was rounded away."""

    def says(self, exact: float) -> bool:
        """The number is this one, rounded."""
        return abs(self.value - exact) <= self.within * (1 + 1e-6) + 1e-12


def numbers(text: str) -> list[Painted]:
    """The numbers in a text, in their order; shares as 0 to 1, times in seconds. Dates and names are none."""
    found: list[Painted] = []
    text = re.sub(r"95\s% interval", "", text)
    unit, after = "", len(text)
    for one in reversed([*NUMBER.finditer(text)]):
        shared = text[one.end() : after] in BETWEEN
        unit, after = one["unit"] or (unit if shared else ""), one.start()
        part = one["part"] or ""
        value = float(f"{one['whole'].replace(',', '')}.{part or 0}") * (-1 if one["sign"] in ("−", "-") else 1)
        found.append(Painted(value * SIZES[unit], 0.5 * 10 ** -len(part) * SIZES[unit]))
    return found[::-1]


def paints(text: str, *exact: float | None) -> None:
    """The text shows these numbers and no others, each rounded to the digits that it has; what is None is not shown."""
    wanted = [one for one in exact if one is not None]
    read = numbers(text)
    assert len(read) == len(wanted), (text, read, wanted)
    for seen, one in zip(read, wanted, strict=True):
        assert seen.says(one), (text, seen, one)


def rows(page: Page) -> list[str]:
    """The rows of all lists and tables that are on the screen."""
    return [re.sub(r"[\t\n ]+", " ", text).strip(" ") for text in page.evaluate(ROWS)]


def row(found: list[str], begins: str) -> str:
    """What stands in the row that begins with this, behind it."""
    behind = {text.removeprefix(begins) for text in found if text.startswith(begins)}
    assert len(behind) == 1, (begins, behind)
    return behind.pop()


def tables(page: Page) -> dict[str, list[list[str]]]:
    """The rows of each table of a document, by its caption."""
    return {caption: cells for caption, cells in page.evaluate(TABLES) if caption}
