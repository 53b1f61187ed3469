"""What measures look at: one bucket of walked customers as columns of numbers, the outline, and the edges asked for.

Journeys are numbered in the order of their customers, places in the order of the map. What several measures need is
worked out once, on first use.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from desireline.maps.outline import Outline
from desireline.measures.codes import NONE, Coded, Codes, Flags, Numbers, Whole, beginnings, code, positions
from desireline.measures.crossings import Crossings, cross
from desireline.measures.routes import hash_routes
from desireline.measures.rows import NEVER, Owners, Rows
from desireline.measures.stays import Stays, stay
from desireline.measures.steps import Steps, in_order
from desireline.tables import Trips

Edge = tuple[str, str]


@dataclass(frozen=True)
class View:
    """One bucket of customers, ready to be observed."""

    trips: Trips
    outline: Outline
    edges: tuple[Edge, ...] = ()

    @property
    def map_id(self) -> str:
        """The id under which the whole journey is read."""
        return self.outline.map.map.id

    @cached_property
    def stages(self) -> list[str]:
        """The stages, in order; their codes begin at 1."""
        return [stage.id for stage in self.outline.stages]

    @cached_property
    def points(self) -> list[str]:
        """The touchpoints, in order; their codes follow those of the stages."""
        return list(self.outline.touchpoint)

    @property
    def first_point(self) -> int:
        """The code of the first touchpoint."""
        return 1 + len(self.stages)

    @cached_property
    def along(self) -> list[Edge]:
        """The edges, each once; their codes follow those of the touchpoints."""
        return list(dict.fromkeys(self.edges))

    @cached_property
    def places(self) -> list[str]:
        """Every place by its code: the map (0), stages, touchpoints, edges, and what answers name beside these."""
        known = [self.map_id, *self.stages, *self.points, *(f"{a}>{b}" for a, b in self.along)]
        return code(self.trips.answers["place"], list(dict.fromkeys(known))).names

    @cached_property
    def place(self) -> Mapping[str, int]:
        """The code of each place."""
        return {name: number for number, name in enumerate(self.places)}

    @property
    def journeys(self) -> pl.DataFrame:
        """JOURNEYS in the order of customers: a journey's number is its row."""
        return self.trips.journeys

    @cached_property
    def people(self) -> pl.Series:
        """The ids of customers by code: those with journeys first, then those who only answered."""
        own = self.journeys["customer_id"][self._heads]
        if self.trips.answers.is_empty():
            return own
        return pl.concat([own, self.trips.answers["customer_id"].drop_nulls()]).unique(maintain_order=True)

    @cached_property
    def _heads(self) -> Whole:
        """The journeys in which another customer begins."""
        return beginnings(self.journeys["customer_id"].rle_id().to_numpy())

    @cached_property
    def owners(self) -> Owners:
        """Whose journeys they are, where and when they began."""
        fresh = np.zeros(self.journeys.height, dtype=np.int32)
        fresh[self._heads] = 1
        return Owners(
            customer=np.cumsum(fresh, dtype=np.int32) - 1,
            channel=code(self.journeys["channel"], self.channels).codes,
            when=instants(self.journeys["started_at"]),
        )

    @cached_property
    def several(self) -> Flags:
        """By journey: has its customer others?"""
        customer = self.owners.customer
        found: Flags = np.bincount(customer, minlength=1)[customer] > 1
        return found

    @cached_property
    def steps(self) -> Steps:
        """The steps of all journeys."""
        return in_order(self.trips.steps, self.journeys.height)

    @cached_property
    def _channels(self) -> tuple[Coded, Coded]:
        first = code(self.journeys["channel"])
        steps = code(self.steps.frame["channel"], first.names)
        return steps, code(self.trips.answers["channel"], steps.names)

    @property
    def channels(self) -> list[str]:
        """The names of channels by code."""
        return self._channels[1].names

    @cached_property
    def step_channel(self) -> Codes:
        """The channel of each step, or −1."""
        return self._channels[0].codes

    @cached_property
    def step_point(self) -> Codes:
        """The touchpoint of each step."""
        codes = code(self.steps.frame["touchpoint"], self.points).codes
        return np.where((codes >= 0) & (codes < len(self.points)), codes + np.int32(self.first_point), NONE)

    @cached_property
    def step_stage(self) -> Codes:
        """The stage of each step: that of its touchpoint."""
        number = {stage: 1 + i for i, stage in enumerate(self.stages)}
        stages = [number[point.stage] for point in self.outline.touchpoints]
        table = np.array([NONE] * self.first_point + stages + [NONE], dtype=np.int32)
        return table[self.step_point]

    @cached_property
    def stays(self) -> Stays:
        """The rows of places: the map for every journey, and stages and touchpoints where a journey came to."""
        return stay(self)

    @property
    def visits(self) -> Rows:
        """One row per journey and place that it came to, the map among them."""
        return self.stays.rows

    @cached_property
    def crossings(self) -> Crossings:
        """The rows of edges: one per journey and edge a>b whose a it visited."""
        return cross(self)

    @cached_property
    def everywhere(self) -> Rows:
        """The rows of `visits`, then those of `crossings`."""
        first, then = self.visits, self.crossings.rows
        return Rows(
            np.concatenate([first.place, then.place]),
            np.concatenate([first.journey, then.journey]),
            self.owners,
            own_channel=np.concatenate([first.channel, then.channel]),
        )

    @cached_property
    def whole(self) -> Rows:
        """One row per journey, at the map."""
        return self.visits.pick(slice(0, self.journeys.height))  # type: ignore[arg-type]

    def state(self, *names: str) -> Flags:
        """By journey: is its state one of these?"""
        codes, known = self._states
        here = np.array([*(name in names for name in known), False], dtype=np.bool_)
        found: Flags = here[codes]
        return found

    @cached_property
    def _states(self) -> Coded:
        return code(self.journeys["state"])

    @cached_property
    def settled(self) -> Flags:
        """By journey: is it over?"""
        return ~self.state("under_way")

    @cached_property
    def success(self) -> Flags:
        """By journey: did it reach success?"""
        return self.journeys["success"].fill_null(False).to_numpy()

    @cached_property
    def route(self) -> Whole:
        """By journey: its touchpoints in order, immediate repeats once, as a hash."""
        moves = self.steps.first | (self.steps.before(self.step_point) != self.step_point)
        return hash_routes(self.step_point, self.steps.starts, moves)

    @cached_property
    def answers(self) -> pl.DataFrame:
        """ANSWERS in the order of place and customer."""
        if self.trips.answers.is_empty():
            return self.trips.answers
        ordered = self.trips.answers.with_columns(
            pl.Series("_place", code(self.trips.answers["place"], self.places).codes),
            pl.Series("_customer", positions(self.trips.answers["customer_id"], self.people)),
        )
        return ordered.sort("_place", "_customer", "feedback_id")

    @cached_property
    def answered(self) -> Rows:
        """One row per answer and place; its channel is its journey's where it has none."""
        if self.trips.answers.is_empty():
            none, never = np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.int64)
            return Rows(none, none, self.owners, none, none, never, never)
        found = self.answers
        ids = self.journeys["journey_id"].to_frame("journey_id").with_row_index("journey")
        journey = found.select("journey_id").join(ids, on="journey_id", how="left", maintain_order="left")["journey"]
        plain = Rows(
            found["_place"].to_numpy(),
            journey.cast(pl.Int32).fill_null(NONE).to_numpy(),
            self.owners,
            own_customer=found["_customer"].to_numpy(),
            own_when=instants(found["at"]),
        )
        told = code(found["channel"], self.channels).codes
        channel = np.where(told >= 0, told, plain.of_journeys(self.owners.channel))
        each = np.arange(len(plain), dtype=np.int64)
        return Rows(plain.place, plain.journey, self.owners, plain.own_customer, channel, plain.own_when, each)

    @cached_property
    def team_of(self) -> Mapping[str, str]:
        """The accountable team of each touchpoint: its own, else its stage's."""
        stages = {stage.id: stage.team for stage in self.outline.stages}
        teams = {point.id: point.team or stages[point.stage] for point in self.outline.touchpoints}
        return {point: team for point, team in teams.items() if team}

    @cached_property
    def rank_of(self) -> Mapping[str, int]:
        """How far along the map a touchpoint or stage stands; members of one block stand equally far."""
        blocks = {member: i for i, block in enumerate(self.outline.blocks) for member in block.members}
        return blocks | {stage.id: i for i, stage in enumerate(self.outline.stages)}

    def lookup(self, numbers: Mapping[str, int]) -> Codes:
        """A table from place codes (the last stands for no place) to numbers; −1 where none is given."""
        return np.array([*(numbers.get(name, NONE) for name in self.places), NONE], dtype=np.int32)


def instants(column: pl.Series) -> Whole:
    """Instants as µs since 1970."""
    plain = column.to_physical()
    return (plain.fill_null(NEVER) if plain.null_count() else plain).to_numpy()


def numbers(column: pl.Series) -> Numbers:
    """Whole numbers, 0 where there is none."""
    return (column.fill_null(0) if column.null_count() else column).to_numpy()
