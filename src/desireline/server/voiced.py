"""What the voice routes answer of topics and scores: what `desireline topics --json` and `feedback … --json` say.

A sentence about the whole and the titles of places stand beside it. What explains scores is in `explained`.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel

from desireline.server.fields import Id, Title


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


class TopicAgreed(BaseModel):
    """What is said of a topic; what is left out stays. `into`: the topic that it is a part of, "" for none."""

    name: Title | None = None
    pin: bool | None = None
    drop: bool | None = None
    into: Id | Literal[""] | None = None


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
