"""A shared map written as a file: the one it came from, with only those lines changed that say something else now.

Order keys are left out where the order of the lines says the same. A deleted record is left out unless something still
mentions it, or the file held it as deleted already. Fields that say nothing (an empty text, a switch that is off) are
written only where the file wrote them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError

from desireline.errors import DesirelineError, MapUnreadable
from desireline.maps.arranged import arranged
from desireline.maps.emit import plain
from desireline.maps.files import map_data, map_text, read_map
from desireline.maps.ids import records_of, with_ids
from desireline.maps.records import SECTIONS, Map, MapHead
from desireline.maps.references import mentions
from desireline.maps.splice import respliced
from desireline.maps.written import Written, read_yaml

Data = dict[str, Any]
Items = list[int | Data]

_DERIVED = ("cards", "links")  # sections whose records may be nameless in a file


def written_text(data: Mapping[str, Any], base: str = "", *, name: str = "map") -> str:
    """The file of a map (`live.document.document_data`); `base` is the file that it was last brought in from."""
    told = map_of_document(data)
    try:
        text = _rewritten(dict(data), read_yaml(base, name)) if base.strip() else None
        if text is not None and _same(read_map(text, name), told):
            return text
    except DesirelineError:
        pass  # a base that cannot be read, or changed so, is no help: the file is written anew
    return map_text(told)


def map_of_document(data: Mapping[str, Any]) -> Map:
    """The map that a document holds, each list in its order, without what says nothing. Raises MapUnreadable."""
    kept = _kept(data, frozenset())
    tidy: Data = {"format": "desireline/1", "map": _tidy(MapHead, data["map"])}
    for section, model in SECTIONS.items():
        rows = [_tidy(model, _without(row, "order")) for row in data.get(section, []) if row["id"] in kept]
        tidy |= {section: rows} if rows else {}
    try:
        return Map.model_validate(tidy)
    except ValidationError as fault:
        first = fault.errors()[0]
        where = " → ".join(str(step) for step in first["loc"])
        raise MapUnreadable("This map", None, f"{where}: {first['msg']}. Restore an earlier version.") from fault


@dataclass(frozen=True)
class _Base:
    """A section of the file: its records as they are written, and what they mean (by id, in the same order)."""

    raw: Sequence[Data]
    meant: Mapping[str, Data]


def _rewritten(data: Data, written: Written) -> str:
    raw = written.data
    bases = _bases(raw, map_data(read_map(written.text, written.name)))
    kept = _kept(data, {id_ for base in bases.values() for id_, one in base.meant.items() if one.get("deleted")})
    lists = {
        section: _items(model, [one for one in data.get(section, []) if one["id"] in kept], bases[section])
        for section, model in SECTIONS.items()
    }
    lists = {section: _with_true_ids(lists, section) for section in lists}
    moved = arranged(written, {name: _places(items, bases[name]) for name, items in lists.items()})
    head = _record(MapHead, data["map"], raw["map"], map_data(read_map(written.text, written.name))["map"])
    wanted = {name: value for name, value in raw.items() if name not in SECTIONS} | {"map": head}
    wanted = {
        name: wanted.get(name, lists.get(name)) for name in raw if name in wanted or lists.get(name) or not raw[name]
    }
    wanted |= {name: items for name, items in lists.items() if items and name not in raw}
    wanted = {
        name: [] if value is None and name in SECTIONS and raw[name] == [] else value for name, value in wanted.items()
    }
    return respliced(moved, wanted).text
