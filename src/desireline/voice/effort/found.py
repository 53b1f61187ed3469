"""What was found about effort: the index, its components, where it arises, and how well it goes with answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import polars as pl

from desireline.access import SMALL_GROUP
from desireline.maps.outline import Outline
from desireline.measures.cells import FEW, PROTECTS
from desireline.measures.clusters import Clusters
from desireline.measures.intervals import mean_interval, total_interval
from desireline.voice.effort.components import COMPONENTS, NAMES
from desireline.voice.effort.contributions import WHY_NOT
from desireline.voice.effort.moments import PARTS, clusters
from desireline.voice.effort.part import GROUP, HAND_OFF, MAP, STAGE, TOUCHPOINT, Part
from desireline.voice.effort.validity import Validity


@dataclass(frozen=True)
class Found:
    """The answer of the analysis. Effort is in points of the index: 0 none, 100 every component at its cap."""

    outline: Outline
    part: Part
    weights: Mapping[str, float]  # by component, summing to 1
    calibrated: bool
    basis: str  # where the weights come from, in a sentence or two
    validity: Validity
    groups_from: tuple[str, ...] = ()

    @cached_property
    def whole(self) -> dict[str, Any]:
        """The index of all journeys: value, low, high, n customers, journeys, note."""
        rows = self._read(MAP)
        nothing = {"effort": None, "low": None, "high": None, "n": 0, "m": 0, "note": "no journeys"}
        one = rows.row(0, named=True) if rows.height else nothing
        return {name: one[name] for name in nothing}

    @cached_property
    def components(self) -> pl.DataFrame:
        """By component: title, measurable, why (not), weight, cap, mean per journey, points of the index."""
        rows = self.part.cells.filter(pl.col("kind") == MAP)
        shown = rows.height > 0 and rows["n"][0] >= SMALL_GROUP
        found = []
        for one in COMPONENTS:
            seen = self.part.seen[one.name]
            mean = rows[one.name][0] / rows["m"][0] / one.unit if shown and seen else None
            points = None if mean is None else 100 * self.weights[one.name] * mean * one.unit / one.cap
            why = "" if seen else WHY_NOT.get(one.name, "")
            told = (one.name, one.title, seen, why, self.weights[one.name] if seen else None, one.cap / one.unit)
            found.append((*told, mean, points))
        names = ("component", "title", "measurable", "why", "weight", "cap", "mean", "points")
        kinds = (pl.String, pl.String, pl.Boolean, pl.String, *(pl.Float64,) * 4)
        return pl.DataFrame(found, schema=dict(zip(names, kinds, strict=True)), orient="row")

    @cached_property
    def groups(self) -> pl.DataFrame:
        """The index by group of journeys. With a group of few customers the next smallest is hidden, to protect it."""
        found = self._read(GROUP, protect=True)
        return found.rename({"at": "group"}).drop("kind", "of", *NAMES)

    @cached_property
    def places(self) -> pl.DataFrame:
        """Stages and touchpoints in the order of the map: effort per journey that came there, its parts, all of it."""
        order = [*(stage.id for stage in self.outline.stages), *self.outline.touchpoint]
        found = pl.concat([self._read(STAGE), self._read(TOUCHPOINT)]).drop("of")
        rank = pl.col("at").replace_strict({id_: i for i, id_ in enumerate(order)}, default=len(order))
        return found.with_columns(rank.alias("_rank")).sort("_rank").drop("_rank")

    @cached_property
    def hand_offs(self) -> pl.DataFrame:
        """Hand-offs of every kind, each kind ranked by effort times volume; those of few customers come last."""
        kinds = [kind for kind in self.part.cells["kind"].unique().sort() if kind.startswith(HAND_OFF)]
        tables = [self._ranked(kind) for kind in kinds]
        return pl.concat([self._ranked(""), *tables]) if tables else self._ranked("")

    def _ranked(self, kind: str) -> pl.DataFrame:
        found = self._read(kind).sort("total", "at", "of", descending=[True, False, False], nulls_last=True)
        return found.select(
            pl.col("kind").str.strip_prefix(HAND_OFF),
            pl.int_range(1, pl.len() + 1, dtype=pl.Int64).alias("rank"),
            pl.col("at").alias("from"),
            pl.col("of").alias("to"),
            pl.col("m").alias("hand_offs"),
            pl.exclude("kind", "at", "of", "m"),
        )

    def _read(self, kind: str, *, protect: bool = False) -> pl.DataFrame:
        """Cells of a kind: how often (m), effort per m with its interval, effort times m with its, and the parts."""
        rows = self.part.cells.filter(pl.col("kind") == kind)
        weights = {one.name: round(100 * PARTS * self.weights[one.name] / one.cap) for one in COMPONENTS}
        sums = clusters(rows, weights)
        with np.errstate(divide="ignore", invalid="ignore"):
            effort, (low, high) = sums.ratio / PARTS, mean_interval(sums)
            total, (least, most) = sums.x.astype(np.float64) / PARTS, total_interval(self._among_all(sums))
            parts = [100 * self.weights[one.name] / one.cap * (rows[one.name] / rows["m"]) for one in COMPONENTS]
        everything = self._everything(weights)
        told = {"effort": effort, "low": np.maximum(low / PARTS, 0), "high": np.minimum(high / PARTS, 100)}
        told |= {"total": total, "total_low": np.maximum(least / PARTS, 0), "total_high": most / PARTS}
        whole = everything or np.nan
        told |= {
            "share": total / whole,
            "share_low": told["total_low"] / whole,
            "share_high": told["total_high"] / whole,
        }
        columns = [pl.Series(name, column, dtype=pl.Float64).fill_nan(None) for name, column in told.items()]
        parts = [part.alias(name).fill_nan(None) for part, name in zip(parts, NAMES, strict=True)]
        return _hidden(rows.select("kind", "at", "of", "n", "m").hstack([*columns, *parts]), protect=protect)

    def _everything(self, weights: Mapping[str, int]) -> float:
        rows = self.part.cells.filter(pl.col("kind") == MAP)
        return float(sum(weights[name] * int(rows[name].sum()) for name in NAMES)) / PARTS

    def _among_all(self, sums: Clusters) -> Clusters:
        """The same sums over all customers, to most of whom it did not happen."""
        rows = self.part.cells.filter(pl.col("kind") == MAP)
        everybody = int(rows["n"].sum())
        return sums._replace(n=np.full(np.shape(sums.n), max(everybody, 1)))

    def as_json(self) -> dict[str, Any]:
        """Everything as plain data."""
        valid = self.validity
        return {
            "map": self.outline.map.map.id,
            "basis": {"calibrated": self.calibrated, "says": self.basis},
            "validity": {
                "answers": valid.answers,
                "compared_with_effort_at": valid.place or None,
                "journeys_answered": valid.share,
                "rho": None if valid.rho is None else vars(valid.rho),
                "tenths": [] if valid.tenths is None else _shown(valid.tenths).to_dicts(),
                "says": valid.says(),
            },
            "index": self.whole,
            "components": self.components.to_dicts(),
            "groups": self.groups.to_dicts(),
            "places": self.places.to_dicts(),
            "hand_offs": self.hand_offs.to_dicts(),
        }


def _hidden(rows: pl.DataFrame, *, protect: bool) -> pl.DataFrame:
    """Numbers about fewer than five customers are gone, and a note says so.

    `protect`: the rows are the parts of a whole that is told, so a single hidden one could be worked out from the rest.
    """
    few = rows["n"] < SMALL_GROUP
    gone = few
    if protect and few.any() and (few.sum() == 1 or rows["n"].filter(few).sum() < SMALL_GROUP):
        smallest = rows.with_row_index("_row").filter(~few).sort("n", "at").head(1)["_row"]
        gone = few | pl.Series(range(rows.height), dtype=pl.UInt32).is_in(smallest.implode())
    note = pl.when(few).then(pl.lit(FEW)).when(gone).then(pl.lit(PROTECTS)).otherwise(pl.lit(""))
    told = [name for name in rows.columns if name not in ("kind", "at", "of")]
    return rows.with_columns(*(pl.when(~gone).then(pl.col(name)).alias(name) for name in told), note.alias("note"))


def _shown(tenths: pl.DataFrame) -> pl.DataFrame:
    return tenths.filter(pl.col("n") >= SMALL_GROUP).with_columns(pl.col(pl.Float64).fill_nan(None))
