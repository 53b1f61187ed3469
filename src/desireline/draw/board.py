"""What stands where on a drawn map, in words: stages, columns, lanes, cards. The layout says where exactly.

The picture and the report draw the same board, so they cannot tell different stories.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from desireline.draw.curve import Point, curve_points
from desireline.draw.deviations import KINDS, Deviation, deviations, say_share
from desireline.draw.figures import explain, measure_title, say
from desireline.draw.promises import say_kpis, say_promises
from desireline.draw.readings import Readings
from desireline.maps.outline import Outline, in_order
from desireline.maps.records import Card as Statement
from desireline.maps.records import Stage, Touchpoint

CARD_MEASURES = ("customers", "conversion", "drop_off", "time_median", "promise_kept")
LANES = {
    "touchpoint": "Touchpoints",
    "doing": "Doing",
    "thinking": "Thinking",
    "feeling": "Feeling",
    "felt": "Felt as",
    "promise": "Promise",
    "kpi": "Measured by",
    "pain": "Pains",
    "opportunity": "Opportunities",
    "quote": "In their words",
    "content": "Content",
    "note": "Notes",
    "channel": "Channels",
    "aim": "Our aim",
    "backstage": "Back stage",
    "system": "Systems",
    "team": "Teams",
}
BEHIND = ("aim", "backstage", "system", "team")
"""Lanes that customers do not see: they stand below the line of visibility."""


@dataclass(frozen=True)
class Figure:
    """A number on a card: what it is, what it says, and its whole evidence."""

    measure: str
    label: str
    text: str
    tip: str


@dataclass(frozen=True)
class Badge:
    """A deviation on a card."""

    kind: str
    text: str
    tip: str
    rank: int


@dataclass(frozen=True)
class Card:
    """A touchpoint on the board. `bound` is False where no rule says which events are visits to it."""

    id: str
    title: str
    marks: tuple[str, ...]
    figures: tuple[Figure, ...]
    badges: tuple[Badge, ...]
    reach: float | None
    bound: bool
    front: bool


@dataclass(frozen=True)
class Note:
    """A statement in a lane: what it says, whose it is, how severe, and on what evidence; or a picture."""

    says: str
    persona: str = ""
    severity: str = ""
    evidence: str = ""
    image: str = ""  # a picture as a `data:` address; `says` is then what it shows


@dataclass(frozen=True)
class Column:
    """One touchpoint's column; a stage without touchpoints has one column of its own, without a card."""

    place: str
    title: str
    stage: str
    card: Card | None


@dataclass(frozen=True)
class StageHead:
    """A stage over its columns."""

    id: str
    title: str
    goal: str
    focus: str
    figures: tuple[Figure, ...]
    columns: int


@dataclass(frozen=True)
class Lane:
    """A row of the board. Statements about a whole stage stand in `strips`, those about a touchpoint in
    `notes`.
    """

    key: str
    title: str
    strips: Mapping[str, Sequence[Note]]
    notes: Mapping[str, Sequence[Note]]


@dataclass(frozen=True)
class Board:
    """A map, ready to be placed."""

    id: str
    title: str
    purpose: str
    stages: Sequence[StageHead]
    columns: Sequence[Column]
    lanes: Sequence[Lane]
    points: Sequence[Point]
    measured: bool

    def part(self, columns: Sequence[Column]) -> Board:
        """The board of some columns only, for one sheet of paper; lanes that hold nothing there are left
        out.
        """
        places = {column.place for column in columns}
        inside = Counter(column.stage for column in columns)
        stages = [replace(stage, columns=inside[stage.id]) for stage in self.stages if stage.id in inside]
        held = [lane for lane in self.lanes if lane.key in ("touchpoint", "feeling") or _holds(lane, columns)]
        lanes = [
            replace(lane, strips={id_: notes for id_, notes in lane.strips.items() if id_ in inside}) for lane in held
        ]
        points = [point for point in self.points if point.place in places]
        return replace(self, stages=stages, columns=columns, lanes=lanes, points=points)


def lay_board(outline: Outline, readings: Readings, ledger: pl.DataFrame | None) -> Board:
    """The whole board of a map. Lanes that hold nothing are left out, but touchpoints and feeling always
    stand.
    """
    found = deviations(ledger, outline.titles)
    columns = [column for stage in outline.stages for column in _columns(stage, outline, readings, found)]
    lanes = [lane for key in LANES if (lane := _lane(key, outline, columns))]
    head = outline.map.map
    stages = [_head(stage, outline, readings) for stage in outline.stages]
    return Board(
        head.id,
        head.title,
        head.purpose or "",
        stages,
        columns,
        lanes,
        curve_points(outline, readings),
        len(readings) > 0,
    )


def _head(stage: Stage, outline: Outline, readings: Readings) -> StageHead:
    inside = sum(point.stage == stage.id for point in outline.touchpoints)
    figures = _figures(stage.id, readings, ("reach", "drop_off", "time_median"))
    return StageHead(
        stage.id,
        stage.title or stage.id,
        stage.customer_goal or "",
        stage.business_focus or "",
        figures,
        max(inside, 1),
    )


def _columns(stage: Stage, outline: Outline, readings: Readings, found: Sequence[Deviation]) -> list[Column]:
    inside = [point for point in outline.touchpoints if point.stage == stage.id]
    if not inside:
        return [Column(stage.id, stage.title or stage.id, stage.id, None)]
    return [
        Column(point.id, point.title or point.id, stage.id, _card(point, outline, readings, found)) for point in inside
    ]


def _card(point: Touchpoint, outline: Outline, readings: Readings, found: Sequence[Deviation]) -> Card:
    return Card(
        id=point.id,
        title=point.title or point.id,
        marks=_marks(point) + _ways(point, outline),
        figures=_figures(point.id, readings, CARD_MEASURES),
        badges=tuple(_badge(deviation) for deviation in found if deviation.place == point.id),
        reach=readings.value("reach", point.id),
        bound=point.when is not None,
        front=point.front,
    )


def _marks(point: Touchpoint) -> tuple[str, ...]:
    said = {
        "moment of truth": point.moment_of_truth,
        "optional": point.optional,
        "repeatable": point.repeatable,
        "the company acts": point.acts == "company",
        "partly ours": point.influence == "partly",
        "not ours to change": point.influence == "no",
    }
    return tuple(mark for mark, holds in said.items() if holds)


def _ways(point: Touchpoint, outline: Outline) -> tuple[str, ...]:
    """What links say of a touchpoint: `or “Phone”`, `any order with “Pay”`, `then also “Cart”`."""
    said: list[str] = []
    for link in in_order(outline.map.links):
        others = [id_ for id_ in link.among if id_ != point.id and id_ in outline.touchpoint]
        if link.kind == "then" and link.from_ == point.id and link.to in outline.touchpoint:
            said.append(f"then also “{outline.titles[link.to]}”")
        elif link.kind != "then" and point.id in link.among and others:
            word = "or" if link.kind == "alternative" else "any order with"
            said.append(f"{word} " + ", ".join(f"“{outline.titles[id_]}”" for id_ in others))
    return tuple(said)


def _figures(at: str, readings: Readings, measures: Sequence[str]) -> tuple[Figure, ...]:
    found = ((measure, readings.get(measure, at)) for measure in measures)
    return tuple(
        Figure(
            measure,
            measure_title(measure),
            say(reading.value, reading.unit) if reading.value is not None else "–",
            explain(reading),
        )
        for measure, reading in found
        if reading
    )


def _badge(deviation: Deviation) -> Badge:
    share = "" if deviation.share is None else f" {say(deviation.share, 'share')}"
    tip = f"{deviation.what} Share: {say_share(deviation)}."
    return Badge(deviation.kind, f"{KINDS.get(deviation.kind, deviation.kind)}{share}", tip, deviation.rank)


def _lane(key: str, outline: Outline, columns: Sequence[Column]) -> Lane | None:
    said = {column.place: _notes(key, column, outline) for column in columns if column.card}
    strips = {stage.id: _of_stage(key, stage, outline) for stage in outline.stages}
    notes = {place: found for place, found in said.items() if found}
    strips = {stage: found for stage, found in strips.items() if found}
    behind = any(column.card and not column.card.front for column in columns)
    if notes or strips or key in ("touchpoint", "feeling") or (key == "backstage" and behind):
        return Lane(key, LANES[key], strips, notes)
    return None


def _holds(lane: Lane, columns: Sequence[Column]) -> bool:
    behind = lane.key == "backstage" and any(column.card and not column.card.front for column in columns)
    return behind or any(column.place in lane.notes or column.stage in lane.strips for column in columns)


def _notes(key: str, column: Column, outline: Outline) -> list[Note]:
    point = outline.touchpoint[column.place]
    titles = outline.titles | {system.id: system.title or system.id for system in outline.map.systems}
    if key == "channel":
        return [Note(titles.get(id_, id_)) for id_ in point.channels]
    if key == "system":
        return [Note(titles.get(id_, id_)) for id_ in point.systems]
    if key == "team":
        own = [Note(titles.get(point.team, point.team))] if point.team else []
        return own + [Note(f"with {titles.get(id_, id_)}") for id_ in point.supporting]
    if key == "promise":
        return _promised(point, outline)
    if key == "kpi":
        return _kpis(point)
    if key == "aim":
        return []
    campaigns = {campaign.id: campaign.title or campaign.id for campaign in outline.map.campaigns}
    own = [Note(campaigns.get(id_, id_)) for id_ in point.campaigns] if key == "content" else []
    return own + _statements(key, point.id, outline)


def _of_stage(key: str, stage: Stage, outline: Outline) -> list[Note]:
    if key == "promise":
        return _promised(stage, outline)
    if key == "aim":
        return [Note(stage.business_focus)] if stage.business_focus else []
    return _kpis(stage) if key == "kpi" else _statements(key, stage.id, outline)


def _promised(place: Touchpoint | Stage, outline: Outline) -> list[Note]:
    said = "; ".join(say_promises(place, outline))
    return [Note(said)] if said else []


def _kpis(place: Touchpoint | Stage) -> list[Note]:
    return [Note(said) for said in say_kpis(place.kpis)]


def _statements(key: str, at: str, outline: Outline) -> list[Note]:
    if key == "feeling":  # the curve itself; what feelings are called stands in the lane below it
        return []
    lane = {"backstage": "process", "felt": "feeling"}.get(key, key)
    return [_statement(card, outline) for card in outline.cards(at, lane) or () if card.says] + [
        _statement(card, outline)
        for persona in outline.map.personas
        for card in outline.cards(at, lane, persona=persona.id)
        if card.says and card.persona == persona.id
    ]


def _statement(card: Statement, outline: Outline) -> Note:
    evidence = card.evidence.kind if card.evidence else ""
    return Note(card.says, outline.titles.get(card.persona or "", ""), card.severity or "", evidence)
