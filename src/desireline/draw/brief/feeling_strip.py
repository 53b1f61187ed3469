"""The measured feeling against the intended one, under a small map: dots, lines, a band, and hatches where none is."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from desireline.draw.brief.brief import Stop
from desireline.draw.brief.scene import LEADING, WIDER, Area, Block, Dot, Mark, Rule, Text, line
from desireline.draw.curve import FEW
from desireline.draw.figures import NARROW, NOT_MEASURED, signed
from desireline.draw.layout import Box
from desireline.draw.text import width_of

WIDEST_GAPS = 3  # that have their numbers beside them
SIGN = 2.9  # room for a sign of the legend, in sizes of letters
INTENDED, FEWER = "intended", f"n < {FEW}"
MEASURED = (INTENDED, f"measured, 95{NARROW}% band", FEWER, NOT_MEASURED)


def draw_strip(stops: Sequence[Stop], centres: Sequence[float], box: Box, size: float, *, mood: str) -> list[Mark]:
    """The feeling of the stops at these centres; its legend and what it says stand above it."""
    top = box.y + head_of(box, size, mood)
    frame = Box(box.x, top, box.width, box.bottom - top - size * LEADING)
    marks = _words(box, size, mood)
    wide = min((b - a for a, b in pairwise(centres)), default=frame.width / 2)
    if mood:
        marks += [_gap(stop, x, frame, wide) for stop, x in _at(stops, centres) if stop.point.measured is None]
        marks += _bands(stops, centres, frame)
    marks += _levels(frame, size)
    curve = [*_intended(stops, centres, frame, size), *_measured(stops, centres, frame, size)]
    around = [one for one in marks if isinstance(one, Rule)]
    return [
        *marks,
        *curve,
        *_gaps(stops, centres, frame, size, [*around, *curve]),
        *_numbers(stops, centres, frame, size, wide),
    ]


def _at(stops: Sequence[Stop], centres: Sequence[float]) -> list[tuple[Stop, float]]:
    return list(zip(stops, centres, strict=True))


def _y(level: float, frame: Box) -> float:
    return frame.y + 3 + (2 - min(max(level, -2.0), 2.0)) / 4 * (frame.height - 6)


def _told(mood: str) -> str:
    return mood or "What customers are meant to feel; nothing was measured yet."


def _legend_width(size: float, *, measured: bool) -> float:
    return sum(SIGN * size + WIDER * width_of(said, size) + size for said in (MEASURED if measured else MEASURED[:1]))


def head_of(box: Box, size: float, mood: str) -> float:
    """How much room what is said above the feeling takes: a line, and another where the legend needs its own."""
    legend = _legend_width(size, measured=bool(mood))
    beside = WIDER * width_of(_short(_told(mood)), size) + legend + size <= box.width
    return (1.6 if beside else 1.6 + LEADING) * size


def _short(said: str) -> str:
    """The first sentence: the widest gap stands beside its dot."""
    return said.partition(". ")[0].removesuffix(".") + "."


def _words(box: Box, size: float, mood: str) -> list[Mark]:
    legend = _legend_width(size, measured=bool(mood))
    own = head_of(box, size, mood) > 1.7 * size
    room = box.width if own else box.width - legend - size
    said = _told(mood)
    if WIDER * width_of(said, size) > room:
        said = _short(said)
    y = box.y + (LEADING * size if own else 0.0)
    marks: list[Mark] = [Text(Box(box.x, box.y, room, size * LEADING), ((said, "ink", size, False),), name="Feeling")]
    x = box.x if own else box.right - legend
    for said in MEASURED if mood else MEASURED[:1]:
        marks += _sign(said, x, y + 0.65 * size, size)
        wide = WIDER * width_of(said, size)
        marks.append(line(x + SIGN * size, y, wide + 0.2 * size, (said, "soft", size, False), name="Legend"))
        x += SIGN * size + wide + size
    return marks


def _sign(said: str, x: float, y: float, size: float) -> list[Mark]:
    """What a word of the legend stands for."""
    middle, end = x + 1.2 * size, x + 2.4 * size
    if said == INTENDED:
        return [
            Rule(x, y, end, y, "edge", 0.13 * size, dash=True, name="Intended"),
            Dot(middle, y, 0.3 * size, "edge", hollow=True, form="square", name="Intended"),
        ]
    if said == FEWER:
        return [Dot(middle, y, 0.35 * size, "accent-mark", hollow=True, name="Few")]
    block = Box(x, y - 0.4 * size, 2.4 * size, 0.8 * size)
    if said == NOT_MEASURED:
        return [Block(block, hatched=True, name=NOT_MEASURED)]
    return [
        Block(block, "accent-soft", name="Band"),
        Rule(x, y, end, y, "accent-mark", 0.2 * size, name="Measured"),
        Dot(middle, y, 0.35 * size, "accent-mark", name="Measured"),
    ]


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
    """The stops' numbers below, every fifth where there is no room for all."""
    each = 1 if wide >= 1.6 * size else 5
    return [
        Text(
            Box(x - 1.5 * size, frame.bottom, 3 * size, size * LEADING),
            ((str(stop.number), "soft", size, False),),
            "center",
            name=f"Number of {stop.title}",
        )
        for stop, x in _at(stops, centres)
        if each == 1 or stop.number % each == 0
    ]


def _gaps(
    stops: Sequence[Stop], centres: Sequence[float], frame: Box, size: float, drawn: Sequence[Mark]
) -> list[Mark]:
    """The feeling itself where it stays farthest behind what is intended, if it can stand clear of what is drawn."""
    marks: list[Mark] = []
    behind = [(gap, stop, x) for stop, x in _at(stops, centres) if (gap := _behind(stop)) > 0]
    for _, stop, x in sorted(behind, key=lambda one: -one[0])[:WIDEST_GAPS]:
        said = (signed(stop.point.measured or 0.0, 1), "warn", size, True)
        tall, width = size * LEADING, WIDER * width_of(said[0], size, bold=True)
        y, off = _y(stop.point.measured or 0.0, frame), 0.6 * size
        places = [
            Box(left, top, width, tall)
            for top in (y + off, y - off - tall, y - tall / 2)
            for left in (x + off, x - width / 2, x - 0.8 * width, x - 0.2 * width, x - off - width)
        ]
        others = [one for one in centres if one != x]
        free = (box for box in places if box.y >= frame.y and box.bottom <= frame.bottom and _near(x, others, box))
        box = next((box for box in free if not any(_crosses(one, box) for one in (*drawn, *marks))), None)
        if box:
            marks.append(Block(box, "sheet", name="Plate"))
            marks.append(Text(box, (said,), name=f"Below what is intended: {stop.title}"))
    return marks


def _near(x: float, others: Sequence[float], box: Box) -> bool:
    """The box stands nearer to this stop than to any other."""
    middle = box.x + box.width / 2
    return all(abs(middle - x) < abs(middle - other) for other in others)


def _crosses(one: Mark, box: Box) -> bool:
    """A line, a dot or a number of the curve runs through the box; levels and hatches may lie under it."""
    match one:
        case Dot():
            return box.x - one.radius < one.x < box.right + one.radius and (
                box.y - one.radius < one.y < box.bottom + one.radius
            )
        case Rule() if one.name in ("Intended", "Measured", "Interval"):
            steps = [k / 24 for k in range(25)]
            corners = [(one.x + (one.to_x - one.x) * k, one.y + (one.to_y - one.y) * k) for k in steps]
            return any(box.x <= x <= box.right and box.y <= y <= box.bottom for x, y in corners)
        case Text():
            other = one.box
            return box.x < other.right and other.x < box.right and box.y < other.bottom and other.y < box.bottom
    return False


def _behind(stop: Stop) -> float:
    """By how much the whole interval stays below what is intended."""
    point = stop.point
    ends = point.reading.interval if point.reading else None
    return point.intended - ends[1] if ends and point.intended is not None else 0.0
