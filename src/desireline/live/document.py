"""A shared map read as data, in the shape of its file: every record of a section in its order."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pycrdt import Doc, Map, Text

from desireline.live.orders import place_in_order
from desireline.live.shape import HEAD, RECORDS, SECTION, root
from desireline.maps.emit import plain
from desireline.maps.records import SECTIONS

Data = dict[str, Any]


def document_data(doc: Doc[Any]) -> Data:
    """The map in the document, deleted records too; `{}` for a document that nothing was written to."""
    return Reading(doc).data()


class Reading:
    """A document that is read again and again: of its records, only those that changed are read anew."""

    def __init__(self, doc: Doc[Any]) -> None:
        self._doc = doc
        self._known: dict[str, Data] = {}

    def forget(self, ids: Iterable[str]) -> None:
        """These records have changed."""
        for id_ in ids:
            self._known.pop(id_, None)

    def data(self) -> Data:
        """The map as it is now, in the shape of its file. Nobody may change what this hands out."""
        head = fields_of(root(self._doc, HEAD))
        if not head:
            return {}
        found: dict[str, list[Data]] = {section: [] for section in SECTIONS}
        records = root(self._doc, RECORDS)
        for id_ in sorted(records.keys()):
            fields = self._known.get(id_)
            if fields is None:
                fields = self._known[id_] = fields_of(records[id_])
            if fields.get(SECTION) in found:
                found[fields[SECTION]].append({name: value for name, value in fields.items() if name != SECTION})
        by_order = {section: sorted(rows, key=place_in_order) for section, rows in found.items() if rows}
        return {"format": "desireline/1", "map": head, **by_order}


def fields_of(shared: Map[Any]) -> Data:
    """A CRDT map as plain data, with texts as texts; `deleted` is there only where it is true."""
    return {
        name: str(value) if isinstance(value, Text) else plain(_bare(value))
        for name, value in sorted(shared.items())
        if name != "deleted" or value is not False
    }


def _bare(value: Any) -> Any:
    return value.to_py() if isinstance(value, Map) else value
