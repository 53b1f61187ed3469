"""A shared map read as data, in the shape of its file: every record of a section in its order."""

from __future__ import annotations

from typing import Any

from pycrdt import Doc, Map, Text

from desireline.live.shape import HEAD, RECORDS, SECTION, root
from desireline.maps.emit import plain
from desireline.maps.records import SECTIONS

Data = dict[str, Any]


def document_data(doc: Doc[Any]) -> Data:
    """The map in the document, deleted records too; `{}` for a document that nothing was written to."""
    head = fields_of(root(doc, HEAD))
    if not head:
        return {}
    found: dict[str, list[Data]] = {section: [] for section in SECTIONS}
    records = root(doc, RECORDS)
    for id_ in sorted(records.keys()):
        fields = fields_of(records[id_])
        section = fields.pop(SECTION, None)
        if section in found:
            found[section].append(fields)
    by_order = {section: sorted(rows, key=_place) for section, rows in found.items() if rows}
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


def _place(record: Data) -> tuple[bool, str, str]:
    return ("order" not in record, str(record.get("order", "")), str(record.get("id", "")))
