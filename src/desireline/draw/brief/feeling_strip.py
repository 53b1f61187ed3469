"""The measured feeling against the intended one, under a small map: dots, lines, a band, and hatches where none is."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from desireline.draw.brief.brief import Stop
from desireline.draw.brief.scene import LEADING, Area, Block, Dot, Mark, Rule, Text, line
from desireline.draw.curve import FEW
from desireline.draw.figures import NARROW, NOT_MEASURED, signed
from desireline.draw.layout import Box
from desireline.draw.text import width_of

WIDEST_GAPS = 3  # that have their numbers beside them
LEGEND = 35.5  # width, in sizes of letters


def draw_strip(stops: Sequence[Stop], centres: Sequence[float], box: Box, size: float, *, mood: str) -> list[Mark]:
    """The feeling of the stops at these centres; its legend and what it says stand above it."""
    top = box.y + 1.6 * size
    frame = Box(box.x, top, box.width, box.bottom - top - size * LEADING)
    marks = _words(box, size, mood, measured=bool(mood))
    wide = min((b - a for a, b in pairwise(centres)), default=frame.width / 2)
    if mood:
        marks += [_gap(stop, x, frame, wide) for stop, x in _at(stops, centres) if stop.point.measured is None]
        marks += _bands(stops, centres, frame)
    marks += _levels(frame, size)
    marks += _intended(stops, centres, frame, size)
    marks += _measured(stops, centres, frame, size)
    return [*marks, *_numbers(stops, centres, frame, size, wide)]


def _at(stops: Sequence[Stop], centres: Sequence[float]) -> list[tuple[Stop, float]]:
    return list(zip(stops, centres, strict=True))


def _y(level: float, frame: Box) -> float:
    return frame.y + 3 + (2 - min(max(level, -2.0), 2.0)) / 4 * (frame.height - 6)


def _words(box: Box, size: float, mood: str, *, measured: bool) -> list[Mark]:
    legend = min(LEGEND * size, box.width / 2)
    said = mood or "What customers are meant to feel; nothing was measured yet."
    told = Box(box.x, box.y, box.width - legend - size, size * LEADING)
    if width_of(said, size) > told.width:  # the widest gap stands beside its dot
        said = said.partition(". ")[0].removesuffix(".") + "."
    x, y = box.right - legend, box.y + 0.65 * size
    marks: list[Mark] = [
        Text(told, ((said, "ink", size, False),), name="Feeling"),
        Rule(x, y, x + 2.4 * size, y, "edge", 0.13 * size, dash=True, name="Intended"),
        Dot(x + 1.2 * size, y, 0.3 * size, "edge", hollow=True, form="square", name="Intended"),
        line(x + 3 * size, box.y, 6 * size, ("intended", "soft", size, False), name="Legend"),
    ]
    if not measured:
        return marks
    x += 7.6 * size
    marks += [
        Block(Box(x, y - 0.4 * size, 2.4 * size, 0.8 * size), "accent-soft", name="Band"),
        Rule(x, y, x + 2.4 * size, y, "accent-mark", 0.2 * size, name="Measured"),
        Dot(x + 1.2 * size, y, 0.35 * size, "accent-mark", name="Measured"),
        line(x + 3 * size, box.y, 11 * size, (f"measured, 95{NARROW}% band", "soft", size, False), name="Legend"),
    ]
    x += 14.4 * size
    marks += [
        Dot(x, y, 0.35 * size, "accent-mark", hollow=True, name="Few"),
        line(x + 0.8 * size, box.y, 8 * size, (f"n < {FEW}", "soft", size, False), name="Legend"),
    ]
    x += 4.9 * size
    marks += [
        Block(Box(x, y - 0.4 * size, 1.6 * size, 0.8 * size), hatched=True, name=NOT_MEASURED),
        line(x + 2.1 * size, box.y, 7 * size, (NOT_MEASURED, "soft", size, False), name="Legend"),
    ]
    return marks


def _levels(frame: Box, size: float) -> list[Mark]:
    marks: list[Mark] = []
    for level in (2, 0, -2):
        y = _y(level, frame)
        colour = "edge" if level == 0 else "line"
        marks.append(Rule(frame.x, y, frame.right, y, colour, 0.07 * size, dash=level != 0, name="Level"))
        at = Box(frame.x - 2.2 * size, y - 0.65 * size, 1.9 * size, size * LEADING)
        marks.append(Text(at, ((signed(level, 0), "soft", size, False),), "right", name="Level"))
    return marks


def _gap(stop: Stop, x: float, frame: Box, wide: float) -> Mark:
    half = min(0.38 * wide, 14.0)
    return Block(Box(x - half, frame.y, 2 * half, frame.height), hatched=True, name=f"{NOT_MEASURED}: {stop.title}")


def _bands(stops: Sequence[Stop], centres: Sequence[float], frame: Box) -> list[Mark]:
    """The intervals of neighbours as one band, and that of each as a line."""
    marks: list[Mark] = []
    run: list[tuple[float, float, float]] = []
    for stop, x in [*_at(stops, centres), (None, 0.0)]:
        ends = stop.point.reading.interval if stop and stop.point.reading else None
        if ends:
            run.append((x, _y(ends[0], frame), _y(ends[1], frame)))
            continue
        if len(run) > 1:
            corners = [(x_, high) for x_, _, high in run] + [(x_, low) for x_, low, _ in reversed(run)]
            marks.append(Area(tuple(corners), "accent-soft", name="Band"))
        marks += [Rule(x_, low, x_, high, "accent-mark", 0.8, name="Interval") for x_, low, high in run]
        run = []
    return marks


def _intended(stops: Sequence[Stop], centres: Sequence[float], frame: Box, size: float) -> list[Mark]:
    drawn = [
        (stop, x, _y(stop.point.intended, frame)) for stop, x in _at(stops, centres) if stop.point.intended is not None
    ]
    marks: list[Mark] = [
        Rule(x, y, to_x, to_y, "edge", 0.13 * size, dash=True, name="Intended")
        for (_, x, y), (_, to_x, to_y) in pairwise(drawn)
    ]
    return marks + [
        Dot(x, y, 0.3 * size, "edge", hollow=True, form="square", name=f"Intended: {stop.title}")
        for stop, x, y in drawn
    ]


def _measured(stops: Sequence[Stop], centres: Sequence[float], frame: Box, size: float) -> list[Mark]:
    marks: list[Mark] = []
    before: tuple[float, float] | None = None
    for stop, x in _at(stops, centres):
        here = None if stop.point.measured is None else (x, _y(stop.point.measured, frame))
        if here and before:
            marks.append(Rule(*before, *here, "accent-mark", 0.2 * size, name="Measured"))
        before = here
    for stop, x in _at(stops, centres):
        reading = stop.point.reading
        if reading and reading.value is not None:
            few, y = reading.n < FEW, _y(reading.value, frame)
            told = f"Measured {signed(reading.value, 1)}: {stop.title}"
            marks.append(Dot(x, y, 0.35 * size, "accent-mark", hollow=few, name=told))
    return marks


def _numbers(stops: Sequence[Stop], centres: Sequence[float], frame: Box, size: float, wide: float) -> list[Mark]:
    """The stops' numbers below, and the feeling itself where it stays farthest behind what is intended."""
    each = 1 if wide >= 1.6 * size else 5
    marks: list[Mark] = [
        Text(
            Box(x - 1.5 * size, frame.bottom, 3 * size, size * LEADING),
            ((str(stop.number), "soft", size, False),),
            "center",
            name=f"Number of {stop.title}",
        )
        for stop, x in _at(stops, centres)
        if each == 1 or stop.number % each == 0
    ]
    behind = [(gap, stop, x) for stop, x in _at(stops, centres) if (gap := _behind(stop)) > 0]
    for _, stop, x in sorted(behind, key=lambda one: -one[0])[:WIDEST_GAPS]:
        said = (signed(stop.point.measured or 0.0, 1), "warn", size, True)
        y = _y(stop.point.measured or 0.0, frame)
        below = y + 0.4 * size if y + 1.7 * size < frame.bottom else y - 1.75 * size
        box = Box(x + 0.5 * size, below, 4 * size, size * LEADING)
        plate = Box(box.x, box.y + 0.1 * size, width_of(said[0], size, bold=True) + 0.2 * size, 1.1 * size)
        marks.append(Block(plate, "sheet", name="Plate"))
        marks.append(Text(box, (said,), name=f"Below what is intended: {stop.title}"))
    return marks


def _behind(stop: Stop) -> float:
    """By how much the whole interval stays below what is intended."""
    point = stop.point
    ends = point.reading.interval if point.reading else None
    return point.intended - ends[1] if ends and point.intended is not None else 0.0
