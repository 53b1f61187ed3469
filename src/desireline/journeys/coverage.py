"""How much of the data the map explains, and how much of the map has data.

Tallies add: a customer lives in one bucket, so customers of two buckets are never the same.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from desireline.maps.outline import Outline

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
    who = placed["customer_id"].rle_id().alias("who")
    known = placed.select("event", "channel", "touchpoint", "named", who)
    explained = known.filter("named")
    visits = explained.filter(pl.col("touchpoint").is_not_null())
    return Coverage(
        events=placed.height,
        events_explained=explained.height,
        customers=_count(who),
        customers_explained=_count(explained["who"]),
        off_map=_most_first(_tally(known.filter(~pl.col("named")), ["event", "channel"]), ["event", "channel"]),
        visits=_most_first(_tally(visits, ["touchpoint"]), ["touchpoint"]),
        bound=tuple(point.id for point in outline.bound),
        unbound=tuple(point.id for point in outline.unbound),
    )


def _count(who: pl.Series) -> int:
    """How many customers there are in a sorted column of their numbers."""
    return int((who != who.shift()).sum()) + min(len(who), 1)


def _tally(events: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    customers = pl.col("who").n_unique().cast(pl.Int64).alias("customers")
    return events.group_by(by).agg(pl.len().cast(pl.Int64).alias("events"), customers)


def _most_first(tally: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    added = tally.group_by(by).agg(pl.col("events", "customers").sum())
    falling = [True, *([False] * len(by))]
    return added.sort("events", *by, descending=falling, nulls_last=True)
