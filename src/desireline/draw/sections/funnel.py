"""The section on how far journeys come: stages, touchpoints, and moves from one to the next."""

from __future__ import annotations

from collections.abc import Sequence

from desireline.draw.figures import say
from desireline.draw.grid import place_id
from desireline.draw.html import Child, Markup, el
from desireline.draw.listing import Cell, Head, bar, customers, evidence, listing
from desireline.draw.readings import Reading, Readings
from desireline.draw.sections.section import Section
from desireline.maps.outline import Outline

MEASURES = {
    "reach": "Come here",
    "drop_off": "Lost here",
    "under_way": "Still here, under way",
    "conversion": "Go on to success",
}


def funnel_section(outline: Outline, readings: Readings) -> Section:
    """Reach, losses and journeys under way, by stage, by touchpoint and by move."""
    stages = _funnel("Stages", [(stage.id, stage.title or stage.id) for stage in outline.stages], readings)
    points = _funnel(
        "Touchpoints", [(point.id, _linked(point.id, point.title)) for point in outline.touchpoints], readings
    )
    lead = (
        "How many of all journeys come to each place; of those that come and are settled, how many end there "
        "without success. Journeys under way are counted apart: they are not lost."
    )
    return Section("funnel", "Funnel", "How far they come", lead, (stages, points, _moves(outline, readings)))


def _linked(id_: str, title: str) -> Markup:
    return el("a", {"href": f"#{place_id(id_)}"}, title or id_)


def _funnel(caption: str, places: Sequence[tuple[str, Child]], readings: Readings) -> Markup:
    known = [measure for measure in MEASURES if any(readings.get(measure, at) for at, _ in places)]
    heads = [
        Head("Place"),
        Head("Reach", "wide", hidden=True),
        *(Head(MEASURES[measure], "num") for measure in known),
        Head("n", "num"),
    ]
    rows = [_row(k, at, title, readings, known) for k, (at, title) in enumerate(places)]
    return listing(caption, heads, rows if known else [], sortable=True, css="funnel")


def _row(position: int, at: str, title: Child, readings: Readings, known: Sequence[str]) -> list[Child | Cell]:
    reach = readings.get("reach", at)
    marks = bar(reach.value if reach else None, *((reach.interval if reach else None) or (None, None)))
    cells = [_figure(measure, readings.get(measure, at)) for measure in known]
    return [Cell(title, position), marks, *cells, customers(readings.get("customers", at) or reach)]


def _figure(measure: str, reading: Reading | None) -> Cell:
    if measure == "under_way":
        said = say(reading.value, "count") if reading and reading.value is not None else "–"
        return Cell(said, _key(reading))
    inside = evidence(reading)
    loss = measure == "drop_off" and _key(reading) > 0
    return Cell(el("span", {"class": "loss"}, inside) if loss else inside, _key(reading))


def _key(reading: Reading | None) -> float:
    return reading.value if reading and reading.value is not None else -1


def _moves(outline: Outline, readings: Readings) -> Markup | None:
    rows: list[list[Child | Cell]] = []
    for k, reading in enumerate(readings.edges("conversion")):
        start, _, end = reading.at.partition(">")
        time = readings.get("time_median", reading.at)
        title = f"{outline.titles.get(start, start)} → {outline.titles.get(end, end)}"
        rows.append(
            [
                Cell(title, k),
                bar(reading.value, *(reading.interval or (None, None))),
                Cell(evidence(reading), _key(reading)),
                Cell(evidence(time), _key(time)),
                customers(reading),
            ]
        )
    heads = [
        Head("Move"),
        Head("Share", "wide", hidden=True),
        Head("Make this move", "num"),
        Head("Median time", "num"),
        Head("n", "num"),
    ]
    if not rows:
        return None
    return el(
        "details",
        {},
        el("summary", {}, "From one touchpoint to the next"),
        listing("Moves on the map", heads, rows, sortable=True),
    )
