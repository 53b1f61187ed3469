"""The hardest journeys: those with the highest index, once its weights are known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from desireline.access import may_show
from desireline.measures.view import View
from desireline.voice.effort.components import COMPONENTS, NAMES
from desireline.voice.effort.contributions import Contributions, Reading
from desireline.voice.effort.moments import PARTS

SCHEMA = {
    "journey_id": pl.String(),
    "customer_id": pl.String(),
    "started_at": pl.Datetime("us", "UTC"),
    "effort": pl.Float64(),
    **dict.fromkeys(NAMES, pl.Float64()),
}


@dataclass(frozen=True)
class Some:
    """The hardest journeys of some buckets, and how many customers these have in all."""

    journeys: pl.DataFrame
    customers: int


@dataclass(frozen=True)
class Hardest:
    """The `limit` journeys with the highest index; ties by id. An `Analysis`, to be asked after `Effort`.

    Fewer than five customers in all: nobody is listed.
    """

    weights: Mapping[str, float]
    reading: Reading
    limit: int = 20

    @property
    def carried(self) -> tuple[str, ...]:
        """The fields of events that steps have to carry."""
        return self.reading.fields

    def partial(self, view: View) -> Some:
        """The hardest journeys of a bucket."""
        return Some(self._top(journey_efforts(Contributions.of(view, self.reading), self.weights)), _people(view))

    def combine(self, parts: Sequence[Some]) -> Some:
        """The hardest of all."""
        journeys = pl.concat([pl.DataFrame(schema=SCHEMA), *(part.journeys for part in parts)])
        return Some(self._top(journeys), sum(part.customers for part in parts))

    def finish(self, part: Some) -> pl.DataFrame:
        """As in SCHEMA, hardest first; components as they are shown (times as logarithms of minutes)."""
        return part.journeys if may_show(part.customers) else part.journeys.clear()

    def _top(self, journeys: pl.DataFrame) -> pl.DataFrame:
        return journeys.sort("effort", "journey_id", descending=[True, False]).head(self.limit)


def journey_efforts(found: Contributions, weights: Mapping[str, float]) -> pl.DataFrame:
    """Index and components of every journey of a bucket that has a step on the map."""
    journeys = found.trail.view.journeys
    columns = {one.name: found.by_journey[one.name] / one.unit for one in COMPONENTS}
    points = {one.name: round(100 * PARTS * weights[one.name] / one.cap) for one in COMPONENTS}
    whole = sum((points[name] * found.by_journey[name] for name in NAMES), np.zeros(journeys.height, dtype=np.int64))
    table = journeys.select("journey_id", "customer_id", "started_at").with_columns(
        pl.Series("effort", whole / PARTS), *(pl.Series(name, column) for name, column in columns.items())
    )
    return table.filter(pl.Series(np.diff(found.trail.view.steps.starts) > 0)).cast(SCHEMA)  # type: ignore[arg-type]


def _people(view: View) -> int:
    return int(view.owners.customer.max(initial=-1)) + 1
