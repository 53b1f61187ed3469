"""Marks as native shapes of a slide: texts stay texts, lines stay lines, everything can be moved and edited."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from desireline.draw.brief.scene import Area, Block, Dot, Mark, Rule, Said, Sign, Text
from desireline.draw.files.shapes import Slide
from desireline.draw.layout import Box

WIDER = 0.87  # of a line, so that it also fits in a font that is wider than Arial
GLYPHS = {
    "missing": "∅",
    "ad hoc": "+",
    "repeated": "↻",
    "irregular order": "⇄",
    "wrong channel": "≠",
    "late": "◷",
    "failed": "×",
    "stuck": "‖",
    "lost": "↘",
}
"""What stands for a sign where there is no room for a drawing: the word stands beside it."""


def put_marks(slide: Slide, marks: Iterable[Mark]) -> None:
    """The marks stand on the slide, the first below the others."""
    for one in marks:
        _put(slide, one)


def _put(slide: Slide, one: Mark) -> None:
    match one:
        case Text():
            slide.text(one.box, _fitted(one), name=one.name, align=one.align, safe=True)
        case Block():
            slide.block(one.box, fill=one.fill, line=one.line, round_=one.round, hatched=one.hatched, name=one.name)
        case Rule():
            ends = (one.x, one.y, one.to_x, one.to_y)
            slide.line(*ends, colour=one.colour, width=one.width, dash=one.dash, name=one.name)
        case Area():
            slide.area(one.corners, fill=one.fill, name=one.name)
        case Dot():
            box = Box(one.x - one.radius, one.y - one.radius, 2 * one.radius, 2 * one.radius)
            form = "square" if one.form == "square" else ""
            slide.dot(box, fill="sheet" if one.hollow else one.colour, line=one.colour, name=one.name, form=form)
        case Sign():
            said = [(GLYPHS.get(one.kind, "–"), one.colour, one.size, True)]
            slide.text(
                Box(one.x, one.y - 0.2 * one.size, 1.4 * one.size, 1.3 * one.size), said, name=one.kind, safe=True
            )


def _fitted(one: Text) -> list[Said]:
    """The paragraphs as they fit: a program that reads slides breaks lines itself. What is cut anyway is cut a little
    shorter, for fonts that are wider than ours.
    """
    if any(lines and lines[-1].endswith("…") for lines in one.lines()):
        one = replace(one, box=replace(one.box, width=WIDER * one.box.width))
    told = [(_shown(said[0], lines), *said[1:]) for said, lines in zip(one.said, one.lines(), strict=True) if lines]
    return told or [("", "ink", 10.0, False)]


def _shown(text: str, lines: list[str]) -> str:
    """The text as it is, unless it is cut."""
    return " ".join(lines) if lines[-1].endswith("…") else text
