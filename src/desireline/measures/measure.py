"""What a measure is: a definition that observes journeys or answers, and a family that adds them up.

`observe` gives OBSERVATIONS: one row per customer, journey and place (answers: per answer) with two whole
numbers, `x` (what is counted) and `m` (out of how many). The readings and the lists of customers behind them
are both made from these rows, so they cannot disagree. The docstring of `observe` is the measure's help page.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from inspect import cleandoc
from typing import Literal

import polars as pl

from desireline.measures.family import Family
from desireline.measures.view import View

Place = Literal["map", "stage", "touchpoint", "edge"]
Observe = Callable[[View], pl.DataFrame]

OBSERVATIONS = (
    "customer_id",
    "journey_id",  # null for an answer that belongs to no journey
    "at",  # place id, or "a>b"
    "x",
    "m",
    "channel",  # where it happened; else the journey's first
    "when",  # what decides the period: the journey's start, the answer's instant
    "unit",  # null: the measure's own
)
"""Columns of observations. Ids, places and channels are coded as the View codes them; `x` and `m` are Int64."""


@dataclass(frozen=True)
class Measure:
    """A definition of a number."""

    name: str
    title: str
    unit: str
    family: Family
    places: tuple[Place, ...]
    observe: Observe
    minimum: int = 1  # customers below which the answer is "not enough data"
    per_team: Literal["any", "sum", "rows"] = "any"  # what one journey's rows at a team's touchpoints come to
    shares: str | None = None  # name common to measures whose observations are the very same
    weighted: bool = False  # only where weights differ from 1
    money: bool = False  # silent where the data hold no money at all
    speaks_of: Literal["steps", "answers"] = "steps"

    @property
    def about(self) -> str:
        """The help page."""
        return cleandoc(self.observe.__doc__ or "")

    @property
    def tally(self) -> str:
        """Name of the partial; measures that observe the same and add up the same way share it."""
        return f"{self.shares or self.name}:{self.family.state}"


def measure(
    name: str, *, title: str, unit: str, family: Family, places: tuple[Place, ...], **more: object
) -> Callable[[Observe], Measure]:
    """The decorated `observe` as a Measure."""

    def define(observe: Observe) -> Measure:
        return Measure(name, title, unit, family, places, observe, **more)  # type: ignore[arg-type]

    return define


def observed(rows: pl.DataFrame, *, x: pl.Expr | int, m: pl.Expr | int = 1) -> pl.DataFrame:
    """The rows as OBSERVATIONS. Rows with m = 0 may be among them; they say nothing."""
    unit = pl.col("unit") if "unit" in rows.columns else pl.lit(None, pl.String).alias("unit")
    numbers = [
        (pl.lit(one) if isinstance(one, int) else one).cast(pl.Int64).alias(name) for name, one in (("x", x), ("m", m))
    ]
    return rows.with_columns(unit, *numbers).select(OBSERVATIONS)
