"""A map at a glance: its stages side by side, with the touchpoints of each below, on one sheet or slide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desireline.draw.board import Board, Column, StageHead
from desireline.draw.curve import Frame
from desireline.draw.feelings import draw_feelings
from desireline.draw.files.exhibit import Exhibit
from desireline.draw.html import Child, Markup, el
from desireline.draw.icons import sign
from desireline.draw.layout import Box
from desireline.draw.svg import lines, text
from desireline.draw.text import wrap

MOST = 8  # stages side by side
BETWEEN = 8.0
HEAD = 44.0
STEP = 15.0
PAD = 10.0


@dataclass(frozen=True)
class Glimpse:
    """One stage: where it stands, and its touchpoints as (column, lines of its title)."""

    stage: StageHead
    box: Box
    title: tuple[str, ...]
    points: tuple[tuple[Column, tuple[str, ...]], ...]


def place_glimpses(board: Board, x: float, y: float, width: float) -> list[Glimpse]:
    """The stages in rows of equal height."""
    rows = -(-len(board.stages) // MOST)
    row = -(-len(board.stages) // max(rows, 1))
    found: list[Glimpse] = []
    for first in range(0, len(board.stages), max(row, 1)):
        stages = board.stages[first : first + row]
        wide = (width - BETWEEN * (row - 1)) / row
        said = [(stage, _title(stage, wide), _points(board, stage, wide)) for stage in stages]
        tall = max(HEAD + _height(points) for _, _, points in said)
        found += [
            Glimpse(stage, Box(x + k * (wide + BETWEEN), y, wide, tall), title, points)
            for k, (stage, title, points) in enumerate(said)
        ]
        y += tall + BETWEEN + 6
    return found


def draw_glimpses(glimpses: Sequence[Glimpse]) -> list[Markup]:
    """The stages as SVG."""
    return [_glimpse(one) for one in glimpses]


def _title(stage: StageHead, width: float) -> tuple[str, ...]:
    return tuple(wrap(stage.title, width - 2 * PAD, 13, bold=True, most=2))


def _points(board: Board, stage: StageHead, width: float) -> tuple[tuple[Column, tuple[str, ...]], ...]:
    inside = [column for column in board.columns if column.stage == stage.id and column.card]
    return tuple((column, tuple(wrap(column.title, width - 2 * PAD - 12, 11.5, most=3))) for column in inside)


def _height(points: Sequence[tuple[Column, tuple[str, ...]]]) -> float:
    return sum(STEP * len(said) + 4 for _, said in points) + 2 * PAD


def _glimpse(one: Glimpse) -> Markup:
    box = one.box
    parts: list[Child] = [
        el("rect", {"class": "card", "x": box.x, "y": box.y, "width": box.width, "height": box.height, "rx": 6}),
        el("rect", {"class": "stage", "x": box.x, "y": box.y, "width": box.width, "height": HEAD, "rx": 6}),
        lines(box.x + PAD, box.y + 27 - 8 * (len(one.title) - 1), one.title, css="glimpse on-stage", step=16),
    ]
    y = box.y + HEAD + PAD + 10
    for column, said in one.points:
        truth = column.card is not None and "moment of truth" in column.card.marks
        mark = el("g", {"class": "truth"}, sign("moment of truth", x=box.x + PAD - 3, y=y - 10)) if truth else None
        dot = el("circle", {"class": "dot", "cx": box.x + PAD + 3, "cy": y - 4, "r": 2})
        parts += [mark or dot, lines(box.x + PAD + 12, y, said, css="")]
        y += STEP * len(said) + 4
    behind = [column for column, _ in one.points if column.card and not column.card.front]
    told = el("desc", {}, f"{len(behind)} back stage") if behind else None
    return el("g", {"class": "glimpse"}, el("title", {}, one.stage.title), told, parts)


def draw_mood(show: Exhibit, glimpses: Sequence[Glimpse], height: float) -> Markup:
    """The lines of feeling under stages that stand in one row, each stage's touchpoints spread over its width."""
    left, right = glimpses[0].box.x, glimpses[-1].box.right
    centres = [
        one.box.x - left + (k + 0.5) * one.box.width / one.stage.columns
        for one in glimpses
        for k in range(one.stage.columns)
    ]
    frame = Frame([*centres, right - left], 0, height)
    top = glimpses[0].box.bottom + 12
    return el("g", {"transform": f"translate({left:g} {top:g})"}, draw_feelings(show.lines, frame))


def heading(said: str, x: float, y: float) -> Markup:
    """A small heading over a part of a page."""
    return text(x, y, said, "small strong soft")
