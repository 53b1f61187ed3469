"""A brief as slides of native shapes: the answer, the measured map, one slide for each finding, decisions, verdicts.

Each title says what the slide shows; a picture never stands without its words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO

from desireline.draw.brief.brief import Brief, Part
from desireline.draw.brief.claims import Claim
from desireline.draw.brief.deeds import Deed
from desireline.draw.brief.forest import draw_forest
from desireline.draw.brief.scene import LEADING, Block, Mark, Rule, Said, Text, fitting, height_of
from desireline.draw.brief.scene_slide import put_marks
from desireline.draw.brief.small_map import draw_map, left_out, told_instead
from desireline.draw.brief.told import no_claims, no_deeds, no_map, no_verdicts
from desireline.draw.files.shapes import Deck, Slide, deck
from desireline.draw.files.slides import HEIGHT, WIDTH
from desireline.draw.layout import Box

LEFT, TOP, INSIDE, BOTTOM = 40.0, 92.0, WIDTH - 80.0, HEIGHT - 34.0
FINE, SMALL, CHART, BODY = 11.0, 12.0, 13.0, 14.0
LARGER, MAP = (13.0, 12.0, 11.0), 11.0  # sizes of the letters on the map, the first in which enough of it has room
STRIP = 7.0  # the least height of the feeling, in these
SHORTENED = 2  # titles of two lines, one where journeys depart, are enough for a slide
MOST_STOPS, MOST_STAGES = 32, 9
DEEDS, VERDICTS = 4, 3
QUOTES = 3
ANSWERS = (19.0, 17.0, 15.0, 13.0)
KEYS = (28.0, 24.0, 20.0, 16.0)
ROOM = Box(LEFT + 4, 70.0, INSIDE - 8, BOTTOM - 70.0)  # of the map
WIDER = 1.15  # of a text, in a font that is wider than Arial


def brief_deck(shown: Brief) -> bytes:
    """The PPTX file."""
    made = deck(shown.title, WIDTH, HEIGHT)
    _opening(shown, made.add(shown.title))
    _maps(shown, made)
    _overview(shown, made)
    for k, claim in enumerate(shown.top, 1):
        _claim(made.add(claim.says), claim, k)
    _decisions(shown, made)
    _verdicts(shown, made)
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
        _text(Box(56, 40, WIDTH - 112, 18), ("CUSTOMER JOURNEY REPORT", "hatch", SMALL, True), "Kind"),
        _text(Box(56, 152, WIDTH - 160, 44), (shown.question, "hatch", 14.0, False), "Question"),
        _text(answer, (shown.lead, "on-stage", large, True), "Answer"),
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
    marks.append(_text(Box(56, 482, WIDTH - 112, 40), (" · ".join(shown.facts), "hatch", SMALL, False), "Facts"))
    put_marks(slide, marks)


def _maps(shown: Brief, made: Deck) -> None:
    title = "Where journeys go, and how they feel" if shown.measured else "The journey as it is meant to be"
    if not shown.parts:
        _page(made, title, [_text(Box(LEFT, TOP, INSIDE, 40), (no_map(), "soft", BODY, False), "No map")])
        return
    pages = _shares(shown)
    for k, (parts, size) in enumerate(pages, 1):
        part = replace(shown, parts=tuple(parts))
        foot = " ".join(text for text in (shown.legend, told_instead(part, ROOM, size, strip=STRIP)) if text)
        _page(made, f"{title}{_place(k, len(pages))}", draw_map(part, ROOM, size, strip=STRIP), foot=foot)


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
        _page(
            made, "What matters most", [_text(Box(LEFT, TOP, INSIDE, 60), (no_claims(shown), "ink", 16.0, False), "")]
        )
        return
    marks: list[Mark] = []
    columns = ((0.0, 24.0), (28.0, 400.0), (448.0, 150.0), (604.0, 74.0), (684.0, INSIDE - 684))
    heads = ("", "What was found", "Effect, 95 % interval", "Customers", "Costs a year")
    for (x, wide), head in zip(columns, heads, strict=True):
        marks.append(_text(Box(LEFT + x, TOP - 14, wide, 16), (head, "soft", SMALL, True), "Column"))
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
    _page(made, f"What matters most: {shown.first_of}", marks, foot=shown.looked)


def _claim(slide: Slide, one: Claim, rank: int) -> None:
    wide = 520.0
    spoken = [f"“{quote}”" for quote in one.quotes[:QUOTES]]
    words: list[Said] = [("In their words", "soft", SMALL, True), *((quote, "ink", BODY, False) for quote in spoken)]
    tall = min(WIDER * height_of(words, wide) + 12, 130.0) if spoken else 0.0
    chart = Box(LEFT, TOP + 34, wide, BOTTOM - 14 - tall - TOP - 34)
    marks: list[Mark] = [
        _text(Box(LEFT, TOP + 6, wide, 20), (f"{one.kind} · {one.place}", "accent", BODY, True), "Kind"),
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
    told = [(name, [(name, "soft", SMALL, True), (text, "ink", BODY, False)]) for name, text in facts if text]
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
    _page_on(slide, marks, foot=f"{note} Finding {one.id}.")


def _decisions(shown: Brief, made: Deck) -> None:
    if not shown.deeds:
        _page(made, "Nothing was decided yet", _undecided(shown))
        return
    pages = _batches(shown.deeds, DEEDS)
    for k, deeds in enumerate(pages, 1):
        tall = min((BOTTOM + 6 - TOP) / len(deeds), 150.0)
        marks: list[Mark] = []
        for n, one in enumerate(deeds):
            marks += _card(one, Box(LEFT, TOP - 6 + tall * n, INSIDE, tall - 10))
        _page(made, f"What was decided{_place(k, len(pages))}", marks)


def _undecided(shown: Brief) -> list[Mark]:
    """How to decide, and what may help against the first findings."""
    marks: list[Mark] = [_text(Box(LEFT, TOP, INSIDE, 44), (no_deeds(), "ink", 16.0, False), "Said")]
    helping = [(k, one) for k, one in enumerate(shown.top, 1) if one.helps]
    if not helping:
        return marks
    marks.append(_text(Box(LEFT, TOP + 52, INSIDE, 20), ("What may help", "accent", BODY, True), "What may help"))
    for n, (k, one) in enumerate(helping):
        y = TOP + 78 + 64 * n
        marks += [
            Rule(LEFT, y - 4, LEFT + INSIDE, y - 4, "line", 0.8, name="Rule"),
            _text(Box(LEFT, y, 24, 22), (str(k), "accent", 16.0, True), "Rank"),
            _text(Box(LEFT + 28, y, 290, 56), (f"{one.kind} · {one.place}", "ink", BODY, True), f"Finding {k}"),
            _text(Box(LEFT + 340, y, INSIDE - 340, 56), (one.helps, "ink", BODY, False), f"May help: finding {k}"),
        ]
    return marks


def _card(one: Deed, box: Box) -> list[Mark]:
    """Who does what, what it is to change, and what became of it, side by side."""
    columns: tuple[tuple[float, float, list[Said]], ...] = (
        (
            14.0,
            290.0,
            [
                (one.title, "ink", 15.0, True),
                (one.who, "soft", SMALL, False),
                (" · ".join(part for part in (one.state, one.tasks) if part), "soft", SMALL, False),
            ],
        ),
        (
            320.0,
            330.0,
            [(one.target, "ink", BODY, False), (one.before, "soft", SMALL, False), (one.why, "soft", SMALL, False)],
        ),
    )
    marks: list[Mark] = [Block(box, "sheet", "line", round=6, name=f"Decision: {one.title}")]
    for x, wide, said in columns:
        inside = Box(box.x + x, box.y + 10, wide, box.height - 18)
        marks.append(Text(inside, tuple(line for line in said if line[0]), name=f"Decision: {one.title}"))
    effects = [(part, "soft", SMALL, False) for part in one.effect.split("; ")[:2] if part]
    told: list[Said] = [(one.verdict, _tone(one), BODY, True), *effects]
    marks.append(
        Text(Box(box.x + 666, box.y + 10, box.width - 680, box.height - 18), tuple(told), name=f"Verdict: {one.title}")
    )
    return marks


def _tone(one: Deed) -> str:
    return {"harmed": "warn", "helped": "accent"}.get(one.word, "soft")


def _verdicts(shown: Brief, made: Deck) -> None:
    judged = [one for one in shown.deeds if one.word]
    if not judged:
        if shown.deeds:
            said = (no_verdicts(), "ink", 16.0, False)
            _page(made, "Whether it helped", [_text(Box(LEFT, TOP, INSIDE, 60), said, "Said")])
        return
    pages = _batches(judged, VERDICTS)
    for k, deeds in enumerate(pages, 1):
        tall = min((BOTTOM + 6 - TOP) / len(deeds), 200.0)
        marks: list[Mark] = []
        for n, one in enumerate(deeds):
            marks += _verdict(one, Box(LEFT, TOP - 8 + tall * n, INSIDE, tall - 8))
        note = "Each chart has its own scale; the upright line is zero, the hollow square what was hoped for."
        _page(made, f"Whether it helped{_place(k, len(pages))}", marks, foot=note)


def _verdict(one: Deed, box: Box) -> list[Mark]:
    words, room = Box(box.x, box.y + 6, 450, box.height - 8), 400.0
    warned = " ".join((f"Method: {one.method}.", *one.warnings[:1]))
    said: list[Said] = [
        (one.title, "ink", BODY, True),
        (one.verdict, _tone(one), BODY, True),
        (one.says, "ink", SMALL, False),
        (warned, "soft", SMALL, False),
    ]
    chart = Box(box.right - room, box.y + 8, room, box.height - 12)
    drawn: list[Mark] = (
        draw_forest([replace(bar, label=bar.label or one.target) for bar in one.bars], chart, SMALL)
        if one.bars
        else [_text(chart, ("No effect can be told yet.", "soft", BODY, False), "No effect")]
    )
    rule = Rule(box.x, box.y, box.right, box.y, "line", 0.8, name="Rule")
    return [rule, Text(words, tuple(line for line in said if line[0]), name=f"Verdict: {one.title}"), *drawn]


def _method(shown: Brief, made: Deck) -> None:
    half, gap = (INSIDE - 40) / 2, 40.0
    marks: list[Mark] = [Rule(LEFT + half + gap / 2, TOP, LEFT + half + gap / 2, 390, "line", 0.8, name="Rule")]
    columns = (("How the numbers were made", shown.method), ("What the words mean", shown.meanings))
    for k, (title, lines) in enumerate(columns):
        x, y = LEFT + (half + gap) * k, TOP
        marks.append(_text(Box(x, y, half, 20), (title, "accent", BODY, True), title))
        y += 28
        for one in lines:
            tall = WIDER * height_of([(one, "ink", BODY, False)], half)
            marks.append(_text(Box(x, y, half, tall), (one, "ink", BODY, False), title))
            y += tall + 10
    again = [("Compute it again", "accent", BODY, True)]
    again += [(one, "ink", BODY, False) for one in (*shown.commands, shown.made)]
    marks.append(Rule(LEFT, 400, LEFT + INSIDE, 400, "line", 0.8, name="Rule"))
    marks.append(Text(Box(LEFT, 410, INSIDE, BOTTOM - 410), tuple(again), name="Compute it again"))
    _page(made, "Method and definitions", marks)


def _page(made: Deck, title: str, marks: Sequence[Mark], *, foot: str = "") -> None:
    _page_on(made.add(title), marks, foot=foot)


def _page_on(slide: Slide, marks: Sequence[Mark], *, foot: str = "") -> None:
    slide.ground("sheet")
    slide.title_at(Box(LEFT, 14, INSIDE, 60), size=22, colour="ink")
    told: list[Mark] = [_text(Box(LEFT, HEIGHT - 27, INSIDE, 15), (foot, "soft", FINE, False), "Foot")] if foot else []
    put_marks(slide, [*marks, *told])


def _batches(deeds: Sequence[Deed], most: int) -> list[Sequence[Deed]]:
    """Alike in how many they hold."""
    pages = -(-len(deeds) // most)
    each = -(-len(deeds) // max(pages, 1))
    return [deeds[first : first + each] for first in range(0, len(deeds), each)]


def _text(box: Box, said: Said, name: str) -> Text:
    return Text(box, (said,), name=name)


def _place(k: int, many: int) -> str:
    return f" ({k} of {many})" if many > 1 else ""
