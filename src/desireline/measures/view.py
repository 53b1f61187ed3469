"""What measures look at: one bucket of walked customers, the map's outline, and the edges asked for.

Frames that several measures need are worked out once, on first use.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
import numpy.typing as npt
import polars as pl

from desireline.maps.outline import Outline
from desireline.tables import Trips

Edge = tuple[str, str]
Whole = npt.NDArray[np.int64]
Marks = npt.NDArray[np.bool_]

_OF_JOURNEY = ("when", "state", "success")
_ON_THE_WAY = (*_OF_JOURNEY, "first_success", "final_step", "now")


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
    def coded(self) -> Trips:
        """The bucket with ids and places coded as numbers (Enum), which are faster to group and join than text."""
        given = self.trips
        frames = (given.journeys, given.steps, given.answers, given.deviations, given.customers)
        kinds: dict[str, pl.Enum] = {
            "customer_id": self.people,
            "journey_id": pl.Enum(given.journeys["journey_id"].unique()),
            "touchpoint": self.places,
            "stage": self.places,
            "place": self.places,
        }
        return Trips(*(_coded(frame, kinds) for frame in frames))

    @cached_property
    def people(self) -> pl.Enum:
        """The coding of customers."""
        told = (self.trips.journeys, self.trips.answers, self.trips.customers)
        return pl.Enum(pl.concat([frame["customer_id"] for frame in told]).unique().drop_nulls())

    @cached_property
    def places(self) -> pl.Enum:
        """The coding of places: those of the map, the edges, and what answers and deviations name."""
        points = [*(stage.id for stage in self.outline.stages), *self.outline.touchpoint]
        named = pl.concat([self.trips.answers["place"], self.trips.deviations["place"]]).unique().drop_nulls()
        edges = [f"{a}>{b}" for a, b in self.edges]
        return pl.Enum(list(dict.fromkeys([self.map_id, *points, *edges, *named.sort()])))

    @property
    def at_map(self) -> pl.Expr:
        """`at` for rows about the whole journey."""
        return pl.lit(self.map_id, dtype=self.places).alias("at")

    @cached_property
    def journeys(self) -> pl.DataFrame:
        """JOURNEYS with `when` (its start), `first_success` (the step that reached success, or null), `final_step`
        (its last one, or null) and `now` (the stage of that).
        """
        succeeds = pl.col("touchpoint").is_in(self.outline.success)
        reached = self.steps.group_by("journey_id").agg(
            pl.col("step").filter(succeeds).min().alias("first_success"),
            pl.col("step").max().alias("final_step"),
            pl.col("stage").last().alias("now"),
        )
        journeys = self.coded.journeys.with_columns(pl.col("started_at").alias("when"))
        return journeys.join(reached, on="journey_id", how="left", maintain_order="left")

    @cached_property
    def steps(self) -> pl.DataFrame:
        """STEPS in order, with where each came from: `from_touchpoint`, `from_stage`, `from_at` (or null)."""
        steps = self.coded.steps.sort("customer_id", "journey_id", "step")
        same = pl.col("journey_id") == pl.col("journey_id").shift()
        return steps.with_columns(
            pl.when(same).then(pl.col(name).shift()).alias(f"from_{name}") for name in ("touchpoint", "stage", "at")
        )

    @cached_property
    def visits(self) -> pl.DataFrame:
        """One row per journey and place that it came to: stages, touchpoints, and the map for every journey.

        Columns: customer_id, journey_id, at, kind, visits (steps there), arrivals (times it came there from
        elsewhere), first_step, last_step, first_at, last_at, since (µs from the journey's previous step to
        the first one here), value_e4, channel (of the first step there, else the journey's), and the journey's
        when, state, success, first_success, final_step, now.
        """
        places = pl.concat([self._stays("stage"), self._stays("touchpoint")])
        journey = self.journeys.select(*_ON_THE_WAY, pl.col("channel").alias("journey_channel"))
        placed = places.hstack(journey[self.row_of[places["journey_id"].to_physical().to_numpy()]])
        whole = self.journeys.select(
            "customer_id",
            "journey_id",
            self.at_map,
            pl.lit("map").alias("kind"),
            pl.col("steps").alias("visits"),
            pl.lit(1, dtype=pl.Int64).alias("arrivals"),
            pl.lit(1, dtype=pl.Int64).alias("first_step"),
            pl.col("steps").alias("last_step"),
            pl.col("started_at").alias("first_at"),
            pl.col("ended_at").alias("last_at"),
            pl.lit(None, dtype=pl.Int64).alias("since"),
            "value_e4",
            "channel",
            *_ON_THE_WAY,
        )
        channel = pl.coalesce("channel", "journey_channel").alias("channel")
        return pl.concat([whole, placed.with_columns(channel).select(whole.columns)])

    def marked(self, rows: pl.DataFrame) -> Marks:
        """True for the journeys and places (`at`) of these rows: rows of `journeys`, codes of `places`."""
        found = np.zeros((self.journeys.height, len(self.places.categories)), dtype=np.bool_)
        found[self.cells_of(rows)] = True
        return found

    def cells_of(self, rows: pl.DataFrame) -> tuple[Whole, Whole]:
        """Where rows with `journey_id` and `at` stand in a table of journeys and places."""
        journey, place = (rows[name].to_physical().to_numpy() for name in ("journey_id", "at"))
        return self.row_of[journey], place.astype(np.int64)

    @cached_property
    def row_of(self) -> npt.NDArray[np.int64]:
        """The row of each journey in `journeys`, by its code."""
        codes = self.journeys["journey_id"].to_physical().to_numpy()
        rows = np.empty(len(codes), dtype=np.int64)
        rows[codes] = np.arange(len(codes))
        return rows

    @cached_property
    def crossings(self) -> pl.DataFrame:
        """One row per journey and edge a>b whose a it visited; `arrived_at`: first at b after that, or null.

        Columns: customer_id, journey_id, at, first_at (of a), arrived_at, channel, when, state, success.
        """
        found = [self._crossing(a, b) for a, b in dict.fromkeys(self.edges)]
        starts = self.visits.clear().with_columns(pl.col("first_at").alias("arrived_at"))
        columns = ["customer_id", "journey_id", "at", "first_at", "arrived_at", "channel", *_OF_JOURNEY]
        return pl.concat([starts.select(columns), *(rows.select(columns) for rows in found)])

    @cached_property
    def answers(self) -> pl.DataFrame:
        """ANSWERS with `when` and, where an answer has no channel, its journey's."""
        journey = self.journeys.select("journey_id", pl.col("channel").alias("journey_channel"))
        joined = self.coded.answers.join(journey, on="journey_id", how="left")
        return joined.with_columns(
            pl.coalesce("channel", "journey_channel").alias("channel"), pl.col("at").alias("when")
        )

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

    def _crossing(self, a: str, b: str) -> pl.DataFrame:
        """The visits to `a`, each with the instant of the first step at `b` after it."""
        starts = self._by_place.get(a, self.visits.clear())
        since = np.full(self.journeys.height, np.iinfo(np.int64).max)
        rows = self.row_of[starts["journey_id"].to_physical().to_numpy()]
        since[rows] = starts["first_step"].to_numpy()
        there = self._steps_at.get(b, np.zeros(0, dtype=np.int64))
        owner = self.row_of[self.steps["journey_id"].to_physical().to_numpy()[there]]
        later = self.steps["step"].to_numpy()[there] > since[owner]
        owner, there = owner[later], there[later]
        firsts = np.flatnonzero(np.diff(owner, prepend=-1) != 0)
        arrived = np.full(self.journeys.height, -1)
        arrived[owner[firsts]] = there[firsts]
        instants = self.steps["at"].gather(pl.Series(arrived[rows]).replace(-1, None))
        return starts.with_columns(pl.lit(f"{a}>{b}", dtype=self.places).alias("at"), instants.alias("arrived_at"))

    @cached_property
    def _by_place(self) -> Mapping[str, pl.DataFrame]:
        """The visits by the place that they came to."""
        ends = {place for edge in self.edges for place in edge}
        parts = self.visits.filter(pl.col("at").is_in(list(ends))).partition_by("at", as_dict=True)
        return {str(place): rows for (place,), rows in parts.items()}

    @cached_property
    def _steps_at(self) -> Mapping[str, Whole]:
        """The rows of `steps` at each touchpoint and in each stage, in order."""
        names = [*self.places.categories, ""]  # the last for steps that stand in none
        found: dict[str, Whole] = {}
        for column in ("stage", "touchpoint"):
            codes = self.steps[column].to_physical().fill_null(len(names) - 1).to_numpy()
            order = np.argsort(codes, kind="stable")
            kinds, starts = np.unique(codes[order], return_index=True)
            for kind, start, end in zip(kinds, starts, [*starts[1:], len(codes)], strict=False):
                found[names[int(kind)]] = order[start:end]
        return found

    def _stays(self, place: Literal["touchpoint", "stage"]) -> pl.DataFrame:
        came = pl.col(place).ne_missing(pl.col(f"from_{place}"))
        stays = self.steps.filter(pl.col(place).is_not_null()).group_by("journey_id", pl.col(place).alias("place"))
        found = stays.agg(
            pl.col("customer_id").first(),
            pl.len().cast(pl.Int64).alias("visits"),
            came.sum().cast(pl.Int64).alias("arrivals"),
            pl.col("step").min().alias("first_step"),
            pl.col("step").max().alias("last_step"),
            pl.col("at").first().alias("first_at"),
            pl.col("at").last().alias("last_at"),
            (pl.col("at").first() - pl.col("from_at").first()).dt.total_microseconds().alias("since"),
            pl.col("value_e4").sum(),
            pl.col("channel").first(),
        )
        return found.rename({"place": "at"}).with_columns(pl.lit(place).alias("kind"))


def _coded(frame: pl.DataFrame, kinds: Mapping[str, pl.Enum]) -> pl.DataFrame:
    return frame.with_columns(_cast(frame[name], kind) for name, kind in kinds.items() if name in frame.columns)


def _cast(texts: pl.Series, kind: pl.Enum) -> pl.Series:
    """The texts as codes. Where the same text often stands several times in a row, each run is looked up once."""
    runs = texts.rle_id()
    if not len(runs) or int(runs[-1]) * 4 > len(runs):
        return texts.cast(kind, strict=False)
    firsts = pl.Series(np.flatnonzero(np.diff(runs.to_numpy(), prepend=-1)))
    return texts.gather(firsts).cast(kind, strict=False).gather(runs).alias(texts.name)
