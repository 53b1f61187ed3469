"""Every kind of file that a map can be exported as, and what each of them loses."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from desireline.draw.files.exhibit import Exhibit, exhibit
from desireline.draw.files.export import convert
from desireline.draw.files.page import page_of
from desireline.draw.files.paper import PAPERS, paged_pdf
from desireline.draw.files.poster import draw_poster
from desireline.draw.files.slides import deck_of
from desireline.draw.files.workbook import workbook_of
from desireline.errors import UnknownFormat
from desireline.maps.files import map_data, map_text
from desireline.maps.notations.building import slug
from desireline.maps.notations.grid import grid_of
from desireline.maps.notations.mermaid import mermaid_of
from desireline.maps.records import Map

__all__ = ["FORMATS", "LOSES", "PAPERS", "Format", "export_map", "file_name", "format_for", "format_of"]

DRAWN = (
    "Binding rules, segments and how journeys are cut",
    "What statements are based on (evidence)",
    "It cannot be imported again",
)
"""What every picture of a map loses."""


@dataclass(frozen=True)
class Format:
    """A kind of file. `loses`: what of a map is not in it, in the words that people read before they choose."""

    name: str
    title: str
    ending: str
    media: str
    says: str
    loses: tuple[str, ...]
    write: Callable[[Exhibit, str], bytes]


def _text(made: Callable[[Exhibit], str]) -> Callable[[Exhibit, str], bytes]:
    return lambda show, _paper: made(show).encode(errors="backslashreplace")


def _json(show: Exhibit) -> str:
    return json.dumps(map_data(show.map), ensure_ascii=False, indent=2) + "\n"


_WORD = "application/vnd.openxmlformats-officedocument"
_ALL = (
    Format(
        "png",
        "Picture (PNG)",
        "png",
        "image/png",
        "The whole map as one picture, for chats, wikis and documents.",
        (*DRAWN, "Text in it cannot be searched or read aloud"),
        lambda show, _paper: convert(draw_poster(show), "png"),
    ),
    Format(
        "svg",
        "Picture (SVG)",
        "svg",
        "image/svg+xml",
        "The whole map as one picture that stays sharp at any size.",
        DRAWN,
        _text(draw_poster),
    ),
    Format(
        "pdf",
        "Poster (PDF)",
        "pdf",
        "application/pdf",
        "The whole map on one large page, for a plotter or a wall.",
        DRAWN,
        lambda show, _paper: convert(draw_poster(show), "pdf"),
    ),
    Format(
        "pages",
        "Pages (PDF)",
        "pdf",
        "application/pdf",
        "The map on landscape pages of A4, A3 or letter size, to print and hand out.",
        DRAWN,
        lambda show, paper: paged_pdf(show, paper=paper),
    ),
    Format(
        "pptx",
        "Slides (PPTX)",
        "pptx",
        f"{_WORD}.presentationml.presentation",
        "A title, the map at a glance, the personas and each stage, in shapes that can be moved and edited.",
        DRAWN,
        lambda show, _paper: deck_of(show),
    ),
    Format(
        "html",
        "Web page (HTML)",
        "html",
        "text/html",
        "One page that opens in any browser, on phones too. It needs no other file and runs nothing.",
        DRAWN,
        _text(page_of),
    ),
    Format(
        "xlsx",
        "Workbook (XLSX)",
        "xlsx",
        f"{_WORD}.spreadsheetml.sheet",
        "The board as a grid, the curve as a chart, and every record in a list.",
        ("How journeys are cut, and pictures", "It cannot be imported again; the CSV grid can"),
        lambda show, _paper: workbook_of(show),
    ),
    Format(
        "csv",
        "Grid (CSV)",
        "csv",
        "text/csv",
        "Stages, touchpoints and lanes as a table, to edit in a spreadsheet and import again.",
        (
            "Personas, campaigns, links and measures; whose a statement is stays as text before it",
            "Promises of time, score and feeling; their words stay",
            "Severity, evidence, binding rules and pictures",
        ),
        lambda show, _paper: ("\ufeff" + grid_of(show.map)).encode(),
    ),
    Format(
        "mermaid",
        "Mermaid journey",
        "mmd",
        "text/vnd.mermaid",
        "Text that draws itself in Markdown and wikis.",
        (
            "All lanes but the feeling, which is rounded to 1–5; a touchpoint without one gets 3",
            "Personas but their names, and their own feelings; channels, teams, promises, links and rules",
            "The signs : ; # < > ` in titles are written wide",
        ),
        _text(lambda show: mermaid_of(show.map)),
    ),
    Format(
        "json",
        "Data (JSON)",
        "json",
        "application/json",
        "Everything in the map, for programs.",
        (),
        _text(_json),
    ),
    Format(
        "yaml",
        "Map file (YAML)",
        "journey.yaml",
        "application/yaml",
        "Everything in the map, for people who edit text and for version control.",
        (),
        _text(lambda show: map_text(show.map)),
    ),
)
FORMATS: Mapping[str, Format] = {one.name: one for one in _ALL}
LOSES: Mapping[str, tuple[str, ...]] = {one.name: one.loses for one in _ALL}


def export_map(map: Map, format: str, *, paper: str = "a4", pictures: Mapping[str, bytes] | None = None) -> bytes:
    """The map as the bytes of a file. `paper` counts for pages. Raises UnknownFormat."""
    return format_of(format).write(exhibit(map, pictures=pictures), paper if paper in PAPERS else "a4")


def format_of(name: str) -> Format:
    """The format of this name. Raises UnknownFormat."""
    if name not in FORMATS:
        raise UnknownFormat(name, FORMATS)
    return FORMATS[name]


def format_for(file: str) -> Format:
    """The format that the ending of a file's name stands for; a PDF is a poster. Raises UnknownFormat."""
    lower = file.lower()
    found = [one for one in _ALL if lower.endswith(f".{one.ending}")]
    more = {".yml": "yaml", ".yaml": "yaml", ".mermaid": "mermaid", ".htm": "html"}
    found += [FORMATS[name] for ending, name in more.items() if lower.endswith(ending)]
    if not found:
        raise UnknownFormat(file, [f".{one.ending}" for one in _ALL if one.name != "pages"])
    return found[0]


def file_name(map: Map, format: str) -> str:
    """What the file is called: letters that every system takes."""
    return f"{slug(map.map.title) or map.map.id}.{format_of(format).ending}"
