"""Object-centric event logs (OCEL 2.0 and 1.0, JSON): one row per event.

Columns: `event_id`, `activity`, `time`, `attr.NAME` for the event's attributes, `object.TYPE` for its objects
of one type, joined by "; " where there are several. A recipe picks the type that stands for the customer and
the one for the case. Source: OCEL 2.0 specification (Berti et al. 2024), §6 JSON format; OCEL 1.0 (2020).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


def is_ocel(document: Any) -> bool:
    """True for a JSON document in the shape of OCEL 1.0 or 2.0."""
    if not isinstance(document, dict):
        return False
    return "ocel:events" in document or {"events", "objects", "eventTypes"} <= document.keys()


def ocel_records(document: dict[str, Any]) -> list[dict[str, Any]]:
    """One flat record per event of the log."""
    return _records_1(document) if "ocel:events" in document else _records_2(document)


def ocel_notes(document: dict[str, Any]) -> list[str]:
    """What of the log is not in the rows: attributes of objects, and objects that no event touches."""
    old = "ocel:events" in document
    objects = document.get("ocel:objects", {}) if old else {item["id"]: item for item in document.get("objects", [])}
    events = document["ocel:events"].values() if old else document["events"]
    touched = {name for event in events for name in (event.get("ocel:omap", []) if old else _object_ids(event))}
    described = sum(bool(item.get("ocel:ovmap") if old else item.get("attributes")) for item in objects.values())
    notes = []
    if described:
        notes.append(f"{described:,} objects have attributes of their own; events do not carry them.")
    if lonely := len(objects.keys() - touched):
        notes.append(f"{lonely:,} objects belong to no event and are not read.")
    return notes


def _records_2(document: dict[str, Any]) -> list[dict[str, Any]]:
    kinds = {item["id"]: item["type"] for item in document["objects"]}
    return [
        {
            "event_id": event.get("id"),
            "activity": event.get("type"),
            "time": event.get("time"),
            **{f"attr.{item['name']}": item.get("value") for item in event.get("attributes", [])},
            **_objects(_object_ids(event), kinds),
        }
        for event in document["events"]
    ]


def _records_1(document: dict[str, Any]) -> list[dict[str, Any]]:
    kinds = {name: item.get("ocel:type", "unknown") for name, item in document.get("ocel:objects", {}).items()}
    return [
        {
            "event_id": name,
            "activity": event.get("ocel:activity"),
            "time": event.get("ocel:timestamp"),
            **{f"attr.{key}": value for key, value in event.get("ocel:vmap", {}).items()},
            **_objects(event.get("ocel:omap", []), kinds),
        }
        for name, event in document["ocel:events"].items()
    ]


def _object_ids(event: dict[str, Any]) -> list[str]:
    return [link["objectId"] for link in event.get("relationships", [])]


def _objects(ids: Iterable[str], kinds: dict[str, str]) -> dict[str, str]:
    """The event's objects by type, in the order in which the log names them, each once."""
    by_kind: dict[str, list[str]] = {}
    for name in dict.fromkeys(ids):
        by_kind.setdefault(kinds.get(name, "unknown"), []).append(name)
    return {f"object.{kind}": "; ".join(names) for kind, names in by_kind.items()}
