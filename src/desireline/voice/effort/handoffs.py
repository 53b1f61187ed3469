"""Hand-offs: where a journey passes from one stage, team, channel, group or touchpoint to another."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from desireline.errors import UnknownHandOff
from desireline.measures.codes import NONE, Codes, Flags, Numbers, code
from desireline.voice.effort.contributions import Contributions
from desireline.voice.effort.moves import teams

KINDS = ("stage", "team", "channel", "touchpoint", "group", "property:NAME")
PROPERTY = "property:"
GROUP = "group"
GROUPS = ("assignment_group", "group", "team", "queue", "department", "agent_group")
"""Properties that usually say which group has a case: `group` takes the first that the events have."""


@dataclass(frozen=True)
class Crossings:
    """Hand-offs of one kind, by step: which one the step belongs to, and whether it happens at this very step.

    A hand-off a>b owns the step that arrives at b and all that follow in the journey until the next hand-off.
    """

    kind: str
    edge: Codes  # −1 before the first hand-off of a journey
    arrives: Flags
    names: list[str]  # "a\\tb"


def check(kind: str) -> str:
    """The kind of hand-off; UnknownHandOff for one that is not known."""
    if kind in KINDS[:-1] or (kind.startswith(PROPERTY) and kind != PROPERTY):
        return kind
    raise UnknownHandOff(kind, KINDS)


def fields(kind: str) -> tuple[str, ...]:
    """The fields that steps must carry for this kind, the best first."""
    if kind == GROUP:
        return tuple(f"property.{name}" for name in GROUPS)
    return (f"property.{kind.removeprefix(PROPERTY)}",) if kind.startswith(PROPERTY) else ()


def crossings(found: Contributions, kind: str) -> Crossings | None:
    """The hand-offs of this kind; None where neither the map nor the steps say who has the journey.

    Steps that do not say it are passed over: the journey stays where it was last known to be.
    """
    told = _places(found, kind)
    if told is None:
        return None
    place, names = told
    trail = found.trail
    last = _carried_on(found, place)
    arrives = trail.changes(place)
    came = np.flatnonzero(arrives)
    width = max(len(names), 1)
    edge = np.full(len(place), NONE, dtype=np.int64)
    edge[came] = last[came - 1].astype(np.int64) * width + place[came]
    edge = _carried_on(found, edge)
    numbers, codes = np.unique(edge[edge >= 0], return_inverse=True)
    cell = np.full(len(edge), NONE, dtype=np.int32)
    cell[edge >= 0] = codes
    texts = [f"{names[number // width]}\t{names[number % width]}" for number in numbers.tolist()]
    return Crossings(kind, cell, arrives, texts)


def _places(found: Contributions, kind: str) -> tuple[Codes, list[str]] | None:
    trail, view = found.trail, found.trail.view
    if kind == "stage":
        return view.step_stage - np.int32(1), view.stages
    if kind == "touchpoint":
        return trail.point, view.points
    if kind == "team":
        by_step, names = teams(trail)
        return (by_step, names) if len(names) > 1 else None
    if kind == "channel":
        return (view.step_channel, view.channels) if (view.step_channel >= 0).any() else None
    frame = view.steps.frame
    name = next((name for name in fields(kind) if name in frame.columns and frame[name].count()), None)
    if name is None:
        return None
    coded = code(frame[name])
    return coded.codes, coded.names


def _carried_on(found: Contributions, what: Numbers) -> Numbers:
    """By step: what the journey's last step said that said anything, this one included; −1 where none has yet."""
    if not len(what):
        return what
    step = np.maximum.accumulate(np.where(what >= 0, np.arange(len(what)), NONE))
    journey = found.trail.journey
    return np.where((step >= 0) & (journey[step] == journey), what[step], NONE)
