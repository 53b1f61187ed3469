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
from desireline.draw.brief.scene import LEADING, Block, Mark, Rule, Said, Text, height_of
from desireline.draw.brief.scene_slide import put_marks
from desireline.draw.brief.small_map import draw_map, left_out
from desireline.draw.brief.told import no_claims, no_deeds, no_map, no_verdicts
from desireline.draw.files.shapes import Deck, Slide, deck
from desireline.draw.files.slides import HEIGHT, WIDTH
from desireline.draw.layout import Box

LEFT, TOP, INSIDE, BOTTOM = 40.0, 84.0, WIDTH - 80.0, HEIGHT - 34.0
SMALL, BODY = 10.5, 12.0
MAP, LARGER = 9.5, (12.0, 11.0, 10.0)  # sizes of the letters on the map; larger ones where there is room
STRIP = 9.0  # the least height of the feeling, in these
SHORTENED = 1  # titles of two lines and one departure at each stop are enough for a slide
MOST_STOPS = 32
DEEDS, VERDICTS = 6, 3
QUOTES = 2


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
    slide.title_at(Box(56, 62, WIDTH - 112, 86), size=34, colour="on-stage")
    marks: list[Mark] = [
        _text(Box(56, 40, WIDTH - 112, 18), ("CUSTOMER JOURNEY REPORT", "hatch", SMALL, True), "Kind"),
        _text(Box(56, 152, WIDTH - 160, 44), (shown.question, "hatch", 14.0, False), "Question"),
        _text(Box(56, 214, WIDTH - 112, 130), (shown.lead, "on-stage", 19.0, True), "Answer"),
    ]
    for k, key in enumerate(shown.keys):
        box = Box(56 + 284 * k, 364, 264, 96)
        said: list[Said] = [
            (key.title, "hatch", BODY, True),
            (key.value, "on-stage", 28.0, True),
            (key.interval, "hatch", SMALL, False),
            (key.target, "hatch", SMALL, False),
        ]
        marks.append(Text(box, tuple(one for one in said if one[0]), name=f"Key figure: {key.title}"))
    marks.append(_text(Box(56, 484, WIDTH - 112, 30), (" · ".join(shown.facts), "hatch", SMALL, False), "Facts"))
    put_marks(slide, marks)


def _maps(shown: Brief, made: Deck) -> None:
    title = "Where journeys go, and how they feel" if shown.measured else "The journey as it is meant to be"
    if not shown.parts:
        _page(made, title, [_text(Box(LEFT, TOP, INSIDE, 40), (no_map(), "soft", BODY, False), "No map")])
        return
    pages = _shares(shown.parts)
    for k, parts in enumerate(pages, 1):
        part = replace(shown, parts=tuple(parts))
        room = Box(LEFT + 4, 66, INSIDE - 8, BOTTOM - 66)
        size = next((one for one in LARGER if left_out(part, room, one, strip=STRIP) <= SHORTENED), MAP)
        marks = draw_map(part, room, size, strip=STRIP)
        _page(made, f"{title}{_place(k, len(pages))}", marks, foot=shown.legend)


def _shares(parts: Sequence[Part]) -> list[list[Part]]:
    """The stages on as many slides as they need."""
    pages: list[list[Part]] = [[]]
    for part in parts:
        held = sum(len(one.stops) for one in pages[-1])
        if pages[-1] and (held + len(part.stops) > MOST_STOPS or len(pages[-1]) >= 9):
            pages.append([])
        pages[-1].append(part)
    return pages


def _overview(shown: Brief, made: Deck) -> None:
    if not shown.claims:
        _page(
            made, "What matters most", [_text(Box(LEFT, TOP, INSIDE, 60), (no_claims(shown), "ink", 16.0, False), "")]
        )
        return
    marks: list[Mark] = []
    columns = ((0.0, 24.0), (28.0, 470.0), (514.0, 130.0), (650.0, 66.0), (724.0, INSIDE - 724))
    heads = ("", "What was found", "Effect, 95 % interval", "Customers", "Costs a year")
    for (x, wide), head in zip(columns, heads, strict=True):
        marks.append(_text(Box(LEFT + x, TOP - 14, wide, 16), (head, "soft", SMALL, True), "Column"))
    for k, one in enumerate(shown.top):
        y = TOP + 8 + 78 * k
        marks.append(Rule(LEFT, y - 5, LEFT + INSIDE, y - 5, "line", 0.8, name="Rule"))
        cost = [one.lost and f"{one.lost} lost journeys", one.money] if one.lost else ["not measured"]
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
            marks.append(Text(Box(LEFT + x, y, wide, 66), tuple(said), name=f"Finding {k + 1}"))
    _page(made, f"What matters most: {shown.first_of}", marks, foot=shown.looked)


def _claim(slide: Slide, one: Claim, rank: int) -> None:
    wide = 540.0
    chart = Box(LEFT, TOP + 34, wide, 370)
    marks: list[Mark] = [
        _text(Box(LEFT, TOP + 6, wide, 18), (f"{one.kind} · {one.place}", "accent", BODY, True), "Kind"),
        *draw_forest(one.bars, chart, BODY),
    ]
    x, y, room = LEFT + wide + 32, TOP + 6, INSIDE - wide - 32
    facts: list[tuple[str, str]] = [
        ("Effect", one.effect),
        ("Customers", one.whom),
        ("Costs", one.cost),
        ("How sure", f"grade {one.grade}: {one.sure}"),
        ("What may help", one.helps),
        ("What was decided", "; ".join(one.decided) or "nothing yet"),
        *(("In their words", f"“{quote}”") for quote in one.quotes[:QUOTES]),
        *(("Also", text) for text in one.also[:1] if not one.quotes),
    ]
    for name, text in facts:
        said: list[Said] = [(name, "soft", SMALL, True), (text, "ink", BODY, False)]
        tall = min(height_of(said, room), BOTTOM - 8 - y)
        if not text or tall < 2 * SMALL * LEADING:
            continue
        marks.append(Text(Box(x, y, room, tall), tuple(said), name=f"Finding {rank}: {name}"))
        y += tall + 7
    marks.append(Rule(x - 16, TOP + 6, x - 16, BOTTOM - 12, "line", 0.8, name="Rule"))
    note = "Numbers of one unit share a scale; the upright line is zero. Horizontal lines: 95 % intervals."
    _page_on(slide, marks, foot=f"{note} Finding {one.id}.")


def _decisions(shown: Brief, made: Deck) -> None:
    if not shown.deeds:
        said = (no_deeds(), "ink", 16.0, False)
        _page(made, "Nothing was decided yet", [_text(Box(LEFT, TOP, INSIDE, 60), said, "Said")])
        return
    pages = _batches(shown.deeds, DEEDS)
    for k, deeds in enumerate(pages, 1):
        marks: list[Mark] = []
        for n, one in enumerate(deeds):
            marks += _card(one, Box(LEFT + 298 * (n % 3), TOP - 8 + 210 * (n // 3), 284, 200))
        _page(made, f"What was decided{_place(k, len(pages))}", marks)


def _card(one: Deed, box: Box) -> list[Mark]:
    said: list[Said] = [
        (one.title, "ink", 13.0, True),
        (one.who, "soft", SMALL, False),
        (" · ".join(part for part in (one.state, one.tasks) if part), "soft", SMALL, False),
        (one.target, "ink", BODY, False),
        (one.before, "soft", SMALL, False),
        (one.why, "ink", SMALL, False),
    ]
    inside = Box(box.x + 12, box.y + 10, box.width - 24, box.height - 44)
    foot = Box(box.x + 12, box.bottom - 30, box.width - 24, 18)
    return [
        Block(box, "sheet", "line", round=6, name=f"Decision: {one.title}"),
        Text(inside, tuple(line for line in said if line[0]), name=f"Decision: {one.title}"),
        _text(foot, (one.verdict, _tone(one), BODY, True), f"Verdict: {one.title}"),
    ]


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
        marks: list[Mark] = []
        for n, one in enumerate(deeds):
            marks += _verdict(one, Box(LEFT, TOP - 10 + 140 * n, INSIDE, 132))
        note = "Each chart has its own scale; the upright line is zero, the hollow square what was hoped for."
        _page(made, f"Whether it helped{_place(k, len(pages))}", marks, foot=note)


def _verdict(one: Deed, box: Box) -> list[Mark]:
    words, room = Box(box.x, box.y + 6, 440, box.height - 8), 400.0
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
    said: list[Said] = []
    for title, lines in (
        ("How the numbers were made", shown.method),
        ("What the words mean", shown.meanings),
        ("Compute it again", (*shown.commands, shown.made)),
    ):
        said.append((title, "accent", BODY, True))
        said += [(line, "ink", BODY, False) for line in lines]
        said.append((" ", "ink", 6.0, False))
    _page(made, "Method and definitions", [Text(Box(LEFT, TOP - 6, INSIDE, BOTTOM - TOP), tuple(said), name="Method")])


def _page(made: Deck, title: str, marks: Sequence[Mark], *, foot: str = "") -> None:
    _page_on(made.add(title), marks, foot=foot)


def _page_on(slide: Slide, marks: Sequence[Mark], *, foot: str = "") -> None:
    slide.ground("sheet")
    slide.title_at(Box(LEFT, 16, INSIDE, 54), size=22, colour="ink")
    told: list[Mark] = [_text(Box(LEFT, HEIGHT - 26, INSIDE, 15), (foot, "soft", SMALL, False), "Foot")] if foot else []
    put_marks(slide, [*marks, *told])


def _batches(deeds: Sequence[Deed], most: int) -> list[Sequence[Deed]]:
    return [deeds[first : first + most] for first in range(0, len(deeds), most)]


def _text(box: Box, said: Said, name: str) -> Text:
    return Text(box, (said,), name=name)


def _place(k: int, many: int) -> str:
    return f" ({k} of {many})" if many > 1 else ""
