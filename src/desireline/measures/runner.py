"""Running measures: one pass over buckets of customers, a small partial from each, and readings at the end.

`Plan.partial` may run anywhere (its result can be pickled); `combine` puts partials together in any order
with the same result bit for bit; `Plan.finish` makes the readings. A customer must be whole within one
bucket.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import polars as pl

from desireline.errors import UnknownPlace
from desireline.maps.outline import Outline
from desireline.measures.catalog import CATALOG, find_measure
from desireline.measures.cells import show
from desireline.measures.groups import Period, check_groups, grouped, in_period
from desireline.measures.measure import Measure
from desireline.measures.view import Edge, View
from desireline.measures.weights import remark, uneven
from desireline.tables import ANSWERS, DEVIATIONS, JOURNEYS, READINGS, STEPS, Trips

KEYS = ("at", "group", "period", "unit")
OWN = ""
"""The unit in a tally that measures may share: each measure's own."""


@dataclass(frozen=True)
class Partials:
    """What one or more buckets contribute: the state of each tally, one row per cell."""

    tallies: Mapping[str, pl.DataFrame] = field(default_factory=dict)


@dataclass(frozen=True)
class Plan:
    """What is asked: which measures, by which groups, in which grain of time, along which edges.

    `measures`: names; all when empty. `by`: persona, channel, team, property:NAME, each by itself; everybody
    is always there. `period`: readings per period beside those of the whole time. `edges`: the map's planned
    ones when None. Raises UnknownMeasure, UnknownGroup, UnknownPlace.
    """

    outline: Outline
    measures: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    period: Period | None = None
    edges: tuple[Edge, ...] | None = None

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
        """The measures, each once."""
        return tuple(find_measure(name) for name in dict.fromkeys(self.measures or CATALOG))

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

    def partial(self, trips: Trips) -> Partials:
        """What these customers contribute."""
        return self.observe(View(trips, self.outline, self.along))

    def observe(self, view: View) -> Partials:
        """The same of customers who are being looked at already, along these edges."""
        one_per_tally = {measure.tally: measure for measure in self.asked}
        return Partials({name: self._tally(measure, view) for name, measure in one_per_tally.items()})

    def combine(self, partials: Iterable[Partials]) -> Partials:
        """All partials as one. None at all is the same as an empty bucket."""
        given = list(partials) or [self.partial(_nobody())]
        families = {measure.tally: measure.family for measure in self.asked}
        return Partials(
            {name: family.combine([one.tallies[name] for one in given], KEYS) for name, family in families.items()}
        )

    def finish(self, partials: Partials) -> pl.DataFrame:
        """READINGS in order of measure (catalog), place (map), group and period; small groups hidden."""
        finished = [self._finish(measure, partials.tallies[measure.tally]) for measure in self.asked]
        shown = show(pl.concat(finished))
        order = {name: i for i, name in enumerate(CATALOG)}, {place: i for i, place in enumerate(self.places)}
        ranked = shown.with_columns(
            pl.col(name).replace_strict(ranks, default=len(ranks), return_dtype=pl.Int64).alias(f"_{name}")
            for name, ranks in zip(("measure", "at"), order, strict=True)
        )
        return READINGS.shape(ranked.sort("_measure", "_at", "at", "group", "period"))

    def _tally(self, measure: Measure, view: View) -> pl.DataFrame:
        observed = measure.observe(view).filter(pl.col("m") > 0)
        fixed = {"unit": OWN} if observed["unit"].null_count() == len(observed) else {}
        observed = observed.with_columns(pl.col("unit").fill_null(OWN))
        cells = []
        for by in ("", *self.by):
            mine = grouped(observed, view, measure, by=by)
            everybody = {} if by else {"group": ""}
            for grain in dict.fromkeys((None, self.period)):
                ever = {} if grain else {"period": ""}
                cells.append(_cells(measure, in_period(mine, grain), fixed | everybody | ever))
        return measure.family.combine(cells, KEYS)

    def _finish(self, measure: Measure, tally: pl.DataFrame) -> pl.DataFrame:
        if measure.money and not tally["size"].sum():
            tally = tally.clear()
        if measure.weighted:
            tally = tally.filter(uneven())
        tally = _main_unit(tally)
        remarks = tally.select(
            *KEYS, "others", remark().alias("remark") if measure.weighted else pl.lit("").alias("remark")
        )
        readings = measure.family.finish(tally.drop("others"), KEYS)
        readings = readings.join(remarks.unique(KEYS), on=KEYS, how="left").with_columns(note=_notes())
        if measure.family.counts:
            readings = pl.concat([readings, self._zeros(measure, readings)], how="diagonal")
        return readings.with_columns(
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


def _cells(measure: Measure, observed: pl.DataFrame, fixed: Mapping[str, str]) -> pl.DataFrame:
    """The partial by KEYS; those that are `fixed` are the same in every row, so nothing need be grouped by them."""
    tally = measure.family.partial(observed, [key for key in KEYS if key not in fixed])
    tally = tally.with_columns(pl.lit(text).alias(key) for key, text in fixed.items())
    return tally.select(pl.col(*KEYS).cast(pl.String), pl.exclude(*KEYS))


def _main_unit(tally: pl.DataFrame) -> pl.DataFrame:
    """Of several scales in a cell, the one with most customers (ties: by name); `others`: how many more."""
    cell = ["at", "group", "period"]
    units = tally.group_by(*cell, "unit").agg(pl.col("n").sum()).sort("n", "unit", descending=[True, False])
    first = units.group_by(cell, maintain_order=True).agg(pl.col("unit").first(), (pl.len() - 1).alias("others"))
    return tally.join(first, on=[*cell, "unit"], how="inner")


def _notes() -> pl.Expr:
    scales = pl.when(pl.col("others") > 0).then(pl.format("the scale with most customers; {} more left out", "others"))
    told = [pl.when(pl.col(name) != "").then(pl.col(name)) for name in ("note", "remark")]
    return pl.concat_str(*told, scales, separator="; ", ignore_nulls=True)


def _nobody() -> Trips:
    customers = pl.DataFrame(schema={"customer_id": pl.String, "persona": pl.String, "properties": pl.String})
    return Trips(JOURNEYS.empty(), STEPS.empty(), ANSWERS.empty(), DEVIATIONS.empty(), customers)
