"""Long waits after a touchpoint, and whether customers get in touch before anything else happens.

A wait begins at a step that every journey is meant to take (no optional one, none at which customers get in touch), and
lasts until the next such step or the next thing that the company does. Who gets in touch before that has asked into the
silence. Only waits that usually last a day or longer are looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import polars as pl

from desireline.findings.finding import Who
from desireline.findings.gather.meanings import contacts
from desireline.findings.gather.tallies import SUMS, clusters_of, put_together, tally, together
from desireline.findings.gathering import Around, Gathering
from desireline.maps.outline import Outline
from desireline.measures.clusters import Clusters
from desireline.measures.codes import NONE, Codes, Flags, Whole, in_order
from desireline.measures.view import View

HOUR = 3_600_000_000  # µs
LONG = 24  # hours
_RUNGS = np.array([0, 1, 2, 4, 8, 12, 24, 36, 48, 72, 96, 120, 168, 240, 336, 504, 720, 1440, 2160], dtype=np.int64)
_SHARES, _HAZARDS, _LENGTHS, _NEXT = "share", "hazard", "length", "next"
_KEYS = ["kind", "point", "what"]


class Silence(NamedTuple):
    """A touchpoint after which customers wait."""

    start: str
    end: str | None  # the step that most often ends the wait
    hours: int  # half of the waits last at least so long (the next lower rung)
    asked: Clusters  # of the journeys that wait there: which get in touch
    came: int  # customers who do
    rate: Clusters  # contacts by hour of waiting
    elsewhere: Clusters | None  # the same after all other touchpoints with long waits


@dataclass(frozen=True)
class Silences:
    """What was gathered: the long ones."""

    found: tuple[Silence, ...]


@dataclass(frozen=True)
class SilencesWalker:
    """Measures waits and counts contacts in them."""

    outline: Outline

    @cached_property
    def _asking(self) -> list[str]:
        return contacts(self.outline)

    @cached_property
    def _due(self) -> list[str]:
        return [point.id for point in self.outline.bound if not point.optional and point.id not in self._asking]

    def partial(self, view: View) -> pl.DataFrame:
        """What the bucket contributes."""
        if not self._asking:
            return pl.DataFrame()
        waits = self.waits(view)
        nothing = pl.lit(NONE, pl.Int64).alias("what")
        asked, hours = pl.col("asked"), pl.col("hours")
        rung = pl.Series("what", np.searchsorted(_RUNGS, waits["hours"].to_numpy(), side="right") - 1)
        one = pl.lit(1, pl.Int64).alias("m")
        parts = [
            waits.select("point", "customer", nothing, asked.alias("x"), one, kind=pl.lit(_SHARES)),
            waits.select("point", "customer", nothing, asked.alias("x"), hours.alias("m"), kind=pl.lit(_HAZARDS)),
        ]
        counts = [
            waits.select("point", rung, kind=pl.lit(_LENGTHS)),
            waits.select("point", what="end", kind=pl.lit(_NEXT)),
        ]
        counted = pl.concat(counts).group_by(_KEYS).agg(pl.len().cast(pl.Int64).alias("n"))
        return pl.concat([tally(pl.concat(parts), _KEYS), counted.select(*_KEYS, *_just_counted())])

    def waits(self, view: View) -> pl.DataFrame:
        """One row per journey and touchpoint at which it waited: its last wait there."""
        point, journey, at = view.step_point, view.steps.journey, view.steps.at
        asking, due = _is_one(view, self._asking), _is_one(view, self._due)
        company = _is_one(view, [one.id for one in self.outline.bound if one.acts == "company"])
        ends = asking | due | company
        ended = _next_at(journey, ends)
        begins = np.flatnonzero(due)
        last = ended[begins]
        until = np.where(last >= 0, last, view.steps.last[journey[begins]])
        asked = (last >= 0) & asking[until]
        end = np.where((last >= 0) & ~asked, point[until] - view.first_point, NONE)
        found = pl.DataFrame(
            {
                "journey": journey[begins],
                "point": (point[begins] - view.first_point).astype(np.int64),
                "customer": view.owners.customer[journey[begins]],
                "asked": asked.astype(np.int64),
                "hours": (at[until] - at[begins]) // HOUR,
                "end": end.astype(np.int64),
            }
        )
        # Of several visits to one touchpoint the last one begins the wait.
        found = found.filter(pl.col("end") != pl.col("point"))
        key = found["journey"].to_numpy().astype(np.int64) * len(view.points) + found["point"].to_numpy()
        order, row = in_order(key)
        waits: pl.DataFrame = found[row[np.append(order[1:] != order[:-1], True)[: len(row)]]]
        return waits

    def combine(self, parts: Sequence[pl.DataFrame]) -> pl.DataFrame:
        """All of them."""
        return put_together(parts, _KEYS)

    def finish(self, part: pl.DataFrame) -> Silences:
        """The touchpoints after which half of the customers wait for a day or longer, in the order of the map."""
        if part.is_empty():
            return Silences(())
        cells = put_together([part], _KEYS)
        points = list(self.outline.touchpoint)
        numbers = sorted(cells["point"].unique().to_list())
        long = {number: hours for number in numbers if (hours := _median(_of(cells, _LENGTHS, number))) >= LONG}
        rates = cells.filter((pl.col("kind") == _HAZARDS) & pl.col("point").is_in(list(long)))
        found = []
        for number, hours in long.items():
            share = _of(cells, _SHARES, number).row(0, named=True)
            others = rates.filter(pl.col("point") != number)
            ends = _of(cells, _NEXT, number).filter(pl.col("what") >= 0).sort("n", "what", descending=[True, False])
            found.append(
                Silence(
                    points[number],
                    points[ends["what"][0]] if ends.height else None,
                    hours,
                    clusters_of(share),
                    share["came"],
                    together(rates.filter(pl.col("point") == number)),
                    together(others) if others["m"].sum() else None,
                )
            )
        return Silences(tuple(found))


def _is_one(view: View, points: Sequence[str]) -> Flags:
    return np.isin(view.step_point, np.array([view.place[point] for point in points], dtype=np.int32))


def _next_at(journey: Codes, flags: Flags) -> Whole:
    """By step: the next flagged step of the same journey after it; −1 where there is none."""
    size = len(flags)
    found = np.full(size, NONE, dtype=np.int64)
    where = np.flatnonzero(flags)
    place = np.searchsorted(where, np.arange(size), side="right")
    some = np.flatnonzero(place < len(where))
    then = where[place[some]]
    same = journey[then] == journey[some]
    found[some[same]] = then[same]
    return found


def _just_counted() -> list[pl.Expr]:
    """Counts as sums of which nothing but `n` and `m` is asked."""
    same, rest = ("n", "rows", "m"), ("x", "xx", "xm", "mm", "came")
    told = {name: pl.col("n").alias(name) for name in same} | {name: pl.lit(0, pl.Int64).alias(name) for name in rest}
    return [told[name] for name in SUMS]


def _of(cells: pl.DataFrame, kind: str, point: int) -> pl.DataFrame:
    return cells.filter((pl.col("kind") == kind) & (pl.col("point") == point))


def _median(lengths: pl.DataFrame) -> int:
    """The rung on which the middle one of the waits stands, in hours."""
    ordered = lengths.sort("what")
    upto = np.cumsum(ordered["m"].to_numpy())
    return int(_RUNGS[ordered["what"].to_numpy()[np.searchsorted(upto, upto[-1] / 2)]])


def open_askers(view: View, who: Who) -> pl.Series:
    """Customers who get in touch while they wait after the touchpoint at which `who.at`, an edge, begins."""
    walker, point = SilencesWalker(view.outline), list(view.outline.touchpoint).index(who.at.partition(">")[0])
    found = walker.waits(view).filter((pl.col("point") == point) & (pl.col("asked") > 0))
    return view.people.gather(found["customer"])


def _make(around: Around) -> SilencesWalker:
    return SilencesWalker(around.outline)


SILENCES: Gathering[Silences] = Gathering("silences", _make)
