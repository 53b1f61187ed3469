"""A map, ready to be shown: its board, its people, its lines of feeling and what is known of it, in words.

Every export draws this one, so that a slide, a sheet and a picture of one map cannot tell different stories.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from desireline.draw.board import Board, lay_board
from desireline.draw.feelings import Line, feeling_lines
from desireline.draw.files.storyboard import picture_uri, storyboard
from desireline.draw.promises import say_kpis, say_promise
from desireline.draw.readings import Readings
from desireline.maps.outline import Outline, in_order
from desireline.maps.records import Map, MapHead, Persona


@dataclass(frozen=True)
class Person:
    """A persona in words: a title, what they say, and lists under their names; `image` is a `data:` address."""

    id: str
    title: str
    about: str
    quote: str
    image: str
    lists: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Exhibit:
    """A map and how it is told."""

    map: Map
    outline: Outline
    board: Board
    people: tuple[Person, ...]
    lines: tuple[Line, ...]
    facts: tuple[tuple[str, str], ...]

    @property
    def title(self) -> str:
        """The map's title, its id where it has none."""
        return self.map.map.title or self.map.map.id


def exhibit(map: Map, *, pictures: Mapping[str, bytes] | None = None) -> Exhibit:
    """The map as it is intended, without any number that was measured.

    `pictures` holds the bytes of pictures by the name that records give them; the others are left out.
    """
    outline, known = Outline(map), pictures or {}
    board = lay_board(outline, Readings(None), None)
    drawn = storyboard(outline, board.columns, known)
    if drawn:
        board = replace(board, lanes=[*board.lanes[:1], drawn, *board.lanes[1:]])
    return Exhibit(
        map=map,
        outline=outline,
        board=board,
        people=tuple(_person(one, known) for one in in_order(map.personas)),
        lines=feeling_lines(outline),
        facts=tuple(_facts(map.map, outline)),
    )


def _person(one: Persona, pictures: Mapping[str, bytes]) -> Person:
    said = {"Wants": one.goals, "Needs": one.needs, "Moved by": one.motivations, "Put off by": one.frustrations}
    image = picture_uri(pictures[one.image]) if one.image and one.image in pictures else ""
    lists = tuple((name, tuple(texts)) for name, texts in said.items() if texts)
    return Person(one.id, one.title or one.id, one.about or "", one.quote or "", image, lists)


def _facts(head: MapHead, outline: Outline) -> list[tuple[str, str]]:
    promised = "; ".join(say_promise(head.promise, outline))
    success = ", ".join(f"“{outline.titles[id_]}”" for id_ in outline.success)
    said = {
        "Scope": head.scope or "",
        "Owner": head.owner or "",
        "Promise": promised,
        "Measured by": ", ".join(say_kpis(head.kpis)),
        "Ends well at": success,
        "Looked over": _reviewed(head),
    }
    return [(name, text) for name, text in said.items() if text]


def _reviewed(head: MapHead) -> str:
    if head.review is None:
        return ""
    last = f"last on {_day(head.review.last)}" if head.review.last else ""
    by = f"by {head.review.by}" if head.review.by else ""
    every = f"every {head.review.every_days} days" if head.review.every_days else ""
    return ", ".join(part for part in (every, " ".join(p for p in (last, by) if p)) if part)


def _day(on: date) -> str:
    return f"{on.day} {on:%B %Y}"
