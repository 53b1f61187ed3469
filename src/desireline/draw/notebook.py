"""Maps, readings and deviations as notebooks show them: fragments of HTML that bring their own style and no
script.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files

import polars as pl

from desireline.draw.deviations import deviations, kept_back
from desireline.draw.html import Child, Markup, el
from desireline.draw.listing import Cell, Head, customers, evidence, listing
from desireline.draw.palette import LIGHT, resolve
from desireline.draw.readings import Readings
from desireline.draw.sections.ledger import ledger_section
from desireline.draw.sections.method import place_title
from desireline.draw.svg import draw_svg
from desireline.maps.outline import Outline

MOST_ROWS = 200


@dataclass(frozen=True)
class Fragment:
    """Something that a notebook shows."""

    html: str

    def _repr_html_(self) -> str:
        return self.html


def map_fragment(
    outline: Outline, readings: pl.DataFrame | None = None, ledger: pl.DataFrame | None = None
) -> Fragment:
    """The map as a picture that scrolls sideways."""
    return _fragment(Markup(draw_svg(outline, readings, ledger)))


def readings_fragment(frame: pl.DataFrame, outline: Outline) -> Fragment:
    """The first 200 readings as a table; how many more there are is said."""
    found = list(Readings(frame))
    rows: list[list[Child | Cell]] = [
        [one.measure, place_title(one.at, outline), one.group, one.period, evidence(one), customers(one)]
        for one in found[:MOST_ROWS]
    ]
    heads = [
        Head("Measure"),
        Head("Place"),
        Head("Group"),
        Head("Period"),
        Head("Value", "num"),
        Head("n", "num"),
    ]
    rest = len(found) - len(rows)
    return _fragment(
        listing("Readings", heads, rows) or el("p", {}, "No readings."),
        el("p", {"class": "aside"}, f"and {rest:,} more") if rest else None,
    )


def ledger_fragment(frame: pl.DataFrame, outline: Outline) -> Fragment:
    """The deviation ledger as a table."""
    section = ledger_section(deviations(frame, outline.titles), outline, kept_back=kept_back(frame))
    return _fragment(el("h2", {}, section.title), el("p", {"class": "aside"}, section.lead), section.content)


def _fragment(*children: Child) -> Fragment:
    return Fragment(el("div", {"class": "desireline"}, el("style", {}, Markup(resolve(_style(), LIGHT))), children))


def _style() -> str:
    return files("desireline.draw").joinpath("notebook.css").read_text(encoding="utf-8")
