"""Cells: what was counted at a place, in a channel, in a stratum; and how far cells share customers.

Everything is a sum of whole numbers, so parts of several buckets are added in any order and a part is small whatever
the number of customers: one row per cell, and one per pair of cells that a customer has in common.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import polars as pl

from desireline.measures import flow, promise, voice
from desireline.measures.groups import Marker, check_groups
from desireline.measures.rows import Observations
from desireline.measures.view import View
from desireline.measures.visits import on_the_way
from desireline.voice.parity.asked import TOUCHPOINT, Asked

_CELL = ["place", "side", "stratum"]
_KIND = {"place": pl.String, "side": pl.String, "stratum": pl.String}
_SUMS = ["customers", "n", "x", "xx"]
_SHARED = ["aa", "an", "na", "nn"]
_BETWEEN = " · "
_PROPERTY = "property:"


class Cells(NamedTuple):
    """Sums over rows and over pairs of rows of one customer."""

    cells: pl.DataFrame  # place, side, stratum; customers, n (rows), x (Σ), xx (Σ x²)
    shared: pl.DataFrame  # place, side, stratum, side2, stratum2; Σ over customers of products of his sums
    people: pl.DataFrame  # place, side; customers


def count(view: View, asked: Asked) -> Cells:
    """The cells of one bucket."""
    seen = OBSERVED[asked.measure](view)
    said = (seen.m if seen.m is not None else np.ones(len(seen.rows), dtype=np.int64)) > 0
    marker = Marker(view)
    places = np.array(view.places, dtype=object)
    rows = pl.DataFrame(
        {
            "place": pl.Series(list(places[seen.rows.place]), dtype=pl.String),
            "side": _groups(marker, seen, "" if asked.by == TOUCHPOINT else asked.by),
            "stratum": _strata(marker, seen, asked.strata),
            "customer": seen.rows.customer,
            "x": seen.x.astype(np.int64),
        }
    ).filter(pl.Series(said, dtype=pl.Boolean))
    if asked.by == TOUCHPOINT:
        rows = rows.filter(pl.col("place").is_in(view.points)).with_columns(
            pl.format("touchpoint:{}", "place").alias("side"), pl.lit(view.map_id).alias("place")
        )
    return tally(rows)


def add(parts: Sequence[Cells]) -> Cells:
    """Several parts as one, sorted, so that the order of parts does not matter."""
    none = Cells(
        pl.DataFrame(schema={**_KIND, **dict.fromkeys(_SUMS, pl.Int64)}),
        pl.DataFrame(schema={**_KIND, "side2": pl.String, "stratum2": pl.String, **dict.fromkeys(_SHARED, pl.Int64)}),
        pl.DataFrame(schema={"place": pl.String, "side": pl.String, "customers": pl.Int64}),
    )
    cells, shared, people = (pl.concat(frames) for frames in zip(none, *parts, strict=True))
    pair = [*_CELL, "side2", "stratum2"]
    return Cells(
        cells.group_by(_CELL).sum().sort(_CELL),
        shared.group_by(pair).sum().sort(pair),
        people.group_by("place", "side").sum().sort("place", "side"),
    )


def tally(rows: pl.DataFrame) -> Cells:
    """The sums of rows with place, side, stratum, customer (a number or a name) and x (a whole number)."""
    mine = rows.group_by(*_CELL, "customer").agg(
        pl.len().cast(pl.Int64).alias("n"), pl.col("x").sum(), (pl.col("x") ** 2).sum().alias("xx")
    )
    cells = mine.group_by(_CELL).agg(
        pl.len().cast(pl.Int64).alias("customers"), *(pl.col(one).sum() for one in ("n", "x", "xx"))
    )
    people = mine.group_by("place", "side").agg(pl.col("customer").n_unique().cast(pl.Int64).alias("customers"))
    several = mine.filter(pl.len().over("place", "customer") > 1)
    alone = mine.with_columns(pl.col("side").alias("side2"), pl.col("stratum").alias("stratum2"))
    both = several.join(several, on=["place", "customer"], suffix="2").filter(
        (pl.col("side") != pl.col("side2")) | (pl.col("stratum") != pl.col("stratum2"))
    )
    shared = pl.concat([_products(alone, ""), _products(both, "2")])
    return Cells(cells, shared, people)


def _products(pairs: pl.DataFrame, other: str) -> pl.DataFrame:
    x, n, x2, n2 = pl.col("x"), pl.col("n"), pl.col(f"x{other}"), pl.col(f"n{other}")
    return pairs.group_by(*_CELL, "side2", "stratum2").agg(
        (x * x2).sum().alias("aa"), (x * n2).sum().alias("an"), (n * x2).sum().alias("na"), (n * n2).sum().alias("nn")
    )


def _strata(marker: Marker, seen: Observations, strata: tuple[str, ...]) -> pl.Series:
    """What a row is compared within, in words; the same for all without strata."""
    check_groups(strata, None)
    if not strata:
        return pl.Series("stratum", [""], dtype=pl.String).new_from_index(0, len(seen.rows))
    columns = [_groups(marker, seen, one).alias(one) for one in strata]
    return pl.DataFrame(columns).select(pl.concat_str(pl.all(), separator=_BETWEEN)).to_series()


def _groups(marker: Marker, seen: Observations, by: str) -> pl.Series:
    """The group of each row, in words."""
    marks, rows = marker.groups(seen.rows, by), len(seen.rows)
    names = pl.Series(marks.names, dtype=pl.String)
    codes = np.zeros(rows, dtype=np.int32) if marks.codes is None else marks.codes
    return names.gather(pl.Series(codes)) if rows else names.clear()


def _failed(view: View) -> Observations:
    """By journey and place that it came to: did a step fail here?"""
    failed = view.steps.frame["failed"].fill_null(False).to_numpy()
    stays = view.stays
    never = np.zeros(stays.journeys, dtype=np.bool_)
    return Observations(view.visits, x=stays.column(never, stays.count(failed, failed) > 0), m=on_the_way(view))


OBSERVED: dict[str, Callable[[View], Observations]] = {
    "kept": promise.promise_kept.observe,
    "failed": _failed,
    "csat": voice.csat,
    "conversion": flow.conversion.observe,
    "feeling": voice.feeling,
}
