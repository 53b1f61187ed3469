"""Mermaid's `journey`: a title, sections, and tasks with a score from 1 to 5 and the people who take part.

    journey
        title Buying a coat
        section Choose
          Looks around: 4: Maya
          Tries it on: 5: Maya, Ben

Sections are stages, tasks are touchpoints, people are personas, and a score of 3 is a neutral feeling. Mermaid gives
`: ; #` a meaning of their own, so those of a title are written wide (：；＃), and read back. Source: Mermaid's
documentation of user journeys, and its grammar `journey.jison`.
"""

from __future__ import annotations

import re

from desireline.errors import MapUnreadable
from desireline.maps.notations.building import Building, check_size, one_line
from desireline.maps.outline import Outline, in_order
from desireline.maps.records import Map

WIDE = {":": "：", ";": "；", "#": "＃", "<": "＜", ">": "＞", "`": "｀"}
"""Signs that Mermaid, or a page that holds the text, would not take for text."""

NARROW = {wide: sign for sign, wide in WIDE.items()} | {"，": ","}
JOINER = "\u2060"
"""Stands before a title that begins with a word of the notation; it is not seen."""

_KEYWORD = re.compile(r"(?i)^((title|section|journey|acctitle|accdescr|end)\b|%%)")
_SCORE = re.compile(r"^\s*([+-]?\d+(?:\.\d+)?)\s*(?::(.*))?$")


def mermaid_of(map: Map) -> str:
    """The map as a Mermaid journey."""
    outline = Outline(map)
    lines = ["journey", f"    title {_written(map.map.title or map.map.id)}"]
    for stage in outline.stages:
        lines.append(f"    section {_written(stage.title or stage.id)}")
        inside = [point for point in outline.touchpoints if point.stage == stage.id]
        for point in inside:
            level = outline.intended_feeling(point.id)
            people = ", ".join(_written(title).replace(",", "，") for title in _people(outline, point.id))
            score = 3 if level is None else round(level + 3 + 1e-9)
            lines.append(f"      {_written(point.title or point.id)}: {score}" + (f": {people}" if people else ""))
    return "\n".join(lines) + "\n"


def read_mermaid(text: str, name: str = "journey") -> Map:
    """The map that a Mermaid journey draws. Raises MapUnreadable, naming the line, and MapInvalid."""
    check_size(text, name)
    building = Building(name, "")
    stage, begun = "", False
    for number, line in _lines(text):
        word, _, rest = line.partition(" ")
        if not begun:
            if word.rstrip(":") != "journey":
                raise MapUnreadable(
                    name, number, "a Mermaid journey begins with the word “journey”, and this does not."
                )
            begun = True
        elif word.lower() == "title":
            building.title = _read(rest)
        elif word.lower() == "section":
            stage = building.add("stages", _read(rest))
        elif word.lower().rstrip(":") not in ("acctitle", "accdescr"):
            stage = stage or building.add("stages", building.title or "Journey")
            _task(building, line, stage, name=name, number=number)
    if not begun:
        raise MapUnreadable(name, None, "a Mermaid journey begins with the word “journey”, and this does not.")
    return building.map()


def _task(building: Building, line: str, stage: str, *, name: str, number: int) -> None:
    title, colon, data = line.partition(":")
    match = _SCORE.match(data) if colon else None
    if colon and match is None:
        what = (
            f"“{line[:60]}” has no score. A task is written “Title: score: person, person”, with a score from 1 to 5."
        )
        raise MapUnreadable(name, number, what)
    point = building.add("touchpoints", _read(title), stage=stage)
    if match is None:
        return
    score = float(match[1])
    if not 1 <= score <= 5:
        raise MapUnreadable(name, number, f"the score {match[1]} is not between 1 and 5.")
    people = [person for part in (match[2] or "").split(",") if part.strip() and (person := _read(part))]
    for person in people:
        building.card(point, "feeling", level=score - 3, persona=building.once("personas", person))
    if not people:
        building.card(point, "feeling", level=score - 3)


def _lines(text: str) -> list[tuple[int, str]]:
    """The lines that say something, each with its number; fences, comments and settings are left out."""
    found: list[tuple[int, str]] = []
    settings = False
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), start=1):
        said = line.strip()
        if said == "---" and (settings or not found):
            settings = not settings
        elif said and not settings and not said.startswith(("%%", "```", "#")):
            found.append((number, said.rstrip(";")))
    return found


def _people(outline: Outline, place: str) -> list[str]:
    """The personas who have a statement of their own at the place."""
    own = {card.persona for card in in_order(outline.map.cards) if card.at == place}
    return [one.title or one.id for one in in_order(outline.map.personas) if one.id in own]


def _written(text: str) -> str:
    plain = "".join(WIDE.get(sign, sign) for sign in one_line(text)) or "–"
    return JOINER + plain if _KEYWORD.match(plain) else plain


def _read(text: str) -> str:
    said = text.replace(JOINER, "").strip()
    return one_line("".join(NARROW.get(sign, sign) for sign in said)) or "–"
