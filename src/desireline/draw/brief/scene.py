"""What stands on a page or a slide, as plain marks: texts in boxes, blocks, rules, areas, dots, signs.

A page and a slide draw the same marks, so that they look alike and tell the same. Places are in points.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from desireline.draw.layout import Box
from desireline.draw.text import clip, width_of, words_of, wrap

LEADING = 1.3  # height of a line over the size of its letters
WIDER = 1.15  # of a text, in a font that is wider than Arial

Said: TypeAlias = tuple[str, str, float, bool]
"""A paragraph: its text, the role of its colour, its size, and whether it is bold."""

Align: TypeAlias = Literal["left", "right", "center"]


@dataclass(frozen=True)
class Text:
    """Paragraphs in a box. What does not fit ends in an ellipsis. `name`: what it is called on a slide."""

    box: Box
    said: tuple[Said, ...]
    align: Align = "left"
    name: str = ""

    def lines(self) -> list[list[str]]:
        """The lines of each paragraph, as many as the box has room for."""
        room = self.box.height + 0.5
        found: list[list[str]] = []
        for k, (text, _, size, bold) in enumerate(self.said):
            later = sum(one[2] * LEADING for one in self.said[k + 1 :])
            most = max(int((room - later) / (size * LEADING)), 1 if k == 0 else 0)
            lines = _lines(text, self.box.width, size, bold=bold, most=most)
            room -= len(lines) * size * LEADING
            found.append(lines)
        return found


@dataclass(frozen=True)
class Block:
    """A rectangle; `hatched`: it stands for what was not measured."""

    box: Box
    fill: str = "sheet"
    line: str = ""
    round: float = 0.0
    hatched: bool = False
    name: str = ""


@dataclass(frozen=True)
class Rule:
    """A straight line."""

    x: float
    y: float
    to_x: float
    to_y: float
    colour: str = "line"
    width: float = 0.75
    dash: bool = False
    name: str = ""


@dataclass(frozen=True)
class Area:
    """A filled shape with these corners."""

    corners: tuple[tuple[float, float], ...]
    fill: str
    name: str = ""


@dataclass(frozen=True)
class Dot:
    """A mark of this radius: round or square; without `fill` it is hollow."""

    x: float
    y: float
    radius: float
    colour: str
    hollow: bool = False
    form: Literal["round", "square"] = "round"
    name: str = ""


@dataclass(frozen=True)
class Sign:
    """The sign of a kind of deviation, in a square of this size."""

    kind: str
    x: float
    y: float
    size: float
    colour: str = "warn"


Mark: TypeAlias = Text | Block | Rule | Area | Dot | Sign


def line(x: float, y: float, width: float, said: Said, *, align: Align = "left", name: str = "") -> Text:
    """One line of text whose box begins at `y`."""
    return Text(Box(x, y, width, said[2] * LEADING), (said,), align, name)


def height_of(said: Sequence[Said], width: float) -> float:
    """How high a box of this width has to be for all of it."""
    return sum(len(_lines(text, width, size, bold=bold)) * size * LEADING for text, _, size, bold in said)


def fitting(said: str, width: float, sizes: Sequence[float], *, wider: float = 1.0) -> float:
    """The first of these sizes in which a bold text stands on one line; the last where none is small enough."""
    return next((one for one in sizes if wider * width_of(said, one, bold=True) <= width), sizes[-1])


def _lines(text: str, width: float, size: float, *, bold: bool, most: int | None = None) -> list[str]:
    """The lines of a text; no word is longer than a line."""
    if most is not None and most < 1:
        return []
    if most == 1:
        return [clip(" ".join(words_of(text)), width, size, bold=bold)] if text.strip() else []
    return wrap(text, width, size, bold=bold, most=most)
