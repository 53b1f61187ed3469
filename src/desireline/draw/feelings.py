"""How each column is meant to feel, from −2 to +2: a line for everybody, and one for each persona who feels otherwise.

Everybody's line is what cards say about nobody in particular, and where they say nothing, what is promised. A
persona's line is their own cards, and everybody's elsewhere. Nobody's line has a point where nothing is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desireline.draw.curve import LEVELS, Frame
from desireline.draw.figures import signed
from desireline.draw.html import Markup, el, number
from desireline.draw.palette import LINES
from desireline.maps.outline import Outline, in_order

EVERYBODY = "Everybody"
MARKS = ("circle", "square", "diamond", "triangle")
DASHES = ("", "8 4", "2 4", "10 4 2 4", "14 4", "6 2")


@dataclass(frozen=True)
class Line:
    """One line of feeling. `levels` has an entry per column of the board, None where nothing is said."""

    name: str
    levels: tuple[float | None, ...]
    style: int

    @property
    def colour(self) -> str:
        """Its colour; lines of one colour differ in their dashes and marks as well."""
        return LINES[self.style % len(LINES)]

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
        return Line(self.name, self.levels[first : first + count], self.style)

    def runs(self) -> list[list[tuple[int, float]]]:
        """The points as (column, level), parted where a column has none."""
        return [[(k, level) for k, level in enumerate(self.levels) if level is not None]]


def feeling_lines(outline: Outline) -> tuple[Line, ...]:
    """Everybody's line, where it has a point, and that of each persona who has a card of their own."""
    places = [places for stage in outline.stages for places in _columns(outline, stage.id)]
    said = _said(outline)
    own = [one for one in in_order(outline.map.personas) if any(persona == one.id for persona, _ in said)]
    everybody = tuple(_level(outline, said, place, None) for place in places)
    found = [(EVERYBODY, everybody)] if any(level is not None for level in everybody) else []
    found += [(one.title or one.id, tuple(_level(outline, said, p, one.id) for p in places)) for one in own]
    return tuple(Line(name, levels, style) for style, (name, levels) in enumerate(found))


def _columns(outline: Outline, stage: str) -> list[tuple[str, str]]:
    """The places of a stage's columns, each with the stage that speaks where they are silent."""
    inside = [point.id for point in outline.touchpoints if point.stage == stage]
    return [(id_, stage) for id_ in inside] or [(stage, stage)]


def _said(outline: Outline) -> dict[tuple[str | None, str], float]:
    """The mean level by persona and place."""
    found: dict[tuple[str | None, str], list[float]] = {}
    for card in in_order(outline.map.cards):
        if card.level is not None:
            found.setdefault((card.persona, card.at), []).append(card.level)
    return {key: sum(levels) / len(levels) for key, levels in found.items()}


def _level(
    outline: Outline, said: dict[tuple[str | None, str], float], place: tuple[str, str], persona: str | None
) -> float | None:
    for at in dict.fromkeys(place):
        for whose in dict.fromkeys((persona, None)):
            if (whose, at) in said:
                return said[whose, at]
        promise = outline.touchpoint[at].promise if at in outline.touchpoint else None
        if promise and promise.feeling is not None:
            return promise.feeling
    return None


def draw_feelings(lines: Sequence[Line], frame: Frame) -> Markup:
    """The lines as the inside of an SVG, over levels that say their names. Points of up to two lines say their level."""
    return Markup(
        "".join(
            [
                el("g", {"class": "levels"}, _levels(frame)),
                *(_line(line, frame, _side(k, len(lines)), area=len(lines) == 1) for k, line in enumerate(lines)),
            ]
        )
    )


def _side(k: int, many: int) -> int:
    """Where a line's levels are written: above (−1), below (1), or nowhere (0)."""
    return 0 if many > 2 else (-1, 1)[k]


def draw_key(lines: Sequence[Line], x: float, y: float, *, width: float = 190) -> Markup | None:
    """What each line stands for, side by side from `x` on; nothing for a single line."""
    if len(lines) < 2:
        return None
    parts: list[Markup] = []
    for k, line in enumerate(lines):
        left = x + k * width
        parts.append(_stroke(line, [(left, y), (left + 34, y)]))
        parts.append(_point(line, left + 17, y))
        parts.append(el("text", {"class": "small", "x": left + 42, "y": y + 4}, line.name[:24]))
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


def _line(line: Line, frame: Frame, side: int, *, area: bool) -> Markup:
    points = [(frame.centres[k], frame.y(level), level) for run in line.runs() for k, level in run]
    if not points:
        return Markup("")
    corners = [(x, y) for x, y, _ in points]
    parts: list[Markup] = []
    if area and len(points) > 1:
        zero = frame.y(0)
        around = [(corners[0][0], zero), *corners, (corners[-1][0], zero)]
        parts.append(el("polygon", {"points": _path(around), "fill": line.colour, "fill-opacity": "0.1"}))
    parts += [_stroke(line, corners)] if len(points) > 1 else []
    for x, y, level in points:
        parts.append(_point(line, x, y))
        if side:
            at = y + (19 if side > 0 or y < 22 else -10)
            at = y - 10 if at > frame.height - 2 else at
            parts.append(_said_level(line, x, at, level))
    return el("g", {"class": "feeling"}, el("title", {}, f"Feeling: {line.name}"), parts)


def _said_level(line: Line, x: float, y: float, level: float) -> Markup:
    attributes = {"class": "level-said", "x": x, "y": y, "fill": line.colour, "text-anchor": "middle"}
    return el("text", attributes, signed(level, 1).removesuffix(".0"))


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
