"""What the voice routes answer: what `desireline topics|drivers|parity|effort --json` and `feedback … --json` say.

A sentence about the whole and the titles of places stand beside it.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from desireline.server.fields import Id, Title


class Estimated(BaseModel):
    """A number with its 95 % interval; none where it is not known."""

    value: float | None
    low: float | None
    high: float | None


class SpokenTopic(BaseModel):
    """What people talk about, and what goes with it."""

    id: str
    name: str
    answers: int
    customers: int
    share: float
    low: float
    high: float
    stability: float | None
    loose: bool
    pinned: bool
    new: bool
    words: list[str]
    score_effect: float | None
    score_low: float | None
    score_high: float | None
    score_unit: str | None
    feeling_effect: float | None
    feeling_low: float | None
    feeling_high: float | None
    feeling_mean: float | None
    trend: str | None
    unmet: bool | None
    unmet_because: str | None
    places: list[str] | None


class TopicPeriod(BaseModel):
    """How many of those who spoke in a period spoke of a topic; none where that would tell of few."""

    topic: str
    period: str
    customers: int | None
    of: int | None
    share: float | None
    low: float | None
    high: float | None


class TopicQuote(BaseModel):
    """What a customer wrote, with personal data masked."""

    topic: str
    quote: str
    language: str | None


class TopicBurst(BaseModel):
    """A period in which a topic was spoken of more often than before."""

    topic: str
    period: str
    customers: int | None
    times: float
    q: float


class SetAside(BaseModel):
    """A topic that people put into another one, or that is not told."""

    id: str
    name: str
    into: str | None
    drop: bool


class VoiceTopics(BaseModel):
    """What people talk about."""

    map: str
    says: str
    note: str
    answers: int | None
    customers: int | None
    hidden: int
    outliers: float | None
    topics: list[SpokenTopic]
    periods: list[TopicPeriod]
    bursts: list[TopicBurst]
    quotes: list[TopicQuote]
    set_aside: list[SetAside]
    titles: dict[str, str]


class ScoreCount(BaseModel):
    """How often an answer was given."""

    score: float
    count: int


class ScoreCell(BaseModel):
    """A question's score at a place, of a group in a period. `hollow`: of fewer than 30 customers."""

    place: str
    level: str
    question: str
    kind: str
    scale: str
    unit: str
    group: str
    period: str
    value: float | None
    low: float | None
    high: float | None
    n: int | None
    hollow: bool
    shrunk: float | None
    counts: list[ScoreCount] | None
    note: str


class VoiceScores(BaseModel):
    """Every score."""

    map: str
    scores: list[ScoreCell]
    rules: dict[str, str]
    notes: list[str]
    titles: dict[str, str]


class ScoreChange(BaseModel):
    """How a score changed: the last period against all before, and per period; `…_holds` among all tests made."""

    place: str
    question: str
    kind: str
    unit: str
    periods: int
    last: str | None
    change: float | None
    change_low: float | None
    change_high: float | None
    change_holds: bool | None
    slope: float | None
    slope_low: float | None
    slope_high: float | None
    slope_holds: bool | None
    note: str


class VoiceTrend(BaseModel):
    """How scores change."""

    map: str
    changes: list[ScoreChange]
    tested: int
    hold: int
    says: str


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


class TopicAgreed(BaseModel):
    """What is said of a topic; what is left out stays. `into`: the topic that it is a part of, "" for none."""

    name: Title | None = None
    pin: bool | None = None
    drop: bool | None = None
    into: Id | Literal[""] | None = None
