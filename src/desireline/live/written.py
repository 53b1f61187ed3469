"""A shared map written as a file: the one it came from, with only those lines changed that say something else now.

Order keys are left out where the order of the lines says the same. A deleted record is left out unless something still
mentions it, or the file held it as deleted already. Fields that say nothing (an empty text, a switch that is off) are
written only where the file wrote them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any

from pydantic import BaseModel, ValidationError

from desireline.errors import DesirelineError, MapUnreadable
from desireline.live.orders import place_in_order
from desireline.maps.arranged import arranged
from desireline.maps.edits import even_keys
from desireline.maps.emit import plain
from desireline.maps.files import map_data, map_of, map_text
from desireline.maps.ids import with_ids
from desireline.maps.records import SECTIONS, Map, MapHead
from desireline.maps.references import mentions
from desireline.maps.splice import respliced
from desireline.maps.written import Written, read_yaml

Data = dict[str, Any]

_NAMELESS = ("cards", "links")  # sections whose records need no id in a file


def written_text(data: Mapping[str, Any], base: str = "", *, name: str = "map") -> str:
    """The file of a map (`live.document.document_data`); `base` is the file that it was last brought in from.

    Raises MapUnreadable for a map whose parts do not fit together.
    """
    told = map_of_document(data)
    try:
        text = _rewritten(data, _parsed(base, name)) if base.strip() else None
    except DesirelineError:
        text = None  # the base cannot be read, or not changed so: the file is written anew
    return map_text(told) if text is None else text


@lru_cache(maxsize=8)
def _parsed(base: str, name: str) -> Written:
    """The file, read. Reading takes most of the time, and the same base is asked for again and again."""
    return read_yaml(base, name)


def map_of_document(data: Mapping[str, Any], *, deleted: Collection[str] = ()) -> Map:
    """The map that a document holds, each list in its order, without what says nothing. Raises MapUnreadable.

    Of deleted records only those stay that something mentions, and those named here.
    """
    kept = _kept(data, deleted)
    tidy: Data = {"format": "desireline/1", "map": tidied(MapHead, data["map"])}
    for section, model in SECTIONS.items():
        rows = sorted((row for row in data.get(section, []) if row["id"] in kept), key=place_in_order)
        tidy |= {section: [tidied(model, row) for row in rows]} if rows else {}
    try:
        return Map.model_validate(tidy)
    except ValidationError as fault:
        first = fault.errors()[0]
        where = " → ".join(str(step) for step in first["loc"])
        raise MapUnreadable("This map", None, f"{where}: {first['msg']}. Restore an earlier version.") from fault


def _kept(data: Mapping[str, Any], named: Collection[str]) -> set[str]:
    """Live records, deleted ones that are named, and those that one of these mentions."""
    rows = {row["id"]: (section, row) for section in SECTIONS for row in data.get(section, [])}
    kept = {id_ for id_, (_, row) in rows.items() if not row.get("deleted") or id_ in named}
    while True:
        whole: Data = {"map": data["map"]}
        for id_ in kept:
            whole.setdefault(rows[id_][0], []).append(rows[id_][1])
        more = {one.id for one in mentions(whole)} & rows.keys() - kept
        if not more:
            return kept
        kept |= more


def tidied(model: type[BaseModel], fields: Mapping[str, Any]) -> Data:
    """The fields that say something, without the place in the order."""
    silent = {name: value for name, value in _silent(model).items() if name not in ("id", "title")} | {"about": ""}
    return {
        name: _sorted(value)
        for name, value in fields.items()
        if name != "order" and not (name in silent and value == silent[name]) and not (name == "title" and not value)
    }


@cache
def _silent(model: type[BaseModel]) -> Data:
    """What each field of a record is where nothing is said."""
    return {
        field.alias or name: plain(field.get_default(call_default_factory=True))
        for name, field in model.model_fields.items()
        if not field.is_required()
    }


def _sorted(value: Any) -> Any:
    """A document does not keep the order of fields within a field."""
    if isinstance(value, dict):
        return {name: _sorted(value[name]) for name in sorted(value)}
    return [_sorted(item) for item in value] if isinstance(value, list) else value


@dataclass(frozen=True)
class _Slot:
    """A record as it is to be written, and its number in the file; None for a new one."""

    id: str
    at: int | None
    record: Data


def _rewritten(data: Mapping[str, Any], written: Written) -> str | None:
    """The base with the map's words; None where it would not read back the same."""
    raw, meant = written.data, map_data(map_of(written))
    gone = {one["id"] for section in SECTIONS for one in meant.get(section, []) if one.get("deleted")}
    told = map_of_document(data, deleted=gone)
    now = map_data(told)
    slots = {
        name: _Section(model, raw.get(name) or [], meant.get(name, [])).slots(now.get(name, []), data.get(name, []))
        for name, model in SECTIONS.items()
    }
    head = _record(now["map"], raw["map"], meant["map"], _silent(MapHead))
    wanted = _with_true_ids(_whole(raw, head, slots), slots)
    places = {
        name: [record if slot.at is None else slot.at for slot, record in zip(some, wanted[name], strict=True)]
        for name, some in slots.items()
        if some
    }
    fresh = respliced(arranged(written, places), wanted)
    return fresh.text if map_of_document(map_data(map_of(fresh)), deleted=gone) == told else None


@dataclass(frozen=True)
class _Section:
    """A list of the file: its records as they are written, and what they mean."""

    model: type[BaseModel]
    raw: list[Data]
    meant: list[Data]

    def slots(self, now: list[Data], rows: list[Data]) -> list[_Slot]:
        """The records of the document as they are to stand in the file."""
        number = {one["id"]: place for place, one in enumerate(self.meant)}
        ids = [one["id"] for one in now]
        keys: dict[str, str] = {}
        if any("order" in one for one in self.raw):  # then the order of the lines says nothing
            if [one["id"] for one in sorted(self.meant, key=place_in_order) if one["id"] in ids] != ids:
                keys = _keys(ids, rows)
            now = sorted(now, key=lambda one: number.get(one["id"], len(number)))
        return [self._slot(one, number.get(one["id"]), keys) for one in now]

    def _slot(self, now: Data, at: int | None, keys: Mapping[str, str]) -> _Slot:
        record = now if at is None else _record(now, self.raw[at], self.meant[at], _silent(self.model))
        return _Slot(now["id"], at, record | ({"order": keys[now["id"]]} if keys else {}))


def _keys(ids: Sequence[str], rows: list[Data]) -> dict[str, str]:
    """An order key for each record, ascending: those that the document has, where they ascend."""
    held = {row["id"]: str(row.get("order", "")) for row in rows}
    keys = [held[id_] for id_ in ids]
    fine = all(keys) and all(a < b for a, b in pairwise(keys))
    return dict(zip(ids, keys if fine else even_keys(len(ids)), strict=True))


def _record(now: Data, raw: Data, meant: Data, silent: Mapping[str, Any]) -> Data:
    """A record in the file's own words where they mean what the document says."""
    out: Data = {}
    for name, value in raw.items():
        if name in now:
            out[name] = _as_written(value, meant.get(name), now[name])
        elif name not in meant or name == "order" or meant[name] in ("", silent.get(name)):
            out[name] = value
    return out | {name: value for name, value in now.items() if name not in out and (name != "id" or "id" in raw)}


def _as_written(raw: Any, meant: Any, now: Any) -> Any:
    """The value in the file's own form, part by part."""
    if now == meant:
        return raw
    if isinstance(raw, dict) and isinstance(meant, dict) and isinstance(now, dict):
        same = {
            name: _as_written(value, meant.get(name), now[name]) if name in meant else value
            for name, value in raw.items()
            if name in now or name not in meant
        }
        return same | {name: value for name, value in now.items() if name not in same}
    if isinstance(raw, list) and isinstance(meant, list) and isinstance(now, list) and len(raw) == len(meant):
        return [raw[meant.index(item)] if item in meant else item for item in now]
    return now


def _whole(raw: Data, head: Data, slots: Mapping[str, list[_Slot]]) -> Data:
    """The file as data: its parts in their order, and new sections behind them."""
    lists = {name: [slot.record for slot in some] for name, some in slots.items()}
    whole: Data = {}
    for name, value in raw.items():
        if name == "map":
            whole[name] = head
        elif name not in SECTIONS:
            whole[name] = value
        elif lists[name] or not value:
            whole[name] = lists[name] or value
    return whole | {name: some for name, some in lists.items() if some and name not in whole}


def _with_true_ids(whole: Data, slots: Mapping[str, list[_Slot]]) -> Data:
    """Nameless records stay nameless where reading gives them the ids that they have."""
    true = {name: [slot.id for slot in slots[name]] for name in _NAMELESS if slots[name]}
    for _ in range(5):
        named = with_ids(whole)
        wrong = {
            (name, place)
            for name, ids in true.items()
            for place, id_ in enumerate(ids)
            if named[name][place]["id"] != id_
        }
        if not wrong:
            break
        whole = whole | {
            name: [
                {"id": ids[place]} | record if (name, place) in wrong else record
                for place, record in enumerate(whole[name])
            ]
            for name, ids in true.items()
        }
    return whole
