"""How much of the data the map explains, and how much of the map has data.

Tallies add: a customer lives in one bucket, so customers of two buckets are never the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from desireline.journeys.visits import positions
from desireline.maps.outline import Outline

Numbers = npt.NDArray[np.integer[Any]]
_OFF_MAP = {"event": pl.String, "channel": pl.String, "events": pl.Int64, "customers": pl.Int64}
_VISITS = {"touchpoint": pl.String, "events": pl.Int64, "customers": pl.Int64}


@dataclass(frozen=True)
class Coverage:
    """Both ways of looking at one map and its data.

    An event is explained when anything on the map speaks of it: a touchpoint's rule, a stage's entry or exit,
    the start or end of journeys. `off_map` lists the others, most frequent first; `visits` the touchpoints
    that have any.
    """

    events: int
    events_explained: int
    customers: int
    customers_explained: int
    off_map: pl.DataFrame  # event, channel, events, customers
    visits: pl.DataFrame  # touchpoint, events, customers
    bound: tuple[str, ...]  # touchpoints with a rule, in map order
    unbound: tuple[str, ...]  # touchpoints that no rule binds to events

    @property
    def touchpoints_bound(self) -> int:
        """How many touchpoints have a rule."""
        return len(self.bound)

    @property
    def touchpoints_visited(self) -> int:
        """How many touchpoints have data."""
        return self.visits.height

    @property
    def silent(self) -> tuple[str, ...]:
        """Touchpoints with a rule that no event ever met, in map order."""
        visited = set(self.visits["touchpoint"])
        return tuple(point for point in self.bound if point not in visited)

    @property
    def share_visited(self) -> float | None:
        """The share of bound touchpoints that have data; None when none is bound."""
        return self.touchpoints_visited / len(self.bound) if self.bound else None

    def add(self, other: Coverage) -> Coverage:
        """The coverage of both together; other customers, the same map. The order does not matter."""
        return Coverage(
            events=self.events + other.events,
            events_explained=self.events_explained + other.events_explained,
            customers=self.customers + other.customers,
            customers_explained=self.customers_explained + other.customers_explained,
            off_map=_most_first(pl.concat([self.off_map, other.off_map]), ["event", "channel"]),
            visits=_most_first(pl.concat([self.visits, other.visits]), ["touchpoint"]),
            bound=self.bound,
            unbound=self.unbound,
        )

    @classmethod
    def nothing(cls, outline: Outline) -> Coverage:
        """What `add` starts from: no data at all."""
        return cls(
            events=0,
            events_explained=0,
            customers=0,
            customers_explained=0,
            off_map=pl.DataFrame(schema=_OFF_MAP),
            visits=pl.DataFrame(schema=_VISITS),
            bound=tuple(point.id for point in outline.bound),
            unbound=tuple(point.id for point in outline.unbound),
        )


def cover(placed: pl.DataFrame, outline: Outline) -> Coverage:
    """The coverage of placed events, each customer's standing together."""
    who, named = placed["customer_id"].rle_id().to_numpy(), placed["named"].to_numpy()
    strange = placed.select("event", "channel").with_columns(pl.Series("who", who))
    strange = strange.head(0) if named.all() else strange.filter(~named)
    return Coverage(
        events=placed.height,
        events_explained=int(named.sum()),
        customers=_changes(who),
        customers_explained=_changes(who[named]),
        off_map=_most_first(_tally(strange), ["event", "channel"]),
        visits=_most_first(_visits(positions(placed["touchpoint"]), who, outline), ["touchpoint"]),
        bound=tuple(point.id for point in outline.bound),
        unbound=tuple(point.id for point in outline.unbound),
    )


def _changes(sorted_: Numbers) -> int:
    """How many different numbers there are in a sorted column."""
    return int((sorted_[1:] != sorted_[:-1]).sum()) + min(len(sorted_), 1)


def _tally(events: pl.DataFrame) -> pl.DataFrame:
    customers = pl.col("who").n_unique().cast(pl.Int64).alias("customers")
    tally = events.group_by("event", "channel").agg(pl.len().cast(pl.Int64).alias("events"), customers)
    return tally.with_columns(pl.col("event", "channel").cast(pl.String))


def _visits(point: Numbers, who: Numbers, outline: Outline) -> pl.DataFrame:
    """The touchpoints that have any visits, by event and by customer."""
    order = np.argsort(point.astype(np.int16), kind="stable")  # so short a sort needs two passes
    point, who = point[order], who[order]
    fresh = np.ones(len(point), dtype=np.bool_)
    fresh[1:] = (point[1:] != point[:-1]) | (who[1:] != who[:-1])
    events, customers = (np.bincount(some[some >= 0], minlength=len(outline.bound)) for some in (point, point[fresh]))
    tally = {"touchpoint": [one.id for one in outline.bound], "events": events, "customers": customers}
    return pl.DataFrame(tally, schema=_VISITS).filter(pl.col("events") > 0)


def _most_first(tally: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    added = tally.group_by(by).agg(pl.col("events", "customers").sum())
    falling = [True, *([False] * len(by))]
    return added.sort("events", *by, descending=falling, nulls_last=True)
