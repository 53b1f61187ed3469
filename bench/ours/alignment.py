"""Least-cost alignment of distinct routes with a map: what each costs, the automaton's making included."""

from __future__ import annotations

import json
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np

from bench.answers import Answer
from bench.peers import Ask, Tasks
from desireline.journeys.align import Aligner
from desireline.journeys.routes import Routes
from desireline.maps.outline import Outline
from desireline.maps.records import Map


def open_engine(ask: Ask) -> Tasks:
    """One task per file of routes."""
    return {
        f"align-{name}": partial(_align, *_read(ask.folder / f"{name}.json")) for name in ("receipt", "eleven", "many")
    }


def _read(path: Path) -> tuple[Map, Routes]:
    held = json.loads(path.read_text("utf-8"))
    map_ = _map(held)
    label = Aligner(Outline(map_)).automaton.label
    codes = np.array([2 * label[step] for step in chain.from_iterable(held["routes"])], dtype=np.uint16)
    lengths = [len(route) for route in held["routes"]]
    return map_, Routes(codes, np.cumsum([0, *lengths], dtype=np.int64))


def _map(held: dict[str, Any]) -> Map:
    points = [{**point, "stage": "s", "when": {"event": point["id"]}} for point in held["points"]]
    links = [{"id": f"l{n}", "kind": "then", "from": a, "to": b} for n, (a, b) in enumerate(held["links"])]
    about = {"id": "m", "title": "Bench"}
    return Map.model_validate({"map": about, "stages": [{"id": "s"}], "touchpoints": points, "links": links})


def _align(map_: Map, routes: Routes) -> Answer:
    found = Aligner(Outline(map_)).align_routes(routes, ending="reach")
    return {"costs": (found.cost // 1000).tolist()}
