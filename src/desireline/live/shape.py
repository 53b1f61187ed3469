"""The shape of a shared map: which roots the CRDT document has, and what stands in them.

    map          the head's fields
    records      by id: a CRDT map with `section` ("touchpoints") and the record's fields as in the file
    comments     by id: a CRDT map (`Comment`)
    suggestions  by id: a CRDT map (`Suggestion`)
    votes        "RECORD MEMBER": how many votes the member gave the record
    workshop     the timer and the votes that each person has

`title`, `about` and `says` are CRDT texts, so that two people may type in one card; every other field is plain JSON,
the last writer wins. Each record has an `order`. Deletes are soft. The same shape is in `web/src/maps/shape.ts`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pycrdt import Doc, Map

HEAD, RECORDS, COMMENTS = "map", "records", "comments"
SUGGESTIONS, VOTES, WORKSHOP = "suggestions", "votes", "workshop"
DRAWN = (HEAD, RECORDS)
SAID = (COMMENTS, SUGGESTIONS, VOTES)
ROOTS = (*DRAWN, *SAID, WORKSHOP)
TEXTS = ("title", "about", "says")
SECTION = "section"

Shared = Map[Any]


def new_document() -> Doc[Any]:
    """A document that has every root, and nothing in them."""
    doc: Doc[Any] = Doc(allow_multithreading=True)
    for name in ROOTS:
        doc.get(name, type=Map)
    return doc


def document_of(updates: Iterable[bytes]) -> Doc[Any]:
    """A document to which these updates were applied, in any order that has what each builds on."""
    doc = new_document()
    for update in updates:
        doc.apply_update(update)
    return doc


def root(doc: Doc[Any], name: str) -> Shared:
    """One of the roots."""
    found: Shared = doc.get(name, type=Map)
    return found


def shareable(value: Any) -> Any:
    """Plain data that means the same in every language: whole numbers would become big integers in JavaScript."""
    if isinstance(value, dict):
        return {str(name): shareable(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [shareable(item) for item in value]
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value
