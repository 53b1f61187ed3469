"""A map in which every text that a map can hold, in every field of every record, would like to be a script."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle
from typing import Any, get_args, get_origin

from pydantic import BaseModel
from tests.web.payloads import PAYLOADS

from desireline.maps.records import (
    LANES,
    SECTIONS,
    Evidence,
    Kpi,
    Map,
    MapHead,
    Promise,
    Review,
)

STAGES, LISTED = 15, 10
DRAWN = 300  # cards, each with a text of its own
POINTS = 30
NESTED = (Evidence, Kpi, Promise, Review)
CODES = {"currency", "order"}  # not words


def texts(model: type[BaseModel], given: Iterator[str]) -> dict[str, Any]:
    """Fields for a part of a map: each that takes any text has one, in the parts of it too."""
    found: dict[str, Any] = {}
    for name, about in model.model_fields.items():
        kinds = get_args(about.annotation) or (about.annotation,)
        nested = next((kind for kind in kinds if kind in NESTED), None)
        listed = get_origin(about.annotation) is list
        if about.metadata or name in CODES or get_origin(about.annotation) is dict:
            continue
        if str in kinds:
            found[name] = [next(given)] if listed else next(given)
        elif nested is not None:
            inside = texts(nested, given)
            found[name] = [inside] if listed else inside
    return found


def hostile_map() -> Map:
    """Each of the texts is what a card says; they go round in all other fields."""
    given = cycle(PAYLOADS)
    counts = dict.fromkeys(SECTIONS, LISTED) | {"stages": STAGES, "touchpoints": POINTS, "cards": DRAWN}
    records = {
        section: [_record(section, k, texts(model, given)) for k in range(counts[section])]
        for section, model in SECTIONS.items()
    }
    rule = {"event": PAYLOADS[0], "property": {PAYLOADS[1]: PAYLOADS[2]}}
    records["touchpoints"][0] |= {"when": rule, "failed_when": rule, "feedback": {"question": PAYLOADS[3]}}
    return Map.model_validate({"map": {"id": "m", **texts(MapHead, given)}, **records})


def fields_with_texts() -> set[str]:
    """Which fields of records take any text."""
    return {f"{section}.{name}" for section, model in SECTIONS.items() for name in texts(model, cycle("x"))}


def _record(section: str, k: int, said: dict[str, Any]) -> dict[str, Any]:
    """A record that stands somewhere in the map; the k-th title is the k-th text."""
    placed = {
        "stages": {"team": f"teams{k % LISTED}"},
        "touchpoints": {
            "stage": f"stages{k * STAGES // POINTS}",
            "channels": [f"channels{k % LISTED}"],
            "team": f"teams{k % LISTED}",
            "systems": [f"systems{k % LISTED}"],
            "campaigns": [f"campaigns{k % LISTED}"],
            "front": k % 4 != 3,
        },
        "cards": {"at": f"touchpoints{k % POINTS}", "lane": LANES[k % len(LANES)], "persona": f"personas{k % 3}"},
        "links": {"kind": "then", "from": f"touchpoints{k + 1}", "to": f"touchpoints{k}"},
    }.get(section, {})
    main = {"cards": "says"}.get(section, "title")
    return {**said, main: PAYLOADS[k], "id": f"{section}{k}", **placed}
