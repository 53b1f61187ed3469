"""Marks as SVG, each with its own looks: the document needs no stylesheet."""

from __future__ import annotations

from collections.abc import Iterable

from desireline.draw.brief.scene import LEADING, Area, Block, Dot, Mark, Rule, Sign, Text
from desireline.draw.html import Markup, Size, el, number
from desireline.draw.icons import SIGNS
from desireline.draw.palette import LIGHT

FONT = "Liberation Sans, Arial, Helvetica, Noto Sans, DejaVu Sans, sans-serif"
BASELINE = 0.98  # from the top of a line to its baseline, over the size of its letters
ANCHORS = {"right": "end", "center": "middle"}


def draw_marks(marks: Iterable[Mark]) -> Markup:
    """The marks in one group, with the pattern that says “not measured”."""
    hatch = el("path", {"d": "M0 0V4", "stroke": LIGHT["hatch"], "stroke-width": 1.6})
    turned: Size = {"patternUnits": "userSpaceOnUse", "patternTransform": "rotate(45)"}
    pattern = el("pattern", {"id": "unmeasured", "width": 4, "height": 4, **turned}, hatch)
    return el("g", {"font-family": FONT}, el("defs", {}, pattern), [_mark(one) for one in marks])


def _mark(one: Mark) -> Markup:
    match one:
        case Text():
            return _text(one)
        case Block():
            return _block(one)
        case Rule():
            ends: Size = {"x1": one.x, "y1": one.y, "x2": one.to_x, "y2": one.to_y}
            dash = f"{number(4 * one.width)} {number(2.5 * one.width)}" if one.dash else None
            drawn: Size = {"stroke": LIGHT[one.colour], "stroke-width": one.width, "stroke-dasharray": dash}
            return el("line", {**ends, **drawn})
        case Area():
            corners = " ".join(f"{number(x)},{number(y)}" for x, y in one.corners)
            return el("polygon", {"points": corners, "fill": LIGHT[one.fill]})
        case Dot():
            return _dot(one)
        case Sign():
            place = f"translate({number(one.x)} {number(one.y)}) scale({number(one.size / 12)})"
            looks: Size = {"fill": "none", "stroke": LIGHT[one.colour], "stroke-width": 1.8, "stroke-linecap": "round"}
            return el("g", {"transform": place}, el("path", {"d": SIGNS.get(one.kind, "M3 6h6"), **looks}))


def _text(one: Text) -> Markup:
    box, y = one.box, one.box.y
    x = box.x + {"right": box.width, "center": box.width / 2}.get(one.align, 0.0)
    drawn: list[Markup] = []
    for (_, role, size, bold), lines in zip(one.said, one.lines(), strict=True):
        for said in lines:
            looks: Size = {"font-size": size, "font-weight": "700" if bold else None, "fill": LIGHT[role]}
            place: Size = {"x": x, "y": y + BASELINE * size, "text-anchor": ANCHORS.get(one.align)}
            drawn.append(el("text", {**place, **looks}, said))
            y += size * LEADING
    return el("g", {}, drawn)


def _block(one: Block) -> Markup:
    box = one.box
    place: Size = {"x": box.x, "y": box.y, "width": max(box.width, 0.0), "height": max(box.height, 0.0)}
    fill = "url(#unmeasured)" if one.hatched else LIGHT[one.fill]
    line: Size = {"stroke": LIGHT[one.line], "stroke-width": 0.75} if one.line else {}
    return el("rect", {**place, "rx": one.round or None, "fill": fill, **line})


def _dot(one: Dot) -> Markup:
    colour, r = LIGHT[one.colour], one.radius
    looks: Size = {"fill": LIGHT["sheet"] if one.hollow else colour, "stroke": colour, "stroke-width": 1.2}
    if one.form == "square":
        return el("rect", {"x": one.x - r, "y": one.y - r, "width": 2 * r, "height": 2 * r, **looks})
    return el("circle", {"cx": one.x, "cy": one.y, "r": r, **looks})
