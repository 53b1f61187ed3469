"""What somebody changed in a copy of a map, put into the map as it is now: what others changed meanwhile stays.

Field by field: where the copy says the same as the map from which it set out, the map's own word holds. Where both
changed one field, the copy's holds, since it comes later. The same for places in a list.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from desireline.live.orders import place_in_order
from desireline.maps.records import SECTIONS

Data = dict[str, Any]


def merged(now: Mapping[str, Any], since: Mapping[str, Any], wanted: Mapping[str, Any]) -> Data:
    """The map as it is `now` with the changes that lead from `since` to `wanted`; records in their order, unkeyed."""
    found: Data = {**wanted, "map": _fields(now.get("map", {}), since["map"], wanted["map"])}
    for section in SECTIONS:
        found[section] = _section(now.get(section, []), since.get(section, []), wanted.get(section, []))
    return {name: value for name, value in found.items() if value != []}


def _fields(now: Data, since: Data, wanted: Data) -> Data:
    names = [*wanted, *(name for name in now if name not in wanted)]
    own = {name: wanted if wanted.get(name) != since.get(name) else now for name in names}
    return {name: own[name][name] for name in names if name in own[name]}


def _section(now: list[Data], since: list[Data], wanted: list[Data]) -> list[Data]:
    here, before, there = _by_id(now), _by_id(since), _by_id(wanted)
    gone = set(before) - set(there)
    moved = [id_ for id_ in there if id_ in before] != [id_ for id_ in before if id_ in there]
    order = _woven(list(there), list(here)) if moved else _woven(list(here), list(there))
    found = [
        _fields(here.get(id_, {}), before.get(id_, {}), there[id_]) if id_ in there else here[id_]
        for id_ in order
        if id_ not in gone
    ]
    return [{name: value for name, value in record.items() if name != "order"} for record in found]


def _woven(first: Sequence[str], other: Sequence[str]) -> list[str]:
    """The first list, and each of the other's that it lacks: behind the one before it there, or at the end."""
    found, there = list(first), set(first)
    tail = next((len(other) - back for back, id_ in enumerate(reversed(other)) if id_ in there), 0)
    for place, id_ in enumerate(other[:tail]):
        if id_ not in there:
            found.insert(found.index(other[place - 1]) + 1 if place else 0, id_)
    return [*found, *other[tail:]]


def _by_id(records: list[Data]) -> dict[str, Data]:
    return {record["id"]: record for record in sorted(records, key=place_in_order)}
