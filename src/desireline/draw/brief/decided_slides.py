"""The slides of a brief that tell what was decided, and whether it helped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desireline.draw.brief.brief import Brief
from desireline.draw.brief.deeds import Deed
from desireline.draw.brief.forest import draw_forest
from desireline.draw.brief.scene import Block, Mark, Rule, Said, Text
from desireline.draw.brief.slide_page import BODY, BOTTOM, INSIDE, LEFT, SMALL, TOP, page, part_of, text
from desireline.draw.brief.told import no_deeds, no_verdicts
from desireline.draw.files.shapes import Deck
from desireline.draw.layout import Box

DEEDS, VERDICTS = 4, 3  # on a slide
EFFECTS = 2  # beside a decision; its verdict shows all


def put_decisions(shown: Brief, made: Deck) -> None:
    """What was decided, a card for each; where nothing was, what may help."""
    if not shown.deeds:
        page(made, "Nothing was decided yet", _undecided(shown))
        return
    pages = _batches(shown.deeds, DEEDS)
    for k, deeds in enumerate(pages, 1):
        tall = min((BOTTOM + 6 - TOP) / len(deeds), 150.0)
        marks: list[Mark] = []
        for n, one in enumerate(deeds):
            marks += _card(one, Box(LEFT, TOP - 6 + tall * n, INSIDE, tall - 10))
        page(made, f"What was decided{part_of(k, len(pages))}", marks)


def _undecided(shown: Brief) -> list[Mark]:
    """How to decide, and what may help against the first findings."""
    marks: list[Mark] = [text(Box(LEFT, TOP, INSIDE, 44), (no_deeds(), "ink", 16.0, False), "Said")]
    helping = [(k, one) for k, one in enumerate(shown.top, 1) if one.helps]
    if not helping:
        return marks
    marks.append(text(Box(LEFT, TOP + 52, INSIDE, 20), ("What may help", "accent", BODY, True), "What may help"))
    for n, (k, one) in enumerate(helping):
        y = TOP + 78 + 64 * n
        marks += [
            Rule(LEFT, y - 4, LEFT + INSIDE, y - 4, "line", 0.8, name="Rule"),
            text(Box(LEFT, y, 24, 22), (str(k), "accent", 16.0, True), "Rank"),
            text(Box(LEFT + 28, y, 290, 56), (f"{one.kind} · {one.place}", "ink", BODY, True), f"Finding {k}"),
            text(Box(LEFT + 340, y, INSIDE - 340, 56), (one.helps, "ink", BODY, False), f"May help: finding {k}"),
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
    effects = [(said, "soft", SMALL, False) for said in one.effects[:EFFECTS]]
    if len(one.effects) > EFFECTS:
        effects.append((f"and {len(one.effects) - EFFECTS} more", "soft", SMALL, False))
    told: list[Said] = [(one.verdict, _tone(one), BODY, True), *effects]
    marks.append(
        Text(Box(box.x + 666, box.y + 10, box.width - 680, box.height - 18), tuple(told), name=f"Verdict: {one.title}")
    )
    return marks


def _tone(one: Deed) -> str:
    return {"harmed": "warn", "helped": "accent"}.get(one.word, "soft")


def put_verdicts(shown: Brief, made: Deck) -> None:
    """The last verdict on each decision, with its chart; no slide where nothing was decided."""
    judged = [one for one in shown.deeds if one.word]
    if not judged:
        if shown.deeds:
            said = (no_verdicts(), "ink", 16.0, False)
            page(made, "Whether it helped", [text(Box(LEFT, TOP, INSIDE, 60), said, "Said")])
        return
    pages = _batches(judged, VERDICTS)
    for k, deeds in enumerate(pages, 1):
        tall = min((BOTTOM + 6 - TOP) / len(deeds), 200.0)
        marks: list[Mark] = []
        for n, one in enumerate(deeds):
            marks += _verdict(one, Box(LEFT, TOP - 8 + tall * n, INSIDE, tall - 8))
        note = "Each chart has its own scale; the upright line is zero, the hollow square what was hoped for."
        page(made, f"Whether it helped{part_of(k, len(pages))}", marks, foot=note)


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
        else [text(chart, ("No effect can be told yet.", "soft", BODY, False), "No effect")]
    )
    rule = Rule(box.x, box.y, box.right, box.y, "line", 0.8, name="Rule")
    return [rule, Text(words, tuple(line for line in said if line[0]), name=f"Verdict: {one.title}"), *drawn]


def _batches(deeds: Sequence[Deed], most: int) -> list[Sequence[Deed]]:
    """Alike in how many they hold."""
    pages = -(-len(deeds) // most)
    each = -(-len(deeds) // max(pages, 1))
    return [deeds[first : first + each] for first in range(0, len(deeds), each)]
