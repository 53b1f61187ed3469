"""What the voice routes answer of drivers, channels and effort: what `desireline drivers|parity|effort --json` say.

A sentence about the whole and the titles of places stand beside it.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class Estimated(BaseModel):
    """A number with its 95 % interval; none where it is not known."""

    value: float | None
    low: float | None
    high: float | None


class PenaltyReward(BaseModel):
    """What low ratings cost and high ones bring, in points of the outcome."""

    penalty: Estimated
    reward: Estimated
    asymmetry: Estimated
    kind: str


class DriverFound(BaseModel):
    """A question and what it does to the outcome; ratings are on 0–100."""

    question: str
    place: str
    title: str
    n: int
    importance: Estimated
    slope: Estimated
    performance: Estimated
    significant: bool
    quadrant: str
    asymmetry: PenaltyReward


class LeftOut(BaseModel):
    """A question that could be no driver, and why."""

    question: str
    why: str


class VoiceDrivers(BaseModel):
    """What moves a score. `method_says`: how importance was worked out."""

    map: str
    says: str
    of: str
    n: int | None
    explained: Estimated
    drivers: list[DriverFound]
    left_out: list[LeftOut]
    notes: list[str]
    method_says: str
    kinds: dict[str, str]
    mean_performance: float | None
    mean_importance: float | None


class ParitySide(BaseModel):
    """One side of a comparison."""

    name: str
    title: str
    customers: int | None
    n: int | None
    value: Estimated


class ParityGap(BaseModel):
    """How far the sides are apart."""

    difference: Estimated
    strata: int


class ParityFound(BaseModel):
    """One side against the others at one place."""

    place: str
    title: str
    sides: list[ParitySide]
    compared: ParityGap
    verdict: str
    worse: str
    says: str


class DrawnApart(BaseModel):
    """Something that the map itself promises differently in one channel."""

    place: str
    channel: str
    part: str
    here: str
    elsewhere: str


class Choice(BaseModel):
    """Something that can be asked instead."""

    name: str
    title: str


class VoiceParity(BaseModel):
    """Whether the same promise is kept in every channel. `within`: the margin in the unit of what is compared."""

    map: str
    says: str
    measure: str
    unit: str
    by: str
    margin: float
    within: float
    found: list[ParityFound]
    tested: int
    notes: list[str]
    drawn_differently: list[DrawnApart]
    choices: list[Choice]
    titles: dict[str, str]


class EffortIndex(BaseModel):
    """Effort per journey, 0 to 100."""

    effort: float | None
    low: float | None
    high: float | None
    n: int | None
    m: int | None
    note: str


class EffortBasis(BaseModel):
    """Where the weights come from."""

    calibrated: bool
    says: str


class EffortTrust(BaseModel):
    """How well the index goes with what customers said of their effort."""

    says: str


class EffortComponent(BaseModel):
    """A sign of effort and what it adds to the index."""

    component: str
    title: str
    measurable: bool
    why: str
    weight: float | None
    mean: float | None
    points: float | None


class EffortPlace(BaseModel):
    """Effort at a stage or touchpoint, by component; the components' points are beside these fields."""

    model_config = ConfigDict(extra="allow")

    kind: str
    at: str
    n: int | None
    m: int | None
    effort: float | None
    low: float | None
    high: float | None
    share: float | None
    mostly: str
    note: str


class EffortHandOff(BaseModel):
    """A hand-off, and the effort that follows it."""

    model_config = ConfigDict(populate_by_name=True)

    kind: str
    rank: int
    from_: str = Field(alias="from")
    to: str
    hand_offs: int | None
    n: int | None
    effort: float | None
    low: float | None
    high: float | None
    share: float | None
    mostly: str
    note: str


class EffortGroup(BaseModel):
    """Effort of the journeys of a group."""

    group: str
    n: int | None
    m: int | None
    effort: float | None
    low: float | None
    high: float | None
    note: str


class VoiceEffort(BaseModel):
    """How hard journeys were."""

    map: str
    says: str
    basis: EffortBasis
    validity: EffortTrust
    index: EffortIndex
    components: list[EffortComponent]
    groups: list[EffortGroup]
    places: list[EffortPlace]
    hand_offs: list[EffortHandOff]
    hand_offs_not_measurable: list[str]
    titles: dict[str, str]
