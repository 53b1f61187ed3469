"""What buckets contribute to the analysis of effort: numbers per place, group and hand-off, and linked answers."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from desireline.measures.codes import NONE, Codes, Numbers, Whole
from desireline.measures.groups import Marker
from desireline.measures.view import View
from desireline.voice.effort import linked
from desireline.voice.effort.components import NAMES
from desireline.voice.effort.contributions import Contributions
from desireline.voice.effort.handoffs import crossings
from desireline.voice.effort.moments import SCHEMA, M, moments, together

MAP, STAGE, TOUCHPOINT, GROUP, HAND_OFF = "map", "stage", "touchpoint", "group", "hand-off:"


@dataclass(frozen=True)
class Part:
    """What one or more buckets contribute."""

    cells: pl.DataFrame  # moments.SCHEMA
    linked: pl.DataFrame  # linked.SCHEMA
    about: Mapping[str, int]  # linked answers by what they speak about, also those that are not kept
    answered: int  # journeys with a linked answer
    journeys: int  # with a step on the map
    seen: Mapping[str, bool]  # by component: measurable in any bucket
    told: tuple[str, ...]  # kinds of hand-off that the map or the data can tell
    properties: tuple[str, ...] = ()  # names of what is known of customers; looked up where a property groups journeys

    @property
    def answers(self) -> int:
        """How many are linked."""
        return sum(self.about.values())


def contribute(found: Contributions, *, by: str, kinds: Sequence[str]) -> Part:
    """What a walked bucket contributes; `by` groups journeys ("": not at all), `kinds` are of hand-offs."""
    view = found.trail.view
    told = {kind: crossed for kind in kinds if (crossed := crossings(found, kind)) is not None}
    cells = [*_places(found), *([_groups(found, by)] if by else [])]
    for kind, crossed in told.items():
        cells.append(_rows(found, HAND_OFF + kind, crossed.edge, m=crossed.arrives, at=crossed.names))
    table, about, answered = linked.link(found)
    return Part(
        cells=together(cells),
        linked=table,
        about=about,
        answered=answered,
        journeys=int((np.diff(view.steps.starts) > 0).sum()),
        seen=found.measurable,
        told=tuple(told),
        properties=_properties(view) if by.startswith("property:") else (),
    )


def joined(parts: Sequence[Part]) -> Part:
    """All parts as one; their order does not matter."""
    return Part(
        cells=together([part.cells for part in parts]) if parts else pl.DataFrame(schema=SCHEMA),
        linked=linked.together([part.linked for part in parts]),
        about=dict(sum((Counter(part.about) for part in parts), Counter())),
        answered=sum(part.answered for part in parts),
        journeys=sum(part.journeys for part in parts),
        seen={name: any(part.seen[name] for part in parts) for name in NAMES},
        told=tuple(sorted({kind for part in parts for kind in part.told})),
        properties=tuple(sorted({name for part in parts for name in part.properties})),
    )


def _places(found: Contributions) -> list[pl.DataFrame]:
    """The map, its stages, its touchpoints: what is added there, out of the journeys that came there."""
    trail, view = found.trail, found.trail.view
    first = view.steps.first
    stage = view.step_stage - np.int32(1)
    return [
        _rows(found, MAP, np.zeros(len(trail), dtype=np.int32), m=first, at=[view.map_id]),
        _rows(found, STAGE, stage, m=_came(trail.journey, stage), at=view.stages),
        _rows(found, TOUCHPOINT, trail.point, m=trail.before < 0, at=view.points),
    ]


def _groups(found: Contributions, by: str) -> pl.DataFrame:
    """The map, by group of journeys."""
    view: View = found.trail.view
    marks = Marker(view).groups(view.whole, by)
    codes = np.zeros(view.journeys.height, dtype=np.int32) if marks.codes is None else marks.codes
    return _rows(found, GROUP, codes[found.trail.journey], m=view.steps.first, at=list(marks.names))


def _properties(view: View) -> tuple[str, ...]:
    """The names of what is known of the bucket's customers."""
    told = view.trips.customers["properties"].drop_nulls().unique()
    return tuple(sorted({name for one in told for name in json.loads(one)}))


def _came(journey: Codes, place: Codes) -> Whole:
    """By step: 1 at the first of its journey at this place."""
    found = np.zeros(len(place), dtype=np.int64)
    key = journey.astype(np.int64) * (int(place.max(initial=0)) + 2) + place + 1
    _, first = np.unique(key, return_index=True)
    found[first] = 1
    return np.where(place == NONE, 0, found)


def _rows(found: Contributions, kind: str, cell: Codes, *, m: Numbers, at: list[str]) -> pl.DataFrame:
    columns = {**found.columns, M: m.astype(np.int64)}
    return moments(kind, cell, found.trail.customer, columns=columns, at=at)
