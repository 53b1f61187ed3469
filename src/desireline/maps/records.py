"""The records of a map. A map is a bag of flat records: `id`, `kind`, `parent`, `order`, and their own fields.

In the file, records stand in one list per kind (`stages:`, `touchpoints:` …), so `kind` need not be written, and a
touchpoint's parent is written `stage:`. Order is the order in the file unless `order` (a fractional key) is given.
Texts are what people said; numbers computed from data are never kept here, only links to measures.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    StringConstraints,
    WithJsonSchema,
)

from desireline.maps.rules import Rule
from desireline.units import parse_duration, write_duration

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9._-]*$", max_length=80)]
Feeling = Annotated[float, Field(ge=-2, le=2)]
Duration = Annotated[
    timedelta,
    BeforeValidator(parse_duration),
    PlainSerializer(write_duration, return_type=str),
    WithJsonSchema({"type": "string", "pattern": r"^\d+(\.\d+)?[smhdw]$", "examples": ["30m", "2h", "10d"]}),
]


class Part(BaseModel):
    """What every written part of a map obeys: fields it does not know are faults, never ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, allow_inf_nan=False)


class Evidence(Part):
    """Why a statement is believed: an assumption, an observation (by whom, when), or a link to a measure."""

    kind: Literal["assumption", "observation", "measure"] = "assumption"
    by: str | None = None
    on: date | None = None
    measure: str | None = None
    at: Id | None = Field(None, description="Place whose reading of `measure` is the evidence; this record if missing.")
    note: str | None = None


class Kpi(Part):
    """A measure with a target."""

    measure: str
    at_least: float | None = None
    at_most: float | None = None
    title: str | None = None


class TimePromise(Part):
    """What is promised about time. Exactly one of the three forms.

    `within` after the journey's last visit to `after` (or after its start); or before the event's `due` instant;
    or kept when a rule holds on the event itself (for sources that say so, such as a `made_sla` column).
    """

    within: Duration | None = None
    after: Id | None = None
    by_due: bool = False
    kept_when: Rule | None = None


class ScorePromise(Part):
    """What is promised about a score or an effort, such as CSAT at least 0.8."""

    measure: Literal["nps", "csat", "ces", "score", "feeling"]
    at_least: float | None = None
    at_most: float | None = None


class Promise(Part):
    """The level that a map intends at a place: time, effort, score, feeling; overall or per channel."""

    time: TimePromise | None = None
    effort: ScorePromise | None = None
    score: ScorePromise | None = None
    feeling: Feeling | None = None
    channels: dict[Id, Promise] = Field(default_factory=dict, description="Promises that hold in one channel instead.")
    says: str | None = Field(None, description="The promise in the words a customer hears.")


class Record(Part):
    """What every record has."""

    id: Id
    order: str | None = Field(None, description="Fractional key; the order in the file when missing.")
    deleted: bool = False
    title: str = ""
    about: str | None = None


class Persona(Record):
    """A drawn kind of customer, and the segment rule that assigns real customers to it."""

    goals: list[str] = Field(default_factory=list)
    needs: list[str] = Field(default_factory=list)
    motivations: list[str] = Field(default_factory=list)
    frustrations: list[str] = Field(default_factory=list)
    quote: str | None = None
    segment: Rule | None = Field(None, description="Rule over customer properties.")
    evidence: Evidence | None = None
    image: str | None = None


class Team(Record):
    """A group of people who can be accountable for touchpoints."""

    contact: str | None = None


class Channel(Record):
    """A way customers and company meet. `names` are what sources call it; the id itself always counts."""

    names: list[str] = Field(default_factory=list)


class System(Record):
    """Software or machinery behind touchpoints."""

    owner: Id | None = Field(None, description="Team.")


class Stage(Record):
    """A part of the journey, in order."""

    customer_goal: str | None = None
    business_focus: str | None = None
    entry: Rule | None = Field(None, description="Events that also count as being in this stage's beginning.")
    exit: Rule | None = Field(None, description="Events that also count as having left this stage.")
    kpis: list[Kpi] = Field(default_factory=list)
    promise: Promise | None = None
    team: Id | None = None
    any_order: bool = Field(False, description="Its touchpoints may come in any order (at most 16).")
    feedback: Rule | None = Field(None, description="Which answers speak about this stage.")


class Touchpoint(Record):
    """One meeting of customer and company."""

    stage: Id
    channels: list[Id] = Field(default_factory=list, description="Channels it is meant to happen in; empty: any.")
    team: Id | None = Field(None, description="Accountable team.")
    supporting: list[Id] = Field(default_factory=list)
    systems: list[Id] = Field(default_factory=list)
    front: bool = Field(True, description="False: back stage, behind the line of visibility.")
    acts: Literal["customer", "company"] = Field("customer", description="Who has to act for it to happen.")
    moment_of_truth: bool = False
    optional: bool = False
    repeatable: bool = False
    when: Rule | None = Field(None, description="Binding rule: which events are visits to this touchpoint.")
    failed_when: Rule | None = Field(
        None, description="Which of those events failed; those with status 'failed' if missing."
    )
    feedback: Rule | None = Field(None, description="Which answers speak about this touchpoint.")
    promise: Promise | None = None
    kpis: list[Kpi] = Field(default_factory=list)
    campaigns: list[Id] = Field(default_factory=list)
    influence: Literal["yes", "partly", "no"] = "yes"
    image: str | None = None


class Link(Record):
    """How touchpoints hang together beyond the order in which they stand.

    `then`: after `from`, `to` may follow directly (a way back or a short cut). `alternative`: exactly one of `among`
    happens, at the place of the first of them. `any order`: all of `among` happen, in any order (at most 16).
    """

    kind: Literal["then", "alternative", "any order"]
    from_: Id | None = Field(None, alias="from")
    to: Id | None = None
    among: list[Id] = Field(default_factory=list)


class Campaign(Record):
    """A campaign, nurture or piece of content that works at touchpoints."""

    kind: Literal["campaign", "nurture", "content"] = "campaign"
    channel: Id | None = None
    team: Id | None = None
    starts: date | None = None
    ends: date | None = None
    when: Rule | None = Field(None, description="Events that show that it reached somebody.")


LANES = ("doing", "thinking", "feeling", "pain", "opportunity", "quote", "process", "content", "note")


class Card(Record):
    """One statement in a lane at a touchpoint or stage, with its evidence; `level` draws the intended feeling curve."""

    at: Id
    lane: Literal["doing", "thinking", "feeling", "pain", "opportunity", "quote", "process", "content", "note"]
    says: str = ""
    level: Feeling | None = Field(None, description="Feeling from −2 (awful) to +2 (delighted).")
    persona: Id | None = Field(None, description="Whose; everybody's when missing.")
    severity: Literal["low", "medium", "high"] | None = None
    evidence: Evidence | None = None
    image: str | None = None


class Cut(Part):
    """How customers' events are cut into journeys.

    `case`: by the case id in the data. `rules`: a new journey at each event that `start` matches, over at one that
    `end` matches. `silence`: a new journey after `silence` without events. `life`: one journey per customer.
    `patience`: a journey that is not over counts as under way until the customer was silent that long; after that it is
    lost or stuck. 0d: the data is closed, nothing is under way. `start` and `end` rules also close journeys of other
    cuts.
    """

    by: Literal["case", "rules", "silence", "life"] = "life"
    start: Rule | None = None
    end: Rule | None = None
    silence: Duration | None = None
    patience: Duration | None = None
    success: list[Id] = Field(
        default_factory=list,
        description="Touchpoints of which one must be reached; if missing, the last one, "
        "optional and back stage apart.",
    )


class Review(Part):
    """When people look at the map again."""

    every_days: int | None = Field(None, ge=1)
    last: date | None = None
    by: str | None = None


class MapHead(Part):
    """What the map is, whose it is, and how journeys are cut."""

    id: Id
    title: str
    purpose: str | None = None
    scope: str | None = None
    owner: str | None = None
    review: Review | None = None
    currency: str | None = None
    journey: Cut = Field(default_factory=Cut)
    promise: Promise | None = Field(None, description="Promise about the whole journey.")
    kpis: list[Kpi] = Field(default_factory=list)
    feedback: Rule | None = Field(None, description="Which answers speak about the whole journey.")
    template: str | None = None


class Map(Part):
    """A whole map, as loaded. Deleted records are kept in the file and left out by the `live` views."""

    format: Literal["desireline/1"] = "desireline/1"
    map: MapHead
    personas: list[Persona] = Field(default_factory=list)
    teams: list[Team] = Field(default_factory=list)
    channels: list[Channel] = Field(default_factory=list)
    systems: list[System] = Field(default_factory=list)
    stages: list[Stage] = Field(default_factory=list)
    touchpoints: list[Touchpoint] = Field(default_factory=list)
    links: list[Link] = Field(default_factory=list)
    campaigns: list[Campaign] = Field(default_factory=list)
    cards: list[Card] = Field(default_factory=list)


SECTIONS: dict[str, type[Record]] = {
    "personas": Persona,
    "teams": Team,
    "channels": Channel,
    "systems": System,
    "stages": Stage,
    "touchpoints": Touchpoint,
    "links": Link,
    "campaigns": Campaign,
    "cards": Card,
}
