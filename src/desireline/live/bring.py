"""A shared map is brought to what somebody wrote elsewhere, as edits in its own history: never made anew.

Only what differs is written, so that people who type at the same time keep what they typed. A record that the other
side lacks counts as deleted; one that it has again is there again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from typing import Any

from pycrdt import Doc, Map, Text

from desireline.live.document import document_data, fields_of
from desireline.live.merge import merged
from desireline.live.orders import fitted, place_in_order
from desireline.live.shape import HEAD, RECORDS, SECTION, TEXTS, Shared, root, shareable
from desireline.maps.emit import plain
from desireline.maps.records import SECTIONS

Data = dict[str, Any]
LONG = 2000  # characters of a changed middle; beyond, it is written anew instead of compared letter by letter


def bring(
    doc: Doc[Any], wanted: Mapping[str, Any], *, since: Mapping[str, Any] | None = None, origin: str = "import"
) -> list[str]:
    """The document holds this map (`maps.files.map_data`); the ids of the records that were changed, the map's first.

    Order in lists is kept as order keys; keys that say the same order already stay. With `since`, the map from which
    somebody set out, only what they changed since then is written: what others changed meanwhile stays.
    """
    wanted = plain(merged(document_data(doc), since, wanted) if since is not None else wanted)
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


def bring_text(text: Text, wanted: str) -> None:
    """The text says this; the letters that it has in common with it, in the same order, are not touched."""
    there = str(text)
    for begin, end, new in reversed(_differences(there, wanted)):
        at = len(there[:begin].encode())  # the library counts bytes
        if end > begin:
            del text[at : at + len(there[begin:end].encode())]
        if new:
            text.insert(at, new)


def _differences(there: str, wanted: str) -> list[tuple[int, int, str]]:
    """What to put where: (begin, end, the new letters), in the order of the text."""
    short = min(len(there), len(wanted))
    begin = next((place for place in range(short) if there[place] != wanted[place]), short)
    end = next((place for place in range(short - begin) if there[-1 - place] != wanted[-1 - place]), short - begin)
    gone, new = there[begin : len(there) - end], wanted[begin : len(wanted) - end]
    if not (gone and new) or max(len(gone), len(new)) > LONG:
        return [(begin, begin + len(gone), new)] if gone or new else []
    codes = SequenceMatcher(None, gone, new, autojunk=False).get_opcodes()
    return [(begin + a, begin + b, new[c:d]) for kind, a, b, c, d in codes if kind != "equal"]


def _bring_record(records: Shared, section: str, fields: Data, there: Data | None) -> bool:
    if there is None:
        records[fields["id"]] = Map({SECTION: section} | {name: _shared(name, value) for name, value in fields.items()})
        return True
    return _bring_fields(records[fields["id"]], {SECTION: section} | fields)


def _bring_fields(shared: Shared, wanted: Mapping[str, Any]) -> bool:
    there = fields_of(shared)
    gone = [name for name in sorted(set(there) - set(wanted)) if there[name] != _UNSAID.get(name, _NOTHING)]
    for name in gone:
        del shared[name]
    other = [name for name, value in wanted.items() if name not in there or there[name] != value]
    for name in other:
        held = shared[name] if name in there else None
        if isinstance(held, Text):
            bring_text(held, str(wanted[name]))
        else:
            shared[name] = _shared(name, wanted[name])
    return bool(gone or other)


_NOTHING = object()
_UNSAID: Data = dict.fromkeys(TEXTS, "") | {"deleted": False}  # what says the same as a field that is not there


def _shared(name: str, value: Any) -> Any:
    return Text(str(value)) if name in TEXTS else shareable(value)


def _ordered(wanted: Iterable[Data], there: Mapping[str, Data]) -> list[Data]:
    """The records in reading order, each with an order key: that which it has, where those say this order already."""
    records = sorted(wanted, key=place_in_order)
    said = [record.get("order") or there.get(record["id"], {}).get("order") for record in records]
    keys = fitted([record["id"] for record in records], said)
    return [{**record, "order": key} for record, key in zip(records, keys, strict=True)]
