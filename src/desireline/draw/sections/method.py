"""The last sections: all readings in one table, what each measure means, and how to compute it all again."""

from __future__ import annotations

from desireline.draw.figures import explain, measure_title, say, say_interval
from desireline.draw.html import Child, Markup, el
from desireline.draw.listing import Cell, Head, listing
from desireline.draw.meta import Meta
from desireline.draw.readings import Reading, Readings
from desireline.draw.sections.groups import group_title
from desireline.draw.sections.section import Section
from desireline.maps.outline import Outline

MOST_ROWS = 3_000

GROUND_RULES = (
    "A number about fewer than 5 customers is never shown, nor one from which it could be worked out.",
    "Intervals are 95 % intervals: of 100 such intervals, about 95 hold the true value. "
    "Customers, not rows, are what is counted as independent.",
    "“Not measured” is not zero: it is hatched, and left out of every line and mean.",
    "Journeys under way are neither reached nor lost; they are left out of the shares and counted apart.",
    "Differences between journeys with and without a deviation show what comes together, not what causes what.",
)


CUTS = {
    "case": "A journey is what the data calls one case.",
    "rules": "A journey starts where the map's start rule holds and ends where its end rule holds.",
    "silence": "A journey ends when the customer is silent for longer than the map says.",
    "life": "A journey is everything a customer did.",
}
"""How journeys are told apart, in a sentence."""


def all_readings(outline: Outline, readings: Readings) -> Section:
    """Every reading with value, interval and n."""
    kept = list(readings)
    if len(kept) > MOST_ROWS:
        kept = [reading for reading in kept if not reading.group and not reading.period][:MOST_ROWS]
    rest = len(readings) - len(kept)
    more = (
        f" {rest:,} more, by group and period, are left out here; ",
        el("code", {}, "desireline measure --json"),
        " gives them.",
    )
    lead: Child = (f"{len(kept):,} readings.", more if rest else None)
    heads = [
        Head("Measure"),
        Head("Place"),
        Head("Group"),
        Head("Period"),
        Head("Value", "num"),
        Head("95 % interval", "num"),
        Head("n", "num"),
        Head("Note"),
    ]
    table = listing("All readings", heads, [_row(reading, outline) for reading in kept], sortable=True)
    return Section(
        "readings",
        "All readings",
        "All readings",
        lead,
        el("details", {}, el("summary", {}, "Show the table"), table) if kept else None,
    )


def method_section(outline: Outline, readings: Readings, meta: Meta) -> Section:
    """Definitions, ground rules, sources, and the commands that give the same report again."""
    used = list(dict.fromkeys(reading.measure for reading in readings))
    known = [(name, meta.definitions[name]) for name in used if name in meta.definitions]
    definitions = el(
        "dl",
        {"class": "definitions"},
        [
            (el("dt", {}, measure_title(name), " ", el("code", {}, name)), el("dd", {}, _paragraphs(text)))
            for name, text in known
        ],
    )
    rules = el("ul", {}, [el("li", {}, rule) for rule in GROUND_RULES])
    sources = el("p", {}, el("b", {}, "Sources: "), ", ".join(meta.sources)) if meta.sources else None
    content = (
        rules,
        sources,
        el("p", {}, el("b", {}, "How journeys are cut: "), how_cut(outline)),
        _recompute(meta),
        el("details", {}, el("summary", {}, "What each measure means"), definitions) if known else None,
    )
    return Section(
        "method",
        "Method",
        "Method",
        "How the numbers were made, so that somebody else can make them again.",
        content,
    )


def how_cut(outline: Outline) -> str:
    """Where a journey of this map begins and ends, and when it succeeds, in sentences."""
    goals = " or ".join(f"“{outline.titles.get(id_, id_)}”" for id_ in outline.success)
    return CUTS[outline.map.map.journey.by] + (f" It succeeds when it reaches {goals}." if goals else "")


def place_title(at: str, outline: Outline) -> str:
    """The title of a place, or of both ends of a move `a>b`."""
    return " → ".join(outline.titles.get(part, part) for part in at.split(">"))


def _row(reading: Reading, outline: Outline) -> list[Child | Cell]:
    value = say(reading.value, reading.unit) if reading.value is not None else "–"
    interval = say_interval(*reading.interval, reading.unit) if reading.interval else ""
    return [
        measure_title(reading.measure),
        place_title(reading.at, outline),
        group_title(reading.group, outline) if reading.group else "",
        reading.period,
        Cell(
            el("span", {"data-tip": explain(reading)}, value),
            reading.value if reading.value is not None else "",
        ),
        interval,
        Cell(f"{reading.n:,}" if reading.shown else "", reading.n if reading.shown else -1),
        reading.note,
    ]


def _paragraphs(text: str) -> list[Markup]:
    return [el("p", {}, " ".join(part.split())) for part in text.strip().split("\n\n") if part.strip()]


def _recompute(meta: Meta) -> Markup | None:
    if not meta.commands:
        return None
    by = " · ".join(part for part in (f"Desireline {meta.version}" if meta.version else "", meta.snapshot) if part)
    return el(
        "div",
        {"class": "recompute"},
        el("h3", {}, "Compute it again"),
        el("pre", {}, el("code", {}, "\n".join(meta.commands))),
        el("p", {"class": "aside"}, by) if by else None,
    )
