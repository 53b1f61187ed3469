"""Going back and forth between two touchpoints, and whether the customer then gets in touch through another channel.

A loop is a run of steps at two touchpoints in turn (A B A B A and longer: each is come back to, one of them twice),
none of them more than half an hour after the one before. It is followed by a contact when the journey's next step is a
touchpoint at which customers get in touch (`meanings.contacts`), within a day and in another channel. Immediate repeats
of a touchpoint count as one step.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
import polars as pl

from desireline.findings.finding import Who
from desireline.findings.gather.meanings import contacts
from desireline.findings.gather.tallies import clusters_of, put_together, tally, together
from desireline.findings.gathering import Around, Gathering
from desireline.maps.outline import Outline
from desireline.measures.clusters import Clusters
from desireline.measures.codes import Flags, Whole
from desireline.measures.view import View

HALF_HOUR = 1_800_000_000  # µs
DAY = 48 * HALF_HOUR
TURNS = 3  # steps at which one stands where one stood two steps before
_DAYS = 86_400_000_000
_MONDAY = 3  # 1970-01-01 was a Thursday: days from the Monday of its week
_CELL = ["a", "b", "week", "kind"]


class Loop(NamedTuple):
    """Two touchpoints and the weeks in which customers stood at the second."""

    a: str
    b: str  # where the loop is left
    weeks: tuple[date, ...]  # Mondays
    helpless: tuple[Clusters, ...]  # by week: journeys at b that go back and forth with a and then get in touch
    looped: Clusters  # journeys at b that go back and forth with a, whatever follows
    people: tuple[frozenset[str], ...]  # by week: customers who do

    def customers(self, first: int) -> int:
        """How many customers do, from a week on, each counted once."""
        return len(frozenset().union(*self.people[first:]))


@dataclass(frozen=True)
class Loops:
    """What was gathered."""

    found: tuple[Loop, ...]


class LoopsPart(NamedTuple):
    """Journeys at touchpoints by week of their first step there, and those of them that loop."""

    stood: pl.DataFrame
    looped: pl.DataFrame
    people: pl.DataFrame  # a, b, week, customer_id of those who then get in touch; there are never many


@dataclass(frozen=True)
class LoopsWalker:
    """Finds loops in the steps of journeys."""

    outline: Outline

    def partial(self, view: View) -> LoopsPart:
        """What the bucket contributes."""
        stood = _stood(view)
        pairs = _looping(view, stood)
        told = pl.concat(
            [_own(pairs.with_columns(x=x), stood).with_columns(kind=pl.lit(name)) for name, x in _KINDS.items()]
        )
        asking = pairs.filter(pl.col("asks") > 0).select("a", "b", "week", "customer").unique()
        people = asking.with_columns(view.people.gather(asking["customer"]).cast(pl.String).alias("customer_id"))
        return LoopsPart(
            tally(stood.with_columns(x=pl.lit(0), m=pl.lit(1)), ["point", "week"]),
            tally(told, _CELL),
            people.drop("customer"),
        )

    def combine(self, parts: Sequence[LoopsPart]) -> LoopsPart:
        """All of them."""
        stood, looped = [part.stood for part in parts], [part.looped for part in parts]
        people = pl.concat([part.people for part in parts]) if parts else pl.DataFrame()
        return LoopsPart(put_together(stood, ["point", "week"]), put_together(looped, _CELL), people)

    def finish(self, part: LoopsPart) -> Loops:
        """The pairs of touchpoints between which anybody went back and forth, in the order of the map."""
        if part.looped.is_empty():
            return Loops(())
        whole = self.combine([part])
        pairs = whole.looped.select("a", "b").unique().sort("a", "b")
        return Loops(tuple(self._loop(whole, a, b) for a, b in pairs.iter_rows()))

    def _loop(self, whole: LoopsPart, a: int, b: int) -> Loop:
        points = list(self.outline.touchpoint)
        stood = whole.stood.filter(pl.col("point") == b).sort("week")
        own = whole.looped.filter((pl.col("a") == a) & (pl.col("b") == b))
        asks = {row["week"]: row for row in own.filter(pl.col("kind") == "asks").iter_rows(named=True)}
        weeks = stood["week"].to_list()
        who = whole.people.filter((pl.col("a") == a) & (pl.col("b") == b))
        nobody = dict.fromkeys(("x", "xx", "xm"), 0)
        rows = [
            row | {key: asks.get(row["week"], nobody)[key] for key in nobody} for row in stood.iter_rows(named=True)
        ]
        everybody = together(stood)
        loops = together(own.filter(pl.col("kind") == "loops"))
        return Loop(
            points[a],
            points[b],
            tuple(date(1970, 1, 1) + timedelta(days=week * 7 - _MONDAY) for week in weeks),
            tuple(clusters_of(row) for row in rows),
            everybody._replace(x=loops.x, xx=loops.xx, xm=loops.xm),
            tuple(frozenset(who.filter(pl.col("week") == week)["customer_id"]) for week in weeks),
        )


_KINDS = {"asks": pl.col("asks"), "loops": pl.lit(1, pl.Int64)}


def _stood(view: View) -> pl.DataFrame:
    """Each journey's touchpoints and the week of its first step at each."""
    stays = view.stays
    rows = slice(stays.points_from, len(stays.rows))
    first = stays.first[stays.points_from - stays.journeys :]
    journey = stays.rows.journey[rows]
    return pl.DataFrame(
        {
            "journey": journey.astype(np.int64),
            "point": (stays.rows.place[rows] - view.first_point).astype(np.int64),
            "week": (view.steps.at[first] // _DAYS + _MONDAY) // 7,
            "customer": view.owners.customer[journey],
        }
    )


def _looping(view: View, stood: pl.DataFrame) -> pl.DataFrame:
    """Journeys that loop between a and b, with the week of their first step at b, and whether they then ask."""
    steps = view.steps
    moves = np.flatnonzero(steps.first | (steps.before(view.step_point) != view.step_point))
    found = _loops(view, moves, _asking(view, view.outline))
    rows = found.join(stood.rename({"point": "b"}), on=["journey", "b"], how="left")
    return rows.group_by("journey", "customer", "a", "b", "week").agg(pl.col("asks").max())


def _own(pairs: pl.DataFrame, stood: pl.DataFrame) -> pl.DataFrame:
    """By customer: in how many journeys they do (x), of how many in which they stand there in that week (m)."""
    did = pairs.group_by("customer", "a", "b", "week").agg(pl.col("x").cast(pl.Int64).sum())
    came = stood.group_by("customer", pl.col("point").alias("b"), "week").agg(pl.len().cast(pl.Int64).alias("m"))
    return did.join(came, on=["customer", "b", "week"], how="left")


def open_helpless(view: View, who: Who) -> pl.Series:
    """Customers who loop between two touchpoints (`who.at` is a>b) and then get in touch, since that day."""
    a, _, b = who.at.partition(">")
    points = list(view.outline.touchpoint)
    since = -1 if who.since is None else ((who.since - date(1970, 1, 1)).days + _MONDAY) // 7
    here = (pl.col("a") == points.index(a)) & (pl.col("b") == points.index(b)) & (pl.col("asks") > 0)
    found = _looping(view, _stood(view)).filter(here & (pl.col("week") >= since))
    return view.people.gather(found["customer"])


def _asking(view: View, outline: Outline) -> Flags:
    """By step: does the customer get in touch there?"""
    codes = [view.place[point] for point in contacts(outline)]
    return np.isin(view.step_point, np.array(codes, dtype=np.int32))


def _loops(view: View, moves: Whole, asking: Flags) -> pl.DataFrame:
    """Loops with their journey, their touchpoints, and whether a contact in another channel follows (0 or 1)."""
    steps, point = view.steps, view.step_point[moves] - view.first_point
    journey, at, channel = steps.journey[moves], steps.at[moves], view.step_channel[moves]
    turn = np.zeros(len(moves), dtype=np.bool_)
    turn[2:] = (point[2:] == point[:-2]) & (journey[2:] == journey[:-2]) & (at[2:] - at[1:-1] <= HALF_HOUR)
    turn[2:] &= at[1:-1] - at[:-2] <= HALF_HOUR
    edge = np.diff(np.concatenate([[False], turn, [False]]).astype(np.int8))
    begins, ends = np.flatnonzero(edge == 1), np.flatnonzero(edge == -1) - 1
    last = ends[ends - begins + 1 >= TURNS]
    after = np.minimum(last + 1, max(len(moves) - 1, 0))
    asks = (after > last) & (journey[after] == journey[last]) & asking[moves[after]]
    asks &= (at[after] - at[last] <= DAY) & (channel[after] != channel[last])
    return pl.DataFrame(
        {
            "journey": journey[last].astype(np.int64),
            "a": point[last - 1].astype(np.int64),
            "b": point[last].astype(np.int64),
            "asks": asks.astype(np.int64),
        }
    )


def _make(around: Around) -> LoopsWalker:
    return LoopsWalker(around.outline)


LOOPS: Gathering[Loops] = Gathering("loops", _make)
