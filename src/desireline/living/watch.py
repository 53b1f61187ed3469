"""What drift is read from: moves, channels, troubles and fit of journeys by week, gathered in one walk.

Customers are dealt into 256 groups by their hash, and everything is counted by group: whole customers lie in one, so
the groups vary as customers do, and sums of groups say how sure a difference is (random groups: Wolter 2007,
Introduction to Variance Estimation, ch. 2). Nothing that is kept names a customer, and counts add in any order.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import polars as pl

from desireline.hashes import hash_text
from desireline.journeys.states import patience
from desireline.living.windows import DAY_US, NEITHER, Windows, ordinal, weeks_of
from desireline.maps.outline import Outline
from desireline.measures.codes import Codes, Flags, Whole
from desireline.measures.view import View, instants
from desireline.tables import Table

GROUPS = 256
END = -1
"""Where a journey goes that goes nowhere any more."""

ANYWHERE = -2
OCTAVES = 2
"""Steps of the scale of waiting times in each doubling."""

E6 = 1_000_000
LONGEST_DAYS = 730

_KEYS = {"slot": pl.Int32, "start": pl.Int32}
_COUNT = {"group": pl.Int32, "count": pl.Int64}
_SHAPES: Mapping[str, Table] = {
    table.name: table
    for table in (
        Table("moves", {**_KEYS, "to": pl.Int32, "bin": pl.Int32, **_COUNT}),  # bin of the wait, −1 for an end
        Table("channels", {**_KEYS, "channel": pl.String, **_COUNT}),
        Table("troubles", {**_KEYS, "wrong": pl.Int32, **_COUNT}),
        Table("people", {**_KEYS, "to": pl.Int32, "came": pl.Int64, "left": pl.Int64}),  # first and last seen
        Table(
            "journeys",
            {
                "week": pl.Int32,  # in which it began
                "group": pl.Int32,
                "journeys": pl.Int64,
                "fitness_e6": pl.Int64,
                "off_map": pl.Int64,
                "events": pl.Int64,
                "customers": pl.Int64,
            },
        ),
        Table("lengths", {"week": pl.Int32, "days": pl.Int32, "journeys": pl.Int64}),
        Table("returns", {"week": pl.Int32, "last": pl.Int32, "customers": pl.Int64}),  # the week before, or NEITHER
        Table("shut", {"start": pl.Int32, "event": pl.String, "count": pl.Int64}),
    )
}
_SUMS = ("count", "came", "left", "customers", "journeys", "fitness_e6", "off_map", "events")


@dataclass(frozen=True)
class Watched:
    """The counts; touchpoints by their place in the map, `to` may be END or, in `people`, ANYWHERE."""

    tables: Mapping[str, pl.DataFrame]

    def __getitem__(self, name: str) -> pl.DataFrame:
        return self.tables[name]

    def customers(self, split: int, start: int, to: int = ANYWHERE) -> tuple[int, int]:
        """How many different customers were seen there before the slot `split`, and from it on."""
        came, left = self._people.get((start, to), ({}, {}))
        before = sum(count for slot, count in came.items() if slot < split)
        return before, sum(count for slot, count in left.items() if slot >= split)

    def begun_by(self, weeks: Collection[int]) -> int:
        """How many different customers began settled journeys in these weeks; gaps between them count as never seen.

        Who began both in a gap and after it may be missed: the number is never too large.
        """
        if not weeks:
            return 0
        inside = pl.col("week").is_in(list(weeks)) & (pl.col("last") < min(weeks))
        return int(self["returns"].filter(inside)["customers"].sum())

    @cached_property
    def _people(self) -> dict[tuple[int, int], tuple[dict[int, int], dict[int, int]]]:
        found: dict[tuple[int, int], tuple[dict[int, int], dict[int, int]]] = {}
        for slot, start, to, came, left in self["people"].iter_rows():
            firsts, lasts = found.setdefault((start, to), ({}, {}))
            firsts[slot], lasts[slot] = came, left
        return found


@dataclass(frozen=True)
class Watch:
    """An analysis of walked buckets (see `pipeline.listening`).

    A move is made where a journey leaves a touchpoint for another, or ends there; it belongs to the slot of the
    instant at which it left. Moves of the last days, within the map's patience, are left out: the slow ones among them
    have not been seen yet. Events named in `shut` count as if they had never been recorded, in both windows.
    """

    outline: Outline
    windows: Windows
    shut: frozenset[str] = frozenset()
    carried: tuple[str, ...] = field(default=("event",))

    def partial(self, view: View) -> Watched:
        """What these customers contribute."""
        tables = {"journeys": self._journeys(view), "lengths": self._lengths(view), "returns": self._returns(view)}
        if view.steps.frame.height:
            tables |= self._steps(view)
        return _together([tables])

    def combine(self, parts: Sequence[Watched]) -> Watched:
        """All parts as one, the same in any order."""
        return _together([part.tables for part in parts])

    def finish(self, part: Watched) -> Watched:
        """The counts as they are."""
        return _together([part.tables])

    def _steps(self, view: View) -> dict[str, pl.DataFrame]:
        steps = view.steps.frame
        events = steps["event"].cast(pl.String)
        open_ = ~events.is_in(list(self.shut)).to_numpy() if self.shut else np.ones(len(events), dtype=np.bool_)
        point = view.step_point.astype(np.int64) - view.first_point
        rows = np.flatnonzero(open_ & (point >= 0))
        journey, at, point = view.steps.journey[rows], view.steps.at[rows], point[rows]
        group = _groups(view)[journey]
        slot = self.windows.slots(at)
        seen = pl.DataFrame(
            {
                "slot": slot,
                "start": point.astype(np.int32),
                "group": group,
                "channel": steps["channel"].cast(pl.String).gather(rows),
                "customer": view.owners.customer[journey],
            }
        )
        wrong = (steps["failed"].fill_null(False) | ~steps["kept"].fill_null(True)).gather(rows).cast(pl.Int32)
        seen = seen.with_columns(wrong.alias("wrong")).filter(pl.col("slot") != NEITHER)
        channels = seen.filter(pl.col("channel").is_not_null()).group_by("slot", "start", "channel", "group")
        moves = self._moves(view, journey, at=at, point=point)
        met = pl.concat(
            [
                moves.select("slot", "start", "to", "customer").filter(pl.col("to") != END),
                seen.select("slot", "start", pl.lit(ANYWHERE, dtype=pl.Int32).alias("to"), "customer"),
            ]
        )
        return {
            "moves": moves.group_by("slot", "start", "to", "bin", "group").agg(pl.len().cast(pl.Int64).alias("count")),
            "channels": channels.agg(pl.len().cast(pl.Int64).alias("count")),
            "troubles": seen.group_by("slot", "start", "wrong", "group").agg(pl.len().cast(pl.Int64).alias("count")),
            "people": _met(met),
            "shut": self._shut(view, events, ~open_),
        }

    def _moves(self, view: View, journey: Codes, *, at: Whole, point: Whole) -> pl.DataFrame:
        """One row per move: window, start, to, bin, group, customer."""
        last = np.ones(len(journey), dtype=np.bool_)
        last[:-1] = journey[1:] != journey[:-1]
        leaves = last.copy()
        leaves[:-1] |= point[1:] != point[:-1]
        ended = last & view.settled[journey]
        kept = np.flatnonzero(leaves & (~last | ended))
        after = np.minimum(kept + 1, len(at) - 1)
        goes_on = ~last[kept]
        wait = np.where(goes_on, at[after] - at[kept], 0)
        slot = self.windows.slots(at[kept])
        soon = at[kept] >= ordinal(self.windows.end) * DAY_US - int(patience(self.outline).total_seconds()) * E6
        found = pl.DataFrame(
            {
                "slot": np.where(soon, np.int32(NEITHER), slot),
                "start": point[kept].astype(np.int32),
                "to": np.where(goes_on, point[after], END).astype(np.int32),
                "bin": np.where(goes_on, bins(wait), END).astype(np.int32),
                "group": _groups(view)[journey[kept]],
                "customer": view.owners.customer[journey[kept]],
            }
        )
        return found.filter(pl.col("slot") != NEITHER)

    def _shut(self, view: View, events: pl.Series, closed: Flags) -> pl.DataFrame:
        rows = np.flatnonzero(closed)
        point = (view.step_point[rows] - view.first_point).astype(np.int32)
        frame = pl.DataFrame({"start": point, "event": events.gather(rows)})
        return frame.group_by("start", "event").agg(pl.len().cast(pl.Int64).alias("count"))

    def _journeys(self, view: View) -> pl.DataFrame:
        """Settled journeys by the week in which they began."""
        found = view.journeys.select("fitness", "off_map", "steps").with_columns(
            pl.Series("week", weeks_of(instants(view.journeys["started_at"]))),
            pl.Series("group", _groups(view)),
            pl.Series("customer", view.owners.customer),
        )
        settled = found.filter(pl.Series(view.settled) & pl.col("fitness").is_not_null())
        return settled.group_by("week", "group").agg(
            pl.len().cast(pl.Int64).alias("journeys"),
            (pl.col("fitness") * E6).round().cast(pl.Int64).sum().alias("fitness_e6"),
            pl.col("off_map").cast(pl.Int64).sum(),
            (pl.col("off_map") + pl.col("steps")).cast(pl.Int64).sum().alias("events"),
            pl.col("customer").n_unique().cast(pl.Int64).alias("customers"),
        )

    def _returns(self, view: View) -> pl.DataFrame:
        """Customers by week in which they began a settled journey, and by the last such week before it."""
        began = pl.DataFrame(
            {"week": weeks_of(instants(view.journeys["started_at"])), "customer": view.owners.customer}
        ).filter(pl.Series(view.settled) & view.journeys["fitness"].is_not_null())
        weeks = began.unique().sort("customer", "week")
        before = pl.col("week").shift().over("customer").fill_null(NEITHER).alias("last")
        return weeks.with_columns(before).group_by("week", "last").agg(pl.len().cast(pl.Int64).alias("customers"))

    def _lengths(self, view: View) -> pl.DataFrame:
        """How long journeys lasted so far, by the week in which they began."""
        began, ended = (instants(view.journeys[name]) for name in ("started_at", "ended_at"))
        days = np.minimum((ended - began) // DAY_US, LONGEST_DAYS).astype(np.int32)
        frame = pl.DataFrame({"week": weeks_of(began), "days": days})
        return frame.group_by("week", "days").agg(pl.len().cast(pl.Int64).alias("journeys"))


def bins(wait: Whole) -> Codes:
    """Where waits (µs) stand on a scale with two steps to a doubling, from one second; shorter ones at 0."""
    seconds = np.maximum(wait, E6) / E6
    return np.floor(OCTAVES * np.log2(seconds) + 1e-9).astype(np.int32)


def wait_of(bin_: float) -> float:
    """The middle of a step of that scale, in seconds."""
    return float(2.0 ** ((bin_ + 0.5) / OCTAVES))


def _groups(view: View) -> Codes:
    """The group of each journey's customer. Buckets go by the top bits of the hash, groups by the lowest."""
    hashes = hash_text(view.journeys["customer_id"]) & np.uint64(GROUPS - 1)
    return hashes.astype(np.int32)


def _met(met: pl.DataFrame) -> pl.DataFrame:
    """How many customers were first and last seen in each slot. `met`: slot, start, to, customer."""
    by = ["start", "to"]
    ends = met.group_by(*by, "customer").agg(pl.col("slot").min().alias("first"), pl.col("slot").max().alias("last"))
    one, none = pl.lit(1, dtype=pl.Int64), pl.lit(0, dtype=pl.Int64)
    both = [
        ends.select(*by, pl.col("first").alias("slot"), one.alias("came"), none.alias("left")),
        ends.select(*by, pl.col("last").alias("slot"), none.alias("came"), one.alias("left")),
    ]
    return pl.concat(both).group_by("slot", *by).agg(pl.col("came", "left").sum())


def _together(tables: Sequence[Mapping[str, pl.DataFrame]]) -> Watched:
    return Watched({name: _added(name, [one[name] for one in tables if name in one]) for name in _SHAPES})


def _added(name: str, frames: Sequence[pl.DataFrame]) -> pl.DataFrame:
    shape = _SHAPES[name]
    keys = [column for column in shape.columns if column not in _SUMS]
    sums = [column for column in shape.columns if column in _SUMS]
    whole = pl.concat([shape.empty(), *(shape.shape(frame) for frame in frames)])
    return whole.group_by(keys).agg(pl.col(sums).sum()).sort(keys)
