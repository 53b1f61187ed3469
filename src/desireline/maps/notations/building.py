"""A map that is put together while a foreign notation is read: ids are made from titles, each only once."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from desireline.errors import MapInvalid, MapUnreadable
from desireline.maps.files import map_of
from desireline.maps.records import Map
from desireline.maps.written import MAX_BYTES, Written

MOST_PLACES = 2_000
"""Stages and touchpoints that one file may bring; more is data, not a map."""


class Building:
    """Records so far. `name` is what errors call the text."""

    def __init__(self, name: str, title: str) -> None:
        self.name = name
        self.title = title
        self._taken: set[str] = set()
        self._found: dict[str, list[dict[str, Any]]] = {}
        self._named: dict[tuple[str, str], str] = {}

    def add(self, section: str, title: str, **fields: Any) -> str:
        """A new record with this title; its id."""
        id_ = self._free(slug(title) or section.removesuffix("s"))
        self._keep(section, {"id": id_, "title": title} | {k: v for k, v in fields.items() if v not in (None, [], "")})
        return id_

    def once(self, section: str, title: str) -> str:
        """The id of the record with this title, which is made where there is none."""
        key = (section, title.casefold())
        if key not in self._named:
            self._named[key] = self.add(section, title)
        return self._named[key]

    def card(self, at: str, lane: str, says: str = "", **fields: Any) -> None:
        """A statement at a place."""
        known = {name: value for name, value in fields.items() if value is not None}
        self._keep("cards", {"at": at, "lane": lane, **({"says": says} if says else {}), **known})

    def change(self, section: str, id_: str, **fields: Any) -> None:
        """The record has these fields as well."""
        next(one for one in self._found[section] if one["id"] == id_).update(fields)

    def map(self) -> Map:
        """The whole map, once everything is in it. Raises MapInvalid."""
        head = {"id": self._free(slug(self.title) or "map"), "title": self.title or "Untitled"}
        return map_of(Written(self.name, "", {"format": "desireline/1", "map": head, **self._found}, None, {}))

    def _keep(self, section: str, record: dict[str, Any]) -> None:
        records = self._found.setdefault(section, [])
        records.append(record)
        if section != "cards" and len(records) > MOST_PLACES:
            raise MapInvalid(self.name, [f"more than {MOST_PLACES:,} {section}: this looks like data, not like a map"])

    def _free(self, stem: str) -> str:
        number, id_ = 1, stem
        while id_ in self._taken:
            number += 1
            id_ = f"{stem}-{number}"
        self._taken.add(id_)
        return id_


def slug(text: str) -> str:
    """An id made of the letters of a title; nothing where it has none that an id may hold."""
    plain = unicodedata.normalize("NFKD", text.replace("ß", "ss")).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:48].strip("-")


def one_line(text: str) -> str:
    """The text with every run of white space as one space, and without control characters."""
    return " ".join(re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]", "", text).split())


def check_size(text: str, name: str) -> None:
    """The text may be a map. Raises MapUnreadable."""
    if len(text) > MAX_BYTES:
        raise MapUnreadable(name, None, f"it is longer than {MAX_BYTES / 1e6:.0f} MB, which no map needs. Is it data?")
    if not text.strip():
        raise MapUnreadable(name, None, "it holds nothing.")
