"""Shared maps and their files: a map is begun from a file, brought to one, and written as one.

What comes from a file is an edit in the map's own history, so that people who have it open see it happen and nothing
that they type meanwhile is lost. Before and after it the map is kept as a version.
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from desireline.errors import LedgerUnwritable, MapArchived, MapInvalid
from desireline.ledger.documents import Document, Documents, Update
from desireline.ledger.shelf import Shelf
from desireline.ledger.versions import Version, VersionKind
from desireline.live.bring import bring
from desireline.live.document import document_data
from desireline.live.recognised import file_data
from desireline.live.room import PATIENCE_S
from desireline.live.shape import new_document
from desireline.live.written import map_of_document, written_text
from desireline.maps.diff import Change, diff_maps
from desireline.maps.files import MapFile

if TYPE_CHECKING:
    from desireline.server.desk import Desk

Data = dict[str, Any]


@dataclass(frozen=True)
class Brought:
    """What bringing a map to a file changed, and the versions around it; none where nothing changed or would."""

    changes: list[Change]
    before: Version | None = None
    after: Version | None = None


@dataclass(frozen=True)
class Words:
    """How versions around a change are called."""

    before: str
    after: str
    kind_before: VersionKind
    kind_after: VersionKind


def import_words(name: str) -> Words:
    """How the versions around an import of this file are called."""
    kinds = (VersionKind.BEFORE_IMPORT, VersionKind.IMPORTED)
    return Words(f"Before {name} was imported", f"{name} imported", *kinds)


def begin(documents: Documents, shelf: Shelf, text: str, *, by: str, at: datetime, title: str = "") -> Document:
    """A new map from this file; its id is one that no other map has. Raises MapUnreadable, MapInvalid."""
    file = MapFile(Path("map"), text)
    if title and title != file.map.map.title:
        file.set(file.map.map.id, "title", title)
    _with_own_id(file, shelf.map_ids(), title)
    data, doc = file_data(file.text), new_document()
    bring(doc, data)
    first = Update(doc.get_update(), by, at.isoformat())
    head = data["map"]
    return documents.make(
        map_id=head["id"], title=head["title"], owner=head.get("owner", ""), text=file.text, first=first
    )


async def data_of(desk: Desk, id_: str) -> Data:
    """The map as data, in the shape of its file. Nobody may change what this hands out. Raises UnknownDocument."""
    return (await desk.rooms.room(id_)).data()


async def text_of(desk: Desk, id_: str) -> str:
    """The map's file. Raises UnknownDocument."""
    data = await data_of(desk, id_)
    return await asyncio.to_thread(lambda: written_text(data, desk.documents.text(id_)))


def check_in_use(desk: Desk, id_: str) -> None:
    """The map is here and may be changed. Raises UnknownDocument, MapArchived."""
    if desk.documents.get(id_).archived_at:
        raise MapArchived


async def changes_to(desk: Desk, id_: str, text: str) -> Brought:
    """What bringing the map to this file would change. Raises UnknownDocument, MapUnreadable, MapInvalid."""
    now = await data_of(desk, id_)
    return await asyncio.to_thread(lambda: Brought(_changes(now, file_data(text, now))))


async def bring_text(desk: Desk, id_: str, text: str, *, by: str, words: Words) -> Brought:
    """The map is brought to this file. Raises UnknownDocument, MapArchived, MapUnreadable, MapInvalid."""
    await asyncio.to_thread(check_in_use, desk, id_)
    room = await desk.rooms.room(id_)
    now = room.data()
    wanted = await asyncio.to_thread(file_data, text, now)
    found = Brought(await asyncio.to_thread(_changes, now, wanted))
    if found.changes:
        found = replace(found, before=await keep_version(desk, id_, words.before, kind=words.kind_before, by=by))
    await room.write(by, lambda doc: bring(doc, wanted, since=now))
    await asyncio.to_thread(desk.shelf.keep_text, id_, text, map_id=wanted["map"]["id"])
    if not found.changes:
        return found
    return replace(found, after=await keep_version(desk, id_, words.after, kind=words.kind_after, by=by))


async def edit_head(desk: Desk, id_: str, *, by: str, **fields: str) -> None:
    """Fields of the map's head say this. Raises UnknownDocument, MapArchived."""
    await asyncio.to_thread(check_in_use, desk, id_)
    room = await desk.rooms.room(id_)

    def change(doc: Any) -> None:
        data = document_data(doc)
        bring(doc, data | {"map": data["map"] | fields})

    await room.write(by, change)


async def keep_version(desk: Desk, id_: str, title: str, *, kind: VersionKind, by: str) -> Version:
    """The map as it is now is a version; everybody who has it open is told.

    Raises UnknownDocument; LedgerUnwritable where what was edited before is not on the disk after a while.
    """
    room = await desk.rooms.room(id_)
    try:
        await asyncio.wait_for(room.settled(), PATIENCE_S)
    except TimeoutError:
        raise LedgerUnwritable(f"A map is not on the disk yet, so no version of it was made. {room.trouble}") from None
    text = await text_of(desk, id_)
    at = desk.clock().isoformat()
    made = await asyncio.to_thread(lambda: desk.versions.make(id_, text, title=title, kind=kind, by=by, at=at))
    desk.rooms.tell(id_, "version", id=made.id, title=made.title)
    return made


async def keep_day(desk: Desk, id_: str) -> Version | None:
    """The map as it was left on an earlier day is a version, unless one says the same already, or nobody drew on it."""
    about = await asyncio.to_thread(desk.documents.get, id_)
    left = datetime.fromisoformat(about.changed_at).date()
    if left >= desk.clock().date() or about.changed_at == about.made_at:
        return None
    text = await text_of(desk, id_)
    title, at = f"As of {left.day} {left:%B %Y}", desk.clock().isoformat()
    make = desk.versions.make_if_new
    return await asyncio.to_thread(lambda: make(id_, text, title=title, kind=VersionKind.DAILY, by="", at=at))


def slug(text: str, *, taken: set[str] | frozenset[str] = frozenset(), instead: str = "map") -> str:
    """An id that reads like the text and is not taken."""
    plain = normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-") or instead
    number, id_ = 1, stem
    while id_ in taken:
        number += 1
        id_ = f"{stem}-{number}"
    return id_


def _with_own_id(file: MapFile, taken: set[str], title: str) -> None:
    """The map has an id of its own; where records mention the id that it has, it keeps that."""
    held = file.map.map.id
    if held not in taken and not title:
        return
    try:
        file.set(held, "id", slug(title, taken=taken, instead=held) if title else slug(held, taken=taken))
    except MapInvalid:
        return


def _changes(now: Data, wanted: Data) -> list[Change]:
    return diff_maps(map_of_document(now), map_of_document(wanted))
