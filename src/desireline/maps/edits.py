"""Edits of a map: each takes a map and gives a new one; the old one stays as it is.

Ids are checked at once: a change that would break the map raises `MapInvalid` and gives nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from desireline.errors import UnknownRecord
from desireline.maps.emit import plain
from desireline.maps.files import map_data, map_of
from desireline.maps.outline import in_order
from desireline.maps.records import SECTIONS, Map, Record, Touchpoint
from desireline.maps.written import Written

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def add_record(map: Map, section: str, record: dict[str, Any] | Record) -> Map:
    """The map with one more record at the end of a section."""
    if section not in SECTIONS:
        raise UnknownRecord(section, SECTIONS)
    data = map_data(map)
    return _checked({**data, section: [*data.get(section, []), plain(record)]})


def change_record(map: Map, record_id: str, **fields: Any) -> Map:
    """The map in which fields of a record (or of the head, by the map's id) have these values.

    None takes a field out. Fields are named as in the file; for `from` hand in `**{"from": …}`.
    """
    data = map_data(map)
    said = {name: plain(value) for name, value in fields.items()}
    if record_id == map.map.id:
        return _checked({**data, "map": _merged(data["map"], said)})
    section = section_of(map, record_id)
    changed = [_merged(record, said) if record["id"] == record_id else record for record in data[section]]
    return _checked({**data, section: changed})


def remove_record(map: Map, record_id: str) -> Map:
    """The map in which a record counts as deleted; what mentions it still loads."""
    return change_record(map, record_id, deleted=True)


def move_record(map: Map, record_id: str, *, before: str | None = None, stage: str | None = None) -> Map:
    """The map in which a record stands before another one of its section, or last, in its stage or a new one.

    Siblings that have no order key yet get one each, so that the order of all is fixed.
    """
    section = section_of(map, record_id)
    moved = change_record(map, record_id, stage=stage) if stage else map
    siblings = [record for record in _siblings(moved, section, record_id) if record.id != record_id]
    if before is not None and before not in [record.id for record in siblings]:
        raise UnknownRecord(before, [record.id for record in siblings])
    at = next((number for number, record in enumerate(siblings) if record.id == before), len(siblings))
    keys = [record.order for record in siblings]
    if not _ascending(keys):
        fresh = even_keys(len(siblings) + 1)
        ids = [record.id for record in siblings]
        return _with_orders(moved, section, dict(zip([*ids[:at], record_id, *ids[at:]], fresh, strict=True)))
    own = key_between(keys[at - 1] if at else None, keys[at] if at < len(keys) else None)
    return _with_orders(moved, section, {record_id: own})


def section_of(map: Map, record_id: str) -> str:
    """The section that holds a record. Raises `UnknownRecord`."""
    known = {record.id: section for section in SECTIONS for record in getattr(map, section)}
    if record_id not in known:
        raise UnknownRecord(record_id, known)
    return known[record_id]


def key_between(before: str | None, after: str | None) -> str:
    """An order key that sorts after `before` and before `after` (None: no bound).

    Keys are texts of 0–9, A–Z, a–z and never end in 0, so that there is always room below one. `before` must
    sort before `after`; otherwise, and for other texts, a `ValueError` says so.
    """
    low = before or ""
    known = [key for key in (before, after) if key is not None]
    if not all(map(is_key, known)) or (after is not None and low >= after):
        raise ValueError(f"no key lies between {before!r} and {after!r}")
    if after is None:
        return _above(low)
    return _middle(low, after)


def even_keys(count: int) -> list[str]:
    """That many ascending keys, evenly spread, with room between them."""
    width = 1
    while len(DIGITS) ** width < 4 * (count + 1):
        width += 1
    step = len(DIGITS) ** width // (count + 1)
    return [_number_key(step * (number + 1), width) for number in range(count)]


def _number_key(number: int, width: int) -> str:
    key = ""
    for _ in range(width):
        number, digit = divmod(number, len(DIGITS))
        key = DIGITS[digit] + key
    return key if not key.endswith("0") else key[:-1] + "1"


def _above(low: str) -> str:
    """The next key: a step up in the last digit that has room, so that appending keeps keys short."""
    for position, digit in enumerate(low):
        if digit != DIGITS[-1]:
            return low[:position] + DIGITS[DIGITS.index(digit) + 1]
    return low + "V"


def _middle(low: str, high: str) -> str:
    """Digit by digit: the same while they agree, then half way, then above the lower one."""
    key = ""
    for position in range(max(len(low), len(high)) + 1):
        floor = DIGITS.index(low[position]) if position < len(low) else 0
        ceiling = DIGITS.index(high[position]) if position < len(high) else len(DIGITS)
        if floor == ceiling:
            key += DIGITS[floor]
            continue
        if ceiling - floor > 1:
            return key + DIGITS[(floor + ceiling) // 2]
        rest = low[position + 1 :]
        return key + DIGITS[floor] + (_above(rest) if rest else "V")
    raise ValueError(f"no key lies between {low!r} and {high!r}")


def _ascending(keys: Sequence[str | None]) -> bool:
    said = [key for key in keys if key is not None]
    return len(said) == len(keys) and all(map(is_key, said)) and all(a < b for a, b in pairwise(said))


def is_key(text: str) -> bool:
    """True for an order key: digits and letters of which the last is not 0."""
    return bool(text) and set(text) <= set(DIGITS) and not text.endswith("0")


def _siblings(map: Map, section: str, record_id: str) -> list[Record]:
    records = in_order(getattr(map, section))
    own = next((record for record in records if record.id == record_id), None)
    if isinstance(own, Touchpoint):
        return [record for record in records if record.stage == own.stage]
    return records


def _with_orders(map: Map, section: str, orders: dict[str, str]) -> Map:
    data = map_data(map)
    changed = [
        {**record, "order": orders[record["id"]]} if record["id"] in orders else record for record in data[section]
    ]
    return _checked({**data, section: changed})


def _merged(record: dict[str, Any], fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in (record | fields).items() if value is not None}


def _checked(data: dict[str, Any]) -> Map:
    return map_of(Written("the edited map", "", data, None, {}))
