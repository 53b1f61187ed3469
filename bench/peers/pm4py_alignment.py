"""pm4py's optimal alignments of the same routes with a Petri net of the same map, at one per log or model move."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Any

import pm4py
from pm4py.objects.log.obj import Event, EventLog, Trace
from pm4py.objects.petri_net.obj import Marking, PetriNet
from pm4py.objects.petri_net.utils.petri_utils import add_arc_from_to

from bench.answers import Answer
from bench.peers import Ask, Tasks

_MOVE = 10_000  # what pm4py counts for a move that does not agree; a silent step costs one


def open_engine(ask: Ask) -> Tasks:
    """One task per file of few routes."""
    return {f"align-{name}": partial(_align, *_read(ask.folder / f"{name}.json")) for name in ("receipt", "eleven")}


def _read(path: Path) -> tuple[tuple[PetriNet, Marking, Marking], EventLog]:
    held = json.loads(path.read_text("utf-8"))
    log = EventLog(
        Trace([Event({"concept:name": step}) for step in route], attributes={"concept:name": str(number)})
        for number, route in enumerate(held["routes"])
    )
    return _net(held), log


def _net(held: dict[str, Any]) -> tuple[PetriNet, Marking, Marking]:
    """A straight way: `before` each point a place, `after` it another; silent steps on, past what may be left out;
    and for each link the point once more, right after the one that it follows.
    """
    net = PetriNet("map")
    names = [point["id"] for point in held["points"]]
    before = [_place(net, f"before {name}") for name in (*names, "the end")]
    after = {name: _place(net, f"after {name}") for name in names}
    for number, point in enumerate(held["points"]):
        _step(net, before[number], after[point["id"]], point["id"])
        _step(net, after[point["id"]], before[number + 1], None)
        if point["optional"]:
            _step(net, before[number], before[number + 1], None)
    for source, target in held["links"]:
        _step(net, after[source], after[target], target)
    return net, Marking({before[0]: 1}), Marking({before[-1]: 1})


def _place(net: PetriNet, name: str) -> PetriNet.Place:
    place = PetriNet.Place(name)
    net.places.add(place)
    return place


def _step(net: PetriNet, source: PetriNet.Place, target: PetriNet.Place, label: str | None) -> None:
    transition = PetriNet.Transition(f"{source.name} to {target.name} by {label}", label)
    net.transitions.add(transition)
    add_arc_from_to(source, transition, net)
    add_arc_from_to(transition, target, net)


def _align(net: tuple[PetriNet, Marking, Marking], log: EventLog) -> Answer:
    found = pm4py.conformance_diagnostics_alignments(log, *net)
    return {"costs": [int(one["cost"]) // _MOVE for one in found]}
