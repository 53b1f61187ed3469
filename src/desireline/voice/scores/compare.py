"""Groups compared: the score of each group against that of everybody else, with all tests counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import polars as pl

from desireline.access import SMALL_GROUP
from desireline.measures.cells import show
from desireline.measures.discoveries import RATE, q_values
from desireline.measures.groups import NOBODY
from desireline.measures.sums import numbers_of
from desireline.measures.view import View
from desireline.voice.scores.answers import GROUP, Gathering, nearest
from desireline.voice.scores.estimates import SUMS, clusters_of, customers_by, estimate, over_customers
from desireline.voice.scores.gaps import gap
from desireline.voice.scores.kinds import MINIMUM, scored

CELL: Final = ("place", "question", "kind", "scale", "unit", "by")
COMPARED: Final = ("group", "value", "n", "rest", "n_rest", "gap", "low", "high", "p", "q", "holds")


@dataclass(frozen=True, eq=False)
class Comparison:
    """What was found. `rows`: CELL and COMPARED, the surest first; `tested` tests were made, `held` of them hold.

    `kept_back` comparisons were not made, because a side has too few customers.
    """

    rows: pl.DataFrame
    tested: int
    held: int
    kept_back: int

    @property
    def says(self) -> str:
        """The count of tests in one sentence."""
        holds = "holds" if self.held == 1 else "hold"
        of = f"{self.tested:,} comparison{'' if self.tested == 1 else 's'}"
        return f"{self.held:,} of {of} {holds} at a false discovery rate of {100 * RATE:g} %."

    def as_json(self) -> dict[str, Any]:
        """Everything as plain values."""
        return {
            "comparisons": self.rows.to_dicts(),
            "tested": self.tested,
            "hold": self.held,
            "kept_back": self.kept_back,
            "says": self.says,
        }


@dataclass(frozen=True)
class CompareAnalysis:
    """Compares each group of each `by` with all others, at every place and question. See `pipeline.listening`.

    `questions`, `kinds` (nps, csat, ces, mean) and `places` narrow what is tested; all when empty.
    """

    by: tuple[str, ...]
    questions: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    places: tuple[str, ...] = ()

    @property
    def groupings(self) -> tuple[str, ...]:
        """What is grouped by."""
        return self.by

    @property
    def gathering(self) -> Gathering:
        """What is gathered."""
        return Gathering(self.by)

    def partial(self, view: View) -> pl.DataFrame:
        """The answers of a bucket, without their texts."""
        return self.gathering.gather(view)

    def combine(self, parts: Sequence[pl.DataFrame]) -> pl.DataFrame:
        """All answers."""
        return self.gathering.combine(parts)

    def finish(self, part: pl.DataFrame) -> Comparison:
        """The comparisons."""
        told = scored(part)
        for column, wanted in (("question", self.questions), ("kind", self.kinds), ("place", self.places)):
            if wanted:
                told = told.filter(pl.col(column).is_in(list(wanted)))
        return compare(nearest(told), by=self.by)


def compare(told: pl.DataFrame, *, by: Sequence[str]) -> Comparison:
    """Each group against the rest of the customers, tested together by Benjamini and Hochberg.

    A group or a rest of fewer customers than the measure needs (5 for shares, 10 for means) is not compared, nor
    one that would tell the size of a hidden group by subtraction. Of two groups the first stands for both. People
    of whom a group is not known are in no rest; those who belong to no persona are in the rest of every persona.
    """
    every = pl.concat([_pairs(told, one) for one in by])
    needed = pl.col("kind").replace_strict(MINIMUM, default=SMALL_GROUP, return_dtype=pl.Int64)
    shown = every.with_columns(_open(every).alias("_open"))
    # Of two groups, each is the other's rest: one test says it all.
    place, two = pl.int_range(pl.len()).over(*CELL), pl.len().over(*CELL) == 2
    single = shown.filter(~(two & (place == 1) & (pl.col("by") != "persona")))
    enough = single.filter((pl.col("n") >= needed) & (pl.col("rest_n") >= needed) & pl.col("_open")).drop("_open")
    rows = _tested(enough)
    held = int(rows["holds"].sum())
    return Comparison(rows, int(rows["p"].is_not_null().sum()), held, single.height - enough.height)


def _pairs(told: pl.DataFrame, by: str) -> pl.DataFrame:
    """The sums of each group, and as `rest_…` those of all others at the same cell."""
    group, nobody = pl.col(GROUP + by), pl.col("group").str.ends_with(NOBODY)
    known = told.filter(group != "").with_columns(group.alias("group"), pl.lit(by).alias("by"))
    known = known if by == "persona" else known.filter(~nobody)
    mine = customers_by(known.filter(~nobody), (*CELL, "group"))
    whole = customers_by(known, CELL)
    numbers = ("rows", "x", "m", "size")
    # The rest is everybody, with what each member of the group said in it taken away from what he said in all.
    both = mine.join(whole, on=[*CELL, "customer_id"], suffix="_all")
    left = both.select(*CELL, "group", "customer_id", *((pl.col(f"{n}_all") - pl.col(n)).alias(n) for n in numbers))
    stayed = over_customers(left.filter(pl.col("m") > 0), [*CELL, "group"])
    gone = over_customers(
        both.select(*CELL, "group", "customer_id", *(f"{n}_all" for n in numbers)).rename(
            {f"{n}_all": n for n in numbers}
        ),
        [*CELL, "group"],
    )
    everybody = over_customers(whole, CELL)
    groups = over_customers(mine, [*CELL, "group"])
    key = [*CELL, "group"]
    found = groups.join(everybody, on=CELL, suffix="_e").join(gone, on=key, suffix="_g")
    found = found.join(stayed, on=key, how="left", suffix="_s")
    rest = [(pl.col(f"{n}_e") - pl.col(f"{n}_g") + pl.col(f"{n}_s").fill_null(0)).alias(f"rest_{n}") for n in SUMS]
    return found.select(*key, *SUMS, *rest).sort(*key)


def _open(pairs: pl.DataFrame) -> pl.Series:
    """True for the groups that may be shown: neither small, nor telling of a small one."""
    totals = pairs.group_by(*CELL).agg((pl.col("n") + pl.col("rest_n")).max().alias("n")).with_columns(group=pl.lit(""))
    readings = pl.concat([pairs.select(*CELL, "group", "n"), totals.select(*CELL, "group", "n")]).select(
        "group",
        "n",
        pl.concat_str("question", "kind", "scale", "by", separator="\x00").alias("measure"),
        pl.col("place").alias("at"),
        *(pl.lit("").alias(name) for name in ("period", "note")),
        *(pl.lit(None, pl.Float64).alias(name) for name in ("value", "low", "high")),
        pl.lit(0).alias("minimum"),
        pl.lit(False).alias("counts"),
    )
    return show(readings)["n"].is_not_null().head(pairs.height)


def _tested(pairs: pl.DataFrame) -> pl.DataFrame:
    rest = pairs.select(*CELL, *(pl.col(f"rest_{name}").alias(name) for name in SUMS))
    value, other = estimate(pairs.select(*CELL, *SUMS))["value"], estimate(rest)["value"]
    numbers = {name: np.full(pairs.height, np.nan) for name in ("gap", "low", "high", "p")}
    kinds = pairs["kind"].to_numpy()
    for kind in np.unique(kinds.astype(str)):
        here = np.flatnonzero(kinds == kind)
        one, two = pairs[here], rest[here]
        sizes = (numbers_of(one["size"]), numbers_of(two["size"]))
        for name, column in zip(numbers, gap(kind, clusters_of(one), clusters_of(two), sizes=sizes), strict=True):
            numbers[name][here] = column
    q = q_values(numbers["p"])
    told = [pl.Series(name, column).fill_nan(None) for name, column in (*numbers.items(), ("q", q))]
    found = pairs.select(*CELL, "group", "n", pl.col("rest_n").alias("n_rest")).with_columns(
        value.alias("value"), other.alias("rest"), *told
    )
    held = (pl.col("q") <= RATE).fill_null(False).alias("holds")
    return found.with_columns(held).sort("p", *CELL, "group", nulls_last=True).select(*CELL, *COMPARED)
