"""The report: one file that needs nothing else, neither a network nor a script, and reads like a page of a
magazine.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256
from importlib.resources import files

import polars as pl

from desireline.draw.board import Board, lay_board
from desireline.draw.deviations import deviations, kept_back
from desireline.draw.grid import map_outline, map_sheets, map_table
from desireline.draw.html import Child, Markup, el
from desireline.draw.meta import Coverage, Meta
from desireline.draw.palette import DARK, LIGHT, variables
from desireline.draw.readings import Readings
from desireline.draw.sections.coverage import coverage_section, refused_section
from desireline.draw.sections.decided import Decided
from desireline.draw.sections.feeling import feeling_section
from desireline.draw.sections.flow import flow_section
from desireline.draw.sections.funnel import funnel_section
from desireline.draw.sections.groups import groups_section, trend_section
from desireline.draw.sections.headline import key_figures, masthead, three_sentences
from desireline.draw.sections.ledger import ledger_section
from desireline.draw.sections.method import all_readings, method_section
from desireline.draw.sections.personas import persona_curves
from desireline.draw.sections.section import Section
from desireline.draw.sections.targets import targets_section
from desireline.draw.sections.times import times_section
from desireline.draw.sections.voice import quotes_section, voice_section
from desireline.draw.sections.voiced import Voiced
from desireline.draw.svg import hatch, picture_css
from desireline.maps.outline import Outline

VIEWS = (
    ("all", "Everything", "0"),
    ("intended", "Intended", "1"),
    ("actual", "Actual", "2"),
    ("difference", "Difference", "3"),
)


def report_html(
    outline: Outline,
    readings: pl.DataFrame | None = None,
    ledger: pl.DataFrame | None = None,
    coverage: Coverage | None = None,
    meta: Meta | None = None,
    voiced: Voiced | None = None,
    decided: Decided | None = None,
) -> str:
    """The whole report as one HTML document. Anything that is None is told as not measured.

    `readings` has the shape of READINGS, `ledger` that of `deviations.py`. Groups of fewer than 5 customers
    are left out even when they are passed in. `decided`: findings and initiatives. The same input gives
    the same bytes.
    """
    meta = meta or Meta()
    sections = report_sections(outline, readings, ledger, coverage, meta, voiced, decided)
    body = [
        el("a", {"class": "skip", "href": "#map"}, "Skip to the map"),
        el(
            "svg",
            {"class": "pic defs", "width": "0", "height": "0", "aria-hidden": "true", "focusable": "false"},
            hatch(),
        ),
        masthead(outline, meta),
        _contents(sections),
        el("main", {}, [section.html() for section in sections]),
        el("footer", {}, _colophon(meta)),
        el("script", {}, Markup(_file("report.js"))),
    ]
    page = el("html", {"lang": "en"}, _head(outline.map.map.title), el("body", {}, body))
    return f"<!doctype html>\n{page}\n"


def report_sections(
    outline: Outline,
    readings: pl.DataFrame | None,
    ledger: pl.DataFrame | None,
    coverage: Coverage | None,
    meta: Meta,
    voiced: Voiced | None = None,
    decided: Decided | None = None,
) -> list[Section]:
    """The sections in reading order; those that have no meaning without data are left out."""
    book, voiced, decided = Readings(readings), voiced or Voiced(), decided or Decided()
    board = lay_board(outline, book, ledger)
    found = deviations(ledger, outline.titles)
    sentences = [
        el("p", {"class": "sentence"}, said)
        for said in three_sentences(outline, book, found, meta, first=decided.first)
    ]
    sections: list[Section | None] = [
        Section("summary", "Summary", "What this shows", "", (sentences, key_figures(outline, book))),
        *decided.sections,
        map_section(board),
        feeling_section(
            board, by_persona=persona_curves(outline, Readings(voiced.by_persona)), remembered=voiced.remembered
        ),
        funnel_section(outline, book),
        flow_section(meta.routes, outline, voiced.effort),
        ledger_section(found, outline, kept_back=kept_back(ledger)),
        targets_section(outline, book),
        *((quotes_section(outline), *voiced.sections) if voiced.sections else (voice_section(outline, book),)),
        times_section(outline, book),
        groups_section(outline, book),
        trend_section(outline, book),
        coverage_section(coverage, outline),
        refused_section(meta),
        all_readings(outline, book),
        method_section(outline, book, meta),
    ]
    return [section for section in sections if section]


def map_section(board: Board) -> Section:
    """The map: on screen one wide table that scrolls, on paper sheets, and always a list to read."""
    scroll = {"class": "scroll map-scroll", "role": "region", "aria-label": "The map", "tabindex": "0"}
    content: list[Child] = [
        _views() if board.measured else None,
        el("div", scroll, map_table(board)),
        map_sheets(board),
        map_outline(board),
    ]
    lead = (
        "Stages and touchpoints from left to right, lanes from top to bottom. "
        "Every number tells its interval and n when pointed at or focused."
    )
    return Section(
        "map",
        "Map",
        "The map",
        lead if board.measured else "As it is intended. It has not been measured yet.",
        content,
        wide=True,
    )


def _views() -> Markup:
    choices = [
        el(
            "label",
            {},
            el(
                "input",
                {
                    "type": "radio",
                    "name": "view",
                    "id": f"view-{name}",
                    "value": name,
                    "checked": name == "all",
                },
            ),
            el("span", {}, title, " ", el("kbd", {"aria-hidden": "true"}, key)),
        )
        for name, title, key in VIEWS
    ]
    return el("fieldset", {"class": "views"}, el("legend", {"class": "hidden"}, "What the map shows"), choices)


def _contents(sections: Sequence[Section]) -> Markup:
    links = [el("li", {}, el("a", {"href": f"#{section.id}"}, section.short)) for section in sections]
    return el("nav", {"class": "contents", "aria-label": "Sections"}, el("ul", {}, links))


def _colophon(meta: Meta) -> Markup:
    by = " ".join(part for part in ("Made with Desireline", meta.version) if part)
    return el("p", {}, f"{by}. This file holds everything it shows; it loads nothing.")


def _head(title: str) -> Markup:
    script = b64encode(sha256(_file("report.js").encode()).digest()).decode()
    allowed = f"style-src 'unsafe-inline'; script-src 'sha256-{script}'"
    policy = f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'"
    return el(
        "head",
        {},
        [
            el("meta", {"charset": "utf-8"}),
            el("meta", {"http-equiv": "Content-Security-Policy", "content": policy}),
            el("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}),
            el("meta", {"name": "color-scheme", "content": "light dark"}),
            el("title", {}, f"{title}: customer journey report"),
            el("style", {}, Markup(report_css())),
        ],
    )


def report_css() -> str:
    """The whole stylesheet: colours for light, dark and paper, then the report, then its pictures."""
    light, dark = variables(LIGHT), variables(DARK)
    colours = f":root{{{light}}}@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}"
    return f"{colours}\n{_file('report.css')}\n{picture_css()}"


def _file(name: str) -> str:
    return files("desireline.draw").joinpath(name).read_text(encoding="utf-8")
