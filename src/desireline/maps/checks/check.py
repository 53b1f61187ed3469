"""What a check of a map is, what it may look at, and what it says.

A check is a function of `Look` that yields `Note`s. Its docstring is its help page: what is seen, why it
matters, what helps. Severity: `error` (something on the map cannot work), `warning` (people will be misled),
`hint` (the map could say more).
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal, Protocol, TypeVar

import polars as pl

from desireline.access import may_show
from desireline.maps.outline import Outline, in_order
from desireline.maps.records import Map, Record

Severity = Literal["error", "warning", "hint"]
Needs = Literal["map", "data"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "hint")

R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class Remark:
    """One thing that a check says about a map."""

    code: str
    severity: Severity
    at: str  # id of the record it is about; the map's id when it is about the whole
    says: str
    way_out: str


@dataclass(frozen=True)
class Note:
    """What a check yields: where, what is seen, and what helps. The check's code and severity are added."""

    at: str
    says: str
    way_out: str


@dataclass(frozen=True)
class OffMap:
    """Events of one name that no touchpoint explains."""

    event: str
    channel: str | None
    events: int
    customers: int
    share: float  # of all events


class Covered(Protocol):
    """What of a coverage `MapData` reads: how many events there are, and which went where."""

    @property
    def events(self) -> int: ...
    @property
    def off_map(self) -> pl.DataFrame: ...  # event, channel, events, customers
    @property
    def visits(self) -> pl.DataFrame: ...  # touchpoint, events, customers


@dataclass(frozen=True)
class MapData:
    """What checks may know about the data: counts and names, no customer."""

    visits: Mapping[str, int] = field(default_factory=dict)  # touchpoint id → customers; missing: nobody
    off_map: Sequence[OffMap] = ()
    personas: Mapping[str, int] = field(default_factory=dict)  # persona id → customers
    readings: frozenset[tuple[str, str]] = frozenset()  # (measure, place) that have data
    measures: frozenset[str] = frozenset()  # the measures that exist
    today: date | None = None

    @classmethod
    def of(
        cls,
        *,
        coverage: Covered,
        personas: Mapping[str, int],
        readings: Iterable[tuple[str, str]],
        measures: Iterable[str],
        today: date,
    ) -> MapData:
        """The same from a coverage of the data by the map."""
        visits = dict(coverage.visits.select("touchpoint", "customers").iter_rows())
        total = max(coverage.events, 1)
        rows = coverage.off_map.select("event", "channel", "events", "customers").iter_rows()
        off_map = [OffMap(event, channel, count, people, count / total) for event, channel, count, people in rows]
        return cls(visits, tuple(off_map), dict(personas), frozenset(readings), frozenset(measures), today)


@dataclass(frozen=True)
class Look:
    """What a check looks at: the map in reading order, the day, the known measures, the data if any."""

    outline: Outline
    today: date
    measures: Collection[str] = ()
    data: MapData = field(default_factory=MapData)

    @property
    def map(self) -> Map:
        """The map."""
        return self.outline.map

    @property
    def id(self) -> str:
        """The map's id: where remarks about the whole stand."""
        return self.map.map.id

    @cached_property
    def titles(self) -> dict[str, str]:
        """Title of every live record in quotation marks, its id where it has none."""
        sections = (self.map.personas, self.map.teams, self.map.channels, self.map.systems)
        places = (self.map.stages, self.map.touchpoints, self.map.campaigns, self.map.links)
        records: list[Record] = [record for section in (*sections, *places) for record in section]
        return {record.id: f"“{record.title or record.id}”" for record in records}

    def live(self, records: Sequence[R]) -> list[R]:
        """The records that are not deleted, in order."""
        return in_order(records)


Examine = Callable[[Look], Iterator[Note]]


@dataclass(frozen=True)
class Check:
    """A check: its code, how severe what it sees is, what it needs, and how it looks."""

    code: str
    severity: Severity
    needs: Needs
    examine: Examine

    @property
    def about(self) -> str:
        """The help page: what is seen; then why it matters and what helps."""
        return inspect.cleandoc(self.examine.__doc__ or "")

    def remarks(self, look: Look) -> list[Remark]:
        """What the check says about a map."""
        notes = self.examine(look)
        return [Remark(self.code, self.severity, note.at, note.says, note.way_out) for note in notes]


def check(code: str, severity: Severity, needs: Needs = "map") -> Callable[[Examine], Check]:
    """Makes a check of a function; `needs="data"`: it is left out where no data was handed in."""

    def made(examine: Examine) -> Check:
        return Check(code, severity, needs, examine)

    return made


def people(count: int) -> str:
    """So many customers, in words; small groups are never counted out."""
    if not may_show(count):
        return "fewer than 5 customers"
    return "no customer" if count == 0 else f"{count:,} customers"


def listed(names: Iterable[str], *, most: int = 5) -> str:
    """Names in a row, the first few of them: `a, b and 7 more`."""
    named = list(names)
    if len(named) > most:
        return f"{', '.join(named[:most])} and {len(named) - most} more"
    return named[0] if len(named) == 1 else f"{', '.join(named[:-1])} and {named[-1]}"
