"""A measure at a place, customer by customer and day by day: what a verdict about an initiative is made of.

The rows are those of the very observation that the measure's readings are made of; only their day is another. A
reading's period is that of the journey's start. An initiative changes what happens at a place from a day on, so here a
row counts on the day on which the journey first came to the place (the map and edges: on which it began), an answer on
its own day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from desireline.journeys.claims import with_fields
from desireline.measures.catalog import find_measure
from desireline.measures.codes import NONE, Coded, Flags, Whole
from desireline.measures.customers import grouping_asked
from desireline.measures.groups import BANDS, NOBODY, Marker, Marks
from desireline.measures.measure import Measure
from desireline.measures.rows import NEVER, Observations
from desireline.measures.teams import by_team, dense
from desireline.measures.total import Total
from desireline.measures.view import View

DAY = 86_400_000_000

ROWS = {
    "series": pl.Int32,  # which of the groups asked for
    "arm": pl.String,  # as printed: "property:region=East"; "" when not asked
    "customer_id": pl.String,
    "day": pl.Int32,  # since 1970
    "x": pl.Int64,
    "m": pl.Int64,
    "unit": pl.String,
}
OPEN = {"day": pl.Int32, "rows": pl.Int64, "under_way": pl.Int64, "counted": pl.Int64}
PEOPLE = {"customer_id": pl.String, "arm": pl.String}
SUMS = ("n", "rows", "x", "m", "xx", "xm", "mm")
PEERS = {"place": pl.String} | dict.fromkeys(SUMS, pl.Int128)


@dataclass(frozen=True)
class Watched:
    """What was seen. `people` are all customers by arm, also those of whom the measure says nothing."""

    rows: pl.DataFrame  # ROWS, sorted
    open: pl.DataFrame  # OPEN: by day the rows at the place, those of journeys under way, and those of them that count
    people: pl.DataFrame  # PEOPLE, sorted; only where customers are drawn by lot
    peers: pl.DataFrame  # PEERS, sorted: what `measures.clusters` sums of each place of the same kind in the window
    known: tuple[str, ...] = ()  # groups that somebody belongs to, of all groupings asked for
    units: int = 1  # how many units there were; rows hold the one with most customers


@dataclass(frozen=True)
class Watch:
    """The analysis: `groups` as printed ("" everybody); `by` tells arms apart; `lot`: all customers are wanted too.

    `window` (first and last day since 1970) asks how all places of the same kind were then, for the first group.
    """

    measure: str
    at: str
    groups: tuple[str, ...] = ("",)
    by: str = ""
    lot: bool = False
    edges: tuple[tuple[str, str], ...] = ()
    window: tuple[int, int] | None = None

    @property
    def groupings(self) -> tuple[str, ...]:
        """What is grouped by, so that an unknown property is told."""
        asked = [self.by, *(grouping_asked(group) for group in self.groups)]
        return tuple(dict.fromkeys(by for by in asked if by))

    def partial(self, view: View) -> Watched:
        """What a bucket contributes."""
        if self.edges:
            view = View(view.trips, view.outline, tuple(dict.fromkeys([*view.edges, *self.edges])))
        measure, place = find_measure(self.measure), view.place.get(self.at, NONE)
        found = [self._rows(view, measure, place, number) for number in range(len(self.groups))]
        peers = self._peers(view, measure)
        known = self._known(view, measure, place)
        return Watched(pl.concat(found), self._open(view, measure, place), self._people(view), peers, known)

    def combine(self, parts: Sequence[Watched]) -> Watched:
        """All parts as one."""
        rows, days, people, peers = (pl.DataFrame(schema=schema) for schema in (ROWS, OPEN, PEOPLE, PEERS))
        parts = [Watched(rows, days, people, peers), *parts]
        return Watched(
            pl.concat([part.rows for part in parts]),
            pl.concat([part.open for part in parts]).group_by("day").sum().select(list(OPEN)),
            pl.concat([part.people for part in parts]),
            pl.concat([part.peers for part in parts]).group_by("place").sum().select(list(PEERS)),
            tuple(sorted({name for part in parts for name in part.known})),
        )

    def finish(self, part: Watched) -> Watched:
        """Everything in order; of several units the one with most customers."""
        units = part.rows.group_by("unit").agg(pl.col("customer_id").n_unique().alias("n"))
        kept = units.sort("n", "unit", descending=[True, False])["unit"].head(1)
        rows = part.rows.filter(pl.col("unit").is_in(kept.implode())).sort("series", "arm", "customer_id", "day")
        return Watched(
            rows,
            part.open.sort("day"),
            part.people.sort("customer_id"),
            part.peers.sort("place"),
            part.known,
            units=max(units.height, 1),
        )

    def _rows(self, view: View, measure: Measure, place: int, number: int) -> pl.DataFrame:
        group = self.groups[number]
        by = grouping_asked(group)
        seen, marks = _seen(view, measure, place, by)
        marker = Marker(view)
        marks = marker.groups(seen.rows, by) if marks is None else marks
        mine = (seen.rows.place == place) & (np.True_ if seen.m is None else seen.m > 0) & _marked(marks, group)
        rows = np.flatnonzero(mine)
        days = _days(view, seen, by)[rows]
        rows = rows[days != NEVER]
        arms = marker.groups(seen.rows, self.by)
        told = np.zeros(len(rows), np.int32) if arms.codes is None else arms.codes[rows]
        found = pl.DataFrame(
            {
                "series": np.full(len(rows), number, np.int32),
                "arm": pl.Series(arms.names, dtype=pl.String).gather(told),
                "customer_id": view.people.gather(seen.rows.customer[rows]),
                "day": (days[days != NEVER] // DAY).astype(np.int32),
                "x": seen.x[rows].astype(np.int64),
                "m": np.ones(len(rows), np.int64) if seen.m is None else seen.m[rows].astype(np.int64),
                "unit": _units(seen, measure, rows),
            },
            schema=ROWS,
        )
        return found if keeps_values(measure) else _added(found)

    def _known(self, view: View, measure: Measure, place: int) -> tuple[str, ...]:
        found: list[str] = []
        for by in dict.fromkeys(grouping_asked(group) for group in self.groups):
            seen, marks = _seen(view, measure, place, by)
            marks = Marker(view).groups(seen.rows, by) if marks is None else marks
            found += [name for name in marks.names if not name.endswith(NOBODY)]
        return tuple(found)

    def _open(self, view: View, measure: Measure, place: int) -> pl.DataFrame:
        """How many rows of each day belong to journeys that are not over, and whether the measure counts those."""
        seen, _ = _seen(view, measure, place, "")
        rows = np.flatnonzero(seen.rows.place == place)
        days = _days(view, seen, "")[rows]
        rows, days = rows[days != NEVER], days[days != NEVER]
        waits = seen.rows.of_journeys(~view.settled, otherwise=0)[rows].astype(np.bool_)
        counted = waits if seen.m is None else waits & (seen.m[rows] > 0)
        flags = {"rows": np.ones(len(rows)), "under_way": waits, "counted": counted}
        columns = {name: numbers.astype(np.int64) for name, numbers in flags.items()}
        frame = pl.DataFrame({"day": (days // DAY).astype(np.int32)} | columns, schema=OPEN)
        return frame.group_by("day").sum().select(list(OPEN))

    def _peers(self, view: View, measure: Measure) -> pl.DataFrame:
        """The sums of each place of the same kind in the window; nothing for the map, which has no peers."""
        kind = [ids for ids in (view.stages, view.points) if self.at in ids]
        by = grouping_asked(self.groups[0])
        if self.window is None or not kind or by == "team" or keeps_values(measure):
            return pl.DataFrame(schema=PEERS)
        seen = measure.observe(view)
        seen = seen if seen.everywhere is None else dense(seen, view, seen.everywhere)
        days = _days(view, seen, by) // DAY
        mine = (days >= self.window[0]) & (days <= self.window[1]) & (np.True_ if seen.m is None else seen.m > 0)
        rows = np.flatnonzero(mine & _marked(Marker(view).groups(seen.rows, by), self.groups[0]))
        places = pl.Series(view.places, dtype=pl.String).gather(seen.rows.place[rows])
        found = pl.DataFrame(
            {
                "place": places,
                "customer": seen.rows.customer[rows],
                "rows": np.ones(len(rows), np.int64),
                "x": seen.x[rows].astype(np.int64),
                "m": np.ones(len(rows), np.int64) if seen.m is None else seen.m[rows].astype(np.int64),
            }
        ).filter(pl.col("place").is_in(kind[0]))
        return _clusters(found)

    def _people(self, view: View) -> pl.DataFrame:
        """All customers of the bucket by arm, also those who never came; of the group, where it is one of customers."""
        if not self.lot:
            return pl.DataFrame(schema=PEOPLE)
        known = view.trips.customers.unique("customer_id", keep="first", maintain_order=True)
        by, group = grouping_asked(self.groups[0]), self.groups[0]
        if by == "persona" or (by.startswith("property:") and BANDS not in by):
            said = known["persona"].replace("", None) if by == "persona" else _said(known, by)
            sign = ":" if by == "persona" else "="
            known = known.filter((by + sign + said.fill_null(NOBODY)) == group)
        return known.select("customer_id", _arms(known, self.by).alias("arm"))


def _marked(marks: Marks, group: str) -> Flags:
    """True for the rows of this group."""
    if marks.codes is None:
        return np.full(1, group in marks.names)
    code = marks.names.index(group) if group in marks.names else len(marks.names)
    found: Flags = marks.codes == code
    return found


def keeps_values(measure: Measure) -> bool:
    """The measure looks at each value (a median), so that a customer's values of a day may not be added up."""
    return measure.family.state != "sums"


def adds_up(measure: Measure) -> bool:
    """The measure is a sum or a count, so that a week in which nothing happened is a week with 0."""
    return measure.family.counts or isinstance(measure.family, Total)


def scale_of(measure: Measure) -> int:
    """How many whole parts x is kept in."""
    return int(getattr(measure.family, "scale", 1))


def _seen(view: View, measure: Measure, place: int, by: str) -> tuple[Observations, Marks | None]:
    """What the measure sees, with a row for every journey where the measure looks at all of them; teams by group."""
    seen = measure.observe(view)
    if by == "team":
        return by_team(seen, view, measure)
    if seen.everywhere is not None:
        return dense(seen, view, seen.everywhere[seen.everywhere == place]), None
    return seen, None


def _days(view: View, seen: Observations, by: str) -> Whole:
    """When each row counts, µs; NEVER where nothing says so."""
    rows = seen.rows
    began: Whole = np.array(rows.when, dtype=np.int64)
    if rows.own_when is not None or seen.everywhere is not None or by == "team" or not view.steps.frame.height:
        return began
    stays = view.stays
    at_place = np.flatnonzero((rows.place > 0) & (rows.journey >= 0))
    there = stays.find(rows.place[at_place], rows.journey[at_place])
    at_place, there = at_place[there >= 0], there[there >= 0]
    began[at_place] = view.steps.at[stays.first[there - stays.journeys]]
    return began


def _units(seen: Observations, measure: Measure, rows: Whole) -> pl.Series:
    if isinstance(seen.unit, Coded):
        names = pl.Series([*(name or measure.unit for name in seen.unit.names), measure.unit], dtype=pl.String)
        return names.gather(seen.unit.codes[rows] % len(names))
    return pl.Series([seen.unit or measure.unit] * len(rows), dtype=pl.String)


def _clusters(found: pl.DataFrame) -> pl.DataFrame:
    """Rows by place and customer as sums over customers."""
    x, m = pl.col("x").cast(pl.Int128), pl.col("m").cast(pl.Int128)
    customers = found.group_by("place", "customer").agg(pl.col("rows").sum(), x.sum(), m.sum())
    sums = [pl.len().alias("n"), pl.col("rows").sum(), pl.col("x").sum(), pl.col("m").sum()]
    squares = [(pl.col(a) * pl.col(b)).sum().alias(a + b) for a, b in ("xx", "xm", "mm")]
    wide = customers.group_by("place").agg(*sums, *squares)
    return wide.select(pl.col(name).cast(kind) for name, kind in PEERS.items())


def _added(found: pl.DataFrame) -> pl.DataFrame:
    """Rows of a customer on one day, added up."""
    keys = [name for name in ROWS if name not in ("x", "m")]
    return found.group_by(keys).agg(pl.col("x").sum(), pl.col("m").sum()).select(list(ROWS))


def _arms(customers: pl.DataFrame, by: str) -> pl.Series:
    """The arm of each customer, as printed; null where the customer's record does not say it."""
    said = _said(customers, by)
    return pl.select(pl.when(said.is_not_null()).then(pl.lit(f"{by}=") + said)).to_series()


def _said(customers: pl.DataFrame, by: str) -> pl.Series:
    """A property of each customer; null where the customer's record does not say it."""
    field = f"property.{by.removeprefix('property:')}"
    plain = customers.select(pl.col("properties").replace("", None))
    return with_fields(plain, [field])[field].replace("", None)
