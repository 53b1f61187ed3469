"""The section on what customers say: each score where it was asked, on its own scale, and quotes from the
map.
"""

from __future__ import annotations

from desireline.draw.figures import NARROW, measure_title
from desireline.draw.html import Child, Markup, el
from desireline.draw.listing import Cell, Head, customers, dots, evidence, listing
from desireline.draw.readings import Reading, Readings
from desireline.draw.sections.section import Section
from desireline.maps.outline import Outline

SCORES = ("nps", "csat", "ces", "score")
SCALES = {"nps": (-100.0, 100.0), "csat": (0.0, 1.0)}
MEANS = {
    "nps": "recommenders minus critics, −100 to +100",
    "csat": "share of satisfied answers",
    "ces": "mean ease on its scale",
    "score": "mean of the given scores",
}


def voice_section(outline: Outline, readings: Readings) -> Section:
    """NPS, CSAT, CES and mean scores with their intervals, then quotes."""
    places = [
        outline.map.map.id,
        *(stage.id for stage in outline.stages),
        *(point.id for point in outline.touchpoints),
    ]
    tables = [
        _scores(measure, places, outline, readings) for measure in (*SCORES, *(f"{name}_weighted" for name in SCORES))
    ]
    lead = (
        f"Every score with its 95{NARROW}% interval; "
        "below the smallest number of answers that says anything, it says so instead."
    )
    found = any(tables)
    return Section(
        "voice",
        "Voice",
        "What customers say",
        lead if found else "No score was measured.",
        (el("div", {"class": "pair"}, tables) if found else None, quotes(outline)),
    )


def quotes_section(outline: Outline) -> Section | None:
    """The quotes that stand on the map; None when there are none."""
    found = quotes(outline)
    lead = "Quotes that the team put on the map."
    return Section("quotes", "Quotes", "In their words", lead, found) if found else None


def _scores(measure: str, places: list[str], outline: Outline, readings: Readings) -> Markup:
    found = [(at, reading) for at in places if (reading := readings.get(measure, at))]
    domain = _domain(measure, [reading for _, reading in found])
    rows: list[list[Child | Cell]] = [
        _row(outline.titles.get(at, at), reading, domain, k) for k, (at, reading) in enumerate(found)
    ]
    title = measure_title(measure)
    meaning = MEANS.get(measure.removesuffix("_weighted"), "")
    caption = f"{title}: {meaning}" if meaning else title
    return listing(
        caption,
        [
            Head("Asked about"),
            Head("On its scale", "wide", hidden=True),
            Head(title, "num"),
            Head("n", "num"),
        ],
        rows,
    )


def _row(title: str, reading: Reading, domain: tuple[float, float], position: int) -> list[Child | Cell]:
    low, high = reading.interval or (None, None)
    zero = 0.0 if domain[0] < 0 else None
    marks = dots((("measured", reading.value),), low=low, high=high, domain=domain, zero=zero)
    return [Cell(title, position), marks, evidence(reading), customers(reading)]


def _domain(measure: str, found: list[Reading]) -> tuple[float, float]:
    known = SCALES.get(measure.removesuffix("_weighted"))
    if known:
        return known
    scales = {reading.unit.partition(":")[2] for reading in found if reading.unit.startswith("score:")}
    if len(scales) == 1:
        worst, _, best = scales.pop().partition("–")
        return (float(worst), float(best))
    top = max((reading.high or reading.value or 0 for reading in found), default=1.0)
    return (0.0, next((float(scale) for scale in (5, 7, 10, 100) if top <= scale), max(top, 1.0)))


def quotes(outline: Outline) -> Markup | None:
    """What customers are quoted with on the map itself."""
    cards = [
        card
        for place in (*outline.stages, *outline.touchpoints)
        for card in outline.map.cards
        if card.at == place.id and card.lane == "quote" and card.says and not card.deleted
    ]
    if not cards:
        return None
    said = [
        el(
            "figure",
            {"class": "quote"},
            el("blockquote", {}, card.says),
            el(
                "figcaption",
                {},
                ", ".join(
                    part
                    for part in (
                        outline.titles.get(card.persona or "", ""),
                        outline.titles.get(card.at, card.at),
                    )
                    if part
                ),
            ),
        )
        for card in cards
    ]
    return el("div", {"class": "quotes"}, said)
