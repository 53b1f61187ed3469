"""The section on how far journeys come: stages, touchpoints, and moves from one to the next."""

from __future__ import annotations

from collections.abc import Sequence

from desireline.draw.figures import say
from desireline.draw.grid import place_id
from desireline.draw.html import Child, Markup, el
from desireline.draw.listing import Cell, Head, bar, customers, evidence, listing
from desireline.draw.readings import Reading, Readings
from desireline.draw.section import Section
from desireline.maps.outline import Outline

HEADS = [
    Head("Place"),
    Head("Reach", "wide", hidden=True),
    Head("Come here", "num"),
    Head("Lost here", "num"),
    Head("Still here, under way", "num"),
    Head("Go on to success", "num"),
    Head("n", "num"),
]


def funnel_section(outline: Outline, readings: Readings) -> Section:
    """Reach, losses and journeys under way, by stage, by touchpoint and by move."""
    stages = _funnel("Stages", [(stage.id, stage.title or stage.id) for stage in outline.stages], readings)
    points = _funnel("Touchpoints", [(point.id, _linked(point.id, point.title)) for point in outline.touchpoints], readings)
    lead = (
        "The share of journeys that come to each place, and the share of settled journeys that end there without success. "
        "Journeys under way are counted apart: they are not lost."
    )
    return Section("funnel", "Funnel", "How far they come", lead, (stages, points, _moves(outline, readings)))


def _linked(id_: str, title: str) -> Markup:
    return el("a", {"href": f"#{place_id(id_)}"}, title or id_)


def _funnel(caption: str, places: Sequence[tuple[str, Child]], readings: Readings) -> Markup:
    measures = ("reach", "drop_off", "under_way", "conversion")
    found = [(title, [readings.get(measure, at) for measure in measures], readings.get("customers", at)) for at, title in places]
    if not any(reading for _, row, _ in found for reading in row):
        return Markup("")
    return listing(caption, HEADS, [_row(k, title, row, n) for k, (title, row, n) in enumerate(found)], sortable=True, css="funnel")


def _row(position: int, title: Child, row: Sequence[Reading | None], n: Reading | None) -> list[Child | Cell]:
    reach, lost, open_, onward = row
    interval = (reach.interval if reach else None) or (None, None)
    under_way = say(open_.value, "count") if open_ and open_.value is not None else "–"
    return [
        Cell(title, position),
        bar(reach.value if reach else None, *interval),
        Cell(evidence(reach), _key(reach)),
        Cell(el("span", {"class": "loss"}, evidence(lost)), _key(lost)),
        Cell(under_way, _key(open_)),
        Cell(evidence(onward), _key(onward)),
        customers(n or reach),
    ]


def _key(reading: Reading | None) -> float:
    return reading.value if reading and reading.value is not None else -1


def _moves(outline: Outline, readings: Readings) -> Markup | None:
    rows: list[list[Child | Cell]] = []
    for k, reading in enumerate(readings.edges("conversion")):
        start, _, end = reading.at.partition(">")
        time = readings.get("time_median", reading.at)
        title = f"{outline.titles.get(start, start)} → {outline.titles.get(end, end)}"
        rows.append([Cell(title, k), bar(reading.value, *(reading.interval or (None, None))), Cell(evidence(reading), _key(reading)), Cell(evidence(time), _key(time)), customers(reading)])  # fmt: skip
    heads = [Head("Move"), Head("Share", "wide", hidden=True), Head("Make this move", "num"), Head("Median time", "num"), Head("n", "num")]
    if not rows:
        return None
    return el("details", {}, el("summary", {}, "From one touchpoint to the next"), listing("Moves on the map", heads, rows, sortable=True))
