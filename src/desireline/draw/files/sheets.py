"""A board cut into sheets of one size: whole stages side by side where they fit, lanes below each other.

Each sheet is a smaller board with the stages and touchpoints above its lanes, so that it can be read alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from desireline.draw.board import BEHIND, Board, Column, Lane
from desireline.draw.feelings import Line
from desireline.draw.layout import COLUMN, CURVE, HEAD, MARGIN, Layout, lay_out

WIDE = 250.0
HEADING = ("touchpoint",)
"""Lanes that stand on every sheet of their columns."""


@dataclass(frozen=True)
class Sheet:
    """One sheet: the part of the board, the lines of feeling over its columns, and where everything stands."""

    board: Board
    lines: tuple[Line, ...]
    layout: Layout

    @property
    def stages(self) -> str:
        """The titles of its stages."""
        return ", ".join(stage.title for stage in self.board.stages)

    @property
    def spoken(self) -> list[Line]:
        """The lines that have a point of their own here."""
        return [line for line in self.lines if any(line.own[k] for k, _ in line.points)]


def cut(
    board: Board, lines: Sequence[Line], *, width: float, height: float, widest: float = WIDE, curve: float = CURVE
) -> list[Sheet]:
    """The sheets that fit in this room, in pixels of the layout. A single lane that is taller stands on one alone.

    Columns grow up to `widest` where a sheet has room for it.
    """
    most = max(1, int((width - 2 * MARGIN - HEAD) // COLUMN))
    sheets: list[Sheet] = []
    first = 0
    for columns in cut_columns(board, most):
        part = board.part(columns)
        own = tuple(line.part(first, len(columns)) for line in lines)
        column = min(widest, (width - 2 * MARGIN - HEAD) / len(columns))
        layout = lay_out(part, top=0, column=column, curve=curve)
        for lanes in _cut_lanes(part, layout, height):
            board_ = replace(part, lanes=lanes)
            sheets.append(Sheet(board_, own, lay_out(board_, top=0, column=column, curve=curve)))
        first += len(columns)
    return sheets


def cut_columns(board: Board, most: int) -> list[list[Column]]:
    """The columns in groups of at most so many; a stage is parted only where it is wider than a sheet."""
    groups: list[list[Column]] = [[]]
    for stage in board.stages:
        inside = [column for column in board.columns if column.stage == stage.id]
        if groups[-1] and len(groups[-1]) + len(inside) > most:
            groups.append([])
        for column in inside:
            if len(groups[-1]) == most:
                groups.append([])
            groups[-1].append(column)
    return [group for group in groups if group]


def _cut_lanes(board: Board, layout: Layout, height: float) -> list[list[Lane]]:
    """The lanes in groups that fit; where they do not, what customers do not see begins on a sheet of its own."""
    above = max((box.bottom for box in layout.stages.values()), default=0.0) + 40
    heading = [lane for lane in board.lanes if lane.key in HEADING]
    above += sum(layout.lanes[lane.key].height for lane in heading)
    sheets: list[list[Lane]] = [[]]
    used = above
    rest = [lane for lane in board.lanes if lane not in heading]
    for k, lane in enumerate(rest):
        tall = layout.lanes[lane.key].height
        behind = sum(layout.lanes[one.key].height for one in rest[k:])
        parted = lane.key in BEHIND and rest[k - 1].key not in BEHIND and used + behind > height
        if sheets[-1] and (parted or used + tall > height):
            sheets.append([])
            used = above
        sheets[-1].append(lane)
        used += tall
    return [heading + lanes for lanes in sheets]
