"""What is remembered of a journey: its worst and best moment, its end, or all of it alike.

People remember an experience by its most intense moment and its end, and hardly by how long it took (Fredrickson &
Kahneman 1993, JPSP 65, 45–55). For long journeys with breaks the evidence is mixed, so the weights are fitted where
there is data: overall = a·worst + b·best + c·end + d·mean + e, none of a to d below 0. Else the rule of thumb stands,
and is called so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy.optimize import nnls

from desireline.hashes import hash_text
from desireline.measures.view import View
from desireline.measures.voice import level_of_score

Floats = npt.NDArray[np.float64]

ENOUGH = 100
"""Journeys with an overall score and three rated touchpoints that it takes to fit."""

MOMENTS = 3
LEAST = 0.05
"""The share of the variance of overall scores below which the fit says nothing."""

PARTS = ("worst", "best", "end", "mean")
REPLICATES = 200
CLAIMED = ("rule", "topic")
"""How an answer is bound to a place whose feedback rule claims it."""

RATED: dict[str, pl.DataType] = {
    "feedback_id": pl.String(),
    "response": pl.String(),
    "journey_id": pl.String(),
    "customer_id": pl.String(),
    "at": pl.Datetime("us", "UTC"),
    "rank": pl.Int64(),  # of the touchpoint on the map; null for an answer about the whole
    "level": pl.Float64(),  # −2 … +2
}
ROWS: dict[str, pl.DataType] = {
    "customer_id": pl.String(),
    "overall": pl.Float64(),
    **{part: pl.Float64() for part in PARTS},
}


@dataclass(frozen=True)
class Weight:
    """How much a part of the journey counts in what is remembered, with its 95 % interval."""

    part: str
    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Remembered:
    """The fit; without weights there was too little data, and the rule of thumb stands."""

    n: int  # journeys, or responses, with an overall score and three rated touchpoints
    customers: int
    weights: tuple[Weight, ...] = ()
    explained: float | None = None  # share of the variance of overall scores, 0–1
    explained_by_thumb: float | None = None  # the same for the mean of the most intense moment and the end

    @property
    def says(self) -> str:
        """The result in a sentence."""
        if not self.weights:
            return (
                f"Rule of thumb: a journey is remembered by its most intense moment and its end. To fit it to your "
                f"customers takes {ENOUGH} journeys with an overall score and {MOMENTS} rated touchpoints; "
                f"there are {self.n}."
            )
        if (self.explained or 0) < LEAST:
            return (
                f"What {self.n:,} journeys were rated at touchpoints explains {self.explained:.0%} of their overall "
                "scores, so no moment can be said to be remembered more than another."
            )
        parts = ", ".join(f"{one.part} {one.value:.2f} ({one.low:.2f}–{one.high:.2f})" for one in self.weights)
        return (
            f"Fitted to {self.n:,} journeys: {parts}. That explains {self.explained:.0%} of the overall scores, "
            f"the rule of thumb {self.explained_by_thumb:.0%}."
        )


@dataclass(frozen=True)
class PeakEnd:
    """An analysis of walked buckets (see `pipeline.listening`): moments of journeys beside their overall score.

    Moments are the scores given at touchpoints, in the order of the map where they were given in one response, else
    in the order of time within the journey. Overall is the mean score of what the map's own feedback rule claims and
    no rule of a stage or touchpoint claims too: an answer is a moment or speaks about the whole, never both.
    """

    def partial(self, view: View) -> pl.DataFrame:
        """RATED: a small row per scored answer. Responses are put together in `finish`.

        Answers of one anonymous response lie in several buckets, since nobody's answers are placed one by one.
        """
        order = {point.id: number for number, point in enumerate(view.outline.touchpoints)}
        rank = pl.col("place").replace_strict(order, default=None, return_dtype=pl.Int64)
        own = pl.col("bound").is_in(CLAIMED).fill_null(False) & (pl.col("place") == view.map_id)
        alone = (pl.col("place") == view.map_id).all().over("feedback_id")
        scored = view.trips.answers.filter(pl.col("low") != pl.col("high")).with_columns(
            pl.col("place").cast(pl.String)
        )
        rated = scored.with_columns(level_of_score().alias("level"), rank.alias("rank"))
        kept = rated.filter(pl.col("level").is_not_null(), pl.col("rank").is_not_null() | (own & alone))
        return kept.select(pl.col(name).cast(kind) for name, kind in RATED.items())

    def combine(self, parts: Sequence[pl.DataFrame]) -> pl.DataFrame:
        """All rows."""
        return pl.concat([pl.DataFrame(schema=RATED), *parts])

    def finish(self, part: pl.DataFrame) -> Remembered:
        """The weights, where there are enough responses or journeys."""
        return remember(put_together(part))


def put_together(rated: pl.DataFrame) -> pl.DataFrame:
    """ROWS from RATED: one per response, or journey, with an overall score and three moments, in no order."""
    together = _moments(rated, by="response")
    rest = rated.join(together.select("key"), left_on="response", right_on="key", how="anti")
    alone = _moments(rest.filter(pl.col("journey_id").is_not_null()), by="journey_id")
    return pl.concat([together, alone]).select(list(ROWS))


def remember(moments: pl.DataFrame) -> Remembered:
    """What is remembered, from ROWS in any order; without weights where there are fewer than `ENOUGH`."""
    rows = moments.sort(list(ROWS))
    customers = rows["customer_id"].n_unique()
    if rows.height < ENOUGH or rows["overall"].n_unique() < 2:
        return Remembered(rows.height, customers)
    x, y = rows.select(PARTS).to_numpy(), rows["overall"].to_numpy()
    found = _fit(x, y)
    spread = np.quantile(_replicates(x, y, rows["customer_id"]), [0.025, 0.975], axis=0)
    weights = [Weight(*one) for one in zip(PARTS, found.tolist(), spread[0].tolist(), spread[1].tolist(), strict=True)]
    return Remembered(rows.height, customers, tuple(weights), _explained(x @ found, y), _explained(rule_of_thumb(x), y))


def rule_of_thumb(moments: Floats) -> Floats:
    """The mean of the most intense moment and the end; `moments` has the columns of PARTS, shape (n, 4).

    Of two moments equally far from 0, the worse one counts.
    """
    worst, best, end = moments[:, 0], moments[:, 1], moments[:, 2]
    peak: Floats = np.where(np.abs(worst) >= np.abs(best), worst, best)
    return (peak + end) / 2


def _moments(rated: pl.DataFrame, *, by: str) -> pl.DataFrame:
    """`key` and ROWS for each value of `by` with an overall score and enough moments."""
    # Sorted, so that sums do not depend on the order of rows.
    in_order = rated.sort("at", "rank", "feedback_id")
    about_all = pl.col("rank").is_null()
    overall = in_order.filter(about_all).group_by(pl.col(by).alias("key"), maintain_order=True)
    moments = (
        in_order.filter(~about_all)
        .group_by(pl.col(by).alias("key"), maintain_order=True)
        .agg(
            pl.col("level").min().alias("worst"),
            pl.col("level").max().alias("best"),
            pl.col("level").last().alias("end"),
            pl.col("level").mean().alias("mean"),
            pl.len().alias("_n"),
        )
    )
    whole = overall.agg(pl.col("level").mean().alias("overall"), pl.col("customer_id").min())
    return whole.join(moments.filter(pl.col("_n") >= MOMENTS), on="key").select("key", *ROWS)


def _replicates(x: Floats, y: Floats, customers: pl.Series) -> Floats:
    """The weights again and again, each customer counted as often as chance has it; the same for the same customers."""
    different, which = np.unique(hash_text(customers), return_inverse=True)
    draws = np.random.default_rng(int(different.sum() & np.uint64(0xFFFFFFFF)))
    found = []
    for _ in range(REPLICATES):
        root = np.sqrt(draws.poisson(1.0, len(different))[which])
        found.append(_fit(x, y, root))
    return np.array(found)


def _fit(x: Floats, y: Floats, root: Floats | None = None) -> Floats:
    """The weights, none below 0, beside a level that may be either; rows count by the square of `root`."""
    level = np.ones((len(x), 1))
    both = np.concatenate([x, level, -level], axis=1)
    each = np.ones(len(x)) if root is None else root
    found: Floats = nnls(both * each[:, None], y * each)[0][: x.shape[1]]
    return found


def _explained(said: Floats, y: Floats) -> float:
    """The share of the variance of y that a straight line in `said` explains."""
    return float(np.corrcoef(said, y)[0, 1] ** 2) if said.std() > 0 and y.std() > 0 else 0.0
