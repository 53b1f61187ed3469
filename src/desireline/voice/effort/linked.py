"""Answers about effort, each beside the components of the journey that it is about."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from desireline.hashes import hash_text
from desireline.voice.effort.components import NAMES
from desireline.voice.effort.contributions import Contributions

MOST = 5_000
"""So many answers are kept; of more, those with the smallest hashes, which is a fair draw and the same every time."""
PARTS = 10_000

SCHEMA = {
    "key": pl.UInt64(),  # of the answer
    "customer": pl.UInt64(),
    "felt": pl.Int64(),  # ten-thousandths of the way from the best end of the scale to the worst
    **dict.fromkeys(NAMES, pl.Int64()),
}


def link(found: Contributions) -> tuple[pl.DataFrame, int, int]:
    """Answers to questions of rule `ces` that belong to a journey, as in SCHEMA; how many, and of how many journeys.

    An answer counts once however many places it speaks about. The whole journey stands beside it, what came after the
    answer too: most are asked at the end. Survey weights play no part: weights are about journeys, not about people.
    """
    answers, journeys = found.trail.view.trips.answers, found.trail.view.journeys
    if answers.is_empty():
        return pl.DataFrame(schema=SCHEMA), 0, 0
    scaled = pl.col("low").is_not_null() & pl.col("high").is_not_null() & (pl.col("low") != pl.col("high"))
    asked = answers.filter((pl.col("rule") == "ces") & pl.col("score").is_finite() & scaled)
    ids = journeys.select("journey_id").with_row_index("journey")
    there = asked.unique("feedback_id", keep="first", maintain_order=True).join(ids, on="journey_id")
    if there.is_empty():
        return pl.DataFrame(schema=SCHEMA), 0, 0
    felt = (pl.col("high") - pl.col("score")) / (pl.col("high") - pl.col("low"))
    row = there["journey"].to_numpy()
    table = there.select(
        pl.Series("key", hash_text(there["feedback_id"])),
        pl.Series("customer", hash_text(there["customer_id"])),
        (felt.clip(0, 1) * PARTS).round().cast(pl.Int64).alias("felt"),
        *(pl.Series(name, column[row], dtype=pl.Int64) for name, column in found.by_journey.items()),
    )
    return few(table), table.height, len(np.unique(row))


def few(table: pl.DataFrame) -> pl.DataFrame:
    """At most `MOST` of the rows, in the order of their keys."""
    return table.sort("key", "customer", *NAMES).head(MOST)


def together(parts: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """The rows of all parts, as few as one part may have."""
    return few(pl.concat([pl.DataFrame(schema=SCHEMA), *parts]))
