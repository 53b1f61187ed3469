"""A shared map is brought to what somebody wrote elsewhere, as edits in its own history: never made anew.

Only what differs is written, so that people who type at the same time keep what they typed. A record that the other
side lacks counts as deleted; one that it has again is there again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pycrdt import Doc, Map, Text

from desireline.live.document import fields_of
from desireline.live.shape import HEAD, RECORDS, SECTION, TEXTS, Shared, root, shareable
from desireline.maps.edits import even_keys
from desireline.maps.records import SECTIONS

Data = dict[str, Any]


def bring(doc: Doc[Any], wanted: Mapping[str, Any], *, origin: str = "import") -> list[str]:
    """The document holds this map (`maps.files.map_data`); the ids of the records that were changed, the map's first.

    Order in lists is kept as order keys; keys that say the same order already stay.
    """
    changed: list[str] = []
    with doc.transaction(origin=origin):
        if _bring_fields(root(doc, HEAD), wanted["map"]):
            changed.append(wanted["map"]["id"])
        records = root(doc, RECORDS)
        there = {id_: fields_of(records[id_]) for id_ in sorted(records.keys())}
        kept: set[str] = set()
        for section in SECTIONS:
            for fields in _ordered(wanted.get(section, []), there):
                kept.add(fields["id"])
                if _bring_record(records, section, fields, there.get(fields["id"])):
                    changed.append(fields["id"])
        for id_ in sorted(set(there) - kept):
            if not there[id_].get("deleted"):
                records[id_]["deleted"] = True
                changed.append(id_)
    return changed


def _bring_record(records: Shared, section: str, fields: Data, there: Data | None) -> bool:
    if there is None:
        records[fields["id"]] = Map({SECTION: section} | {name: _shared(name, value) for name, value in fields.items()})
        return True
    return _bring_fields(records[fields["id"]], {SECTION: section} | fields)


def _bring_fields(shared: Shared, wanted: Mapping[str, Any]) -> bool:
    changed = False
    there = fields_of(shared)
    for name in sorted(set(there) - set(wanted)):
        if name in TEXTS and there[name] == "":
            continue
        del shared[name]
        changed = True
    for name, value in wanted.items():
        if name in there and there[name] == value:
            continue
        held = shared[name] if name in there else None
        if isinstance(held, Text):
            bring_text(held, str(value))
        else:
            shared[name] = _shared(name, value)
        changed = True
    return changed


def bring_text(text: Text, wanted: str) -> None:
    """The text says this; what it has in common with it at both ends is not touched."""
    there = str(text)
    first = next((i for i, (a, b) in enumerate(zip(there, wanted, strict=False)) if a != b), None)
    begin = min(len(there), len(wanted)) if first is None else first
    end = 0
    while end < min(len(there), len(wanted)) - begin and there[-1 - end] == wanted[-1 - end]:
        end += 1
    gone, new = there[begin : len(there) - end], wanted[begin : len(wanted) - end]
    at = len(there[:begin].encode())  # the library counts bytes
    if gone:
        del text[at : at + len(gone.encode())]
    if new:
        text.insert(at, new)


def _shared(name: str, value: Any) -> Any:
    return Text(str(value)) if name in TEXTS else shareable(value)


def _ordered(wanted: list[Data], there: Mapping[str, Data]) -> list[Data]:
    """The records, each with an order key: that which it has, where those say this very order already."""
    said = [record.get("order") or there.get(record["id"], {}).get("order") for record in wanted]
    known = [key for key in said if key]
    if len(known) == len(wanted) and known == sorted(set(known)):
        return [{**record, "order": key} for record, key in zip(wanted, known, strict=True)]
    return [{**record, "order": key} for record, key in zip(wanted, _fitted(said), strict=True)]


def _fitted(said: list[Any]) -> list[str]:
    """Ascending keys for all."""
    return even_keys(len(said))
