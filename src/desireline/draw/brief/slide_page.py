"""A slide of a brief: where its title, its marks and its foot stand, and how large their letters are."""

from __future__ import annotations

from collections.abc import Sequence

from desireline.draw.brief.scene import Mark, Said, Text
from desireline.draw.brief.scene_slide import put_marks
from desireline.draw.files.shapes import Deck, Slide
from desireline.draw.files.slides import HEIGHT, WIDTH
from desireline.draw.layout import Box

LEFT, TOP, INSIDE, BOTTOM = 40.0, 92.0, WIDTH - 80.0, HEIGHT - 34.0
FINE, SMALL, CHART, BODY = 11.0, 12.0, 13.0, 14.0


def page(made: Deck, title: str, marks: Sequence[Mark], *, foot: str = "") -> None:
    """A new slide with this title, these marks and this foot, at the end."""
    fill(made.add(title), marks, foot=foot)


def fill(slide: Slide, marks: Sequence[Mark], *, foot: str = "") -> None:
    """The slide has its title at the top, these marks, and this foot in one line."""
    slide.ground("sheet")
    slide.title_at(Box(LEFT, 14, INSIDE, 60), size=22, colour="ink")
    told: list[Mark] = [text(Box(LEFT, HEIGHT - 27, INSIDE, 15), (foot, "soft", FINE, False), "Foot")] if foot else []
    put_marks(slide, [*marks, *told])


def text(box: Box, said: Said, name: str) -> Text:
    """A paragraph in a box."""
    return Text(box, (said,), name=name)


def part_of(k: int, many: int) -> str:
    """What a title says of a slide that is one of several: ` (2 of 3)`."""
    return f" ({k} of {many})" if many > 1 else ""
