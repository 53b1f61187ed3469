"""What the ledger observes: journeys that left the map, beside those that could have and did not.

Which journeys could have left the map in this way at this place depends on the kind of deviation (`COULD`).
Adding up the journeys *without* a deviation for each of them would cost a pass over everybody; instead
everybody is added up once per place, and only customers who have the deviation are taken out and put back
without it. That works on the sums because the sums of other customers do not change.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from desireline.measures.coding import compress, distinct
from desireline.measures.flow import SETTLED
from desireline.measures.promise import promise_kept
from desireline.measures.sums import Rows, sums_by_cell
from desireline.measures.view import View
from desireline.measures.voice import PARTS, scale_of

ALL, PASSING, VISITING, SETTLED_VISITING, JUDGED = "all", "passing", "visiting", "settled", "judged"
COULD: Mapping[str, str] = MappingProxyType(
    {
        "missing": PASSING,
        "ad hoc": ALL,
        "irregular order": VISITING,
        "repeated": VISITING,
        "wrong channel": VISITING,
        "failed": VISITING,
        "late": JUDGED,
        "stuck": SETTLED_VISITING,
        "lost": SETTLED_VISITING,
    }
)
"""Of which journeys the share is taken: all, those that visit the place and go on, those that visit it, the settled
ones of these, or those whose promise there can be judged; always together with those that have the deviation."""

KEYS = ("kind", "place", "outcome", "side")
JOURNEYS, CONVERSION, VALUE, SCORE = "journeys", "conversion", "value", "score"

I64 = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


class Outcome(NamedTuple):
    """What became of journeys: `x` of each, and which of them it is known of."""

    name: str
    x: I64
    known: Flags


class Spots(NamedTuple):
    """Journeys (rows of `view.journeys`) at places (codes of `view.places`)."""

    journey: I64
    place: I64


def tally_departures(view: View) -> pl.DataFrame:
    """The sums that the ledger needs, one row per kind, place, outcome and side.

    Sides of a deviation: `with` it; of its customers, `full` (all journeys that could) and `rest` (those
    without it); `share` (x: has it, m: could). Side `all`, with the set's name as kind: every customer's
    journeys that could.
    """
    tally = _Tally(view, tuple(_outcomes(view)))
    return pl.concat([*tally.everybody(), *tally.leavers()])


@dataclass(frozen=True)
class _Tally:
    view: View
    outcomes: tuple[Outcome, ...]

    def everybody(self) -> Iterator[pl.DataFrame]:
        """Side `all`: those that could, whether they did or not."""
        for name, spots in self._could.items():
            yield from self._sums(np.full(len(spots.journey), 0), spots, side="all", kinds=[name])

    def leavers(self) -> Iterator[pl.DataFrame]:
        """The other sides: the journeys of customers who left the map, each with every way that they left."""
        kind, spots, has = self._journeys_of_leavers()
        might = self._might(kind, spots)
        sides = {"with": has, "full": might, "rest": might & ~has}
        for side, rows in sides.items():
            yield from self._sums(kind[rows], Spots(*(column[rows] for column in spots)), side=side, kinds=self._kinds)
        counts = has | might
        share = Outcome(JOURNEYS, has[counts].astype(np.int64), np.ones(int(counts.sum()), np.bool_))
        asked = Spots(*(column[counts] for column in spots))
        yield self._outcome(share, share.x, kind[counts], asked, side="share", kinds=self._kinds)

    def _sums(self, kind: I64, spots: Spots, *, side: str, kinds: list[str]) -> Iterator[pl.DataFrame]:
        for outcome in self.outcomes:
            known = outcome.known[spots.journey]
            rows = (kind, spots) if known.all() else (kind[known], Spots(*(column[known] for column in spots)))
            yield self._outcome(outcome, outcome.x[rows[1].journey], *rows, side=side, kinds=kinds)

    def _outcome(
        self, outcome: Outcome, x: I64, kind: I64, spots: Spots, *, side: str, kinds: list[str]
    ) -> pl.DataFrame:
        places = len(self.view.places.categories)
        cells = compress(kind * places + spots.place, len(kinds) * places)
        rows = Rows(cells.number, self._customer[spots.journey], x, np.ones(len(x), dtype=np.int64))
        names = {
            "kind": pl.Series([kinds[number] for number in kind[cells.examples]], dtype=pl.String),
            "place": self.view.places.categories.gather(spots.place[cells.examples]),
        }
        keys = pl.DataFrame(names).with_columns(pl.lit(outcome.name).alias("outcome"), pl.lit(side).alias("side"))
        return keys.hstack(sums_by_cell(rows, cells.size))

    @cached_property
    def _customer(self) -> I64:
        return _codes(self.view.journeys["customer_id"])

    @cached_property
    def _could(self) -> dict[str, Spots]:
        """Which journeys could leave the map, and where."""
        visits = self.view.visits.filter(pl.col("kind") != "stage")
        return {
            ALL: self._spots(self.view.journeys.with_columns(self.view.at_map)),
            PASSING: self._spots(_passing(visits)),
            VISITING: self._spots(visits),
            SETTLED_VISITING: self._spots(visits.filter(SETTLED)),
            JUDGED: self._spots(promise_kept.observe(self.view)),
        }

    @cached_property
    def _kinds(self) -> list[str]:
        return sorted(self.view.trips.deviations["kind"].unique())

    def _spots(self, rows: pl.DataFrame, place: str = "at") -> Spots:
        return Spots(self.view.row_of[_codes(rows["journey_id"])], _codes(rows[place]))

    def _journeys_of_leavers(self) -> tuple[I64, Spots, Flags]:
        """All journeys of a deviation's customers: its kind, the journey and the place, and who has it."""
        left = self.view.coded.deviations.select("journey_id", "kind", "place").unique()
        spots = self._spots(left, "place")
        kind = _codes(left["kind"].cast(pl.Enum(self._kinds)))
        order = np.argsort(self._customer, kind="stable")
        people = int(self._customer.max(initial=-1)) + 1
        counts = np.bincount(self._customer, minlength=people)
        several = counts[self._customer[spots.journey]] > 1
        alone = ~several
        once = (kind[alone], Spots(*(column[alone] for column in spots)))
        way = kind[several] * len(self.view.places.categories) + spots.place[several]
        journeys, ways, has = _of_their_customers(spots.journey[several], way, self._customer, order, counts)
        kinds, places = np.divmod(ways, len(self.view.places.categories))
        return (
            np.concatenate([once[0], kinds]),
            Spots(np.concatenate([once[1].journey, journeys]), np.concatenate([once[1].place, places])),
            np.concatenate([np.ones(len(once[0]), np.bool_), has]),
        )

    def _might(self, kind: I64, spots: Spots) -> Flags:
        """Of these journeys and ways to leave, those in which a journey could have left so."""
        known = len(self.view.outline.touchpoint) + len(self.view.outline.stages) + 1
        found = np.zeros(len(kind), dtype=np.bool_)
        for name in dict.fromkeys(COULD.values()):
            mine = np.isin(kind, [i for i, one in enumerate(self._kinds) if COULD.get(one, ALL) == name])
            if name == ALL:
                found |= mine
            elif mine.any():
                there = np.zeros((len(self._customer), known), dtype=np.bool_)
                there[self._could[name].journey, self._could[name].place] = True
                inside = mine & (spots.place < known)
                found[inside] = there[spots.journey[inside], spots.place[inside]]
        return found


def _codes(column: pl.Series) -> I64:
    return column.to_physical().cast(pl.Int64).to_numpy()


def _of_their_customers(journey: I64, way: I64, customer: I64, order: I64, counts: I64) -> tuple[I64, I64, Flags]:
    """Every journey of the customers of these, with each way in which any of theirs left, and whether it did.

    `order` lists the journeys by customer; `counts` says how many each has.
    """
    size = int(way.max(initial=-1)) + 1
    pairs = distinct(customer[journey] * size + way)
    who, ways = np.divmod(pairs, size) if size else (pairs, pairs)
    times = counts[who]
    first = np.cumsum(counts)[who] - times
    within = np.arange(int(times.sum())) - np.repeat(np.cumsum(times) - times, times)
    theirs, every = order[np.repeat(first, times) + within], np.repeat(ways, times)
    return theirs, every, np.isin(theirs * size + every, journey * size + way)


def _passing(visits: pl.DataFrame) -> pl.DataFrame:
    """Visits after which the journey went on or was done: only then would a step left out be called missing.

    Were journeys compared that were lost before or at the place, skipping it would look like a cause of success.
    """
    went_on = (pl.col("state") == "done") | (pl.col("last_step") < pl.col("final_step"))
    return visits.filter(went_on)


def _outcomes(view: View) -> Iterator[Outcome]:
    """What became of each journey.

    Conversion and value of settled journeys; the mean answered score per scale ("score:1–5") in
    ten-thousandths.
    """
    journeys = view.journeys
    settled = journeys.select(SETTLED.fill_null(False)).to_series().to_numpy()
    everybody = np.ones(journeys.height, dtype=np.bool_)
    success, value = (journeys[name].cast(pl.Int64).fill_null(0).to_numpy() for name in ("success", "value_e4"))
    yield Outcome(JOURNEYS, np.zeros(journeys.height, dtype=np.int64), everybody)
    yield Outcome(CONVERSION, success, settled)
    yield Outcome(VALUE, value, settled)
    scored = view.coded.answers.filter(pl.col("score").is_not_null() & pl.col("journey_id").is_not_null())
    scale = pl.coalesce(scale_of(pl.col("low"), pl.col("high")), pl.lit(SCORE)).alias("outcome")
    scored = scored.unique("feedback_id", maintain_order=True)  # one that speaks of two places is one answer
    whole = (pl.col("score") * PARTS).round().cast(pl.Int64)
    means = scored.group_by("journey_id", scale).agg((whole.sum() // pl.len()).cast(pl.Int64).alias("x"))
    for name in means["outcome"].unique().sort():
        mine = means.filter(pl.col("outcome") == name)
        told = journeys.select("journey_id").join(mine, on="journey_id", how="left", maintain_order="left")["x"]
        yield Outcome(name, told.fill_null(0).to_numpy(), told.is_not_null().to_numpy())
