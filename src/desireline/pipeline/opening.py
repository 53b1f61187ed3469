"""Behind a number: its reading and its customers, from one walk over the buckets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from desireline.errors import UnknownPlace
from desireline.maps.outline import Outline
from desireline.measures.catalog import find_measure
from desireline.measures.cells import FEW, PROTECTS
from desireline.measures.customers import customers_by_unit, grain_asked, grouping_asked
from desireline.measures.runner import Partials
from desireline.measures.view import View
from desireline.pipeline.measuring import Bucket, Trip
from desireline.pipeline.question import Question

CUSTOMERS = {"customer_id": pl.String, "x": pl.Int64, "m": pl.Int64}


@dataclass(frozen=True)
class Cell:
    """Where a reading stands: written as in READINGS."""

    at: str
    group: str = ""
    period: str = ""

    def question(self, measure: str, outline: Outline) -> Question:
        """The question whose answer holds the reading. Raises UnknownMeasure, UnknownPlace, UnknownGroup."""
        find_measure(measure)
        known = [outline.map.map.id, *(stage.id for stage in outline.stages), *outline.touchpoint]
        for part in self.at.split(">"):
            if part not in known:
                raise UnknownPlace(part, known)
        return Question(
            measures=(measure,),
            by=tuple(filter(None, [grouping_asked(self.group)])),
            period=grain_asked(self.period),
            edges=(self.at,) if ">" in self.at else (),
        )


@dataclass(frozen=True)
class Behind:
    """Who is behind a reading: customer_id, x (counted), m (out of), sorted by customer.

    `closed` says why they may not be listed where the reading is hidden: it, or what it would tell, is of too few.
    """

    customers: pl.DataFrame
    closed: str = ""


@dataclass(frozen=True)
class Opened:
    """What one or more buckets contribute."""

    readings: tuple[Partials, ...] = ()
    customers: tuple[pl.DataFrame, ...] = ()


@dataclass(frozen=True)
class Opening:
    """The trip to the customers behind one measure in one cell."""

    trip: Trip
    measure: str
    cell: Cell

    def partial(self, bucket: Bucket) -> Opened:
        """What this bucket contributes."""
        trips = self.trip.walk(bucket).trips
        view = View(trips, self.trip.outline, self.trip.plan.along)
        cell = self.cell
        customers = customers_by_unit(view, self.measure, cell.at, group=cell.group, period=cell.period)
        return Opened((self.trip.plan.partial(trips),), (customers,))

    def combine(self, parts: Sequence[Opened]) -> Opened:
        """All parts as one."""
        customers = tuple(one for part in parts for one in part.customers)
        readings = [one for part in parts for one in part.readings]
        return Opened((self.trip.plan.combine(readings),) if readings else (), customers)

    def finish(self, opened: Opened) -> Behind:
        """The customers behind the reading; nobody where there is no such reading."""
        empty = pl.DataFrame(schema=CUSTOMERS)
        readings = [self.trip.plan.finish(one) for one in opened.readings]
        cell = {"measure": self.measure, "at": self.cell.at, "group": self.cell.group, "period": self.cell.period}
        found = [row for one in readings for row in one.filter(**cell).select("unit", "note").rows()]
        if not found:
            return Behind(empty)
        unit, note = found[0]
        mine = [one.filter(pl.col("unit") == unit).select(list(CUSTOMERS)) for one in opened.customers]
        return Behind(pl.concat([empty, *mine]).sort("customer_id"), note if note in (FEW, PROTECTS) else "")
