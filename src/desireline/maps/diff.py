"""What changed between two versions of a map, by meaning: not which lines, but what the records say.

Records are matched by id; cards that have no id of their own, and records whose id alone changed, by what
they say. The order of keys, of lists whose order says nothing (channels, teams …), short or long forms of one rule,
and defaults that are written out are no change. A new id is told once, not again by those that mention it.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any, Literal

from pydantic import BaseModel

from desireline.maps.emit import inline, plain
from desireline.maps.files import map_data
from desireline.maps.outline import in_order
from desireline.maps.records import SECTIONS, Card, Link, Map, Record, Touchpoint
from desireline.maps.references import mentions
from desireline.maps.written import Place

Kind = Literal["added", "removed", "renamed", "moved", "changed"]

_ORDERED = ("personas", "stages", "touchpoints", "cards")  # elsewhere the order of records says nothing
_RULES = ("when", "failed_when", "feedback", "segment", "entry", "exit", "start", "end", "kept_when")
_SETS = ("channels", "supporting", "systems", "campaigns", "success", "names", "kpis", "among")
_PARTS = ("promise", "journey", "review", "evidence", "time", "effort", "score")  # told field by field


@dataclass(frozen=True)
class Change:
    """One difference: what happened to which record, and a sentence for people."""

    kind: Kind
    record: str  # touchpoint, stage, card … or map
    id: str
    field: str  # "" where the record as a whole is meant
    old: Any
    new: Any
    says: str

    def as_json(self) -> dict[str, Any]:
        """The change as plain data."""
        return asdict(self)


def diff_maps(a: Map, b: Map) -> list[Change]:
    """The changes that lead from `a` to `b`: the head first, then section by section as in the file."""
    names = _titles(a) | _titles(b)
    a = _with_new_ids(a, b)
    changes = list(_head_changes(a, b, names))
    for section in SECTIONS:
        changes += _section_changes(section, a, b, names)
    return changes


def _head_changes(a: Map, b: Map, names: dict[str, str]) -> Iterator[Change]:
    old, new = _said(a.map), _said(b.map)
    if a.map.id != b.map.id:
        yield _new_id("map", f"map “{a.map.title}”", a.map.id, b.map.id)
    yield from _field_changes("map", old, new, names)


def _new_id(kind: str, name: str, old: str, new: str) -> Change:
    return Change("renamed", kind, new, "id", old, new, f"{name} has the new id {new!r}, before {old!r}.")


def _with_new_ids(a: Map, b: Map) -> Map:
    """The older map, in which mentions of records that got a new id name the new one."""
    new_ids = {a.map.id: b.map.id}
    for section in SECTIONS:
        old, new = _live(a, section), _live(b, section)
        if not _by_content(old):
            new_ids |= _matched(old, new)
    if all(old_id == new_id for old_id, new_id in new_ids.items()):
        return a
    data = map_data(a)
    for mention in list(mentions(data)):
        _mention(data, mention.place, new_ids.get(mention.id, mention.id))
    return Map.model_validate(data)


def _mention(data: Any, place: Place, id_: str) -> None:
    """Put an id where another one is mentioned: as a value, or as the name of a channel's own promise."""
    *way, last = place
    for step in way:
        data = data[step]
    if isinstance(data[last], str):
        data[last] = id_
    else:
        data[id_] = data.pop(last)


def _section_changes(section: str, a: Map, b: Map, names: dict[str, str]) -> list[Change]:
    old, new = _live(a, section), _live(b, section)
    renamed = _matched(old, new)
    kind = section.removesuffix("s")
    changes = [_whole("removed", kind, old[id_], names) for id_ in old if id_ not in renamed]
    changes += [_whole("added", kind, new[id_], names) for id_ in new if id_ not in renamed.values()]
    for before, after in renamed.items():
        if before != after and not isinstance(old[before], Card | Link):
            changes.append(_new_id(kind, _name(kind, old[before], names), before, after))
        changes += _field_changes(kind, _said(old[before]), _said(new[after]), names)
    if section in _ORDERED:
        changes += _moves(kind, [(old[one], new[two]) for one, two in renamed.items()], list(new.values()), names)
    return changes


def _live(map: Map, section: str) -> dict[str, Record]:
    return {record.id: record for record in in_order(getattr(map, section))}


def _matched(old: dict[str, Record], new: dict[str, Record]) -> dict[str, str]:
    """Old id → new id: by id, then by content; cards and links (derived ids) by content first."""
    pairs: dict[str, str] = {}
    steps = ("content", "id") if _by_content(old) or _by_content(new) else ("id", "content")
    for step in steps:
        left = [id_ for id_ in old if id_ not in pairs]
        paired = set(pairs.values())
        free = [id_ for id_ in new if id_ not in paired]
        if step == "id":
            pairs |= {id_: id_ for id_ in left if id_ in new and id_ not in paired}
            continue
        by_content: dict[str, list[str]] = {}
        for id_ in free:
            by_content.setdefault(_content(new[id_]), []).append(id_)
        for id_ in left:
            same = by_content.get(_content(old[id_]), [])
            if same:
                pairs[id_] = same.pop(same.index(id_) if id_ in same else 0)
    return {id_: pairs[id_] for id_ in old if id_ in pairs}


def _by_content(records: dict[str, Record]) -> bool:
    return any(isinstance(record, Card | Link) for record in records.values())


def _content(record: Record) -> str:
    said = {name: value for name, value in _said(record).items() if name != "id"}
    return json.dumps(_meaning(said, ""))


def _said(record: BaseModel) -> dict[str, Any]:
    """What a record says, defaults included, without its place in the order."""
    data: dict[str, Any] = plain(record.model_dump(mode="json", by_alias=True, exclude_none=True))
    return {
        name: value for name, value in data.items() if name not in ("order", "deleted") and value not in ("", [], {})
    }


def _meaning(value: Any, field: str, *, unordered: bool = False) -> Any:
    """Equal for writings that mean the same: sorted keys, and sorted lists where their order says nothing."""
    within = unordered or field in _RULES
    if isinstance(value, dict):
        return {name: _meaning(value[name], name, unordered=within) for name in sorted(value)}
    if isinstance(value, list):
        items = [_meaning(item, "", unordered=within) for item in value]
        return sorted({str(item): item for item in items}.items()) if within or field in _SETS else items
    return value


def _whole(kind: Kind, record_kind: str, record: Record, names: dict[str, str]) -> Change:
    data = plain(record)
    where = f" in {_titled(names, record.stage)}" if isinstance(record, Touchpoint) else ""
    says = f"{_name(record_kind, record, names)} was {kind}{where}."
    old, new = (data, None) if kind == "removed" else (None, data)
    return Change(kind, record_kind, record.id, "", old, new, says)


def _field_changes(kind: str, old: dict[str, Any], new: dict[str, Any], names: dict[str, str]) -> Iterator[Change]:
    name = f"{kind} “{_called(old)}”" if kind != "card" else _card_name(new, names)
    for field in dict.fromkeys([*old, *new]):
        if field == "id" or (field == "stage" and kind == "touchpoint"):
            continue
        for path, before, after in _leaves(field, old.get(field), new.get(field)):
            if path == "title":
                says = f"{name} is now called “{after or new['id']}”."
                yield Change("renamed", kind, new["id"], path, before, after, says)
            else:
                says = f"{name}: {path.replace('_', ' ')} {_told(path, before, after, names)}."
                yield Change("changed", kind, new["id"], path, before, after, says)


def _leaves(path: str, old: Any, new: Any) -> Iterator[tuple[str, Any, Any]]:
    """Fields that differ in meaning; parts such as promises are told field by field."""
    field = path.rsplit(".", 1)[-1]
    parts = (
        isinstance(old or new, dict)
        and field not in _RULES
        and (field in _PARTS or ".channels" in path or field == "channels")
    )
    if parts and isinstance(old, dict | None) and isinstance(new, dict | None):
        before, after = old or {}, new or {}
        for name in dict.fromkeys([*before, *after]):
            yield from _leaves(f"{path}.{name}", before.get(name), after.get(name))
    elif _meaning(old, field) != _meaning(new, field) and not (_silent(old) and _silent(new)):
        yield path, old, new


def _silent(value: Any) -> bool:
    """True for what says nothing, written or not: a switch that is off, an empty part."""
    return value is None or value is False or value == {} or value == []


def _told(path: str, old: Any, new: Any, names: dict[str, str]) -> str:
    if isinstance(old or new, list) and path.rsplit(".", 1)[-1] in _SETS:
        gone = [item for item in old or [] if item not in (new or [])]
        come = [item for item in new or [] if item not in (old or [])]
        told = [f"lost {_listed(gone, names)}"] * bool(gone) + [f"gained {_listed(come, names)}"] * bool(come)
        return " and ".join(told)
    if old is None:
        return f"is now {_shown(new, names)}"
    if new is None:
        return f"is no longer said (it was {_shown(old, names)})"
    return f"changed from {_shown(old, names)} to {_shown(new, names)}"


def _listed(items: Iterable[Any], names: dict[str, str]) -> str:
    return ", ".join(_shown(item, names) for item in items)


def _shown(value: Any, names: dict[str, str]) -> str:
    if isinstance(value, str):
        return names.get(value) or f"“{value}”"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return inline(value)


def _moves(kind: str, pairs: list[tuple[Record, Record]], new: list[Record], names: dict[str, str]) -> Iterator[Change]:
    """Records that changed their stage, or their order among their own, told with the fewest moves."""
    for old, after in pairs:
        before_in, after_in = _group(old), _group(after)
        if isinstance(after, Touchpoint) and before_in != after_in:
            trip = f"from {_titled(names, before_in)} to {_titled(names, after_in)}"
            says = f"{_name(kind, after, names)} moved {trip}."
            yield Change("moved", kind, after.id, "stage", before_in, after_in, says)
    stayed = [(old, after) for old, after in pairs if _group(old) == _group(after)]
    rank = {after.id: number for number, after in enumerate(new)}
    for group in dict.fromkeys(_group(after) for _, after in stayed):
        order = [after for _, after in stayed if _group(after) == group]
        still = _longest_rising([rank[after.id] for after in order])
        for after in order:
            if rank[after.id] not in still:
                yield _moved_within(kind, after, [record for record in new if _group(record) == group], names)


def _moved_within(kind: str, record: Record, group: list[Record], names: dict[str, str]) -> Change:
    at = next(number for number, other in enumerate(group) if other.id == record.id)
    where = f"after {_title(group[at - 1], names)}" if at else "to the front"
    says = f"{_name(kind, record, names)} moved {where}."
    return Change("moved", kind, record.id, "order", None, group[at - 1].id if at else None, says)


def _group(record: Record) -> str:
    if isinstance(record, Touchpoint):
        return record.stage
    return f"{record.at}.{record.lane}" if isinstance(record, Card) else ""


def _longest_rising(ranks: list[int]) -> set[int]:
    """The most records that can stay where they are: the longest rising run of ranks (patience sorting)."""
    tails: list[int] = []
    runs: list[list[int]] = []
    for rank in ranks:
        at = bisect_left(tails, rank)
        run = [*(runs[at - 1] if at else []), rank]
        tails[at : at + 1] = [rank]
        runs[at : at + 1] = [run]
    return set(runs[-1]) if runs else set()


def _titles(map: Map) -> dict[str, str]:
    records = [record for section in SECTIONS for record in getattr(map, section)]
    return {record.id: f"“{record.title}”" for record in records if record.title}


def _titled(names: dict[str, str], id_: str) -> str:
    return names.get(id_, f"“{id_}”")


def _title(record: Record, names: dict[str, str]) -> str:
    if isinstance(record, Card):
        return f"“{record.says}”" if record.says else _titled(names, record.id)
    return f"“{record.title}”" if record.title else _titled(names, record.id)


def _called(data: dict[str, Any]) -> str:
    return str(data.get("title") or data["id"])


def _name(kind: str, record: Record, names: dict[str, str]) -> str:
    return _card_name(plain(record), names) if isinstance(record, Card) else f"{kind} {_title(record, {})}"


def _card_name(card: dict[str, Any], names: dict[str, str]) -> str:
    says = f" “{card['says']}”" if card.get("says") else ""
    return f"{card['lane']} card{says} at {_titled(names, card['at'])}"
