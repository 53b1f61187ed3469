"""Scores over time: a value per period, whether the last one differs from all before, and whether there is a slope."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import polars as pl

from desireline.measures.cells import show
from desireline.measures.clusters import Floats
from desireline.measures.discoveries import RATE, q_values
from desireline.measures.groups import Period
from desireline.measures.intervals import Z
from desireline.measures.sums import numbers_of
from desireline.measures.view import View
from desireline.voice.scores.answers import Gathering, nearest
from desireline.voice.scores.estimates import SUMS, clusters_of, customers_by, estimate, over_customers, sums_by
from desireline.voice.scores.gaps import gap, two_sided
from desireline.voice.scores.kinds import MINIMUM, scored

CELL: Final = ("place", "question", "kind", "scale", "unit")
SLOPE_NEEDS: Final = 3
"""Periods with a value, below which a slope says nothing."""


@dataclass(frozen=True, eq=False)
class Trend:
    """What was found.

    `values`: CELL, period, value, low, high, n, note. `changes`: CELL, periods, last, `change` (last against all
    before) and `slope` (per period), each with low, high, p, q, holds; note says why there is none.
    """

    values: pl.DataFrame
    changes: pl.DataFrame

    @property
    def tested(self) -> int:
        """How many tests were made."""
        return self.changes["change_p"].count() + self.changes["slope_p"].count()

    @property
    def held(self) -> int:
        """How many of them hold."""
        return self.changes.filter("change_holds").height + self.changes.filter("slope_holds").height

    @property
    def says(self) -> str:
        """The count of tests in one sentence."""
        of = f"{self.tested:,} test{'' if self.tested == 1 else 's'}"
        holds = "holds" if self.held == 1 else "hold"
        return f"{self.held:,} of {of} {holds} at a false discovery rate of {100 * RATE:g} %."

    def as_json(self) -> dict[str, Any]:
        """Everything as plain values."""
        return {
            "periods": self.values.to_dicts(),
            "changes": self.changes.to_dicts(),
            "tested": self.tested,
            "hold": self.held,
            "says": self.says,
        }


@dataclass(frozen=True)
class TrendAnalysis:
    """Asks how scores change from period to period. Answers without an instant are left out.

    See `pipeline.listening`.
    """

    period: Period = "month"
    places: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()

    @property
    def gathering(self) -> Gathering:
        """What is gathered."""
        return Gathering((), self.period)

    def partial(self, view: View) -> pl.DataFrame:
        """The answers of a bucket, without their texts."""
        return self.gathering.gather(view)

    def combine(self, parts: Sequence[pl.DataFrame]) -> pl.DataFrame:
        """All answers."""
        return self.gathering.combine(parts)

    def finish(self, part: pl.DataFrame) -> Trend:
        """The values and changes."""
        told = scored(part).filter(pl.col("period") != "")
        for column, wanted in (("question", self.questions), ("place", self.places)):
            if wanted:
                told = told.filter(pl.col(column).is_in(list(wanted)))
        return trend(nearest(told))


def trend(told: pl.DataFrame) -> Trend:
    """Values per period and their changes; periods of too few customers are left out of the tests."""
    periods = estimate(sums_by(told, (*CELL, "period")))
    ready = periods.with_columns(
        pl.concat_str("question", "kind", "scale", separator="\x00").alias("measure"),
        pl.col("place").alias("at"),
        pl.lit("").alias("group"),
        pl.lit("").alias("note"),
        pl.col("kind").replace_strict(MINIMUM, return_dtype=pl.Int64).alias("minimum"),
        pl.lit(False).alias("counts"),
    )
    values = show(ready).select(*CELL, "period", "value", "low", "high", "n", "note").sort(*CELL, "period")
    return Trend(values, _with_q(_changes(told, values)))


def _changes(told: pl.DataFrame, values: pl.DataFrame) -> pl.DataFrame:
    shown = values.filter(pl.col("value").is_not_null())
    kept = told.join(shown.select(*CELL, "period"), on=[*CELL, "period"], how="semi")
    each = customers_by(kept, (*CELL, "period")).partition_by(CELL, as_dict=True)
    rows = []
    for key, series in values.group_by(*CELL, maintain_order=True):
        here = series.filter(pl.col("value").is_not_null())
        row: dict[str, Any] = dict(zip(CELL, key, strict=True)) | {"periods": here.height, "note": ""}
        if here.height < SLOPE_NEEDS:
            row["note"] = f"too short: {here.height} of {SLOPE_NEEDS} periods with enough answers"
        else:
            row |= _slope(here)
        if here.height >= 2:
            last = here["period"][-1]
            row |= {"last": last} | _last(each[key], last)
        rows.append(row)
    return pl.DataFrame(rows, schema=_CHANGES)


def _last(each: pl.DataFrame, last: str) -> dict[str, float | None]:
    """The last period against all before it. A customer who answered in both stands on both sides."""
    side = each.with_columns((pl.col("period") == last).alias("late"))
    key = (*CELL, "late", "customer_id")
    whole = side.group_by(*key).agg(pl.col("rows", "x", "m", "size").sum())
    before, late = (
        over_customers(whole, (*CELL, "late")).select(*CELL, "late", *SUMS).partition_by("late", maintain_order=True)
    )
    sizes = (numbers_of(late["size"]), numbers_of(before["size"]))
    found = gap(late["kind"][0], clusters_of(late), clusters_of(before), sizes=sizes)
    return {f"change{tail}": _plain(one[0]) for tail, one in zip(("", "_low", "_high", "_p"), found, strict=True)}


def _slope(here: pl.DataFrame) -> dict[str, float | str | None]:
    """The change per period: a line through the values, each weighing by its precision.

    What a customer varies by is put together over all periods, so that a value does not decide on its own weight.
    The spread of the values about the line widens the interval when it is larger than their own intervals
    explain. Source: Birge 1932, Physical Review 40, 207–227. Periods count as they follow each other here.
    """
    y, n = (here[name].cast(pl.Float64).to_numpy() for name in ("value", "n"))
    half = (here["high"] - here["low"]).cast(pl.Float64).fill_null(np.nan).to_numpy() / 2
    if here["kind"][0] == "nps":
        half = half * np.sqrt((n + 3) / n)  # the interval is that of the value with three answers added
    each = float((n * n * (half / Z) ** 2).sum() / n.sum())
    slope, error = line(np.arange(len(y), dtype=np.float64), y, np.sqrt(each / n))
    if not np.isfinite(slope):
        return {"note": "a period has no interval, so its weight is not known"}
    p = float(two_sided(np.array(slope / error)))
    return {"slope": slope, "slope_low": slope - Z * error, "slope_high": slope + Z * error, "slope_p": p}


def line(at: Floats, y: Floats, errors: Floats) -> tuple[float, float]:
    """The slope of the weighted line through points with known errors, and its error; NaN where one is not known."""
    if not (np.isfinite(errors) & (errors > 0)).all():
        return float("nan"), float("nan")
    weight = 1 / errors**2
    middle, mean = np.average(at, weights=weight), np.average(y, weights=weight)
    spread = float((weight * (at - middle) ** 2).sum())
    slope = float((weight * (at - middle) * (y - mean)).sum()) / spread
    left = y - mean - slope * (at - middle)
    wide = max(1.0, float((weight * left**2).sum()) / max(len(y) - 2, 1))
    return slope, float(np.sqrt(wide / spread))


_NUMBERS = [f"{what}{tail}" for what in ("change", "slope") for tail in ("", "_low", "_high", "_p")]
_CHANGES: dict[str, Any] = {
    **dict.fromkeys(CELL, pl.String),
    "periods": pl.Int64,
    "last": pl.String,
    **dict.fromkeys(_NUMBERS, pl.Float64),
    "note": pl.String,
}


def _with_q(changes: pl.DataFrame) -> pl.DataFrame:
    """Add q and holds for both tests, over all of them together."""
    p = np.concatenate(
        [changes[f"{what}_p"].cast(pl.Float64).fill_null(np.nan).to_numpy() for what in ("change", "slope")]
    )
    q = q_values(p).reshape(2, -1)
    named = [pl.Series(f"{what}_q", column).fill_nan(None) for what, column in zip(("change", "slope"), q, strict=True)]
    held = [(pl.col(f"{what}_q") <= RATE).fill_null(False).alias(f"{what}_holds") for what in ("change", "slope")]
    return changes.with_columns(*named).with_columns(*held)


def _plain(number: Any) -> float | None:
    return float(number) if np.isfinite(number) else None
