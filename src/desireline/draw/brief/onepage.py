"""One page for a manager: the measured map, what matters most, what was decided and whether it helped.

No text is smaller than 7.5 points on paper. What there is no room for is told with its count.
"""

from __future__ import annotations

from dataclasses import replace

from desireline.draw.brief.brief import Brief, Key
from desireline.draw.brief.claims import Claim
from desireline.draw.brief.deeds import Deed
from desireline.draw.brief.scene import LEADING, WIDER, Mark, Rule, Said, Text, fitting, height_of, line
from desireline.draw.brief.scene_svg import draw_marks
from desireline.draw.brief.small_map import INSTEAD, draw_map, left_out, told_instead
from desireline.draw.brief.told import no_claims, no_deeds, no_map
from desireline.draw.files.export import convert
from desireline.draw.files.paper import PAPERS
from desireline.draw.html import el
from desireline.draw.layout import Box
from desireline.draw.palette import LIGHT
from desireline.draw.svg import standing_alone
from desireline.draw.text import width_of, wrap

SIZE = 7.5
LARGER = (9.5, 8.5)  # letters of a map that has the room
MARGIN = 28.0
KEY = 124.0  # width of a key figure
TITLES = (20.0, 17.0, 14.0, 11.0)
DECIDED = 0.272  # of the width
LOWEST, HIGHEST = 64.0, 190.0  # of what stands below the map
HEADS = (("Effect", 77.0), ("Customers", 50.0), ("Costs a year", 108.0))
KEYS = (19.0, 16.0, 13.0, 10.5, 9.0)  # sizes of key figures, the first that fits
ANSWERS = (9.0, 8.5, 8.0)


def page_pdf(shown: Brief, *, paper: str = "a4") -> bytes:
    """The page as a PDF of exactly one page. Raises MissingExtra."""
    return convert(draw_page(shown, paper=paper), "pdf")


def draw_page(shown: Brief, *, paper: str = "a4") -> str:
    """The page as an SVG document, in points of the paper."""
    wide, tall = PAPERS[paper]
    scale = max(1.0, min(wide / PAPERS["a4"][0], tall / PAPERS["a4"][1]))
    width, height = wide / scale, tall / scale
    ground = el("rect", {"width": width, "height": height, "fill": LIGHT["sheet"]})
    parts = (el("title", {}, shown.title), ground, draw_marks(lay_page(shown, width, height)))
    return standing_alone(parts, width, height, scale=scale)


def lay_page(shown: Brief, width: float, height: float) -> list[Mark]:
    """Everything on the page."""
    inside = width - 2 * MARGIN
    head, y = _head(shown, inside)
    foot = height - MARGIN + 6 - _foot(shown, INSTEAD, inside)[0]  # whether it says that, the map's room decides later
    right = inside * DECIDED
    left = inside - right - 18
    findings, decided = _findings(shown, left), _decisions(shown, right)
    below = min(max(_tall(findings), _tall(decided), LOWEST), HIGHEST)
    top = foot - 8 - below
    marks = [*head, Rule(MARGIN, y, width - MARGIN, y, "edge", 0.6, name="Rule")]
    instead = ""
    if shown.parts:
        room = Box(MARGIN, y + 8, inside, top - 10 - y - 8)
        letters = next((one for one in LARGER if not left_out(shown, room, one)), SIZE)
        marks += draw_map(shown, room, letters)
        instead = told_instead(shown, room, letters)
    else:
        marks.append(line(MARGIN, y + 16, inside, (no_map(), "soft", 9.0, False), name="No map"))
    marks.append(Rule(MARGIN, top - 5, width - MARGIN, top - 5, "edge", 0.6, name="Rule"))
    marks += _placed(findings, MARGIN, top, below)
    marks += _placed(decided, MARGIN + left + 18, top, below)
    marks.append(Rule(MARGIN, foot - 3, width - MARGIN, foot - 3, "line", 0.6, name="Rule"))
    return [*marks, *_moved(_foot(shown, instead, inside)[1], MARGIN, foot)]


def _head(shown: Brief, inside: float) -> tuple[list[Mark], float]:
    """Title, question, facts, key figures and the answer; and where they end."""
    keys = len(shown.keys) * KEY
    room = inside - keys - (20 if keys else 0)
    y = MARGIN - 6
    marks: list[Mark] = [line(MARGIN, y, room, ("CUSTOMER JOURNEY REPORT", "accent", SIZE, True), name="Kind")]
    y += SIZE * LEADING + 1
    size = next((one for one in TITLES if height_of([(shown.title, "ink", one, True)], room) <= 48), TITLES[-1])
    said: list[Said] = [(shown.title, "ink", size, True)]
    tall = min(height_of(said, room), 3 * size * LEADING)
    marks.append(Text(Box(MARGIN, y, room, tall), tuple(said), name="Title"))
    y += tall + 1
    figures = [_key(key, MARGIN + room + 20 + k * KEY, MARGIN - 6) for k, key in enumerate(shown.keys)]
    marks += [mark for _, drawn in figures for mark in drawn]
    tall = min(height_of([(shown.question, "ink", 9.0, False)], room), 2 * 9.0 * LEADING)
    marks.append(Text(Box(MARGIN, y, room, tall), ((shown.question, "ink", 9.0, False),), name="Question"))
    y = max([y + tall + 3, *(MARGIN - 6 + high for high, _ in figures)])
    large = next((one for one in ANSWERS if height_of([(shown.lead, "", one, True)], inside) <= 36), ANSWERS[-1])
    for name, each in (
        ("Facts", (" · ".join(shown.facts), "soft", SIZE, False)),
        ("Answer", (shown.lead, "ink", large, True)),
    ):
        tall = min(height_of([each], inside), 4 * each[2] * LEADING)
        marks.append(Text(Box(MARGIN, y, inside, tall), (each,), name=name))
        y += tall + 2
    return marks, y + 3


def _key(key: Key, x: float, y: float) -> tuple[float, list[Mark]]:
    """A number with its interval and its target, whole, and how high they stand."""
    missed, width = ": missed" in key.target, KEY - 8
    said: list[Said] = [
        (key.title, "soft", SIZE, True),
        (key.value, "ink", fitting(key.value, width, KEYS), True),
        (key.interval, "soft", SIZE, False),
        (key.target, "warn" if missed else "soft", SIZE, False),
    ]
    tall = max(63.0, height_of(said, width))
    edge = Rule(x - 8, y + 2, x - 8, y + tall - 2, "line", 0.75, name="Rule")
    told = tuple(one for one in said if one[0])
    return tall, [edge, Text(Box(x, y, width, tall), told, name=f"Key figure: {key.title}")]


def _findings(shown: Brief, width: float) -> list[tuple[float, list[Mark]]]:
    """Rows of the findings with their heights, as if they began at 0, 0."""
    heading = _heading("What matters most", f"{shown.first_of}; {shown.looked}" if shown.claims else "", width)
    if not shown.claims:
        return [heading, _said(no_claims(shown), width)]
    wide = width - sum(one for _, one in HEADS) - 16
    x = 16 + wide
    heads: list[Mark] = []
    for title, one in HEADS:
        heads.append(line(x + 6, 0, one - 6, (title, "soft", SIZE, False), name="Column"))
        x += one
    return [heading, (SIZE * LEADING + 1, heads), *(_row(k, one, wide) for k, one in enumerate(shown.top, 1))]


def _row(rank: int, one: Claim, wide: float) -> tuple[float, list[Mark]]:
    claim = [(one.says, "ink", SIZE, False)]
    sure = f"grade {one.grade}"
    cells: tuple[list[Said], ...] = (
        _two(one.effect),
        [(one.whom, "ink", SIZE, True), (sure, "soft", SIZE, False)],
        [(part, "ink" if k == 0 else "soft", SIZE, k == 0) for k, part in enumerate(_cost(one))],
    )
    numbers = max(height_of(said, each - 6) for (_, each), said in zip(HEADS, cells, strict=True))
    tall = max(min(height_of(claim, wide), 3 * SIZE * LEADING), 2 * SIZE * LEADING, numbers)
    marks: list[Mark] = [
        line(0, 1, 14, (str(rank), "accent", 9.0, True), name="Rank"),
        Text(Box(16, 2, wide, tall), tuple(claim), name=f"Finding {rank}"),
    ]
    x = 16 + wide
    for (title, each), said in zip(HEADS, cells, strict=True):
        marks.append(Text(Box(x + 6, 2, each - 6, tall), tuple(said), name=f"Finding {rank}: {title}"))
        x += each
    marks.append(Rule(0, 0.5, x, 0.5, "line", 0.5, name="Rule"))
    return tall + 5, marks


def _two(said: str) -> list[Said]:
    """A value, and its interval below."""
    value, bracket, rest = said.partition(" [")
    told: list[Said] = [(value, "ink", SIZE, True)]
    return [*told, (f"[{rest}", "soft", SIZE, False)] if bracket else told


def _cost(one: Claim) -> list[str]:
    if not one.lost:
        return ["not measured"]
    return [f"{one.lost} journeys", *([one.money] if one.money else [])]


def _decisions(shown: Brief, width: float) -> list[tuple[float, list[Mark]]]:
    heading = _heading("What was decided, and whether it helped", "", width)
    if not shown.deeds:
        return [heading, _said(no_deeds(), width)]
    return [heading, *(_deed(one, width) for one in shown.deeds)]


def _deed(one: Deed, width: float) -> tuple[float, list[Mark]]:
    tone = {"harmed": "warn", "helped": "accent"}.get(one.word, "ink")
    effect = _effect(one, width)
    told: list[tuple[Said, int]] = [
        ((one.title, "ink", SIZE + 0.5, True), 2),
        ((f"{one.who} · {one.state}", "soft", SIZE, False), 2),
        ((one.target, "ink", SIZE, False), 3),
        ((effect, tone, SIZE, True), 3),
    ]
    marks: list[Mark] = [Rule(0, 0.5, width, 0.5, "line", 0.5, name="Rule")]
    y = 2.5
    for said, most in told:
        tall = min(height_of([said], width), most * said[2] * LEADING)
        marks.append(Text(Box(0, y, width, tall), (said,), name=f"Decision: {one.title}"))
        y += tall
    return y + 3.5, marks


def _effect(one: Deed, width: float) -> str:
    """The verdict with its effects; without their intervals, and then without them, where three lines are too few."""
    if not one.effects:
        return one.verdict
    plain = "; ".join(said.partition(" [")[0] for said in one.effects)
    told = (f"{one.verdict}: {'; '.join(one.effects)}", f"{one.verdict}: {plain} (intervals: on the slides)")
    room = 3 * SIZE * LEADING + 0.5
    return next((said for said in told if height_of([(said, "", SIZE, True)], width) <= room), one.verdict)


def _heading(said: str, beside: str, width: float) -> tuple[float, list[Mark]]:
    marks: list[Mark] = [line(0, 0, width, (said, "ink", 9.5, True), name="Heading")]
    if beside:
        marks.append(
            Text(Box(130, 1.8, width - 130, SIZE * LEADING), ((beside, "soft", SIZE, False),), "right", name="Looked")
        )
    return 15.0, marks


def _said(text: str, width: float, name: str = "Said") -> tuple[float, list[Mark]]:
    said: list[Said] = [(text, "soft", SIZE, False)]
    tall = height_of(said, width)
    return tall + 1, [Text(Box(0, 0, width, tall), tuple(said), name=name)]


def _tall(rows: list[tuple[float, list[Mark]]]) -> float:
    return sum(tall for tall, _ in rows)


def _placed(rows: list[tuple[float, list[Mark]]], x: float, y: float, room: float) -> list[Mark]:
    """The rows below each other, as far as there is room; how many are left out is told in the last line."""
    fitting, height = 0, 0.0
    for k, (tall, _) in enumerate(rows):
        later = SIZE * LEADING if k < len(rows) - 1 else 0.0
        if height + tall + later > room + 0.5:
            break
        height += tall
        fitting += 1
    marks = [moved for k, (tall, each) in enumerate(rows[:fitting]) for moved in _moved(each, x, y + _tall(rows[:k]))]
    left = len(rows) - fitting
    if left:
        marks.append(line(x, y + height + 1, 200, (f"and {left} more", "soft", SIZE, False), name="Left out"))
    return marks


def _moved(marks: list[Mark], x: float, y: float) -> list[Mark]:
    found: list[Mark] = []
    for one in marks:
        match one:
            case Text(box=box):
                found.append(replace(one, box=replace(box, x=box.x + x, y=box.y + y)))
            case Rule():
                found.append(replace(one, x=one.x + x, y=one.y + y, to_x=one.to_x + x, to_y=one.to_y + y))
    return found


def _foot(shown: Brief, instead: str, width: float) -> tuple[float, list[Mark]]:
    """What the words mean, and behind it, or below where there is no room, the command that makes the page again: both
    whole. How high they stand, and their marks.
    """
    place, *rest = shown.meanings
    words = " ".join(one for one in (place, instead, *rest, shown.method[0]) if one)
    tall, marks = _said(words, width, "Method")
    label, again = ("Compute it again:", shown.commands[-1]) if shown.commands else ("Made by:", shown.made)
    beside = WIDER * width_of(label, SIZE, bold=True)
    x, y = width - beside - WIDER * width_of(again, SIZE), tall - 1 - SIZE * LEADING
    if x < WIDER * width_of(wrap(words, width, SIZE)[-1], SIZE) + SIZE:
        x, y = 0.0, tall
    high, told = _said(again, width - x - beside, "Compute it again")
    told = [line(x, y, beside, (label, "soft", SIZE, True), name="Label"), *_moved(told, x + beside, y)]
    return y + high, [*marks, *told]
