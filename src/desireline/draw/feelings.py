"""How each column is meant to feel, from −2 to +2: a line for everybody, and one for each persona who feels otherwise.

Everybody's line is what cards say about nobody in particular, and where they say nothing, what is promised. A
persona's line is their own cards, and everybody's elsewhere. Nobody's line has a point where nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeAlias

from desireline.draw.curve import LEVELS, Frame
from desireline.draw.figures import signed
from desireline.draw.html import Markup, el, number
from desireline.draw.palette import LINES
from desireline.draw.text import clip
from desireline.maps.outline import Outline, in_order

EVERYBODY = "Everybody"
MARKS = ("circle", "square", "diamond", "triangle")
DASHES = ("", "8 4", "2 4", "10 4 2 4", "14 4", "6 2")

Place: TypeAlias = tuple[str, str]
Said: TypeAlias = dict[tuple[str | None, str], float]


@dataclass(frozen=True)
class Line:
    """One line of feeling. `levels` has an entry per column of the board, None where nothing is said; `own` is True
    where this line itself is spoken of, not only everybody.
    """

    name: str
    levels: tuple[float | None, ...]
    own: tuple[bool, ...]
    style: int

    @property
    def colour(self) -> str:
        """Its colour; lines of one colour differ in their dashes and marks as well."""
        return LINES[self.style % len(LINES)]

    @property
    def css(self) -> str:
        """The class by which a stylesheet gives it another colour."""
        return f"line-{self.style % len(LINES)}"

    @property
    def mark(self) -> str:
        """The shape of its points."""
        return MARKS[self.style % len(MARKS)]

    @property
    def dash(self) -> str:
        """Its dashes, as SVG writes them; nothing: drawn through."""
        return DASHES[self.style % len(DASHES)]

    def part(self, first: int, count: int) -> Line:
        """The line over some columns only."""
        cut = slice(first, first + count)
        return Line(self.name, self.levels[cut], self.own[cut], self.style)

    @property
    def points(self) -> list[tuple[int, float]]:
        """The points as (column, level)."""
        return [(k, level) for k, level in enumerate(self.levels) if level is not None]

    @property
    def moves(self) -> list[tuple[tuple[int, float], tuple[int, float]]]:
        """The neighbouring points between which the line is drawn: those where it is not everybody's line."""
        return [(a, b) for a, b in pairwise(self.points) if self.own[a[0]] or self.own[b[0]]]


def feeling_lines(outline: Outline) -> tuple[Line, ...]:
    """Everybody's line, where it has a point, and that of each persona who has a card of their own."""
    places = [places for stage in outline.stages for places in _columns(outline, stage.id)]
    said = _said(outline)
    personas = [one for one in in_order(outline.map.personas) if any(whose == one.id for whose, _ in said)]
    drawn = [_line_of(outline, said, places, None, EVERYBODY)]
    drawn += [_line_of(outline, said, places, one.id, one.title or one.id) for one in personas]
    known = [line for line in drawn if line.points]
    return tuple(replace(line, style=style) for style, line in enumerate(known))


def _line_of(outline: Outline, said: Said, places: Sequence[Place], persona: str | None, name: str) -> Line:
    levels = tuple(_level(outline, said, place, persona) for place in places)
    own = tuple(persona is None or any((persona, at) in said for at in place) for place in places)
    return Line(name, levels, own, 0)


def _columns(outline: Outline, stage: str) -> list[Place]:
    """The places of a stage's columns, each with the stage that speaks where they are silent."""
    inside = [point.id for point in outline.touchpoints if point.stage == stage]
    return [(id_, stage) for id_ in inside] or [(stage, stage)]


def _said(outline: Outline) -> Said:
    """The mean level by persona and place."""
    found: dict[tuple[str | None, str], list[float]] = {}
    for card in in_order(outline.map.cards):
        if card.level is not None:
            found.setdefault((card.persona, card.at), []).append(card.level)
    return {key: sum(levels) / len(levels) for key, levels in found.items()}


def _level(outline: Outline, said: Said, place: Place, persona: str | None) -> float | None:
    for at in dict.fromkeys(place):
        for whose in dict.fromkeys((persona, None)):
            if (whose, at) in said:
                return said[whose, at]
        promise = outline.touchpoint[at].promise if at in outline.touchpoint else None
        if promise and promise.feeling is not None:
            return promise.feeling
    return None


def draw_feelings(lines: Sequence[Line], frame: Frame) -> Markup:
    """The lines as the inside of an SVG. A persona's line is drawn where it leaves everybody's, and says its level."""
    base = lines[0] if lines else None
    return Markup(
        "".join(
            [
                el("g", {"class": "levels"}, _levels(frame)),
                *(_line(line, frame, base, lines) for line in lines),
            ]
        )
    )


def short_name(name: str) -> str:
    """The word by which a persona is known: “Wanda, a weekend for two” is Wanda, “The Fischers” are Fischers."""
    words = [word for word in re.split(r"[\s,;:–]+", name) if word]
    known = [word for word in words if word.lower() not in ("the", "a", "an")]
    return (known or words or [""])[0][:16]


def draw_key(lines: Sequence[Line], x: float, y: float, *, width: float = 190) -> Markup | None:
    """What each line stands for, side by side from `x` on; nothing for a single line."""
    if len(lines) < 2:
        return None
    parts: list[Markup] = []
    for k, line in enumerate(lines):
        left = x + k * width
        sample = (_stroke(line, [(left, y), (left + 34, y)]), _point(line, left + 17, y))
        parts.append(el("g", {"class": line.css}, sample))
        parts.append(el("text", {"class": "small", "x": left + 42, "y": y + 4}, clip(line.name, width - 52, 10.5)))
    return el("g", {"class": "key"}, parts)


def _levels(frame: Frame) -> list[Markup]:
    return [
        el(
            "line",
            {"class": "zero" if level == 0 else "level", "x1": 0, "x2": frame.width, "y1": y, "y2": y},
        )
        for level in LEVELS
        for y in [frame.y(level)]
    ]


def _line(line: Line, frame: Frame, base: Line | None, lines: Sequence[Line]) -> Markup:
    parts = [_area(line, frame)] if line is base else []
    parts += [_stroke(line, [_at(a, frame), _at(b, frame)]) for a, b in line.moves]
    for k, level in line.points:
        if line.own[k]:
            x, y = _at((k, level), frame)
            below = _below(line, k, level, base, lines)
            parts += [_point(line, x, y), _said_level(line, x, _beside(y, frame, below=below), level, line is not base)]
    return el(
        "g", {"class": f"feeling {line.css}", "fill": line.colour}, el("title", {}, f"Feeling: {line.name}"), parts
    )


def _below(line: Line, k: int, level: float, base: Line | None, lines: Sequence[Line]) -> bool:
    """A level is written on the side of its point where no other line is near."""
    if line is not base:
        usual = base.levels[k] if base else None
        return usual is None or level <= usual
    return any(0 <= (other.levels[k] or -9) - level < 1 for other in lines if other is not base and other.own[k])


def _at(point: tuple[int, float], frame: Frame) -> tuple[float, float]:
    return frame.centres[point[0]], frame.y(point[1])


def _area(line: Line, frame: Frame) -> Markup:
    corners = [_at(point, frame) for point in line.points]
    if len(corners) < 2:
        return Markup("")
    zero = frame.y(0)
    around = [(corners[0][0], zero), *corners, (corners[-1][0], zero)]
    return el("polygon", {"points": _path(around), "fill": line.colour, "fill-opacity": "0.09"})


def _beside(y: float, frame: Frame, *, below: bool) -> float:
    """The baseline of what is said beside a point, inside the frame."""
    if below:
        return y + 19 if y + 19 < frame.height else y - 10
    return y - 10 if y > 20 else y + 19


def _said_level(line: Line, x: float, y: float, level: float, named: bool) -> Markup:
    said = signed(level, 1).removesuffix(".0")
    if named:
        said = f"{short_name(line.name)} {said}".strip()
    return el("text", {"class": "level-said", "x": x, "y": y, "text-anchor": "middle"}, said)


def _stroke(line: Line, corners: Sequence[tuple[float, float]]) -> Markup:
    drawn = {"points": _path(corners), "fill": "none", "stroke": line.colour, "stroke-width": "2.4"}
    return el("polyline", {**drawn, "stroke-linejoin": "round", "stroke-dasharray": line.dash or None})


def _point(line: Line, x: float, y: float) -> Markup:
    paint = {"fill": line.colour, "stroke": "#ffffff", "stroke-width": "1.5"}
    if line.mark == "circle":
        return el("circle", {"cx": x, "cy": y, "r": 5.5, **paint})
    if line.mark == "square":
        return el("rect", {"x": x - 5, "y": y - 5, "width": 10, "height": 10, **paint})
    turned = [(x, y - 7), (x + 7, y), (x, y + 7), (x - 7, y)]
    upright = [(x, y - 7), (x + 6.5, y + 5), (x - 6.5, y + 5)]
    return el("polygon", {"points": _path(turned if line.mark == "diamond" else upright), **paint})


def _path(corners: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{number(x)},{number(y)}" for x, y in corners)
