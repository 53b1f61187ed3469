"""Rated comments: the texts of a workspace that came with a score, which say how their writers felt."""

from __future__ import annotations

import polars as pl

from desireline.feedback.voices import of_customers
from desireline.journeys.together import told_together
from desireline.lake.snapshot import Snapshot
from desireline.measures.voice import level_of_score

RATED: dict[str, pl.DataType] = {"text": pl.String(), "level": pl.Float64()}


def rated_comments(snapshot: Snapshot) -> pl.DataFrame:
    """Each text with the mean level (−2 to +2) of the scores that were given in the same row: RATED."""
    parts = [_told(snapshot.feedback(bucket)) for bucket in range(snapshot.buckets)]
    return _rated(pl.concat(parts)) if parts else pl.DataFrame(schema=RATED)


def _told(feedback: pl.DataFrame) -> pl.DataFrame:
    """What ratings are made of. Anonymous answers of one row may lie in several buckets, so all come together first."""
    return told_together(feedback.filter(of_customers())).select("response", "text", "score", "low", "high")


def _rated(feedback: pl.DataFrame) -> pl.DataFrame:
    known = (pl.col("low") != pl.col("high")) & pl.col("score").is_not_null()
    rows = feedback.group_by("response").agg(
        pl.col("text").drop_nulls().alias("text"), pl.when(known).then(level_of_score()).mean().alias("level")
    )
    said = rows.filter(pl.col("level").is_not_null()).explode("text", empty_as_null=True, keep_nulls=True)
    return said.filter(pl.col("text").is_not_null()).select(list(RATED))
