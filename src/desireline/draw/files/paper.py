"""A map on sheets of paper: a cover with its head and its people, then the board, sheet after sheet, legibly large."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

from desireline.draw.feelings import draw_key
from desireline.draw.files.exhibit import Exhibit
from desireline.draw.files.export import convert
from desireline.draw.files.glance import draw_glimpses, draw_mood, heading, place_glimpses
from desireline.draw.files.joined import join_pdfs
from desireline.draw.files.people import PersonCard, bottom_of, draw_people, place_people
from desireline.draw.files.poster import NOTHING_YET, draw_head, picture_style, place_feelings
from desireline.draw.files.sheets import Sheet, cut
from desireline.draw.html import Child, el
from desireline.draw.layout import HEAD, MARGIN
from desireline.draw.svg import draw_board, standing_alone, text
from desireline.draw.text import clip

PAPERS: Mapping[str, tuple[float, float]] = {"a4": (841.89, 595.28), "a3": (1190.55, 841.89), "letter": (792.0, 612.0)}
"""Landscape papers: width and height in points."""

SMALLEST = 0.62  # points per pixel on A4: text of 11.5 pixels is 7.1 points
TIGHTEST = 0.87  # how far a sheet may shrink so that its lanes stay together
BAND = 64.0  # the strip with the title at the top of a sheet
FOOT = 26.0
MOOD = 110.0  # the least height of the curve on the cover


def paged_pdf(show: Exhibit, *, paper: str = "a4") -> bytes:
    """The map as a PDF of several landscape pages."""
    return join_pdfs([convert(page, "pdf") for page in draw_pages(show, paper=paper)])


def draw_pages(show: Exhibit, *, paper: str = "a4") -> list[str]:
    """The pages as SVG documents, in points of the paper."""
    wide, tall = PAPERS[paper]
    scale = SMALLEST * (wide / PAPERS["a4"][0]) ** 0.5
    width, height = wide / scale, tall / scale
    sheets = cut(show.board, show.lines, width=width, height=(height - BAND - FOOT) / TIGHTEST)
    inside = [_cover(show, width, height), *_people(show, width, height)]
    inside += [_sheet(sheet, width, height) for sheet in sheets]
    many = len(inside)
    return [_page(show, parts, width, height, scale, f"{k} of {many}") for k, parts in enumerate(inside, start=1)]


def _page(show: Exhibit, parts: Child, width: float, height: float, scale: float, place: str) -> str:
    foot = height - 12
    inside: list[Child] = [
        el("title", {}, show.title),
        picture_style(),
        el("rect", {"class": "ground", "width": width, "height": height}),
        parts,
        text(MARGIN, foot, clip(show.title, width - 200, 10.5), "small soft"),
        text(width - MARGIN, foot, place, "small soft", text_anchor="end"),
    ]
    return standing_alone(inside, width, height, scale=scale)


def _cover(show: Exhibit, width: float, height: float) -> Child:
    head, y = draw_head(show, width)
    cards = _fitting(place_people(show.people, MARGIN, y + 12, width - 2 * MARGIN), height - FOOT)
    if not show.board.columns:
        return [head, draw_people(cards), text(MARGIN, bottom_of(cards, y) + 30, NOTHING_YET, "soft")]
    top = bottom_of(cards, y) + 34
    glimpses = place_glimpses(show.board, MARGIN, top, width - 2 * MARGIN)
    fits = bool(glimpses) and glimpses[-1].box.bottom < height - FOOT
    glance: list[Child] = [heading("At a glance", MARGIN, top - 10), draw_glimpses(glimpses)] if fits else []
    room = height - FOOT - MARGIN - glimpses[-1].box.bottom
    if fits and room > MOOD and glimpses[0].box.y == glimpses[-1].box.y and show.lines:
        glance.append(draw_mood(show, glimpses, min(room, 2 * MOOD)))
    return [head, draw_people(cards), glance]


def _people(show: Exhibit, width: float, height: float) -> list[Child]:
    """Pages for the personas for whom there is no room on the cover."""
    _, y = draw_head(show, width)
    rest = show.people[len(_fitting(place_people(show.people, MARGIN, y + 12, width - 2 * MARGIN), height - FOOT)) :]
    pages: list[Child] = []
    while rest:
        placed = place_people(rest, MARGIN, MARGIN + 24, width - 2 * MARGIN)
        cards = _fitting(placed, height - FOOT) or placed[:1]
        pages.append([text(MARGIN, MARGIN + 6, "Personas", "head"), draw_people(cards)])
        rest = rest[len(cards) :]
    return pages


def _fitting(cards: list[PersonCard], bottom: float) -> list[PersonCard]:
    """The cards of those rows that end above the bottom."""
    rows = groupby(cards, key=lambda card: card.box.y)
    kept: list[PersonCard] = []
    for _, row in rows:
        found = list(row)
        if max(card.box.bottom for card in found) > bottom:
            break
        kept += found
    return kept


def _sheet(sheet: Sheet, width: float, height: float) -> Child:
    layout = sheet.layout
    room = height - BAND - FOOT
    shrunk = min(1.0, room / layout.height, width / layout.width)
    feeling = any(lane.key == "feeling" for lane in sheet.board.lanes)
    curve = place_feelings(sheet.lines, layout) if feeling else el("g", {})
    return [
        text(MARGIN, 36, clip(sheet.stages, width - 2 * MARGIN - 420, 15, bold=True), "head"),
        draw_key(sheet.spoken, max(MARGIN + HEAD, width - 4 * 190), 32) if feeling else None,
        el("g", {"transform": f"translate(0 {BAND:g}) scale({shrunk:.4f})"}, draw_board(sheet.board, layout, curve)),
    ]
