"""A file that was edited by hand, made ready to be brought into the shared map that it came from.

Cards and links need no id in a file; reading numbers them. Somebody who took the first of three out has renumbered the
others, so here each nameless record is recognised by what it says, and only then by where it stands: comments and votes
stay with the card that they were given to.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import Any

from desireline.live.orders import place_in_order
from desireline.live.written import Data, tidied
from desireline.maps.files import map_data, map_of
from desireline.maps.ids import records_of
from desireline.maps.records import SECTIONS
from desireline.maps.written import read_yaml

_GROUPS = {"cards": ("at", "lane"), "links": ("kind", "from", "to", "among")}


def file_data(text: str, there: Mapping[str, Any] | None = None, *, name: str = "map") -> Data:
    """The map in a text as `live.bring` wants it; `there` is what the document holds now.

    Raises MapUnreadable, MapInvalid, with every fault and its line.
    """
    written = read_yaml(text, name)
    data = map_data(map_of(written))
    if there:
        for section in _GROUPS:
            _recognise(data, written.data, there, section)
    for section in SECTIONS:
        if section in data:
            data[section] = sorted(data[section], key=place_in_order)
    return data


def _recognise(data: Data, raw: Data, there: Mapping[str, Any], section: str) -> None:
    """Give the nameless records of a section the ids of those of the document that they are."""
    places = [place for place, record in records_of(raw, section) if not record.get("id")]
    if not places:
        return
    rows = data[section]
    named = {row["id"] for name in SECTIONS for row in data.get(name, [])} - {rows[place]["id"] for place in places}
    free = [row for row in there.get(section, []) if row["id"] not in named]
    found = _matched(section, {place: rows[place] for place in places}, free)
    taken = named | set(found.values()) | {row["id"] for name in SECTIONS for row in there.get(name, [])}
    for place in places:
        if place not in found and rows[place]["id"] in taken:
            found[place] = _fresh(rows[place]["id"], taken)
        taken.add(found.get(place, rows[place]["id"]))
    data[section] = [{**row, "id": found.get(place, row["id"])} for place, row in enumerate(rows)]


def _matched(section: str, asked: Mapping[int, Data], free: list[Data]) -> dict[int, str]:
    """By place: the id of the record that says the same; else of the next one that stands in the same cell."""
    found: dict[int, str] = {}
    live = [row for row in free if not row.get("deleted")]
    said = {row["id"]: row for row in free}
    for rows, key in ((live, _content), (free, _content), (live, _cell)):
        taken = set(found.values())
        left: dict[str, list[str]] = {}
        for row in rows:
            if row["id"] not in taken:
                left.setdefault(key(section, row), []).append(row["id"])
        for place, wanted in asked.items():
            same = left.get(key(section, wanted), []) if place not in found else []
            if same:
                found[place] = max(same, key=lambda id_: _likeness(wanted, said[id_]))
                same.remove(found[place])
    return found


def _likeness(row: Data, other: Data) -> tuple[float, bool]:
    """How much of the one text stands in the other; then whether they have the same id."""
    ratio = SequenceMatcher(None, str(row.get("says", "")), str(other.get("says", ""))).ratio()
    return (ratio, row["id"] == other["id"])


def _content(section: str, row: Mapping[str, Any]) -> str:
    said = tidied(SECTIONS[section], row)
    return json.dumps({name: said[name] for name in sorted(said) if name not in ("id", "deleted")})


def _cell(section: str, row: Mapping[str, Any]) -> str:
    return json.dumps([row.get(name) for name in _GROUPS[section]])


def _fresh(id_: str, taken: set[str]) -> str:
    stem, _, number = id_.rpartition(".")
    stem = stem if number.isdecimal() and stem else id_
    count = 2
    while f"{stem}.{count}" in taken:
        count += 1
    return f"{stem}.{count}"
