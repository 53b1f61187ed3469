"""The gate of a room: what may be written, by whom. What is refused has changed nothing.

An update is first applied to a copy. There one sees which roots and records it touches, so that a viewer's edit, a
commenter's edit of a card, or a record that would make the map unreadable never reach the document.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from pycrdt import Array, Doc, Map, Text, XmlElement, XmlFragment, XmlText

from desireline.access import Right
from desireline.errors import UpdateRefused
from desireline.live.document import fields_of
from desireline.live.nesting import check_nesting
from desireline.live.said import SAID_CHECKS, Change, Writer, place_of, validated
from desireline.live.shape import DRAWN, HEAD, RECORDS, ROOTS, SAID, SECTION, TEXTS, VOTES, WORKSHOP, document_of, root
from desireline.live.watch import Watch, lacks
from desireline.maps.edits import is_key
from desireline.maps.records import SECTIONS, MapHead
from desireline.maps.references import mentions

MAX_UPDATE = 256 * 1024  # of one edit
MAX_MERGE = 8 * 1024 * 1024  # of what was edited while there was no connection
MAX_DOCUMENT = 20 * 1024 * 1024
MAX_WORKSHOP = 4 * 1024

_NEEDED = dict.fromkeys(DRAWN, Right.EDIT) | dict.fromkeys(SAID, Right.COMMENT) | {WORKSHOP: Right.EDIT}
_NESTED = (Map, Text, Array, XmlElement, XmlFragment, XmlText, Doc)


@dataclass(frozen=True)
class Admitted:
    """What an update touches: by root, the keys (ids of records, comments …) and for each the fields.

    `new` is false for an update of which everything was known already.
    """

    touched: dict[str, dict[str, tuple[str, ...]]] = field(default_factory=dict)
    new: bool = False


class Gate:
    """Admits updates to one document, which only changes through it."""

    def __init__(self, doc: Doc[Any], *, most: int = MAX_DOCUMENT) -> None:
        self._doc = doc
        self._most = most
        self._begin()

    def admit(self, body: bytes, *, by: Writer, most: int = MAX_UPDATE) -> Admitted:
        """Apply the update to the document. Raises UpdateRefused; then the document is as it was."""
        if len(body) > most:
            raise UpdateRefused(
                f"This edit is larger ({len(body) / 1024:,.0f} KB) than a map takes at once ({most / 1024:,.0f} KB). "
                "Paste it in smaller pieces.",
                code="too-large",
            )
        check_nesting(body)
        try:
            _apply(self._copy, body)
            if lacks(body, self._copy):
                raise UpdateRefused("This edit builds on one that never arrived, so it was not taken.", code="gap")
            changes = self._changes() if self._seen.changed else None
            if changes is not None:
                self._check(changes, by)
                self._check_size(len(body))
        except BaseException:
            self._begin()
            raise
        return self._taken(body, changes)

    def write(self, change: Callable[[Doc[Any]], object]) -> tuple[bytes, Admitted]:
        """The server itself edits: all of it or, when that or the map after it is refused, nothing; the update."""
        try:
            before = self._copy.get_state()
            change(self._copy)
            body = self._copy.get_update(before)
            changes = self._changes() if self._seen.changed else None
            if changes is not None:
                self._check_records(changes)
                self._check_size(len(body))
        except BaseException:
            self._begin()
            raise
        return body, self._taken(body, changes)

    def _begin(self) -> None:
        whole = self._doc.get_update()
        self._copy, self._size = document_of([whole]), len(whole)
        self._seen = Watch(self._copy)

    def _taken(self, body: bytes, changes: dict[str, list[Change]] | None) -> Admitted:
        self._seen.clear()
        if changes is None:
            return Admitted()
        self._doc.apply_update(body)
        touched = {
            name: {change.key: tuple(sorted(change.fields())) for change in some} for name, some in changes.items()
        }
        return Admitted(touched, new=True)

    def _changes(self) -> dict[str, list[Change]]:
        """What the copy has that the document has not yet. Raises UpdateRefused."""
        unknown = sorted(set(self._copy.keys()) - set(ROOTS))
        if unknown:
            raise UpdateRefused(f"A map has no part {unknown[0]!r}.")
        return {
            name: [Change(key, _entry(self._doc, name, key), _entry(self._copy, name, key)) for key in keys]
            for name, keys in self._seen.touched().items()
        }

    def _check(self, changes: dict[str, list[Change]], by: Writer) -> None:
        needed = {_NEEDED[name] for name in changes} or {Right.COMMENT}
        for right in sorted(needed - by.rights):
            raise UpdateRefused(
                f"Your role does not let you {'change the map' if right is Right.EDIT else 'comment'}.",
                code="not-allowed",
            )
        self._check_records(changes)
        for name in SAID:
            for change in changes.get(name, ()):
                SAID_CHECKS[name](change, by)
                self._check_place(place_of(name, change), change.key)
        if WORKSHOP in changes:
            _check_workshop(root(self._copy, WORKSHOP))

    def _check_records(self, changes: dict[str, list[Change]]) -> None:
        for change in changes.get(RECORDS, ()):
            if change.now is None:
                raise UpdateRefused(
                    f"The record {change.key!r} would be gone for good; records are only marked as deleted."
                )
            _check_types(root(self._copy, RECORDS)[change.key], change.key)
            _check_record(change)
            self._check_mentions(str(change.now[SECTION]), _bare(change.now))
        if HEAD in changes:
            head = fields_of(root(self._copy, HEAD))
            _check_types(root(self._copy, HEAD), "map")
            validated(MapHead, head, "map")
            self._check_mentions("map", head)

    def _check_mentions(self, section: str, fields: dict[str, Any]) -> None:
        head = {"map": fields} if section == "map" else {section: [fields]}
        for mention in mentions(head):
            self._check_place(mention.id, str(fields.get("id")))

    def _check_place(self, id_: str, of: str) -> None:
        there = id_ in ("", root(self._copy, HEAD).get("id")) or id_ in root(self._copy, RECORDS)
        if not there:
            raise UpdateRefused(f"{of} speaks of {id_!r}, and no such record is in this map.", code="invalid")

    def _check_size(self, more: int) -> None:
        self._size += more  # at least what it is; worked out anew when that is too much
        if self._size > self._most:
            self._size = len(self._copy.get_update())
        if self._size > self._most:
            raise UpdateRefused(
                f"This map is full: with this edit it would be larger than {self._most / 1024 / 1024:,.0f} MB. "
                "Begin another map for a part of it.",
                code="full",
            )


def _apply(doc: Doc[Any], body: bytes) -> None:
    """The update is in the document. Raises UpdateRefused, also where the library gives up in a panic."""
    try:
        doc.apply_update(body)
    except BaseException as fault:
        if not isinstance(fault, Exception) and type(fault).__name__ != "PanicException":
            raise
        raise UpdateRefused("This edit could not be read, so it was not taken.", code="malformed") from fault


def _entry(doc: Doc[Any], name: str, key: str) -> Any:
    """What stands in a root under a key ("" for the whole of it), as plain data; None for nothing."""
    there = root(doc, name)
    if name == HEAD:
        return fields_of(there)
    if key not in there:
        return None
    found = there[key]
    if name in (RECORDS, *SAID) and name != VOTES and not isinstance(found, Map):
        raise UpdateRefused(f"{name}: {key!r} is no record.", code="invalid")
    return fields_of(found) if isinstance(found, Map) else found


def _check_types(record: Map[Any], id_: str) -> None:
    """Texts are plain CRDT texts, everything else is data."""
    for name, value in record.items():
        if name in TEXTS and id_ != "map":
            good = isinstance(value, Text) and all(isinstance(said, str) and not how for said, how in value.diff())
        else:
            good = not isinstance(value, _NESTED) or (name in TEXTS and isinstance(value, Text))
        if not good:
            raise UpdateRefused(f"{id_}: {name} is of a kind that a map does not hold.", code="invalid")


def _check_record(change: Change) -> None:
    fields = _bare(change.now)
    section = change.now.get(SECTION)
    if section not in SECTIONS or fields.get("id") != change.key:
        raise UpdateRefused(f"The record {change.key!r} has no section, or another id.", code="invalid")
    if change.was is not None and change.was.get(SECTION) != section:
        raise UpdateRefused(f"The record {change.key!r} would become another kind of thing.", code="invalid")
    if not is_key(str(fields.get("order", ""))):
        raise UpdateRefused(f"The record {change.key!r} has no place in the order.", code="invalid")
    validated(SECTIONS[section], fields, change.key)


def _bare(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if name != SECTION}


def _check_workshop(workshop: Map[Any]) -> None:
    nested = [name for name, value in workshop.items() if isinstance(value, _NESTED)]
    if nested or len(json.dumps(fields_of(workshop))) > MAX_WORKSHOP:
        raise UpdateRefused("A workshop holds its timer and its votes, nothing else.", code="invalid")
