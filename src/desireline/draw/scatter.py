"""Points with whiskers in both directions, four corners with a word each, and labels that do not overlap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desireline.draw.html import Child, Markup, el, number
from desireline.draw.text import clip, width_of

WIDTH, HEIGHT = 640.0, 440.0
LEFT, BOTTOM, PAD = 20.0, 28.0, 14.0
RADIUS = 5.0
SIZE = 11.5
_LONGEST = 150.0
_ROOM = 0.08  # of a span, left free at each end

Ends = tuple[float, float, float]  # value, low, high


@dataclass(frozen=True)
class Dot:
    """One point; `says` is the point in words, for people who do not see it."""

    label: str
    x: Ends
    y: Ends
    hollow: bool
    says: str


@dataclass(frozen=True)
class _Frame:
    xs: tuple[float, float]
    ys: tuple[float, float]

    def x(self, value: float) -> float:
        """Where a value stands from the left."""
        return LEFT + PAD + (value - self.xs[0]) / (self.xs[1] - self.xs[0]) * (WIDTH - LEFT - 2 * PAD)

    def y(self, value: float) -> float:
        """Where a value stands from the top."""
        return PAD + (self.ys[1] - value) / (self.ys[1] - self.ys[0]) * (HEIGHT - BOTTOM - 2 * PAD)


def draw_scatter(
    marks: Sequence[Dot],
    *,
    lines: tuple[float, float],
    middles: tuple[str, str],
    axes: tuple[str, str],
    corners: tuple[str, str, str, str],
    says: str,
) -> Markup:
    """The picture. `lines` part the corners (top left, top right, bottom left, bottom right); `middles` name them."""
    frame = _Frame(_span([dot.x for dot in marks], lines[0]), _span([dot.y for dot in marks], lines[1]))
    middle = frame.x(lines[0]), frame.y(lines[1])
    places = _places([(frame.x(dot.x[0]), frame.y(dot.y[0]), dot.label) for dot in marks])
    parts: list[Child] = [
        el("title", {}, says),
        _line(middle[0], PAD, middle[0], HEIGHT - BOTTOM, "zero"),
        _line(LEFT, middle[1], WIDTH, middle[1], "zero"),
        _corners(corners),
        el("text", {"class": "small soft", "x": middle[0] + 4, "y": HEIGHT - BOTTOM - 6}, middles[0]),
        el("text", {"class": "small soft", "x": WIDTH - 6, "y": middle[1] - 4, "text-anchor": "end"}, middles[1]),
        [_whiskers(dot, frame) for dot in marks],
        [_point(dot, frame) for dot in marks],
        [_label(*place) for place in places],
        el("text", {"class": "small soft", "x": WIDTH - PAD, "y": HEIGHT - 8, "text-anchor": "end"}, f"{axes[0]} →"),
        el(
            "text",
            {
                "class": "small soft",
                "x": 0,
                "y": 0,
                "text-anchor": "end",
                "transform": f"translate(12 {number(PAD)}) rotate(-90)",
            },
            f"{axes[1]} →",
        ),
    ]
    size = {"viewBox": f"0 0 {number(WIDTH)} {number(HEIGHT)}", "width": "100%", "role": "img", "aria-label": says}
    return el("svg", {"xmlns": "http://www.w3.org/2000/svg", "class": "pic scatter", **size}, parts)


def _span(ends: Sequence[Ends], line: float) -> tuple[float, float]:
    """From the least to the greatest end of an interval, with some room."""
    every = [end for one in ends for end in one if end == end] + [line]
    low, high = min(every), max(every)
    room = (high - low) * _ROOM or 1.0
    return low - room, high + room


def _line(x1: float, y1: float, x2: float, y2: float, css: str) -> Markup:
    return el("line", {"class": css, "x1": x1, "y1": y1, "x2": x2, "y2": y2})


def _corners(words: tuple[str, str, str, str]) -> list[Markup]:
    left, right, top, bottom = LEFT + 6, WIDTH - 6, PAD + 12, HEIGHT - BOTTOM - 6
    places = ((left, top, "start"), (right, top, "end"), (left, bottom, "start"), (right, bottom, "end"))
    return [
        el("text", {"class": "lane", "x": x, "y": y, "text-anchor": anchor}, word)
        for (x, y, anchor), word in zip(places, words, strict=True)
    ]


def _whiskers(dot: Dot, frame: _Frame) -> list[Markup]:
    x, y = frame.x(dot.x[0]), frame.y(dot.y[0])
    found = []
    if dot.x[1] == dot.x[1]:
        found.append(_line(frame.x(dot.x[1]), y, frame.x(dot.x[2]), y, "whisker"))
    if dot.y[1] == dot.y[1]:
        found.append(_line(x, frame.y(dot.y[1]), x, frame.y(dot.y[2]), "whisker"))
    return found


def _point(dot: Dot, frame: _Frame) -> Markup:
    css = "hollow" if dot.hollow else "solid"
    mark = el("circle", {"class": css, "cx": frame.x(dot.x[0]), "cy": frame.y(dot.y[0]), "r": RADIUS})
    return el("g", {}, el("title", {}, dot.says), mark)


def _label(x: float, y: float, anchor: str, text: str) -> Markup:
    return el("text", {"class": "name", "x": x, "y": y, "text-anchor": anchor}, text)


def _places(points: Sequence[tuple[float, float, str]]) -> list[tuple[float, float, str, str]]:
    """Where each label stands: x, y, anchor and the text; only its number where there is no room for more."""
    taken = [(x - RADIUS, y - RADIUS, x + RADIUS, y + RADIUS) for x, y, _ in points]
    found: list[tuple[float, float, str, str]] = []
    for x, y, label in points:
        full, short = clip(label, _LONGEST, SIZE), label.partition(" ")[0]
        tries = [(*at, text) for text in (full, short) for at in _around(x, y)]
        chosen = next((one for one in tries if _free(_box(one), taken)), tries[-1])
        taken.append(_box(chosen))
        found.append(chosen)
    return found


def _around(x: float, y: float) -> list[tuple[float, float, str]]:
    gap = RADIUS + 4
    return [
        (x + gap, y - 5, "start"),
        (x - gap, y - 5, "end"),
        (x + gap, y + 13, "start"),
        (x - gap, y + 13, "end"),
        (x + gap, y + 4, "start"),
        (x - gap, y + 4, "end"),
    ]


def _box(label: tuple[float, float, str, str]) -> tuple[float, float, float, float]:
    x, y, anchor, text = label
    width = width_of(text, SIZE)
    left = x if anchor == "start" else x - width
    return left, y - SIZE + 1, left + width, y + 3


def _free(box: tuple[float, float, float, float], taken: Sequence[tuple[float, float, float, float]]) -> bool:
    if box[0] < LEFT or box[2] > WIDTH or box[1] < 0 or box[3] > HEIGHT - BOTTOM:
        return False
    return all(box[2] <= a or box[0] >= c or box[3] <= b or box[1] >= d for a, b, c, d in taken)
