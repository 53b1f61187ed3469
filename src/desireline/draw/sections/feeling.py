"""The section on feeling: the whole curve at a glance, then each place with its intended and its measured
feeling.
"""

from __future__ import annotations

from collections.abc import Sequence

from desireline.draw.board import Board
from desireline.draw.curve import FEW, LEVELS, SOURCES, Frame, Point, describe, draw_curve
from desireline.draw.figures import NARROW, NOT_MEASURED, signed
from desireline.draw.html import Child, Markup, el, number
from desireline.draw.listing import Cell, Head, customers, dots, evidence, listing
from desireline.draw.sections.section import Section
from desireline.draw.text import clip

WIDTH = 1136.0
HEIGHT = 200.0
LEFT = 70.0


def feeling_section(board: Board, *, by_persona: Child = None, remembered: str = "") -> Section:
    """The emotion curve, intended against measured; then one per persona, and what is remembered of the journey."""
    drawn = [point for point in board.points if point.intended is not None or point.measured is not None]
    if not drawn:
        says = "No feeling was drawn on the map and none was measured."
        return Section("feeling", "Feeling", "How it feels", says, "")
    memory = el("p", {"class": "aside"}, remembered) if remembered else None
    content = (_legend(board.measured), _picture(board), _table(board.points), by_persona, memory)
    return Section("feeling", "Feeling", "How it feels", describe(board.points), content)


def _legend(measured: bool) -> Markup:
    items = (
        ("key-intended", "intended"),
        ("key-measured", f"measured, with its 95{NARROW}% band"),
        ("key-hollow", f"fewer than {FEW} customers"),
        ("key-hatch", NOT_MEASURED),
    )
    return el(
        "ul",
        {"class": "legend"},
        [
            el("li", {"class": css}, el("i", {"aria-hidden": "true"}), said)
            for css, said in items[: None if measured else 1]
        ],
    )


def _picture(board: Board) -> Markup:
    column = (WIDTH - LEFT) / max(len(board.points), 1)
    frame = Frame([(k + 0.5) * column for k in range(len(board.points))], column, HEIGHT)
    parts: list[Child] = [
        el(
            "text",
            {"class": "small soft", "x": LEFT - 10, "y": frame.y(level) + 4, "text-anchor": "end"},
            said,
        )
        for level, said in LEVELS.items()
    ]
    inside = [draw_curve(board.points, frame, gaps=board.measured), _numbers(frame), _stages(board, frame)]
    parts.append(el("g", {"transform": f"translate({number(LEFT)} 0)"}, inside))
    size = {
        "viewBox": f"0 0 {number(WIDTH)} {number(HEIGHT + 44)}",
        "role": "img",
        "aria-label": describe(board.points),
    }
    return el("div", {"class": "scroll picture"}, el("svg", {"class": "pic", **size}, parts))


def _numbers(frame: Frame) -> list[Markup]:
    return [
        el("text", {"class": "small soft", "x": x, "y": HEIGHT + 14, "text-anchor": "middle"}, str(k))
        for k, x in enumerate(frame.centres, start=1)
    ]


def _stages(board: Board, frame: Frame) -> list[Markup]:
    parts: list[Markup] = []
    x = 0.0
    for stage in board.stages:
        width = stage.columns * frame.column
        title = clip(stage.title, width - 8, 11.5, bold=True)
        parts.append(el("line", {"class": "stage-rule", "x1": x, "x2": x, "y1": 0, "y2": HEIGHT + 40}))
        parts.append(el("text", {"class": "strong", "x": x + 6, "y": HEIGHT + 36}, title))
        x += width
    return parts


def _table(points: Sequence[Point]) -> Markup:
    rows: list[list[Child | Cell]] = []
    apart = [measure for measure in SOURCES if any(one.measure == measure for point in points for one in point.sources)]
    for k, point in enumerate(points, start=1):
        if point.measured is None:
            continue
        intended = "–" if point.intended is None else signed(point.intended, 1)
        gap = None if point.intended is None or point.measured is None else point.measured - point.intended
        low, high = (point.reading.interval or (None, None)) if point.reading else (None, None)
        marks = dots(
            (("intended", point.intended), ("measured", point.measured)),
            low=low,
            high=high,
            domain=(-2.2, 2.2),
            zero=0,
        )
        told = el(
            "span",
            {"class": "below" if gap is not None and gap < 0 else None},
            "–" if gap is None else signed(gap, 1),
        )
        rows.append(
            [
                Cell(f"{k}. {point.title}", k),
                Cell(intended, point.intended),
                marks,
                evidence(point.reading),
                Cell(told, 9 if gap is None else gap),
                *(_source(point, measure) for measure in apart),
                customers(point.reading),
            ]
        )
    heads = [
        Head("Place"),
        Head("Intended", "num"),
        Head("Both on the scale from −2 to +2", "wide", hidden=True),
        Head("Measured", "num"),
        Head("Difference", "num"),
        *(Head(SOURCES[measure].capitalize(), "num") for measure in apart),
        Head("n", "num"),
    ]
    return listing("Feeling, intended and measured, from −2 (awful) to +2 (delighted)", heads, rows, sortable=True)


def _source(point: Point, measure: str) -> Child | Cell:
    """One of the sources of a feeling, apart from the others."""
    found = next((one for one in point.sources if one.measure == measure), None)
    return evidence(found) if found else Cell("–")
