"""Events that no touchpoint explains: how many customers had them, by name and channel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from desireline.findings.gathering import Around, Gathering
from desireline.measures.view import View

_SCHEMA = {"event": pl.String(), "channel": pl.String(), "events": pl.Int64(), "customers": pl.Int64()}


@dataclass(frozen=True)
class Strangers:
    """event, channel, events, customers; and how many customers there are in all."""

    frame: pl.DataFrame
    customers: int


@dataclass(frozen=True)
class StrangersWalker:
    """Adds up what every bucket's walk left over."""

    def partial(self, view: View) -> Strangers:
        """The bucket's."""
        found = view.trips.off_map
        plain = pl.DataFrame(schema=_SCHEMA) if found.is_empty() else found
        named = plain.select(pl.col(name).cast(kind) for name, kind in _SCHEMA.items())
        return Strangers(named, len(view.people))

    def combine(self, parts: Sequence[Strangers]) -> Strangers:
        """All of them."""
        frames = pl.concat([pl.DataFrame(schema=_SCHEMA), *(part.frame for part in parts)])
        added = frames.group_by("event", "channel").agg(pl.col("events", "customers").sum())
        return Strangers(added.sort("event", "channel"), sum(part.customers for part in parts))

    def finish(self, part: Strangers) -> Strangers:
        """As it is."""
        return self.combine([part])


def _make(around: Around) -> StrangersWalker:
    del around
    return StrangersWalker()


STRANGERS: Gathering[Strangers] = Gathering("strangers", _make)
