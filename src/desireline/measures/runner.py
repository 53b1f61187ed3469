"""Running measures: one pass over buckets of customers, a small partial from each, and readings at the end.

`Plan.partial` may run anywhere (its result can be pickled); `combine` puts partials together in any order
with the same result bit for bit; `Plan.finish` makes the readings. A customer must be whole within one
bucket.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from desireline.errors import UnknownPlace
from desireline.maps.outline import Outline
from desireline.measures.catalog import CATALOG, find_measure
from desireline.measures.cells import show
from desireline.measures.emotion import put_together
from desireline.measures.family import finished
from desireline.measures.groups import Period, check_groups
from desireline.measures.held import Held
from desireline.measures.ladder import ALL, LIMIT
from desireline.measures.measure import Measure
from desireline.measures.splits import OWN, Split, Splitter
from desireline.measures.state import CELL, Piece, State, merge_states, state_of
from desireline.measures.tallying import tally
from desireline.measures.view import Edge, View
from desireline.measures.weights import remark
from desireline.tables import READINGS, Trips

ROOM = 200_000
"""Rows of states that may wait before they are put together."""


@dataclass(frozen=True)
class Partials:
    """What one or more buckets contribute: states that are put together when they have become many, or at the end."""

    states: tuple[State, ...] = ()

    def together(self, *, limit: int = LIMIT) -> State:
        """All of them as one."""
        return self.states[0] if len(self.states) == 1 else merge_states(self.states or (State(),), limit=limit)


@dataclass(frozen=True)
class Plan:
    """What is asked: which measures, by which groups, in which grain of time, along which edges.

    `measures`: names; all when empty. `by`: persona, channel, team, property:NAME, each by itself; everybody
    is always there. `period`: readings per period beside those of the whole time. `edges`: the map's planned
    ones when None. `exact`: quantiles of all values, however many there are.
    Raises UnknownMeasure, UnknownGroup, UnknownPlace.
    """

    outline: Outline
    measures: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    period: Period | None = None
    edges: tuple[Edge, ...] | None = None
    exact: bool = False

    def __post_init__(self) -> None:
        check_groups(self.by, self.period)
        for name in self.measures:
            find_measure(name)
        promised = [by.removeprefix("promise:") for by in self.by if by.startswith("promise:")]
        for place in [*(place for edge in self.along for place in edge), *(set(promised) - {self.outline.map.map.id})]:
            if place not in self._points:
                raise UnknownPlace(place, self._points)

    @property
    def asked(self) -> tuple[Measure, ...]:
        """The measures, and those that they are put together from, each once."""
        names = self.measures or tuple(CATALOG)
        return tuple(find_measure(name) for name in dict.fromkeys((*names, *_needs(names))))

    @cached_property
    def along(self) -> tuple[Edge, ...]:
        """The edges that are measured."""
        return tuple(dict.fromkeys(self.outline.edges if self.edges is None else self.edges))

    @cached_property
    def places(self) -> list[str]:
        """Every place that a reading can be at, in the map's order: map, stages, touchpoints, edges."""
        return [self.outline.map.map.id, *self._points, *(f"{a}>{b}" for a, b in self.along)]

    @property
    def _points(self) -> list[str]:
        return [*(stage.id for stage in self.outline.stages), *self.outline.touchpoint]

    @property
    def limit(self) -> int:
        """Different values that a ladder keeps before it becomes coarse."""
        return ALL if self.exact else LIMIT

    def partial(self, trips: Trips) -> Partials:
        """What these customers contribute."""
        return self.observe(View(trips, self.outline, self.along))

    def observe(self, view: View) -> Partials:
        """The same of customers who are being looked at already, along these edges."""
        splitter = Splitter(view)
        one_per_tally = {measure.tally: measure for measure in self.asked}
        pieces = [piece for measure in one_per_tally.values() for piece in self._tally(measure, splitter)]
        return Partials((state_of(pieces, view.places),))

    def combine(self, partials: Iterable[Partials]) -> Partials:
        """All partials as one. None at all is the same as an empty bucket."""
        states = [state for one in partials for state in one.states if state.cells.height]
        waiting = sum(state.size for state in states)
        if waiting <= ROOM + 2 * max((state.size for state in states), default=0):
            return Partials(tuple(states))
        return Partials((merge_states(states, limit=self.limit),))

    def finish(self, partials: Partials) -> pl.DataFrame:
        """READINGS in order of measure (catalog), place (map), group and period; small groups hidden."""
        held = Held(partials.together(limit=self.limit))
        finished = [self._finish(measure, held) for measure in self.asked]
        shown = put_together(show(pl.concat(finished)))
        if self.measures:
            shown = shown.filter(pl.col("measure").is_in(self.measures))
        order = {name: i for i, name in enumerate(CATALOG)}, {place: i for i, place in enumerate(self.places)}
        ranked = shown.with_columns(
            pl.col(name).replace_strict(ranks, default=len(ranks), return_dtype=pl.Int64).alias(f"_{name}")
            for name, ranks in zip(("measure", "at"), order, strict=True)
        )
        return READINGS.shape(ranked.sort("_measure", "_at", "at", "group", "period"))

    def _tally(self, measure: Measure, splitter: Splitter) -> Iterator[Piece]:
        seen = measure.observe(splitter.view)
        if seen.everywhere is None and not (len(seen.rows) if seen.m is None else seen.m.any()):
            return
        for by in dict.fromkeys(("", *self.by)):
            for grain in dict.fromkeys((None, self.period)):
                yield tally(measure, seen, splitter, Split(by, grain), limit=self.limit)

    def _finish(self, measure: Measure, held: Held) -> pl.DataFrame:
        cells = held.of(measure)
        remark_ = remark() if measure.weighted else pl.lit("")
        beside = cells.frame.select(*CELL, "others", remark_.alias("remark"))
        readings = beside.hstack(finished(measure.family.estimate(cells.sums)))
        readings = readings.with_columns(note=_notes())
        if measure.family.counts:
            readings = pl.concat([readings, self._zeros(measure, readings)], how="diagonal")
        return readings.drop("others", "remark").with_columns(
            pl.col("unit").replace(OWN, measure.unit),
            pl.lit(measure.name).alias("measure"),
            pl.lit(measure.minimum).alias("minimum"),
            pl.lit(measure.family.counts).alias("counts"),
        )

    def _zeros(self, measure: Measure, readings: pl.DataFrame) -> pl.DataFrame:
        """Count 0 for everybody at places where something could have been counted and nothing was."""
        there = set(readings.filter((pl.col("group") == "") & (pl.col("period") == ""))["at"])
        nothing = [place for place in self._countable(measure) if place not in there]
        row = {"group": "", "period": "", "unit": measure.unit, "value": 0.0, "n": 0, "note": ""}
        zeros = pl.DataFrame({"at": nothing}, schema={"at": pl.String})
        return zeros.with_columns(pl.lit(given).cast(readings.schema[name]).alias(name) for name, given in row.items())

    def _countable(self, measure: Measure) -> Iterator[str]:
        points = self.outline.bound if measure.speaks_of == "steps" else self.outline.touchpoints
        holders = {point.stage for point in points}
        yield self.outline.map.map.id
        yield from (stage.id for stage in self.outline.stages if stage.id in holders)
        yield from (point.id for point in points)
        if "edge" in measure.places:
            yield from (f"{a}>{b}" for a, b in self.along)


def _needs(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        yield from find_measure(name).needs


def _notes() -> pl.Expr:
    scales = pl.when(pl.col("others") > 0).then(pl.format("the scale with most customers; {} more left out", "others"))
    told = [pl.when(pl.col(name) != "").then(pl.col(name)) for name in ("note", "remark")]
    return pl.concat_str(*told, scales, separator="; ", ignore_nulls=True)
