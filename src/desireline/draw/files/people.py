"""The personas of a map as cards side by side, above the board of a picture or on a sheet of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desireline.draw.files.exhibit import Person
from desireline.draw.html import Child, Markup, Size, el
from desireline.draw.layout import Box
from desireline.draw.svg import lines, text
from desireline.draw.text import wrap

NARROWEST = 250.0
WIDEST = 640.0
BETWEEN = 12.0
PAD = 14.0
MEDAL = 17.0
TOP = 46.0
STEP = 15.5
COLUMN_WIDTH = 150.0


@dataclass(frozen=True)
class Said:
    """A line on a card: its place from the card's corner, how it is written, and what it says."""

    x: float
    y: float
    css: str
    text: str


@dataclass(frozen=True)
class PersonCard:
    """A persona's card: where it stands, its title and the lines under it."""

    person: Person
    box: Box
    title: tuple[str, ...]
    lines: tuple[Said, ...]


def place_people(people: Sequence[Person], x: float, y: float, width: float) -> list[PersonCard]:
    """The cards in rows of equal height, from the upper left corner on."""
    if not people:
        return []
    row = max(1, min(len(people), int((width + BETWEEN) // (NARROWEST + BETWEEN))))
    wide = min(WIDEST, (width - BETWEEN * (row - 1)) / row)
    cards: list[PersonCard] = []
    for first in range(0, len(people), row):
        written = [(person, *_written(person, wide - 2 * PAD)) for person in people[first : first + row]]
        tall = max(bottom for _, _, bottom in written) + PAD
        for k, (person, said, _) in enumerate(written):
            title = wrap(person.title, wide - 2 * PAD - 2 * MEDAL - 10, 13, bold=True, most=2)
            cards.append(PersonCard(person, Box(x + k * (wide + BETWEEN), y, wide, tall), tuple(title), tuple(said)))
        y += tall + BETWEEN
    return cards


def bottom_of(cards: Sequence[PersonCard], y: float) -> float:
    """Where the last row ends; `y` where there are no cards."""
    return max((card.box.bottom for card in cards), default=y)


def draw_people(cards: Sequence[PersonCard]) -> list[Markup]:
    """The cards as SVG."""
    return [_card(card) for card in cards]


def initials(title: str) -> str:
    """Up to two letters that stand for a persona."""
    words = [word for word in title.replace(",", " ").split() if word[:1].isalpha()]
    return "".join(word[0] for word in words[:2]).upper() or "?"


def _written(person: Person, width: float) -> tuple[list[Said], float]:
    """The lines of a card below its title, the lists side by side, and where the last one ends."""
    y, said = TOP, []
    quote = f"“{person.quote}”" if person.quote else ""
    for css, whole in (("italic soft", quote), ("", person.about)):
        for line in wrap(whole, width, 11.5, most=8):
            y += STEP
            said.append(Said(PAD, y, css, line))
    side_by_side = max(1, min(len(person.lists), int(width // COLUMN_WIDTH)))
    wide = width / side_by_side
    for first in range(0, len(person.lists), side_by_side):
        columns = [
            _listed(name, texts, PAD + k * wide, y, wide - 10)
            for k, (name, texts) in enumerate(person.lists[first : first + side_by_side])
        ]
        said += [line for column in columns for line in column]
        y = max(column[-1].y for column in columns)
    return said, y


def _listed(name: str, texts: Sequence[str], x: float, y: float, width: float) -> list[Said]:
    y += STEP + 6
    said = [Said(x, y, "small strong soft", name)]
    for one in texts:
        for k, line in enumerate(wrap(one, width - 12, 11.5, most=8)):
            y += STEP
            said.append(Said(x if k == 0 else x + 9, y, "", f"• {line}" if k == 0 else line))
    return said


def _face(person: Person, x: float, y: float) -> list[Markup]:
    """The persona's picture, or their initials."""
    disc: Size = {"class": "medal", "cx": x, "cy": y, "r": MEDAL}
    if not person.image:
        return [el("circle", disc), text(x, y + 4.5, initials(person.title), "initials", text_anchor="middle")]
    round_ = el("clipPath", {"id": f"face-{person.id}"}, el("circle", disc))
    place: Size = {"x": x - MEDAL, "y": y - MEDAL, "width": 2 * MEDAL, "height": 2 * MEDAL}
    clipped: Size = {"preserveAspectRatio": "xMidYMid slice", "clip-path": f"url(#face-{person.id})"}
    return [el("defs", {}, round_), el("image", {"href": person.image, **place, **clipped})]


def _card(card: PersonCard) -> Markup:
    box, person = card.box, card.person
    left, middle = box.x + PAD, box.y + 30
    parts: list[Child] = [
        el("rect", {"class": "person", "x": box.x, "y": box.y, "width": box.width, "height": box.height, "rx": 8}),
        _face(person, left + MEDAL, middle),
        lines(left + 2 * MEDAL + 10, middle + 5 - 8 * (len(card.title) - 1), card.title, css="card-title", step=16),
        [text(box.x + one.x, box.y + one.y, one.text, one.css) for one in card.lines],
    ]
    return el("g", {"class": "persona"}, el("title", {}, f"Persona: {person.title}"), parts)
