"""The tables at which the rooms meet: what each column holds, and nothing more.

Lake tables (precious): EVENTS, FEEDBACK, CUSTOMERS, CAMPAIGNS, REFUSALS, IMPORTS.
Derived tables (rebuildable): JOURNEYS, STEPS, ANSWERS, DEVIATIONS, READINGS.

Instants are UTC with microseconds. Money is Decimal(18, 4) in the lake and whole ten-thousandths (`_e4`) where it is
summed, so that sums do not depend on their order. `properties` is JSON text: one flat object, keys sorted, values text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

INSTANT = pl.Datetime("us", "UTC")
MONEY = pl.Decimal(18, 4)


@dataclass(frozen=True)
class Table:
    """A declared table: its name and its columns in order."""

    name: str
    columns: Mapping[str, pl.DataType | type[pl.DataType]]

    def empty(self) -> pl.DataFrame:
        """A frame with these columns and no rows."""
        return pl.DataFrame(schema=dict(self.columns))

    def shape(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The frame with exactly these columns, in order, cast; columns that it lacks become null."""
        wanted = [
            (pl.col(name) if name in frame.columns else pl.lit(None, dtype=pl.Null)).cast(kind).alias(name)
            for name, kind in self.columns.items()
        ]
        return frame.select(wanted)


EVENTS = Table(
    "events",
    {
        "event_id": pl.String,  # the source's own id (hashed with its source); null where the source gives none
        "customer_id": pl.String,
        "at": INSTANT,
        "event": pl.String,  # the event's name
        "channel": pl.String,
        "case_id": pl.String,  # order, ticket, trace: when the data says which trip an event belongs to
        "value": MONEY,
        "currency": pl.String,
        "due_at": INSTANT,  # the instant this event was promised for
        "status": pl.String,  # "failed" marks a failure; anything else is the source's own word
        "properties": pl.String,
        "source": pl.String,  # recipe table that made it
        "row": pl.Int64,  # row in the file, the first data row being 1; decides the order within an instant
        "part": pl.Int64,  # which of its row's events, from 1 in the order of the recipe
    },
)

FEEDBACK = Table(
    "feedback",
    {
        "feedback_id": pl.String,
        "customer_id": pl.String,  # null where the voice is anonymous
        "at": INSTANT,  # null where the source has no date
        "case_id": pl.String,
        "kind": pl.String,  # survey, review, ticket, chat, call, post, note
        "question": pl.String,
        "answer": pl.String,  # as it was given
        "score": pl.Float64,  # the answer as a number on its scale; null for text and for not-applicable codes
        "low": pl.Float64,  # worst end of the scale (may be the larger number: effort 5 easy … 1 difficult)
        "high": pl.Float64,  # best end of the scale
        "rule": pl.String,  # nps, csat, ces, mean: which score this question truly is
        "weight": pl.Float64,  # survey weight, 1 where there is none
        "text": pl.String,
        "channel": pl.String,
        "properties": pl.String,
        "source": pl.String,
        "row": pl.Int64,
    },
)

CUSTOMERS = Table(
    "customers",
    {"customer_id": pl.String, "properties": pl.String, "source": pl.String, "row": pl.Int64},
)

CAMPAIGNS = Table(
    "campaigns",
    {
        "campaign_id": pl.String,
        "title": pl.String,
        "kind": pl.String,  # campaign, nurture, content
        "channel": pl.String,
        "starts_on": pl.Date,
        "ends_on": pl.Date,
        "cost": MONEY,
        "currency": pl.String,
        "properties": pl.String,
        "source": pl.String,
        "row": pl.Int64,
    },
)

REFUSALS = Table(
    "refusals",
    {
        "import_id": pl.String,
        "source": pl.String,  # file name
        "row": pl.Int64,
        "reason": pl.String,  # a code of `recipes.refusal.REASONS`
        "detail": pl.String,  # one sentence with the value that was wrong
        "raw": pl.String,  # the row as text, or as JSON where it had been split into cells
    },
)

IMPORTS = Table(
    "imports",
    {
        "import_id": pl.String,
        "at": INSTANT,
        "recipe": pl.String,
        "files": pl.String,  # JSON: [{"name", "sha256", "rows"}]
        "read": pl.Int64,
        "accepted": pl.Int64,
        "refused": pl.Int64,
        "duplicates": pl.Int64,
        "events": pl.Int64,
        "feedback": pl.Int64,
        "customers": pl.Int64,
        "campaigns": pl.Int64,
        "versions": pl.String,  # JSON: {table: Delta version} that this import made current
        "totals": pl.String,  # JSON: {table: rows that the lake holds at that version}
        "buckets": pl.Int32,
    },
)

JOURNEYS = Table(
    "journeys",
    {
        "journey_id": pl.String,
        "customer_id": pl.String,
        "started_at": INSTANT,
        "ended_at": INSTANT,  # its last event so far
        "steps": pl.Int64,  # events placed on touchpoints
        "off_map": pl.Int64,  # events that no touchpoint explains
        "route": pl.List(pl.String),  # touchpoint ids in time order, immediate repeats collapsed
        "state": pl.String,  # done, lost, stuck, under_way
        "success": pl.Boolean,  # reached one of the map's success touchpoints
        "value_e4": pl.Int64,
        "channel": pl.String,  # channel of its first placed event
        "properties": pl.String,  # those of its first event
        "persona": pl.String,  # first persona whose segment rule holds; null when none does
        "cost": pl.Float64,  # alignment cost against the map
        "fitness": pl.Float64,  # 1 − cost / worst cost, 0–1
        "exact": pl.Boolean,  # false when the route was too long for exact alignment
        "kept": pl.Boolean,  # promise about the whole journey kept? null when none was made or it cannot be known
    },
)

STEPS = Table(
    "steps",
    {
        "trip": pl.UInt32,  # the row of its journey in `Trips.journeys`
        "step": pl.Int64,  # from 1 within the journey, in time order
        "touchpoint": pl.String,
        "stage": pl.String,
        "at": INSTANT,
        "channel": pl.String,
        "value_e4": pl.Int64,
        "failed": pl.Boolean,
        "wrong_channel": pl.Boolean,
        "kept": pl.Boolean,  # promise of time kept here? null when none was made or it cannot be known
    },
)

ANSWERS = Table(
    "answers",
    {
        "feedback_id": pl.String,
        "customer_id": pl.String,  # "answer:<response>" where the voice is anonymous
        "journey_id": pl.String,  # null when it belongs to no journey
        "place": pl.String,  # touchpoint, stage or map id
        "bound": pl.String,  # how: rule, topic, case, time
        "at": INSTANT,
        "kind": pl.String,
        "question": pl.String,
        "score": pl.Float64,
        "low": pl.Float64,
        "high": pl.Float64,
        "rule": pl.String,
        "weight": pl.Float64,
        "channel": pl.String,
        "text": pl.String,
        "response": pl.String,  # answers given together, in one row of a survey, share it
        "properties": pl.String,
        "sentiment": pl.Float64,  # how the text feels, −2 … +2; null without a text, and where it was not read
        "language": pl.String,  # of the text: ISO 639-1, "und" where it cannot be told; null without a text
    },
)

DEVIATIONS = Table(
    "deviations",
    {
        "trip": pl.UInt32,  # the row of its journey in `Trips.journeys`
        "kind": pl.String,  # missing, ad hoc, repeated, irregular order, wrong channel, late, failed, stuck, lost
        "place": pl.String,  # touchpoint id; for ad hoc steps off the map the event's name
    },
)

READINGS = Table(
    "readings",
    {
        "measure": pl.String,
        "at": pl.String,  # a record id, or "a>b" for an edge
        "group": pl.String,  # "" for everybody, else "persona:maya", "channel:web", "property:state=SP" …
        "period": pl.String,  # "" for the whole time, else "2026-03", "2026-W12", "2026-Q1", "2026-03-05"
        "value": pl.Float64,
        "low": pl.Float64,
        "high": pl.Float64,
        "n": pl.Int64,  # customers behind it
        "unit": pl.String,  # customers, journeys, share, s, points, score, level, count, money:EUR …
        "note": pl.String,  # why there is no value or interval: "fewer than 5 customers", "not enough data: 12 of 30"
    },
)


@dataclass(frozen=True)
class Trips:
    """One bucket of customers, walked: everything that the measures need, and nothing about where it came from.

    In a walk, what is one of few names (touchpoint, stage, channel, state, kind, place) is an `Enum`.
    """

    journeys: pl.DataFrame  # JOURNEYS, sorted by customer, each one's in the order of time
    steps: pl.DataFrame  # STEPS, sorted by (trip, step)
    answers: pl.DataFrame  # ANSWERS
    deviations: pl.DataFrame  # DEVIATIONS, each once, sorted by (trip, kind, place)
    customers: pl.DataFrame  # customer_id, persona, properties (CUSTOMERS plus persona); customers without a record too
    off_map: pl.DataFrame = field(default_factory=pl.DataFrame)  # what no touchpoint explains
    strays: pl.DataFrame = field(default_factory=pl.DataFrame)  # trip, event, step: how many steps it came after
