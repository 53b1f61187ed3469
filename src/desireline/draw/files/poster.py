"""A map as one picture for a wall or a slide: its head, its people and the whole board, as it is intended."""

from __future__ import annotations

from collections.abc import Sequence

from desireline.draw.curve import LEVELS, Frame
from desireline.draw.feelings import Line, draw_feelings, draw_key
from desireline.draw.files.exhibit import Exhibit
from desireline.draw.files.people import bottom_of, draw_people, place_people
from desireline.draw.html import Child, Markup, el, number
from desireline.draw.layout import COLUMN, GAP, HEAD, MARGIN, Layout, lay_out
from desireline.draw.palette import resolve
from desireline.draw.svg import draw_board, lines, picture_css, standing_alone, text
from desireline.draw.text import wrap

NARROWEST = 900.0
WIDEST_LINE = 900.0


def draw_poster(show: Exhibit) -> str:
    """The whole map as a standalone SVG document, in light colours."""
    columns = len(show.board.columns)
    width = max(2 * MARGIN + HEAD + COLUMN * columns, NARROWEST)
    head, y = draw_head(show, width)
    people = place_people(show.people, MARGIN, y, width - 2 * MARGIN)
    top = bottom_of(people, y - GAP) + 24 + (20 if len(show.lines) > 1 else 0)
    layout = lay_out(show.board, top=top)
    height = layout.height if columns else top + 40
    parts: list[Child] = [
        el("title", {}, show.title),
        el("desc", {}, show.board.purpose),
        picture_style(),
        el("rect", {"class": "ground", "width": width, "height": height}),
        head,
        draw_people(people),
        draw_key(show.lines, MARGIN + HEAD, top - 14),
        draw_board(show.board, layout, place_feelings(show.lines, layout))
        if columns
        else text(MARGIN, top, NOTHING_YET, "soft"),
    ]
    return standing_alone(parts, width, height)


NOTHING_YET = "Nothing is drawn yet: the map has no stages."


def picture_style() -> Markup:
    """The stylesheet of a picture that stands alone."""
    return el("style", {}, Markup(resolve(picture_css())))


def draw_head(show: Exhibit, width: float) -> tuple[Markup, float]:
    """Title, purpose and facts, and the height below which there is room."""
    wide = min(width - 2 * MARGIN, WIDEST_LINE)
    title = wrap(show.title, width - 2 * MARGIN, 24, bold=True, most=3)
    purpose = wrap(show.board.purpose, wide, 13, most=6)
    parts: list[Child] = [lines(MARGIN, 48, title, css="title", step=30)]
    y = 48 + 30 * (len(title) - 1) + 24
    parts.append(el("g", {"class": "purpose"}, lines(MARGIN, y, purpose, css="soft lead", step=18)))
    y += 18 * len(purpose) + 4
    for name, said in show.facts:
        told = wrap(said, wide - 96, 11.5, most=4)
        parts += [text(MARGIN, y, name, "small strong soft"), lines(MARGIN + 96, y, told)]
        y += 16 * len(told)
    return el("g", {"class": "head-of-map"}, parts), y + 8


def place_feelings(lines_: Sequence[Line], layout: Layout) -> Markup:
    """The lines of feeling where the layout has their lane, with the names of the levels."""
    box = layout.lanes["feeling"]
    frame = Frame(layout.centres, layout.column, layout.curve)
    names = [
        text(HEAD - 8, frame.y(level) + 4, name, "small soft", text_anchor="end")
        for level, name in LEVELS.items()
        if level % 2 == 0
    ]
    curve = el("g", {"transform": f"translate({number(HEAD)} 0)"}, draw_feelings(lines_, frame))
    return el("g", {"transform": f"translate({number(box.x)} {number(box.y + GAP)})"}, names, curve)
