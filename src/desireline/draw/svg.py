"""A map as one SVG picture: the poster for a wall, a slide or a wiki page. It needs nothing but itself."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files

import polars as pl

from desireline.draw.board import Badge, Board, Card, Lane, Note, StageHead, lay_board
from desireline.draw.curve import LEVELS, Frame, describe, draw_curve
from desireline.draw.figures import signed
from desireline.draw.html import Child, Markup, Size, el, number
from desireline.draw.icons import sign
from desireline.draw.layout import (
    BADGE,
    COLUMN,
    CURVE,
    GAP,
    HEAD,
    INSIDE,
    LINE,
    MARGIN,
    PICTURE,
    Box,
    Layout,
    card_height,
    card_marks,
    card_title,
    chip_rows,
    lay_out,
    note_height,
    note_lines,
    stage_goal,
    stage_title,
)
from desireline.draw.palette import resolve
from desireline.draw.readings import Readings
from desireline.draw.text import clip, width_of, wrap
from desireline.maps.outline import Outline

WIDEST_PICTURE = 1.7 * PICTURE
CHIPS = ("channel", "system", "team")


def draw_svg(outline: Outline, readings: pl.DataFrame | None = None, ledger: pl.DataFrame | None = None) -> str:
    """The map as a standalone SVG document, in light colours. Without readings it shows what is intended,
    without gaps.
    """
    board = lay_board(outline, Readings(readings), ledger)
    layout = lay_out(board)
    parts = [
        el("title", {}, board.title),
        el("desc", {}, board.purpose, " ", describe(board.points)),
        el("style", {}, Markup(resolve(picture_css()))),
        hatch(),
        el("rect", {"class": "ground", "width": layout.width, "height": layout.height}),
        _header(board, layout),
        draw_board(board, layout, _feeling(board, layout)),
    ]
    return standing_alone(parts, layout.width, layout.height)


def standing_alone(parts: Child, width: float, height: float, *, scale: float = 1.0) -> str:
    """The parts as an SVG document of this size; `scale` is how large a pixel of the drawing is shown."""
    size: Size = {
        "width": width * scale,
        "height": height * scale,
        "viewBox": f"0 0 {number(width)} {number(height)}",
    }
    return el("svg", {"xmlns": "http://www.w3.org/2000/svg", "class": "pic", "role": "img", **size}, parts)


def draw_board(board: Board, layout: Layout, feeling: Markup) -> list[Markup]:
    """Stages and lanes at their places; `feeling` is the curve, drawn for the same layout."""
    return [
        *(_stage(stage, layout.stages[stage.id], k) for k, stage in enumerate(board.stages, start=1)),
        _rules(board, layout),
        *(_lane(lane, board, layout, feeling) for lane in board.lanes),
    ]


def picture_css() -> str:
    """The stylesheet of pictures, with variables."""
    return files("desireline.draw").joinpath("picture.css").read_text(encoding="utf-8")


def hatch() -> Markup:
    """The pattern that says “not measured”; once per document."""
    line = el("line", {"class": "hatch-line", "x1": 0, "y1": 0, "x2": 0, "y2": 7})
    pattern: Size = {
        "id": "hatch",
        "width": 7,
        "height": 7,
        "patternUnits": "userSpaceOnUse",
        "patternTransform": "rotate(45)",
    }
    return el("defs", {}, el("pattern", pattern, line))


def text(x: float, y: float, said: Child, css: str = "", **more: str) -> Markup:
    """A line of text at its baseline."""
    return el(
        "text",
        {"x": x, "y": y, "class": css or None, **{k.replace("_", "-"): v for k, v in more.items()}},
        said,
    )


def lines(x: float, y: float, said: Sequence[str], *, css: str = "", step: float = LINE) -> list[Markup]:
    """Lines of text below each other; `y` is the first baseline."""
    return [text(x, y + k * step, line, css) for k, line in enumerate(said)]


def _header(board: Board, layout: Layout) -> Markup:
    purpose = wrap(board.purpose, min(layout.width - 2 * MARGIN, 900), 11.5, most=2)
    title = clip(board.title, layout.width - 2 * MARGIN, 24, bold=True)
    return el(
        "g",
        {},
        text(MARGIN, 48, title, "title"),
        lines(MARGIN, 70, purpose, css="soft"),
        _legend(board, layout),
    )


def _legend(board: Board, layout: Layout) -> Markup | None:
    if layout.width < 1400:
        return None
    x, y = layout.width - MARGIN - 470, 44.0
    items: list[Child] = [
        el("polyline", {"class": "intended-line", "points": f"{x},{y} {x + 30},{y}"}),
        text(x + 38, y + 4, "intended feeling", "small soft"),
    ]
    if board.measured:
        items += [
            el("polyline", {"class": "measured-line", "points": f"{x + 140},{y} {x + 170},{y}"}),
            text(x + 178, y + 4, "measured, 95 % band", "small soft"),
            el("circle", {"class": "hollow", "cx": x + 306, "cy": y, "r": 5}),
            text(x + 316, y + 4, "under 30 customers", "small soft"),
            el("rect", {"x": x + 424, "y": y - 8, "width": 16, "height": 16, "fill": "url(#hatch)"}),
            text(x + 446, y + 4, "none", "small soft"),
        ]
    return el("g", {"class": "legend"}, items)


def _stage(stage: StageHead, box: Box, position: int) -> Markup:
    y = box.y + 24
    title = stage_title(stage, box.width / stage.columns)
    goal = stage_goal(stage, box.width / stage.columns)
    parts: list[Child] = [
        el(
            "rect",
            {
                "class": "stage",
                "x": box.x + 4,
                "y": box.y,
                "width": box.width - 8,
                "height": box.height,
                "rx": 6,
            },
        )
    ]
    parts += lines(box.x + 18, y, title, css="head on-stage", step=20)
    parts += lines(box.x + 18, y + 20 * len(title) - 2, goal, css="on-stage")
    if stage.figures:
        parts.append(text(box.x + 18, box.bottom - 12, _fitting(stage, box.width - 36), "on-stage strong"))
    return el("g", {"class": "stage-head"}, el("title", {}, f"Stage {position}: {stage.title}"), parts)


def _fitting(stage: StageHead, width: float) -> str:
    said = [f"{figure.label} {figure.text}" for figure in stage.figures]
    while len(said) > 1 and width_of(" · ".join(said), 11.5, bold=True) > width:
        said.pop()
    return " · ".join(said)


def _rules(board: Board, layout: Layout) -> Markup:
    bottom = layout.height - MARGIN
    edges = [layout.stages[stage.id] for stage in board.stages[1:]]
    parts: list[Child] = [
        el("line", {"class": "stage-rule", "x1": box.x, "x2": box.x, "y1": box.bottom + 6, "y2": bottom})
        for box in edges
    ]
    parts += [
        el("line", {"class": "rule", "x1": box.x, "x2": box.right, "y1": box.y, "y2": box.y})
        for box in layout.lanes.values()
    ]
    if layout.visibility:
        y = layout.visibility
        parts.append(el("line", {"class": "visibility", "x1": MARGIN, "x2": layout.width - MARGIN, "y1": y, "y2": y}))
        parts.append(text(MARGIN, y - 5, "line of visibility", "small soft"))
    return el("g", {}, parts)


def _lane(lane: Lane, board: Board, layout: Layout, feeling: Markup) -> Markup:
    box = layout.lanes[lane.key]
    parts: list[Child] = [text(box.x, box.y + 26, lane.title, "lane")]
    if lane.key == "feeling":
        parts.append(feeling)
    for stage, notes in lane.strips.items():
        strip = layout.strips[lane.key, stage]
        parts.append(_notes(notes, strip, lane.key))
    for column in board.columns:
        cell = layout.cells[lane.key, column.place]
        notes = lane.notes.get(column.place, ())
        if lane.key in ("touchpoint", "backstage") and column.card and column.card.front == (lane.key == "touchpoint"):
            parts.append(_card(column.card, cell, board))
            height = card_height(column.card, measured=board.measured, column=layout.column)
            cell = Box(cell.x, cell.y + height + 6, cell.width, 0)
        elif lane.key == "touchpoint" and column.card:
            parts.append(text(cell.middle, cell.y + 24, "back stage ↓", "small soft", text_anchor="middle"))
        parts.append(_chips(notes, cell) if lane.key in CHIPS else _notes(notes, cell, lane.key))
    return el("g", {"class": f"lane-{lane.key}"}, parts)


def _feeling(board: Board, layout: Layout) -> Markup:
    box = layout.lanes["feeling"]
    frame = Frame(layout.centres, COLUMN, CURVE)
    marks = [
        text(HEAD - 8, frame.y(level) + 4, signed(level, 0), "small soft", text_anchor="end")
        for level in LEVELS
        if level % 2 == 0
    ]
    curve = el(
        "g",
        {"transform": f"translate({number(HEAD)} 0)"},
        draw_curve(board.points, frame, gaps=board.measured),
    )
    return el("g", {"transform": f"translate({number(box.x)} {number(box.y + GAP)})"}, marks, curve)


def _card(card: Card, cell: Box, board: Board) -> Markup:
    column = cell.width + 2 * GAP
    height = card_height(card, measured=board.measured, column=column)
    x, y = cell.x + 10, cell.y + 20
    parts: list[Child] = [
        el(
            "rect",
            {"class": "card", "x": cell.x, "y": cell.y, "width": cell.width, "height": height, "rx": 6},
        )
    ]
    title, marks = card_title(card, column), card_marks(card, column)
    parts += lines(x, y, title, css="card-title", step=16)
    y += 16 * len(title)
    truth = "moment of truth" in card.marks
    if truth:
        parts.append(el("g", {"class": "truth"}, sign("moment of truth", x=x - 1, y=y - 10)))
    parts += lines(x + (14 if truth else 0), y - 1, marks, css="small soft", step=14)
    y += 14 * len(marks) + 2
    parts += _numbers(card, x, y, cell, board.measured)
    y += 16 * len(card.figures) + 6 if card.figures else 32 if board.measured else 0
    parts += [_badge(badge, x, y - 10 + k * (BADGE + 2)) for k, badge in enumerate(card.badges[:3])]
    if card.reach is not None:
        foot = {"x": cell.x + 10, "y": cell.y + height - 9, "height": 3, "rx": 1.5}
        parts.append(el("rect", {"class": "reach-all", "width": INSIDE, **foot}))
        parts.append(el("rect", {"class": "reach", "width": max(INSIDE * card.reach, 1), **foot}))
    return el("g", {"class": "touchpoint"}, el("title", {}, card.title), parts)


def _numbers(card: Card, x: float, y: float, cell: Box, measured: bool) -> list[Child]:
    if not card.figures and measured:
        return [
            el("rect", {"x": x, "y": y - 6, "width": INSIDE, "height": 24, "fill": "url(#hatch)", "rx": 4}),
            el(
                "rect",
                {"class": "plate", "x": cell.middle - 42, "y": y - 2, "width": 84, "height": 16, "rx": 3},
            ),
            text(cell.middle, y + 10, "not measured", "small soft", text_anchor="middle"),
        ]
    right = cell.right - 10
    return [
        [
            text(x, y + 6 + 16 * k, figure.label, "small soft"),
            text(right, y + 6 + 16 * k, figure.text, "strong", text_anchor="end"),
        ]
        for k, figure in enumerate(card.figures)
    ]


def _badge(badge: Badge, x: float, y: float) -> Markup:
    return el(
        "g",
        {"class": "deviation"},
        [
            el("title", {}, badge.tip),
            el("rect", {"class": "badge", "x": x, "y": y, "width": INSIDE, "height": BADGE, "rx": 4}),
            sign(badge.kind, x=x + 6, y=y + 4),
            text(x + 24, y + 14, clip(badge.text, INSIDE - 30, 11.5), "warn"),
        ],
    )


def _notes(notes: Sequence[Note], cell: Box, lane: str) -> list[Child]:
    parts: list[Child] = []
    y = cell.y
    for note in notes:
        height = note_height(note, cell.width - 20)
        if note.image:
            parts.append(picture(note.image, Box(cell.x, y, min(cell.width, WIDEST_PICTURE), height), note.says))
            y += height + 6
            continue
        tone = {"pain": "pain", "opportunity": "opportunity"}.get(lane, "note")
        parts.append(el("rect", {"class": tone, "x": cell.x, "y": y, "width": cell.width, "height": height, "rx": 4}))
        said = note_lines(note, cell.width - 20)
        parts += lines(cell.x + 10, y + 18, said)
        if note.severity:
            parts.append(text(cell.x + 10, y + 18 + LINE * len(said), f"{note.severity} severity", "small soft"))
        y += height + 6
    return parts


def picture(uri: str, box: Box, says: str) -> Markup:
    """A picture that fills its box, cut where it must be."""
    place: Size = {"x": box.x, "y": box.y, "width": box.width, "height": box.height}
    drawn = el("image", {"href": uri, **place, "preserveAspectRatio": "xMidYMid slice"})
    frame = el("rect", {**place, "class": "frame"})
    return el("g", {"role": "img", "aria-label": says}, el("title", {}, says), drawn, frame)


def _chips(notes: Sequence[Note], cell: Box) -> list[Child]:
    parts: list[Child] = []
    for k, row in enumerate(chip_rows(notes, cell.width)):
        x, y = cell.x, cell.y + 24 * k
        for said, width in row:
            parts.append(el("rect", {"class": "chip", "x": x, "y": y, "width": width, "height": 20, "rx": 10}))
            parts.append(text(x + 7, y + 14, clip(said, width - 10, 10.5), "small"))
            x += width + 4
    return parts
