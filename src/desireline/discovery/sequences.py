"""What customers did, as distinct routes with their owners: the one thing that discovery looks at.

A route is an order of names: of touchpoints where a map is given, of events where none is. Tables of routes come from
buckets of whole customers and are put together in any order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import polars as pl

U64 = npt.NDArray[np.uint64]
Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

SEPARATOR = "\x1f"
"""Stands between the names of a route; a name that holds it loses it."""

TAKEN: dict[str, pl.DataType] = {
    "customer": pl.UInt64(),  # hash of the id
    "route": pl.String(),  # names with SEPARATOR between them
    "journeys": pl.Int64(),
    "won": pl.Int64(),  # journeys that reached success
    "settled": pl.Int64(),  # journeys that are over; 0 where nothing says what success is
    "value_e4": pl.Int64(),
    "level_e6": pl.Int64(),  # sum of how answers felt, −2 … +2, in millionths
    "answers": pl.Int64(),
}
KNOWN_OF: dict[str, pl.DataType] = {"customer": pl.UInt64(), "field": pl.String(), "value": pl.String()}
MOST_VALUES = 20
"""A property with more values than this describes single customers, not kinds of them."""


@dataclass(frozen=True)
class Part:
    """What one or more buckets contribute: TAKEN, and KNOWN_OF customers."""

    taken: pl.DataFrame
    known: pl.DataFrame


def nothing() -> Part:
    """No customers."""
    return Part(pl.DataFrame(schema=TAKEN), pl.DataFrame(schema=KNOWN_OF))


def put_together(parts: Sequence[Part]) -> Part:
    """All parts as one."""
    if not parts:
        return nothing()
    return Part(pl.concat([one.taken for one in parts]), pl.concat([one.known for one in parts]))


def add_up(journeys: pl.DataFrame) -> pl.DataFrame:
    """TAKEN from one row per journey: customer, route, won, settled, value_e4, level_e6, answers."""
    sums = [pl.col(name).cast(pl.Int64).sum() for name in TAKEN if name not in ("customer", "route", "journeys")]
    return (
        journeys.group_by("customer", "route")
        .agg(pl.len().cast(pl.Int64).alias("journeys"), *sums)
        .select(list(TAKEN))
        .cast(dict(TAKEN))  # type: ignore[arg-type]
    )


@dataclass(frozen=True, eq=False)
class Sequences:
    """All routes, the most taken first; ties in the order of their names."""

    taken: pl.DataFrame  # TAKEN, each (customer, route) once
    known: pl.DataFrame

    @classmethod
    def of(cls, part: Part) -> Sequences:
        """The routes of a part, in an order that says nothing of how the part came about."""
        return cls(part.taken.sort("route", "customer"), part.known.unique().sort("customer", "field", "value"))

    @cached_property
    def routes(self) -> pl.DataFrame:
        """One row per distinct route: route, names, customers, journeys."""
        found = self.taken.group_by("route").agg(pl.len().cast(pl.Int64).alias("customers"), pl.col("journeys").sum())
        ordered = found.sort("journeys", "customers", "route", descending=[True, True, False])
        return ordered.with_columns(pl.col("route").str.split(SEPARATOR).alias("names"))

    @cached_property
    def row(self) -> Ints:
        """For each row of `taken` the row of its route."""
        place = self.routes.select("route").with_row_index("place")
        found = self.taken.select("route").join(place, on="route", how="left", maintain_order="left")["place"]
        return found.cast(pl.Int64).to_numpy()

    @cached_property
    def keys(self) -> U64:
        """The customers, ascending."""
        return np.unique(self.taken["customer"].to_numpy())

    @cached_property
    def owner(self) -> Ints:
        """For each row of `taken` the place of its customer in `keys`."""
        return np.searchsorted(self.keys, self.taken["customer"].to_numpy()).astype(np.int64)

    @property
    def customers(self) -> int:
        """How many customers there are."""
        return len(self.keys)

    @property
    def journeys(self) -> int:
        """How many journeys there are."""
        return int(self.taken["journeys"].sum())

    @cached_property
    def part_of_customer(self) -> Floats:
        """For each row of `taken` its share of its customer's journeys: every customer counts once."""
        journeys = self.taken["journeys"].to_numpy().astype(np.float64)
        whole = np.bincount(self.owner, weights=journeys, minlength=self.customers)
        return journeys / whole[self.owner]

    def weights(self, drawn: Floats | None = None) -> Floats:
        """Customers by route; each customer counts once, or as often as drawn. Shape (routes,)."""
        each = self.part_of_customer if drawn is None else self.part_of_customer * drawn[self.owner]
        return np.asarray(np.bincount(self.row, weights=each, minlength=self.routes.height), dtype=np.float64)
