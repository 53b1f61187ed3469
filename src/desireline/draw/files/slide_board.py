"""A board on a slide: stages, cards, chips, rules and the lines of feeling as native shapes."""

from __future__ import annotations

from collections.abc import Sequence

from desireline.draw.board import Card, Lane, Note, StageHead
from desireline.draw.curve import LEVELS, Frame
from desireline.draw.feelings import Line, short_name
from desireline.draw.figures import signed
from desireline.draw.files.shapes import Said, Slide
from desireline.draw.files.sheets import Sheet
from desireline.draw.files.storyboard import bytes_of
from desireline.draw.layout import (
    COLUMN,
    GAP,
    HEAD,
    MARGIN,
    Box,
    Layout,
    card_height,
    chip_rows,
    note_height,
)
from desireline.draw.svg import CHIPS, WIDEST_PICTURE

TONES = {"pain": "warn-soft", "opportunity": "accent-soft"}


def put_board(slide: Slide, sheet: Sheet) -> None:
    """The sheet stands on the slide, where its layout has it."""
    board, layout = sheet.board, sheet.layout
    for stage in board.stages:
        _stage(slide, stage, layout.stages[stage.id])
    _rules(slide, layout)
    for lane in board.lanes:
        box = layout.lanes[lane.key]
        head = Box(box.x, box.y + 12, HEAD - 8, 20)
        slide.text(head, [(lane.title, "soft", 12, True)], name=f"Lane: {lane.title}")
        if lane.key == "feeling":
            _feeling(slide, sheet, layout, box)
        _lane(slide, lane, sheet, layout)


def put_lines(slide: Slide, lines: Sequence[Line], centres: Sequence[float], box: Box, *, named: bool = False) -> None:
    """The lines of feeling in a box; `named`: its levels are named at the left."""
    frame = Frame(centres, COLUMN, box.height)
    for level, name in LEVELS.items():
        y = box.y + frame.y(level)
        slide.line(box.x, y, box.right, y, colour="edge" if level == 0 else "line", dash=level != 0, name="Level")
        if named and level % 2 == 0:
            slide.text(Box(box.x, y - 15, 90, 14), [(name, "soft", 10, False)], name="Level")
    base = lines[0] if lines else None
    for line in lines:
        for a, b in line.moves:
            start, end = ((centres[k], box.y + frame.y(value)) for k, value in (a, b))
            name = f"Feeling: {line.name}"
            slide.line(*start, *end, colour=line.colour, width=2.4, dash=bool(line.dash), name=name)
    for line in lines:
        for k, value in line.points:
            if line.own[k]:
                _point(slide, line, Box(centres[k], box.y + frame.y(value), 0, 0), value, line is not base)


def _point(slide: Slide, line: Line, at: Box, level: float, named: bool) -> None:
    said = signed(level, 1).removesuffix(".0")
    told = f"{short_name(line.name)} {said}" if named else said
    dot = Box(at.x - 6, at.y - 6, 12, 12)
    slide.dot(dot, fill=line.colour, name=f"Feeling {said}: {line.name}", form=line.mark)
    y = at.y + 7 if named and level <= 1.2 else at.y - 23
    wide = min(120 if named else 60, 2 * at.x)
    slide.text(Box(at.x - wide / 2, y, wide, 16), [(told, line.colour, 11, True)], name="Level", align="center")


def _stage(slide: Slide, stage: StageHead, box: Box) -> None:
    said: list[Said] = [(stage.title, "on-stage", 15, True)]
    said += [(stage.goal, "on-stage", 11.5, False)] if stage.goal else []
    inner = Box(box.x + 4, box.y, box.width - 8, box.height)
    slide.card(inner, said, fill="stage", name=f"Stage: {stage.title}")


def _rules(slide: Slide, layout: Layout) -> None:
    for box in layout.lanes.values():
        slide.line(box.x, box.y, box.right, box.y, name="Rule")
    if layout.visibility:
        y, right = layout.visibility, max(box.right for box in layout.lanes.values())
        slide.line(MARGIN, y, right, y, colour="edge", width=1.6, dash=True, name="Line of visibility")
        slide.text(
            Box(MARGIN, y - 16, 140, 14), [("line of visibility", "soft", 10.5, False)], name="Line of visibility"
        )


def _lane(slide: Slide, lane: Lane, sheet: Sheet, layout: Layout) -> None:
    for stage, notes in lane.strips.items():
        _notes(slide, notes, layout.strips[lane.key, stage], lane)
    for column in sheet.board.columns:
        cell = layout.cells[lane.key, column.place]
        notes = lane.notes.get(column.place, ())
        if lane.key in ("touchpoint", "backstage") and column.card and column.card.front == (lane.key == "touchpoint"):
            height = card_height(column.card, measured=False, column=layout.column)
            _card(slide, column.card, Box(cell.x, cell.y, cell.width, height))
            cell = Box(cell.x, cell.y + height + 6, cell.width, 0)
        elif lane.key == "touchpoint" and column.card:
            slide.text(
                Box(cell.x, cell.y + 12, cell.width, 16), [("back stage ↓", "soft", 10.5, False)], align="center"
            )
        if lane.key in CHIPS:
            _chips(slide, notes, cell, lane)
        else:
            _notes(slide, notes, cell, lane)


def _card(slide: Slide, card: Card, box: Box) -> None:
    said: list[Said] = [(card.title, "ink", 13, True)]
    if card.marks:
        truth = "moment of truth" in card.marks
        marks = " · ".join(card.marks)
        said.append((f"◆ {marks}" if truth else marks, "accent" if truth else "soft", 10.5, False))
    slide.card(box, said, line="line", name=f"Touchpoint: {card.title}")


def _notes(slide: Slide, notes: Sequence[Note], cell: Box, lane: Lane) -> None:
    y = cell.y
    for note in notes:
        height = note_height(note, cell.width - 20)
        if note.image:
            slide.picture(Box(cell.x, y, min(cell.width, WIDEST_PICTURE), height), bytes_of(note.image), note.says)
            y += height + 6
            continue
        said: list[Said] = [(f"{note.persona}: {note.says}" if note.persona else note.says, "ink", 11.5, False)]
        said += [(f"{note.severity} severity", "soft", 10.5, False)] if note.severity else []
        tone = TONES.get(lane.key, "sheet")
        line = "" if lane.key in TONES else "line"
        slide.card(Box(cell.x, y, cell.width, height), said, fill=tone, line=line, name=lane.title, round_=4)
        y += height + 6


def _chips(slide: Slide, notes: Sequence[Note], cell: Box, lane: Lane) -> None:
    for k, row in enumerate(chip_rows(notes, cell.width) if notes else []):
        x = cell.x
        for said, width in row:
            box = Box(x, cell.y + 24 * k, width, 20)
            slide.card(box, [(said, "ink", 10.5, False)], fill="rest-soft", name=lane.title, middle=True, round_=10)
            x += width + 4


def _feeling(slide: Slide, sheet: Sheet, layout: Layout, box: Box) -> None:
    frame = Frame(layout.centres, layout.column, layout.curve)
    for level, name in LEVELS.items():
        if level % 2 == 0:
            at = Box(box.x + 40, box.y + GAP + frame.y(level) - 8, HEAD - 48, 16)
            slide.text(at, [(name, "soft", 10.5, False)], name="Level", align="right")
    centres = [box.x + HEAD + centre for centre in layout.centres]
    put_lines(slide, sheet.lines, centres, Box(box.x + HEAD, box.y + GAP, frame.width, layout.curve))
