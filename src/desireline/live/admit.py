"""The gate of a room: what may be written, by whom. What is refused has changed nothing.

An update is first applied to a copy. There one sees which roots and records it touches, so that a viewer's edit, a
commenter's edit of a card, or a record that would make the map unreadable never reach the document.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pycrdt import Doc
from pydantic import ValidationError

from desireline.access import Right
from desireline.errors import UpdateRefused
from desireline.live.document import fields_of
from desireline.live.shape import DRAWN, HEAD, RECORDS, ROOTS, SAID, SECTION, WORKSHOP, new_document, root
from desireline.maps.records import SECTIONS, MapHead

MAX_UPDATE = 256 * 1024
MAX_DOCUMENT = 20 * 1024 * 1024

_NEEDED = dict.fromkeys(DRAWN, Right.EDIT) | dict.fromkeys(SAID, Right.COMMENT) | {WORKSHOP: Right.EDIT}


@dataclass(frozen=True)
class Admitted:
    """What an update touches: by root, the keys (ids of records, comments …) and for each the fields."""

    touched: dict[str, dict[str, tuple[str, ...]]]


class Gate:
    """Admits updates to one document, which only changes through it."""

    def __init__(self, doc: Doc[Any]) -> None:
        self._doc = doc
        self._copy = _copied(doc)
        self._seen = _Watch(self._copy)

    def admit(self, body: bytes, *, member: str, rights: Iterable[Right]) -> Admitted:
        """Apply the update to the document. Raises UpdateRefused; then the document is as it was."""
        if len(body) > MAX_UPDATE:
            raise UpdateRefused(
                f"This edit is larger ({len(body) / 1024:,.0f} KB) than a map takes at once "
                f"({MAX_UPDATE // 1024} KB). Paste it in smaller pieces.",
                code="too-large",
            )
        try:
            admitted = self._try(body)
            _check_rights(admitted, member, frozenset(rights))
            self._check_records(admitted)
        except UpdateRefused:
            self._copy = _copied(self._doc)
            self._seen = _Watch(self._copy)
            raise
        self._doc.apply_update(body)
        return admitted

    def follow(self, body: bytes) -> Admitted:
        """The copy learns what the server itself wrote to the document."""
        return self._try(body)

    def _try(self, body: bytes) -> Admitted:
        self._seen.clear()
        try:
            self._copy.apply_update(body)
        except Exception as fault:
            raise UpdateRefused("This edit could not be read, so it was not taken.", code="malformed") from fault
        return Admitted(self._seen.touched())

    def _check_records(self, admitted: Admitted) -> None:
        records = root(self._copy, RECORDS)
        for id_ in admitted.touched.get(RECORDS, {}):
            if id_ not in records:
                raise UpdateRefused(f"The record {id_!r} would be gone for good; records are only marked as deleted.")
            fields = fields_of(records[id_])
            section = fields.pop(SECTION, None)
            if section not in SECTIONS or fields.get("id") != id_:
                raise UpdateRefused(f"The record {id_!r} has no section, or another id.")
            _validated(SECTIONS[section], fields, id_)
        if HEAD in admitted.touched:
            _validated(MapHead, fields_of(root(self._copy, HEAD)), "map")


def _validated(model: Any, fields: dict[str, Any], id_: str) -> None:
    try:
        model.model_validate(fields)
    except ValidationError as fault:
        first = fault.errors()[0]
        where = ".".join(str(step) for step in first["loc"])
        raise UpdateRefused(f"{id_}: {where}: {first['msg']}", code="invalid") from fault


def _check_rights(admitted: Admitted, member: str, rights: frozenset[Right]) -> None:
    for name in admitted.touched:
        needed = _NEEDED.get(name)
        if needed is None:
            raise UpdateRefused(f"A map has no part {name!r}.")
        if needed not in rights:
            raise UpdateRefused(
                f"Your role does not let you {'change the map' if needed is Right.EDIT else 'comment'}.",
                code="not-allowed",
            )
    del member  # who may change whose comment: see `authors`


def _copied(doc: Doc[Any]) -> Doc[Any]:
    copy = new_document()
    copy.apply_update(doc.get_update())
    return copy


class _Watch:
    """Notes what changes in a document."""

    def __init__(self, doc: Doc[Any]) -> None:
        self._found: dict[str, dict[str, set[str]]] = {}
        self._held = [(name, root(doc, name)) for name in ROOTS]
        self._subscriptions = [shared.observe_deep(self._noting(name)) for name, shared in self._held]

    def clear(self) -> None:
        """Nothing was noted."""
        self._found = {}

    def touched(self) -> dict[str, dict[str, tuple[str, ...]]]:
        """By root and key: the fields."""
        return {
            name: {key: tuple(sorted(fields)) for key, fields in sorted(keys.items())}
            for name, keys in self._found.items()
        }

    def _noting(self, name: str) -> Any:
        def note(events: list[Any]) -> None:
            found = self._found.setdefault(name, {})
            for event in events:
                path = list(event.path)
                keys = list(event.keys) if hasattr(event, "keys") else []
                if not path:
                    for key in keys:
                        found.setdefault(key if name != HEAD else "", set()).update(() if name != HEAD else (key,))
                elif name == HEAD:
                    found.setdefault("", set()).add(str(path[0]))
                else:
                    fields = keys if len(path) == 1 else [str(path[1])]
                    found.setdefault(str(path[0]), set()).update(fields)

        return note
