"""The emotion curve once per persona, side by side: the same map is not the same journey for everybody."""

from __future__ import annotations

from desireline.draw.curve import Frame, Point, curve_points, describe, draw_curve
from desireline.draw.html import Markup, el, number
from desireline.draw.readings import Readings
from desireline.maps.outline import Outline
from desireline.maps.records import Persona

WIDTH, HEIGHT = 340.0, 110.0
FEWEST = 2
"""Places at which a persona's feeling must be known to draw its curve."""


def persona_curves(outline: Outline, readings: Readings) -> Markup:
    """Small multiples on one scale; personas of whom too little is known are named below. Nothing without personas."""
    personas = [one for one in outline.map.personas if not one.deleted and one.segment]
    drawn = [(one, curve_points(outline, readings, group=f"persona:{one.id}")) for one in personas]
    known = [(one, points) for one, points in drawn if _measured(points) >= FEWEST]
    if not known:
        return Markup("")
    silent = [one.title or one.id for one, points in drawn if _measured(points) < FEWEST]
    aside = el("p", {"class": "aside"}, f"Too little is known of {' and '.join(silent)}.") if silent else None
    panels = [_panel(one, points) for one, points in known]
    return el(
        "div",
        {"class": "dimension"},
        el("h3", {}, "By persona"),
        el("div", {"class": "panels"}, panels),
        aside,
    )


def _measured(points: list[Point]) -> int:
    return sum(point.measured is not None for point in points)


def _panel(persona: Persona, points: list[Point]) -> Markup:
    column = WIDTH / max(len(points), 1)
    frame = Frame([(k + 0.5) * column for k in range(len(points))], column, HEIGHT, pad=8)
    size = {"viewBox": f"0 0 {number(WIDTH)} {number(HEIGHT)}", "role": "img", "aria-label": describe(points)}
    picture = el("svg", {"class": "pic", **size}, draw_curve(points, frame))
    title = persona.title or persona.id
    low = min((point for point in points if point.measured is not None), key=lambda point: point.measured or 0)
    says = f"Lowest at “{low.title}”."
    return el("figure", {"class": "panel"}, el("figcaption", {}, el("strong", {}, title), " ", says), picture)
