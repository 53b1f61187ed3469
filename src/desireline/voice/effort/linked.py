"""Answers about effort, each beside the components of the journey that it is about."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from desireline.hashes import hash_text
from desireline.measures.codes import Flags, Whole
from desireline.voice.effort.components import NAMES
from desireline.voice.effort.contributions import Contributions

MOST = 5_000
"""So many answers are kept; of more, those with the smallest hashes, which is a fair draw and the same every time."""
PARTS = 10_000
WHOLE = ""
"""The place of answers about the whole journey."""
HERE = "here."
"""Before the name of a component: as much of it as arose at the place that the answer speaks about."""

SCHEMA = {
    "key": pl.UInt64(),  # of the answer
    "customer": pl.UInt64(),
    "place": pl.String(),  # touchpoint or stage that it speaks about; WHOLE
    "felt": pl.Int64(),  # ten-thousandths of the way from the best end of the scale to the worst
    **dict.fromkeys(NAMES, pl.Int64()),
    **{HERE + name: pl.Int64() for name in NAMES},
}


def link(found: Contributions) -> tuple[pl.DataFrame, dict[str, int], int]:
    """Answers of rule `ces` that belong to a journey, as in SCHEMA; how many by place; and of how many journeys.

    An answer counts once: for the whole journey where the map claims it, else for the touchpoint, else for the stage.
    The whole journey stands beside it, what came after the answer too: most are asked at the end; and the part of it
    that arose at the place. Survey weights play no part: weights are about journeys, not about people.
    """
    answers, journeys = found.trail.view.trips.answers, found.trail.view.journeys
    if answers.is_empty():
        return pl.DataFrame(schema=SCHEMA), {}, 0
    scaled = pl.col("low").is_not_null() & pl.col("high").is_not_null() & (pl.col("low") != pl.col("high"))
    asked = _widest(found, answers.filter((pl.col("rule") == "ces") & pl.col("score").is_finite() & scaled))
    ids = journeys.select("journey_id").with_row_index("journey")
    there = asked.join(ids, on="journey_id")
    if there.is_empty():
        return pl.DataFrame(schema=SCHEMA), {}, 0
    felt = (pl.col("high") - pl.col("score")) / (pl.col("high") - pl.col("low"))
    row = there["journey"].to_numpy()
    table = there.select(
        pl.Series("key", hash_text(there["feedback_id"])),
        pl.Series("customer", hash_text(there["customer_id"])),
        "place",
        (felt.clip(0, 1) * PARTS).round().cast(pl.Int64).alias("felt"),
        *(pl.Series(name, column[row], dtype=pl.Int64) for name, column in found.by_journey.items()),
        *(pl.Series(HERE + name, column, dtype=pl.Int64) for name, column in _here(found, there["place"], row).items()),
    )
    about = dict(table["place"].value_counts().sort("place").iter_rows())
    return few(table), about, len(np.unique(row))


def few(table: pl.DataFrame) -> pl.DataFrame:
    """At most `MOST` of the rows, in the order of their keys."""
    return table.sort("key", "customer", *NAMES).head(MOST)


def together(parts: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """The rows of all parts, as few as one part may have."""
    return few(pl.concat([pl.DataFrame(schema=SCHEMA), *parts]))


def _widest(found: Contributions, answers: pl.DataFrame) -> pl.DataFrame:
    """Each answer once, at the place for which it counts."""
    view = found.trail.view
    whole, point = pl.col("place") == view.map_id, pl.col("place").is_in(view.points)
    rank = pl.when(whole).then(0).when(point).then(1).otherwise(2).alias("rank")
    placed = answers.with_columns(rank, pl.when(whole).then(pl.lit(WHOLE)).otherwise("place").alias("place"))
    return placed.sort("feedback_id", "rank", "place").unique("feedback_id", keep="first", maintain_order=True)


def _here(found: Contributions, place: pl.Series, row: Whole) -> dict[str, Whole]:
    """By component: what each answer's journey, `row`, gathered at the answer's place."""
    told = {name: np.zeros(len(row), dtype=np.int64) for name in NAMES}
    journeys = found.trail.view.journeys.height
    for one in place.unique().sort():
        at, steps = (place == one).to_numpy(), _steps_at(found, one)
        for name, column in found.columns.items():
            of = np.bincount(found.trail.journey[steps], column[steps], minlength=journeys)
            told[name][at] = of[row[at]].astype(np.int64)
    return told


def _steps_at(found: Contributions, place: str) -> Flags:
    """By step: is it at this touchpoint, in this stage, or in the whole journey?"""
    trail, view = found.trail, found.trail.view
    if place == WHOLE:
        return np.ones(len(trail), dtype=np.bool_)
    if place in view.points:
        return np.asarray(trail.point == view.points.index(place))
    if place in view.stages:
        return np.asarray(view.step_stage == 1 + view.stages.index(place))
    return np.zeros(len(trail), dtype=np.bool_)
