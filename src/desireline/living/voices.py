"""Who stands behind what a map says: customers by kind of source, place and persona, and how lately they were heard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property

import polars as pl

from desireline.feedback.voices import of_customers
from desireline.measures.view import View
from desireline.tables import INSTANT, Table

BEHAVIOUR = "behaviour"
HALF_LIFE = 180
"""Days after which evidence counts half."""

E6 = 1_000_000
_DAY = 86_400_000_000
_PEOPLE = ("place", "persona", "kind")
_SUMS = ("customers", "fresh_e6")
HEARD = Table(
    "heard",
    {
        "place": pl.String,
        "persona": pl.String,
        "kind": pl.String,
        "customers": pl.Int64,
        "fresh_e6": pl.Int64,
        "newest": INSTANT,
    },
)


@dataclass(frozen=True)
class Heard:
    """One kind of source at a place."""

    customers: int
    fresh: float  # the same, each counted by 0.5 to the power of their age in half-lives
    newest: datetime


@dataclass(frozen=True)
class Voices:
    """What was heard, by place, persona and kind."""

    table: pl.DataFrame  # place, persona (null: of none), kind, customers, fresh_e6, newest

    def at(self, place: str, persona: str | None = None) -> dict[str, Heard]:
        """The kinds of sources at a place, of a persona's customers or of all."""
        found: dict[str, Heard] = {}
        for who, kind, customers, fresh, newest in self._rows.get(place, ()):
            if persona in (None, who):
                before = found.get(kind, Heard(0, 0.0, newest))
                both = before.customers + customers, before.fresh + fresh / E6, max(before.newest, newest)
                found[kind] = Heard(*both)
        return dict(sorted(found.items()))

    @cached_property
    def _rows(self) -> Mapping[str, list[tuple[str | None, str, int, int, datetime]]]:
        found: dict[str, list[tuple[str | None, str, int, int, datetime]]] = {}
        for place, *row in self.table.iter_rows():
            found.setdefault(place, []).append(tuple(row))
        return found


@dataclass(frozen=True)
class HearVoices:
    """An analysis of walked buckets (see `pipeline.listening`). Ages are counted to `end`, the end of the data."""

    end: datetime

    def partial(self, view: View) -> pl.DataFrame:
        """What these customers contribute."""
        return self.combine([self._answers(view), self._behaviour(view)])

    def combine(self, parts: Sequence[pl.DataFrame]) -> pl.DataFrame:
        """All parts as one, the same in any order."""
        whole = pl.concat([HEARD.empty(), *(HEARD.shape(part) for part in parts)])
        sums = pl.col(list(_SUMS)).sum()
        return whole.group_by(list(_PEOPLE)).agg(sums, pl.col("newest").max()).sort(list(_PEOPLE))

    def finish(self, part: pl.DataFrame) -> Voices:
        """What was heard."""
        return Voices(self.combine([part]))

    def _answers(self, view: View) -> pl.DataFrame:
        """Customers who said something, by the kind of voice. What staff noted is an observation, no voice."""
        said = view.trips.answers.filter(of_customers() & pl.col("place").is_not_null())
        told = said.select(pl.col("place", "kind").cast(pl.String), "customer_id", "at")
        return self._counted(told.filter(pl.col("at").is_not_null()), view)

    def _behaviour(self, view: View) -> pl.DataFrame:
        """Customers who came, at the map, the stages and the touchpoints."""
        steps = view.steps.frame.select(pl.col("touchpoint", "stage").cast(pl.String), "at").with_columns(
            view.journeys["customer_id"].gather(view.steps.journey).alias("customer_id")
        )
        places = [pl.col("touchpoint"), pl.col("stage"), pl.lit(view.map_id)]
        came = [steps.select(place.alias("place"), "customer_id", "at") for place in places]
        seen = pl.concat(came).filter(pl.col("place").is_not_null())
        return self._counted(seen.with_columns(pl.lit(BEHAVIOUR).alias("kind")), view)

    def _counted(self, rows: pl.DataFrame, view: View) -> pl.DataFrame:
        newest = rows.group_by("place", "kind", "customer_id").agg(pl.col("at").max())
        known = view.trips.customers.select("customer_id", pl.col("persona").cast(pl.String)).unique("customer_id")
        age = ((pl.lit(self.end.astimezone(UTC)) - pl.col("at")).dt.total_microseconds() / _DAY).clip(lower_bound=0)
        fresh = (E6 * 0.5 ** (age / HALF_LIFE)).round().cast(pl.Int64)
        joined = newest.join(known, on="customer_id", how="left").with_columns(fresh.alias("fresh_e6"))
        return joined.group_by("place", "persona", "kind").agg(
            pl.len().cast(pl.Int64).alias("customers"),
            pl.col("fresh_e6").sum(),
            pl.col("at").max().alias("newest"),
        )
