"""What a report says around its readings: the data window, the imports, the routes, the definitions, the way
to recompute.

Everything has an empty default, so a report can be drawn from a map alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

import polars as pl


@dataclass(frozen=True)
class Meta:
    """The surroundings of a report. No clock is read: `today` is passed in, and freshness is left out without
    it.
    """

    today: date | None = None
    first_at: datetime | None = None
    last_at: datetime | None = None
    events: int | None = None
    customers: int | None = None
    journeys: int | None = None
    sources: Sequence[str] = ()
    read: int | None = None
    accepted: int | None = None
    refused: int | None = None
    duplicates: int | None = None
    refusals: pl.DataFrame | None = None  # source, reason, rows, detail (one example sentence)
    routes: pl.DataFrame | None = None  # route (list of touchpoint ids), journeys, customers, share, outcome
    definitions: Mapping[str, str] = field(default_factory=dict)  # measure -> docstring
    commands: Sequence[str] = ()  # how to recompute
    version: str = ""
    snapshot: str = ""


class Coverage(Protocol):
    """How much of the data the map explains, and how much of the map the data backs."""

    @property
    def events(self) -> int: ...
    @property
    def events_explained(self) -> int: ...
    @property
    def customers(self) -> int: ...
    @property
    def customers_explained(self) -> int: ...
    @property
    def off_map(self) -> pl.DataFrame: ...  # event, channel, events, customers
    @property
    def touchpoints_bound(self) -> int: ...
    @property
    def touchpoints_visited(self) -> int: ...
    @property
    def unbound(self) -> Sequence[str]: ...
