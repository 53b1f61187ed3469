"""A map as slides with native shapes: a title, the map at a glance, its people, then each stage in full.

Cards are shapes that hold their own text, so that they can be moved and edited; the same layout as the picture's.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from desireline.draw.board import Board, StageHead
from desireline.draw.files.exhibit import Exhibit
from desireline.draw.files.glance import HEAD, MOST, Glimpse, place_glimpses
from desireline.draw.files.people import MEDAL, PAD, PersonCard, initials, place_people
from desireline.draw.files.shapes import Slide, deck
from desireline.draw.files.sheets import Sheet, cut
from desireline.draw.files.slide_board import put_board, put_lines
from desireline.draw.files.storyboard import bytes_of
from desireline.draw.layout import MARGIN, Box

WIDTH, HEIGHT = 960.0, 540.0  # points: 13.33 by 7.5 inches
TITLE_END = 64.0
ROOM = HEIGHT - TITLE_END - 20
FINEST = 0.8  # points per pixel: text of 11.5 pixels is 9.2 points
TIGHTEST = 0.85  # how far a slide may shrink so that its lanes stay together


def deck_of(show: Exhibit) -> bytes:
    """The PPTX file."""
    made = deck(show.title, WIDTH, HEIGHT)
    _opening(show, made.add(show.title))
    parts = _parts(show.board)
    for k, part in enumerate(parts, start=1):
        _glance(show, made.add(f"The journey at a glance{_place(k, len(parts))}"), part)
    for people in _pages_of_people(show):
        _people(made.add("Who it is for"), people)
    for stage in show.board.stages:
        sheets = _sheets(show, stage)
        for k, sheet in enumerate(sheets, start=1):
            _stage(made.add(f"{stage.title}{_place(k, len(sheets))}"), sheet)
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def _opening(show: Exhibit, slide: Slide) -> None:
    slide.ground("stage")
    slide.title_at(Box(64, 150, WIDTH - 128, 90), size=36, colour="on-stage")
    slide.text(Box(64, 246, WIDTH - 240, 80), [(show.board.purpose, "on-stage", 16, False)], name="Purpose")
    for k, (name, said) in enumerate(show.facts[:5]):
        y = 350 + 26 * k
        slide.text(Box(64, y, 110, 24), [(name, "hatch", 12, True)], name=name)
        slide.text(Box(174, y, WIDTH - 260, 24), [(said, "on-stage", 12, False)], name=f"{name}: said")


def _place(k: int, many: int) -> str:
    return f" ({k} of {many})" if many > 1 else ""


def _parts(board: Board) -> list[Board]:
    """The board in parts of so many stages as stand side by side on a slide."""
    parts = -(-len(board.stages) // MOST)
    each = -(-len(board.stages) // max(parts, 1))
    found: list[Board] = []
    for first in range(0, len(board.stages), max(each, 1)):
        ids = {stage.id for stage in board.stages[first : first + each]}
        found.append(board.part([column for column in board.columns if column.stage in ids]))
    return found


def _glance(show: Exhibit, slide: Slide, part: Board) -> None:
    slide.head()
    scale = 0.84
    glimpses = place_glimpses(part, 32 / scale, TITLE_END / scale, (WIDTH - 64) / scale)
    bottom = max(one.box.bottom for one in glimpses) * scale
    if bottom > HEIGHT - 20:
        scale *= (HEIGHT - 20 - TITLE_END) / (bottom - TITLE_END)
        glimpses = place_glimpses(part, 32 / scale, TITLE_END / scale, (WIDTH - 64) / scale)
        bottom = max(one.box.bottom for one in glimpses) * scale
    drawn = slide.scaled(scale)
    for one in glimpses:
        _glimpse(drawn, one)
    room = HEIGHT - 28 - bottom
    if room > 90 and show.lines:
        first = [column.place for column in show.board.columns].index(part.columns[0].place)
        lines = [line.part(first, len(part.columns)) for line in show.lines]
        centres = [
            (one.box.x + (k + 0.5) * one.box.width / one.stage.columns) * scale
            for one in glimpses
            for k in range(one.stage.columns)
        ]
        frame = Box(32, bottom + 12, WIDTH - 64, min(room - 12, 230))
        put_lines(slide, lines, centres, frame, named=True)


def _glimpse(slide: Slide, one: Glimpse) -> None:
    head = Box(one.box.x, one.box.y, one.box.width, HEAD)
    slide.card(head, [(one.stage.title, "on-stage", 13, True)], fill="stage", name=f"Stage: {one.stage.title}")
    said = [
        (f"{'◆' if column.card and 'moment of truth' in column.card.marks else '•'} {column.title}", "ink", 11.5, False)
        for column, _ in one.points
    ]
    below = Box(one.box.x, one.box.y + HEAD + 3, one.box.width, one.box.height - HEAD - 3)
    slide.card(below, said or [("", "ink", 11.5, False)], line="line", name=f"Touchpoints: {one.stage.title}")


def _pages_of_people(show: Exhibit) -> list[Sequence[PersonCard]]:
    rest = show.people
    pages: list[Sequence[PersonCard]] = []
    while rest:
        placed = place_people(rest, MARGIN, TITLE_END, WIDTH - 2 * MARGIN)
        fitting = [card for card in placed if card.box.bottom < HEIGHT - 16] or placed[:1]
        pages.append(fitting)
        rest = rest[len(fitting) :]
    return pages


def _people(slide: Slide, cards: Sequence[PersonCard]) -> None:
    slide.head()
    for card in cards:
        box, person = card.box, card.person
        slide.card(box, [], line="line", name=f"Persona: {person.title}")
        medal = Box(box.x + PAD, box.y + 30 - MEDAL, 2 * MEDAL, 2 * MEDAL)
        if person.image:
            slide.picture(medal, bytes_of(person.image), person.title, round_=True)
        else:
            slide.dot(medal, fill="accent-soft", said=initials(person.title), colour="accent")
        beside = Box(medal.right + 8, box.y + 14, box.right - medal.right - 14, 32)
        slide.text(beside, [(person.title, "ink", 13, True)], name="Name", middle=True)
        for part in _gathered(card):
            slide.text(*part)


def _gathered(card: PersonCard) -> list[tuple[Box, list[tuple[str, str, float, bool]]]]:
    """What stands on a persona's card as a few texts: one for the quote and what is known, one for each list."""
    box, person = card.box, card.person
    found: list[tuple[Box, list[tuple[str, str, float, bool]]]] = []
    columns: dict[tuple[float, str], float] = {}
    for one in card.lines:
        if "strong" in one.css:
            columns[one.x, one.text] = one.y
    first = min(columns.values(), default=box.height)
    about = [(f"“{person.quote}”", "soft", 11.5, False)] if person.quote else []
    about += [(person.about, "ink", 11.5, False)] if person.about else []
    if about:
        found.append((Box(box.x + PAD, box.y + 50, box.width - 2 * PAD, first - 66), about))
    lists = dict(person.lists)
    places = sorted({x for x, _ in columns})
    wide = (box.width - 2 * PAD) / max(len(places), 1)
    for (x, name), y in columns.items():
        said = [(name, "soft", 10.5, True), *((f"• {text}", "ink", 11.5, False) for text in lists[name])]
        found.append((Box(box.x + x, box.y + y - 12, wide - 6, 16 + 15.5 * len(said)), said))
    return found


def _sheets(show: Exhibit, stage: StageHead) -> list[Sheet]:
    """The stage on as many slides as it needs."""
    ids = [column.stage for column in show.board.columns]
    first = ids.index(stage.id)
    part = show.board.part([column for column in show.board.columns if column.stage == stage.id])
    lines = [line.part(first, len(part.columns)) for line in show.lines]
    return cut(part, lines, width=WIDTH / FINEST, height=ROOM / FINEST / TIGHTEST, widest=700, curve=124)


def _stage(slide: Slide, sheet: Sheet) -> None:
    slide.head()
    scale = min(FINEST / TIGHTEST, (WIDTH - 8) / sheet.layout.width, ROOM / sheet.layout.height)
    put_board(slide.scaled(scale, top=TITLE_END), sheet)
