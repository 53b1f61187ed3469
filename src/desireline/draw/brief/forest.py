"""Numbers with their intervals, one below the other; those of one unit share a scale, and zero is a line."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from desireline.draw.brief.bar import Bar
from desireline.draw.brief.scene import LEADING, WIDER, Dot, Mark, Rule, Said, Text, height_of, line
from desireline.draw.layout import Box

LABEL, SAID = 0.34, 0.29  # of the width
ROW, HIGHEST = 2.9, 5.2  # height of a row, in sizes of its letters
MOST = 7
AS_DRAWN = "[as drawn]"


def draw_forest(bars: Sequence[Bar], box: Box, size: float) -> list[Mark]:
    """The bars in this box, the first ones first; how many have no room is told below them."""
    room, fits = box.height, int(box.height / (ROW * size))
    if len(bars) > min(MOST, fits):
        room -= size * LEADING
        fits = int(room / (ROW * size))
    shown = sorted(bars[: min(MOST, fits)], key=lambda one: _first(one.unit, bars))
    left = len(bars) - len(shown)
    below = (f"and {left} more", "soft", size, False)
    marks: list[Mark] = [line(box.x, box.y + room, box.width, below, name="Left out")] if left else []
    y, each = box.y, min(HIGHEST * size, room / max(len(shown), 1))
    for _, group in groupby(shown, key=lambda one: one.unit):
        rows = list(group)
        tall = each * len(rows)
        marks += _group(rows, Box(box.x, y, box.width, tall), size)
        y += tall
    return marks


def _first(unit: str, bars: Sequence[Bar]) -> int:
    return [one.unit for one in bars].index(unit)


def _group(rows: Sequence[Bar], box: Box, size: float) -> list[Mark]:
    left = box.x + LABEL * box.width
    room = box.width * (1 - LABEL - SAID) - 2 * size
    low, high = min(one.ends[0] for one in rows), max(one.ends[1] for one in rows)
    scale = room / ((high - low) or 1.0)
    zero = left + size - low * scale
    marks: list[Mark] = [Rule(zero, box.y + 2, zero, box.bottom - 2, "edge", 1.0, name="Zero")]
    for k, one in enumerate(rows):
        y = box.y + box.height / len(rows) * k
        marks += _row(one, Box(box.x, y, box.width, box.height / len(rows)), zero, scale, size)
    return marks


def _row(one: Bar, box: Box, zero: float, scale: float, size: float) -> list[Mark]:
    y, most = box.y + box.height / 2, box.height - 4
    wide = LABEL * box.width - size
    tall = min(height_of([(one.label, "", size, False)], wide / WIDER), most, 3 * size * LEADING)
    label = Box(box.x, y - tall / 2, wide, tall)
    told = _told(one, SAID * box.width, most, size)
    high = height_of(told, SAID * box.width / WIDER)
    said = Box(box.right - SAID * box.width, y - high / 2, SAID * box.width, high)
    marks: list[Mark] = [
        Rule(box.x, box.y, box.right, box.y, "line", 0.6, name="Rule"),
        Text(label, ((one.label, "ink", size, False),), name="What"),
        Rule(zero, y, zero + one.value * scale, y, "accent-mark", 0.22 * size, name="Value"),
    ]
    if one.low is not None and one.high is not None:
        ends = (zero + one.low * scale, y, zero + one.high * scale, y)
        marks.append(Rule(*ends, "ink", 0.12 * size, name="Interval"))
        marks += [Rule(x, y - 0.4 * size, x, y + 0.4 * size, "ink", 0.12 * size, name="End") for x in ends[::2]]
    marks.append(Dot(zero + one.value * scale, y, 0.42 * size, "accent-mark", name=f"Value {told[0][0]}"))
    if one.wanted is not None:
        x = zero + one.wanted * scale
        marks.append(Dot(x, y, 0.42 * size, "edge", hollow=True, form="square", name="Hoped for"))
    return [*marks, Text(said, tuple(told), name=f"Number: {told[0][0]}")]


def _told(one: Bar, wide: float, most: float, size: float) -> list[Said]:
    """The number and its interval, whole; where that has no room, the interval is told by its line alone."""
    value, bracket, rest = one.told.partition(" [")
    said: list[Said] = [(value, "ink", size, True)]
    if not bracket:
        return said
    whole: list[Said] = [*said, (f"[{rest}", "soft", size, False)]
    return whole if height_of(whole, wide / WIDER) <= most else [*said, (AS_DRAWN, "soft", size, False)]
