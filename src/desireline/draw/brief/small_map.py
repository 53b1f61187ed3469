"""A measured map on one page: stages side by side, their touchpoints as numbered stops, the feeling below them all.

Touchpoints stand in as many columns as their stage needs; what there is no room for gives way in a fixed order, and
what is left out is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from desireline.draw.brief.brief import Brief, Part, Stop
from desireline.draw.brief.feeling_strip import draw_strip
from desireline.draw.brief.scene import LEADING, Block, Mark, Sign, Text, height_of, line
from desireline.draw.deviations import KINDS, Deviation
from desireline.draw.figures import NOT_MEASURED, say
from desireline.draw.layout import Box
from desireline.draw.readings import Reading
from desireline.draw.text import width_of, wrap

NARROWEST = 9.6  # of a column, in sizes of its letters
NUMBER = 1.75  # room for a stop's number
STRIP, LOWER = 7.0, 4.5  # the least height of the feeling; where the map needs the room
HIGHEST = 18.0
HEAD = 1.07  # letters of a stage, over those of its touchpoints
BETWEEN = 0.75  # room between rows


@dataclass(frozen=True)
class Detail:
    """How much of a stop is told: how many lines in all, how many of them its title may take, how many departures.
    `numbers`: how many come and are lost; `instead`: its first departure stands where these would.
    """

    lines: int
    title: int
    numbers: bool = True
    departures: int = 1
    instead: bool = False


DETAILS = (
    Detail(6, 3, departures=2),
    Detail(4, 2),
    Detail(3, 2),
    Detail(3, 2, instead=True),
    Detail(2, 1, instead=True),
    Detail(1, 1, numbers=False, departures=0),
)
INSTEAD = "A departure from the plan stands instead of the shares."
SHORTER = {"repeated": "Again", "irregular order": "Order", "wrong channel": "Channel", "missing": "Skipped"}
"""Words for kinds of departures where the usual ones are too wide."""


@dataclass(frozen=True)
class Plan:
    """Where everything stands; `rows` holds the height of each row, `size` is that of the letters."""

    box: Box
    size: float
    column: float
    gap: float
    columns: tuple[int, ...]
    detail: Detail
    rows: tuple[float, ...]
    head: float

    @property
    def line(self) -> float:
        """The height of a line of text."""
        return self.size * LEADING


def draw_map(shown: Brief, box: Box, size: float, *, strip: float = STRIP) -> list[Mark]:
    """The map in this box; `size` is that of its letters, `strip` the least height of the feeling, in these."""
    plan = lay(shown.parts, box, size, strip)
    marks: list[Mark] = []
    centres: list[float] = []
    x = box.x
    for part, columns in zip(shown.parts, plan.columns, strict=True):
        wide = columns * plan.column
        marks += _stage(part, Box(x, box.y, wide, plan.head), plan)
        marks += _stops(part, x, columns, plan, measured=shown.measured)
        centres += [x + (k + 0.5) * wide / len(part.stops) for k in range(len(part.stops))]
        x += wide + plan.gap
    top = box.y + plan.head + 0.5 * size + sum(plan.rows) + 0.5 * size
    below = Box(box.x, top, box.width, min(box.bottom - top, (HIGHEST + 2 * LEADING) * size))
    stops = [stop for part in shown.parts for stop in part.stops]
    return [*marks, *draw_strip(stops, centres, below, size, mood=shown.mood)]


def left_out(shown: Brief, box: Box, size: float, *, strip: float = STRIP) -> int:
    """How much gives way in letters of this size: 0 nothing, 1 and 2 long titles and second departures,
    then more.
    """
    return DETAILS.index(lay(shown.parts, box, size, strip).detail)


def told_instead(shown: Brief, box: Box, size: float, *, strip: float = STRIP) -> str:
    """What has to be said where departures stand in the place of shares; nothing where they do not."""
    return INSTEAD if shown.measured and lay(shown.parts, box, size, strip).detail.instead else ""


def lay(parts: Sequence[Part], box: Box, size: float, strip: float = STRIP) -> Plan:
    """As much detail as there is room for."""
    gap = 0.8 * size
    columns = _columns(parts, box.width, size, gap)
    column = (box.width - gap * (len(parts) - 1)) / max(sum(columns), 1)
    rooms = [many * column - 1.2 * size for many in columns]
    long = any(width_of(part.title, HEAD * size, bold=True) > room for part, room in zip(parts, rooms, strict=True))
    head = (3 if long else 2) * size * LEADING + 0.9 * size
    for detail, least in ((detail, least) for detail in DETAILS for least in (strip, min(strip, LOWER))):
        room = box.height - head - (least + 2 * LEADING + 1.6) * size
        plan = Plan(box, size, column, gap, tuple(columns), detail, (), head)
        rows = _rows(parts, plan)
        if sum(rows) <= room:
            break
    if sum(rows) > room:  # what is left out is told in a line of its own
        while sum(rows) + size * LEADING > room and len(rows) > 1:
            rows = rows[:-1]
        rows[-1] += size * LEADING
    return Plan(box, size, column, gap, tuple(columns), detail, tuple(rows), head)


def _columns(parts: Sequence[Part], width: float, size: float, gap: float) -> list[int]:
    """How many columns each stage has: as many as fit, so that there are few rows."""
    most = max((len(part.stops) for part in parts), default=1)
    found = [1 for _ in parts]
    for rows in range(1, most + 1):
        found = [ceil(len(part.stops) / rows) for part in parts]
        if sum(found) * NARROWEST * size + gap * (len(parts) - 1) <= width:
            break
    return found


def _rows(parts: Sequence[Part], plan: Plan) -> list[float]:
    """The height of each row: that of its highest stop."""
    heights: dict[int, float] = {}
    for part, columns in zip(parts, plan.columns, strict=True):
        deep = ceil(len(part.stops) / columns)
        for k, stop in enumerate(part.stops):
            row = k % deep
            heights[row] = max(heights.get(row, 0.0), _height(stop, plan))
    return [heights[row] for row in sorted(heights)]


def _title(stop: Stop, plan: Plan) -> list[str]:
    room = plan.column - (NUMBER + 0.4) * plan.size
    return wrap(
        stop.title, room, plan.size, most=max(min(plan.detail.title, plan.detail.lines - _below(stop, plan)), 1)
    )


def _below(stop: Stop, plan: Plan) -> int:
    """How many lines stand below its title."""
    told, departed = plan.detail.numbers, len(stop.departures[: plan.detail.departures])
    return max(told, departed) if plan.detail.instead else told + departed


def _height(stop: Stop, plan: Plan) -> float:
    return (len(_title(stop, plan)) + _below(stop, plan)) * plan.line + BETWEEN * plan.size


def _stage(part: Part, box: Box, plan: Plan) -> list[Mark]:
    size, name = plan.size, f"Stage: {part.title}"
    x, room = box.x + 0.6 * size, box.width - 1.2 * size
    tall = min(height_of([(part.title, "", HEAD * size, True)], room), plan.head - 1.9 * size)
    title = Text(Box(x, box.y + 0.35 * size, room, tall), ((part.title, "on-stage", HEAD * size, True),), name=name)
    shares = Box(x, box.bottom - 1.7 * size, room, plan.line)
    told = _share(part.reach, part.lost, shares, size, ("on-stage",) * 2, name)
    return [Block(box, "stage", round=0.4 * size, name=name), title, *told]


def _share(
    reach: Reading | None, lost: Reading | None, box: Box, size: float, colours: tuple[str, str], name: str
) -> list[Mark]:
    """How many come, and behind a sign how many of them are lost."""
    come = say(reach.value, reach.unit) if reach and reach.value is not None else ""
    gone = say(lost.value, lost.unit) if lost and lost.value else ""
    first = width_of(come, size) + 0.4 * size if come else 0.0
    second = width_of(gone, size) + 1.25 * size if gone else 0.0
    x = box.x - max(first + second - box.width, 0.0)
    marks: list[Mark] = []
    if come:
        marks.append(line(x, box.y, first, (come, colours[0], size, False), name=f"Reach: {name}"))
    if gone:
        marks.append(Sign("lost", x + first, box.y + 0.2 * size, 0.9 * size, colours[1]))
        told = (gone, colours[1], size, False)
        marks.append(line(x + first + 1.15 * size, box.y, second - 1.15 * size, told, name=f"Lost here: {name}"))
    return marks


def _stops(part: Part, x: float, columns: int, plan: Plan, *, measured: bool) -> list[Mark]:
    deep = ceil(len(part.stops) / columns)
    marks: list[Mark] = []
    left = 0
    for k, stop in enumerate(part.stops):
        row = k % deep
        if row >= len(plan.rows):
            left += 1
            continue
        y = plan.box.y + plan.head + 0.5 * plan.size + sum(plan.rows[:row])
        marks += _stop(
            stop, Box(x + (k // deep) * plan.column, y, plan.column, plan.rows[row]), plan, measured=measured
        )
    if left:
        said = (f"and {left} more", "soft", plan.size, False)
        y = plan.box.y + plan.head + 0.5 * plan.size + sum(plan.rows) - plan.line
        marks.append(line(x, y, columns * plan.column, said, name="Left out"))
    return marks


def _stop(stop: Stop, box: Box, plan: Plan, *, measured: bool) -> list[Mark]:
    size, step, indent = plan.size, plan.line, NUMBER * plan.size
    room = box.width - indent - 0.4 * size
    lines = _title(stop, plan)
    number = (str(stop.number), "soft", size, False)
    marks: list[Mark] = [line(box.x, box.y, indent, number, name="Number")]
    title = Box(box.x + indent, box.y, room, len(lines) * step)
    marks.append(Text(title, ((stop.title, "ink", size, False),), name=f"Touchpoint: {stop.title}"))
    y = box.y + len(lines) * step
    departures = stop.departures[: plan.detail.departures]
    if plan.detail.numbers and measured and not (departures and plan.detail.instead):
        marks += _numbers(stop, Box(box.x + indent, y, room + 0.3 * size, step), size)
        y += step
    for one in departures:
        marks.append(Sign(one.kind, box.x + 0.2 * size, y + 0.15 * size, size))
        said = (_departure(one, room + 0.3 * size, size), "warn", size, False)
        marks.append(line(box.x + indent, y, room + 0.3 * size, said, name=f"Departure: {one.kind}"))
        y += step
    return marks + _bar(stop, Box(box.x + indent, y + 0.1 * size, room, 0.28 * size))


def _numbers(stop: Stop, box: Box, size: float) -> list[Mark]:
    if stop.measured:
        return _share(stop.reach, stop.lost, box, size, ("soft", "warn"), stop.title)
    hatched = Block(Box(box.x, box.y + 0.1 * size, box.width, size * 1.05), hatched=True, name=NOT_MEASURED)
    plate = Box(box.x, box.y, min(width_of(NOT_MEASURED, size) + 0.1 * size, box.width), size * LEADING)
    said = Text(plate, ((NOT_MEASURED, "soft", size, False),), name=NOT_MEASURED)
    return [hatched, Block(plate, "sheet", name="Plate"), said]


def _departure(one: Deviation, width: float, size: float) -> str:
    """Its word and its share; a shorter word where there is no room for both, and none beside the sign at last."""
    share = "" if one.share is None else say(one.share, "share")
    words = (KINDS.get(one.kind, one.kind), SHORTER.get(one.kind, ""))
    told = [f"{word} {share}".strip() for word in words if word]
    return next((said for said in told if width_of(said, size) <= width), share or told[-1])


def _bar(stop: Stop, box: Box) -> list[Mark]:
    """Reach as a bar, the part of it that is lost here at its end."""
    if stop.reach is None or stop.reach.value is None:
        return []
    come = box.width * min(max(stop.reach.value, 0.0), 1.0)
    lost = come * min(max(stop.lost.value or 0.0, 0.0), 1.0) if stop.lost else 0.0
    marks: list[Mark] = [
        Block(box, "rest-soft", name="Everybody"),
        Block(Box(box.x, box.y, max(come, 0.4), box.height), "accent-mark", name=f"Reach: {stop.title}"),
    ]
    if lost > 0.2:
        end = Box(box.x + come - lost, box.y, lost, box.height)
        marks.append(Block(end, "warn-mark", name=f"Lost here: {stop.title}"))
    return marks
