"""What is asked of the data, and what comes back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import polars as pl

from desireline.access import SMALL_GROUP
from desireline.errors import UnknownPlace
from desireline.journeys.coverage import Coverage
from desireline.maps.outline import Outline


@dataclass(frozen=True)
class Question:
    """Which measures (all when empty), by which groups, in which grain of time, along which further edges.

    `exact`: times are compared one by one, however many there are; else within 1.6 % beyond 1,024 of a cell.
    """

    measures: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    period: str | None = None
    edges: tuple[str, ...] = ()
    exact: bool = False

    def edges_of(self, outline: Outline) -> tuple[tuple[str, str], ...]:
        """The map's planned edges and those asked for, each once. Raises UnknownPlace for one not written a>b."""
        asked = []
        for edge in self.edges:
            start, arrow, end = edge.partition(">")
            if not (start and arrow and end):
                raise UnknownPlace(edge, [f"{a}>{b}" for a, b in outline.edges])
            asked.append((start.strip(), end.strip()))
        return tuple(dict.fromkeys([*outline.edges, *asked]))


@dataclass(frozen=True)
class Measured:
    """A map, measured: every number of the report, as frames."""

    outline: Outline
    question: Question
    readings: pl.DataFrame  # tables.READINGS
    deviations: pl.DataFrame  # the deviation ledger, ranked
    coverage: Coverage
    routes: pl.DataFrame  # route, outcome, journeys, customers, share (of all journeys); small groups left out
    events: int
    customers: int
    journeys: int
    first_at: datetime | None
    last_at: datetime | None

    def readings_at(self, places: Sequence[str] = ()) -> pl.DataFrame:
        """The readings at these places; all of them when none is named. Raises UnknownPlace."""
        known = [self.outline.map.map.id, *self.outline.titles, *self.readings["at"].unique()]
        for place in places:
            if place not in known:
                raise UnknownPlace(place, known)
        return self.readings.filter(pl.col("at").is_in(list(places))) if places else self.readings

    def summary(self) -> dict[str, Any]:
        """The map's id and the data window, as plain data."""
        window = {"from": self.first_at, "to": self.last_at}
        counts = {"events": self.events, "customers": self.customers, "journeys": self.journeys}
        return {"map": self.outline.map.map.id, "data": counts | window}

    def as_json(self, readings: pl.DataFrame | None = None) -> dict[str, Any]:
        """The readings with the data window and the coverage, as plain data."""
        cover = self.coverage
        off_map = cover.off_map.filter(pl.col("customers") >= SMALL_GROUP)
        return {
            **self.summary(),
            "coverage": {
                "events": cover.events,
                "events_explained": cover.events_explained,
                "customers": cover.customers,
                "customers_explained": cover.customers_explained,
                "touchpoints_bound": cover.touchpoints_bound,
                "touchpoints_visited": cover.touchpoints_visited,
                "silent": list(cover.silent),
                "unbound": list(cover.unbound),
                "off_map": off_map.to_dicts(),
                "off_map_rare": cover.off_map.height - off_map.height,
            },
            "readings": (self.readings if readings is None else readings)
            .with_columns(pl.col(pl.Float64).fill_nan(None))
            .to_dicts(),
        }

    def deviations_json(self) -> list[dict[str, Any]]:
        """The deviation ledger as plain data, without the customers who are its examples."""
        return self.deviations.drop("examples").with_columns(pl.col(pl.Float64).fill_nan(None)).to_dicts()

    def _repr_html_(self) -> str:
        return self.readings._repr_html_()
