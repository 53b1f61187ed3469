"""A brief as slides of native shapes: the answer, the measured map, one slide for each finding, decisions, verdicts.

Each title says what the slide shows; a picture never stands without its words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO

from desireline.draw.brief.brief import Brief, Part
from desireline.draw.brief.claims import Claim
from desireline.draw.brief.decided_slides import put_decisions, put_verdicts
from desireline.draw.brief.forest import draw_forest
from desireline.draw.brief.scene import LEADING, WIDER, Mark, Rule, Said, Text, fitting, height_of
from desireline.draw.brief.scene_slide import put_marks
from desireline.draw.brief.slide_page import (
    BODY,
    BOTTOM,
    CHART,
    FINE,
    INSIDE,
    LEFT,
    SMALL,
    TOP,
    fill,
    page,
    part_of,
    text,
)
from desireline.draw.brief.small_map import draw_map, left_out, told_instead
from desireline.draw.brief.told import no_claims, no_map
from desireline.draw.files.shapes import Deck, Slide, deck
from desireline.draw.files.slides import HEIGHT, WIDTH
from desireline.draw.layout import Box

LARGER, MAP = (13.0, 12.0, 11.0), 11.0  # sizes of the letters on the map, the first in which enough of it has room
STRIP = 7.0  # the least height of the feeling, in these
SHORTENED = 2  # titles of two lines, one where journeys depart, are enough for a slide
MOST_STOPS, MOST_STAGES = 32, 9
QUOTES = 3
ANSWERS = (19.0, 17.0, 15.0, 13.0)
KEYS = (28.0, 24.0, 20.0, 16.0)
ROOM = Box(LEFT + 4, 70.0, INSIDE - 8, BOTTOM - 70.0)  # of the map


def brief_deck(shown: Brief) -> bytes:
    """The PPTX file."""
    made = deck(shown.title, WIDTH, HEIGHT)
    _opening(shown, made.add(shown.title))
    _maps(shown, made)
    _overview(shown, made)
    for k, claim in enumerate(shown.top, 1):
        _claim(made.add(claim.says), claim, k)
    put_decisions(shown, made)
    put_verdicts(shown, made)
    _method(shown, made)
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def _opening(shown: Brief, slide: Slide) -> None:
    slide.ground("stage")
    answer = Box(56, 208, WIDTH - 112, 136)
    heights = {one: height_of([(shown.lead, "", one, True)], answer.width / WIDER) for one in ANSWERS}
    large = next((one for one, tall in heights.items() if tall <= answer.height), ANSWERS[-1])
    slide.title_at(Box(56, 62, WIDTH - 112, 86), size=34, colour="on-stage")
    marks: list[Mark] = [
        text(Box(56, 40, WIDTH - 112, 18), ("CUSTOMER JOURNEY REPORT", "hatch", SMALL, True), "Kind"),
        text(Box(56, 152, WIDTH - 160, 44), (shown.question, "hatch", 14.0, False), "Question"),
        text(answer, (shown.lead, "on-stage", large, True), "Answer"),
    ]
    for k, key in enumerate(shown.keys):
        box = Box(56 + 284 * k, 358, 264, 110)
        said: list[Said] = [
            (key.title, "hatch", BODY, True),
            (key.value, "on-stage", fitting(key.value, box.width, KEYS, wider=WIDER), True),
            (key.interval, "hatch", SMALL, False),
            (key.target, "hatch", SMALL, False),
        ]
        marks.append(Text(box, tuple(one for one in said if one[0]), name=f"Key figure: {key.title}"))
    marks.append(text(Box(56, 482, WIDTH - 112, 40), (" · ".join(shown.facts), "hatch", SMALL, False), "Facts"))
    put_marks(slide, marks)


def _maps(shown: Brief, made: Deck) -> None:
    title = "Where journeys go, and how they feel" if shown.measured else "The journey as it is meant to be"
    if not shown.parts:
        page(made, title, [text(Box(LEFT, TOP, INSIDE, 40), (no_map(), "soft", BODY, False), "No map")])
        return
    pages = _shares(shown)
    for k, (parts, size) in enumerate(pages, 1):
        part = replace(shown, parts=tuple(parts))
        foot = " ".join(said for said in (shown.legend, told_instead(part, ROOM, size, strip=STRIP)) if said)
        page(made, f"{title}{part_of(k, len(pages))}", draw_map(part, ROOM, size, strip=STRIP), foot=foot)


def _shares(shown: Brief) -> list[tuple[list[Part], float]]:
    """The stages on as few slides as tell enough of them in legible letters, each with the size of its letters."""
    for most in (MOST_STOPS, MOST_STOPS // 2, MOST_STOPS // 4):
        pages = _pages(shown.parts, most)
        sizes = [_size(replace(shown, parts=tuple(parts))) for parts in pages]
        if all(sizes):
            return [(parts, size or MAP) for parts, size in zip(pages, sizes, strict=True)]
    return [(parts, size or MAP) for parts, size in zip(pages, sizes, strict=True)]


def _size(part: Brief) -> float | None:
    """The largest letters in which enough has room; None where none are small enough."""
    return next((one for one in LARGER if left_out(part, ROOM, one, strip=STRIP) <= SHORTENED), None)


def _pages(parts: Sequence[Part], most: int) -> list[list[Part]]:
    """The stages on slides of about so many stops, alike in how many they hold."""
    count = sum(len(part.stops) for part in parts)
    wanted = max(-(-count // most), -(-len(parts) // MOST_STAGES))
    pages: dict[int, list[Part]] = {}
    before = 0
    for part in parts:
        pages.setdefault(int((before + len(part.stops) / 2) * wanted / count), []).append(part)
        before += len(part.stops)
    return list(pages.values())


def _overview(shown: Brief, made: Deck) -> None:
    if not shown.claims:
        page(made, "What matters most", [text(Box(LEFT, TOP, INSIDE, 60), (no_claims(shown), "ink", 16.0, False), "")])
        return
    marks: list[Mark] = []
    columns = ((0.0, 24.0), (28.0, 400.0), (448.0, 150.0), (604.0, 74.0), (684.0, INSIDE - 684))
    heads = ("", "What was found", "Effect, 95 % interval", "Customers", "Costs a year")
    for (x, wide), head in zip(columns, heads, strict=True):
        marks.append(text(Box(LEFT + x, TOP - 14, wide, 16), (head, "soft", SMALL, True), "Column"))
    for k, one in enumerate(shown.top):
        y = TOP + 8 + 80 * k
        marks.append(Rule(LEFT, y - 5, LEFT + INSIDE, y - 5, "line", 0.8, name="Rule"))
        cost = [f"{one.lost} journeys", one.money] if one.lost else ["not measured"]
        cells: tuple[list[Said], ...] = (
            [(str(k + 1), "accent", 16.0, True)],
            [(one.says, "ink", BODY, False)],
            [
                (one.effect.partition(" [")[0], "ink", BODY, True),
                (one.effect.partition(" [")[2].removesuffix("]"), "soft", SMALL, False),
                (f"grade {one.grade}", "soft", SMALL, False),
            ],
            [(one.whom, "ink", BODY, True)],
            [(said, "ink" if n == 0 else "soft", BODY, n == 0) for n, said in enumerate(cost) if said],
        )
        for (x, wide), said in zip(columns, cells, strict=True):
            marks.append(Text(Box(LEFT + x, y, wide, 74), tuple(said), name=f"Finding {k + 1}"))
    page(made, f"What matters most: {shown.first_of}", marks, foot=shown.looked)


def _claim(slide: Slide, one: Claim, rank: int) -> None:
    wide = 520.0
    spoken = [f"“{quote}”" for quote in one.quotes[:QUOTES]]
    words: list[Said] = [("In their words", "soft", SMALL, True), *((quote, "ink", BODY, False) for quote in spoken)]
    tall = min(WIDER * height_of(words, wide) + 12, 130.0) if spoken else 0.0
    chart = Box(LEFT, TOP + 34, wide, BOTTOM - 14 - tall - TOP - 34)
    marks: list[Mark] = [
        text(Box(LEFT, TOP + 6, wide, 20), (f"{one.kind} · {one.place}", "accent", BODY, True), "Kind"),
        *draw_forest(one.bars, chart, CHART),
    ]
    if spoken:
        box = Box(LEFT, chart.bottom + 12, wide, tall - 8)
        marks.append(Text(box, tuple(words), name=f"Finding {rank}: In their words"))
    x, y, room = LEFT + wide + 40, TOP + 6, INSIDE - wide - 40
    facts = (
        ("Effect", one.effect),
        ("Customers", one.whom),
        ("Costs", one.cost),
        ("How sure", f"grade {one.grade}: {one.sure}"),
        ("What may help", one.helps),
        ("What was decided", "; ".join(one.decided) or "nothing yet"),
        ("Also", "; ".join(one.also[:1])),
    )
    told = [(name, [(name, "soft", SMALL, True), (said, "ink", BODY, False)]) for name, said in facts if said]
    heights = [WIDER * height_of(said, room) for _, said in told]
    between = min(max((BOTTOM - 12 - y - sum(heights)) / max(len(told) - 1, 1), 6.0), 16.0)
    for (name, said), high in zip(told, heights, strict=True):
        fits = min(high, BOTTOM - 8 - y)
        if fits < 2 * BODY * LEADING:
            continue
        marks.append(Text(Box(x, y, room, fits), tuple(said), name=f"Finding {rank}: {name}"))
        y += fits + between
    marks.append(Rule(x - 20, TOP + 6, x - 20, BOTTOM - 12, "line", 0.8, name="Rule"))
    note = "Numbers of one unit share a scale; the upright line is zero. Horizontal lines: 95\u202f% intervals."
    fill(slide, marks, foot=f"{note} Finding {one.id}.")


def _again(shown: Brief, box: Box) -> Text:
    """The commands that make the slides again, in letters so small that they stand there whole."""
    for size in (BODY, SMALL, FINE):
        again = [("Compute it again", "accent", size, True)]
        again += [(one, "ink", size, False) for one in (*shown.commands, shown.made)]
        if height_of(again, box.width / WIDER) <= box.height:
            break
    return Text(box, tuple(again), name="Compute it again")


def _method(shown: Brief, made: Deck) -> None:
    half, gap = (INSIDE - 40) / 2, 40.0
    marks: list[Mark] = [Rule(LEFT + half + gap / 2, TOP, LEFT + half + gap / 2, 390, "line", 0.8, name="Rule")]
    columns = (("How the numbers were made", shown.method), ("What the words mean", shown.meanings))
    for k, (title, lines) in enumerate(columns):
        x, y = LEFT + (half + gap) * k, TOP
        marks.append(text(Box(x, y, half, 20), (title, "accent", BODY, True), title))
        y += 28
        for one in lines:
            tall = WIDER * height_of([(one, "ink", BODY, False)], half)
            marks.append(text(Box(x, y, half, tall), (one, "ink", BODY, False), title))
            y += tall + 10
    marks.append(Rule(LEFT, 400, LEFT + INSIDE, 400, "line", 0.8, name="Rule"))
    marks.append(_again(shown, Box(LEFT, 410, INSIDE, BOTTOM - 410)))
    page(made, "Method and definitions", marks)
