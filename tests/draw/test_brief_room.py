"""Nothing on the page for managers and on its slides overlaps, no number is cut, and nothing is too small to read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from itertools import combinations
from typing import Any

import pytest
from pptx import Presentation
from pptx.util import Pt

from desireline.draw.brief.bar import Bar
from desireline.draw.brief.feeling_strip import draw_strip
from desireline.draw.brief.forest import draw_forest
from desireline.draw.brief.onepage import lay_page
from desireline.draw.brief.scene import LEADING, Dot, Mark, Rule, Text
from desireline.draw.brief.slide_page import FINE, SMALL
from desireline.draw.brief.slides import brief_deck
from desireline.draw.files.paper import PAPERS
from desireline.draw.layout import Box
from desireline.draw.text import clip, width_of, words_of, wrap

from .briefs import rich_brief, sample_brief
from .test_onepage import BRIEFS

ALL = (*BRIEFS, rich_brief)
NUMBERS = ("Key figure", "Reach: ", "Lost here: ", "Departure", "Number", "Measured", "Below what", "Verdict")
FACTS = ("Effect", "Customers", "Costs")


def is_number(name: str) -> bool:
    return name.startswith(NUMBERS) or (name.startswith("Finding ") and name.partition(": ")[2].startswith(FACTS))


def ink(one: Text) -> Iterator[tuple[Box, str]]:
    """Where the letters of each line stand."""
    y = one.box.y
    for (_, _, size, bold), lines in zip(one.said, one.lines(), strict=True):
        for said in lines:
            wide = width_of(said, size, bold=bold) / 1.04  # the margin of the measure may touch
            left = {"right": one.box.right - wide, "center": one.box.x + (one.box.width - wide) / 2}
            yield Box(left.get(one.align, one.box.x), y + 0.2 * size, wide, 0.9 * size), said
            y += size * LEADING


def overlap(one: Box, other: Box) -> bool:
    return one.x < other.right and other.x < one.right and one.y < other.bottom and other.y < one.bottom


@pytest.mark.parametrize("made", ALL)
def test_no_words_of_the_page_stand_on_others(made):
    drawn = [line for one in lay_page(made(), *PAPERS["a4"]) if isinstance(one, Text) for line in ink(one)]
    assert [(a, b) for (one, a), (other, b) in combinations(drawn, 2) if overlap(one, other)] == []


@pytest.mark.parametrize("made", ALL)
def test_no_number_of_the_page_is_cut(made):
    for one in lay_page(made(), *PAPERS["a4"]):
        if not isinstance(one, Text):
            continue
        for (said, *_), lines in zip(one.said, one.lines(), strict=True):
            shown = " ".join(lines)
            if is_number(one.name):
                assert shown == " ".join(words_of(said)), one.name
            words = words_of(shown.removesuffix("…"))
            numbers = {word for word in words if any(map(str.isdigit, word)) and not any(map(str.isalpha, word))}
            assert numbers <= set(words_of(said)), one.name


COMMANDS = ("desireline measure MAP -w shop", f"desireline report {'a-map-of-a-long-name-' * 7}.journey.yaml -w shop")


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("commands", [COMMANDS[:1], COMMANDS])
def test_how_to_make_the_page_again_is_never_cut(paper: str, commands: tuple[str, ...]):
    wide, tall = PAPERS[paper]
    told = lay_page(replace(sample_brief(), commands=commands), wide, tall)
    feet = {one.name: one.lines() for one in told if isinstance(one, Text)}
    assert "".join(feet["Compute it again"][0]).replace(" ", "") == commands[-1].replace(" ", "")
    assert " ".join(feet["Method"][0]).endswith("rate of 5\u202f%.")


def test_how_to_make_the_slides_again_is_never_cut():
    told = [one.text_frame.text for _, one in shapes(lambda: replace(sample_brief(), commands=COMMANDS))]
    assert [text.splitlines()[1:-1] for text in told if text.startswith("Compute it again")] == [[*COMMANDS]]


def test_what_has_no_room_on_a_chart_is_told_with_its_count():
    bars = [Bar(f"number {k}", 0.1 * k, None, None, "share", f"{k}") for k in range(9)]
    marks = draw_forest(bars, Box(0, 0, 400, 120), 12.0)
    told = [said for one in marks if isinstance(one, Text) for said, *_ in one.said]
    assert [text for text in told if text.startswith(("number", "and"))] == [
        "and 6 more", "number 0", "number 1", "number 2",
    ]  # fmt: skip


@pytest.mark.parametrize("room", range(20, 340, 2))
def test_a_text_that_is_cut_has_no_part_of_a_number(room):
    said = "It costs [−113,435 to −10,123] 24,500\u00a0EUR, and 5.7\u202f% of 1,204 do."
    kept = clip(said, room, 10).removesuffix("…")
    assert set(words_of(kept)) <= set(words_of(said)) or not any(map(str.isdigit, words_of(kept)[-1]))


def test_a_number_and_its_unit_stay_on_one_line():
    lines = wrap("of those that come 5.7\u202f% do", 92, 10)
    assert any("5.7\u202f%" in line for line in lines)
    assert len(lines) > 1


def shapes(made: Any) -> Iterator[tuple[int, Any]]:
    for k, slide in enumerate(Presentation(BytesIO(brief_deck(made()))).slides):
        yield from ((k, shape) for shape in slide.shapes if shape.has_text_frame and shape.text_frame.text.strip())


def lines_of(shape: Any) -> Iterator[Box]:
    """Where the letters of each line of a shape stand, as the measure of texts breaks them."""
    wide = shape.width / 12_700 if shape.text_frame.word_wrap else 10_000.0
    x, y = shape.left / 12_700, shape.top / 12_700
    for part in shape.text_frame.paragraphs:
        for run in part.runs:
            size, bold = run.font.size.pt, bool(run.font.bold)
            for said in wrap(run.text, wide + 1, size, bold=bold):
                yield Box(x, y + 0.2 * size, width_of(said, size, bold=bold) / 1.04, 0.9 * size)
                y += size * LEADING


@pytest.mark.parametrize("made", ALL)
def test_no_words_of_a_slide_stand_on_others(made):
    left = [(k, one) for k, one in shapes(made) if one.text_frame.paragraphs[0].alignment in (None, 1)]
    drawn = [(k, one.name, box) for k, one in left if not one.is_placeholder for box in lines_of(one)]
    touching = [
        (k, name, other)
        for (k, name, one), (n, other, two) in combinations(drawn, 2)
        if k == n and name != other and overlap(one, two)
    ]
    assert touching == []


@pytest.mark.parametrize("made", ALL)
def test_no_number_of_a_slide_is_cut(made):
    cut = [one.name for _, one in shapes(made) if is_number(one.name) and one.text_frame.text.rstrip().endswith("…")]
    assert cut == []


@pytest.mark.parametrize("made", ALL)
def test_slides_can_be_read_from_the_last_row(made):
    for _, one in shapes(made):
        sizes = [run.font.size for part in one.text_frame.paragraphs for run in part.runs if run.text.strip()]
        body = one.name.startswith(("Finding", "Decision", "Verdict", "Method", "Said", "Answer", "Key figure"))
        assert min(sizes) >= Pt(SMALL if body else FINE) or one.name in SIGNS, one.name


SIGNS = ("late", "lost", "repeated", "missing", "ad hoc", "irregular order", "wrong channel", "failed", "stuck")


def test_a_number_beside_the_curve_stands_clear_of_it():
    stops = [stop for part in sample_brief().parts for stop in part.stops]
    for wide in range(18, 60, 3):
        centres = [wide * (k + 0.5) for k in range(len(stops))]
        marks = draw_strip(stops, centres, Box(0, 0, wide * len(stops), 90), 8.0, mood="Measured.")
        told = [one for one in marks if isinstance(one, Text) and one.name.startswith("Below what")]
        assert not [(one, other) for one in told for other in marks if drawn_over(other, one.box)]


def drawn_over(one: Mark, box: Box) -> bool:
    match one:
        case Dot():
            return box.x < one.x < box.right and box.y < one.y < box.bottom
        case Rule() if one.name in ("Intended", "Measured"):
            middle = (one.x + one.to_x) / 2, (one.y + one.to_y) / 2
            return box.x < middle[0] < box.right and box.y < middle[1] < box.bottom
    return False
