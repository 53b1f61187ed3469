"""What records say about other records: every id that a map mentions must be an id that the map has.

A mention of a record that was softly deleted still loads (two people may have edited at once); `map check`
tells it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from desireline.errors import did_you_mean
from desireline.maps.ids import records_of
from desireline.maps.records import SECTIONS
from desireline.maps.written import Place


@dataclass(frozen=True)
class Mention:
    """A record names another: where, which, and in which sections that one may be."""

    place: Place
    id: str
    sections: tuple[str, ...]


_PLACES = ("touchpoints", "stages", "map")
_FIELDS: dict[str, dict[str, tuple[str, ...]]] = {
    "systems": {"owner": ("teams",)},
    "stages": {"team": ("teams",)},
    "touchpoints": {
        "stage": ("stages",),
        "channels": ("channels",),
        "team": ("teams",),
        "supporting": ("teams",),
        "systems": ("systems",),
        "campaigns": ("campaigns",),
    },
    "links": {"from": ("touchpoints",), "to": ("touchpoints",), "among": ("touchpoints",)},
    "campaigns": {"channel": ("channels",), "team": ("teams",)},
    "cards": {"at": ("touchpoints", "stages"), "persona": ("personas",)},
}


def mentions(data: dict[str, Any]) -> Iterator[Mention]:
    """Every id that a document mentions, in the order of writing. Broken parts are passed over."""
    head = data.get("map")
    if isinstance(head, dict):
        yield from _promised(head.get("promise"), ("map", "promise"))
        journey = head.get("journey")
        if isinstance(journey, dict):
            yield from _named(journey.get("success"), ("map", "journey", "success"), ("touchpoints",))
    for section in SECTIONS:
        for number, record in records_of(data, section):
            yield from _of_record(section, record, (section, number))


def reference_faults(data: dict[str, Any]) -> Iterator[tuple[Place, str]]:
    """What is wrong with ids: those given twice, and mentions of what is not there."""
    known, twice = _ids(data)
    yield from twice
    for mention in mentions(data):
        choices = [id_ for section in mention.sections for id_ in known.get(section, {})]
        if mention.id not in choices:
            yield mention.place, _unknown(mention, choices, known)


def _unknown(mention: Mention, choices: list[str], known: dict[str, dict[str, Place]]) -> str:
    wanted = " or ".join(_one(section) for section in mention.sections)
    elsewhere = next((section for section, ids in known.items() if mention.id in ids), None)
    if elsewhere:
        return f"“{mention.id}” is a {_one(elsewhere)}; here a {wanted} is wanted."
    otherwise = f"Add it under {mention.sections[0]}: or take it out here."
    return f"no {wanted} has the id “{mention.id}”. {did_you_mean(mention.id, choices, otherwise)}"


def _one(section: str) -> str:
    return section.removesuffix("s")


def _ids(data: dict[str, Any]) -> tuple[dict[str, dict[str, Place]], list[tuple[Place, str]]]:
    known: dict[str, dict[str, Place]] = {section: {} for section in (*SECTIONS, "map")}
    seen: dict[str, str] = {}
    twice: list[tuple[Place, str]] = []
    head = data.get("map")
    named: list[tuple[str, Place, dict[str, Any]]] = [("map", ("map",), head)] if isinstance(head, dict) else []
    named += [
        (section, (section, number), record) for section in SECTIONS for number, record in records_of(data, section)
    ]
    for section, place, record in named:
        id_ = record.get("id")
        if not isinstance(id_, str):
            continue
        if id_ in seen:
            twice.append(
                (
                    (*place, "id"),
                    f"the id “{id_}” is taken by a {_one(seen[id_])} already; give each record its own.",
                )
            )
        seen.setdefault(id_, section)
        known[section].setdefault(id_, place)
    return known, twice


def _of_record(section: str, record: dict[str, Any], place: Place) -> Iterator[Mention]:
    for field, sections in _FIELDS.get(section, {}).items():
        yield from _named(record.get(field), (*place, field), sections)
    yield from _promised(record.get("promise"), (*place, "promise"))
    evidence = record.get("evidence")
    if isinstance(evidence, dict):
        yield from _named(evidence.get("at"), (*place, "evidence", "at"), _PLACES)


def _promised(promise: Any, place: Place) -> Iterator[Mention]:
    if not isinstance(promise, dict):
        return
    time = promise.get("time")
    if isinstance(time, dict):
        yield from _named(time.get("after"), (*place, "time", "after"), ("touchpoints",))
    channels = promise.get("channels")
    for channel, own in channels.items() if isinstance(channels, dict) else ():
        yield Mention((*place, "channels", channel), channel, ("channels",))
        yield from _promised(own, (*place, "channels", channel))


def _named(value: Any, place: Place, sections: tuple[str, ...]) -> Iterator[Mention]:
    if isinstance(value, str):
        yield Mention(place, value, sections)
    for number, item in enumerate(value if isinstance(value, list) else []):
        if isinstance(item, str):
            yield Mention((*place, number), item, sections)
