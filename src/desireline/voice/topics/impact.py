"""What topics go with: scores and feelings of answers that speak of a topic beside those of all others."""

from __future__ import annotations

import numpy as np
import polars as pl
from scipy.special import ndtr

from desireline.measures.clusters import Floats
from desireline.measures.differences import Difference, difference_of_means
from desireline.measures.discoveries import q_values
from desireline.measures.intervals import Z
from desireline.voice.topics.sums import PARTS, with_and_without

FEWEST = 10
"""Customers that each side needs."""


def impacts(said: pl.DataFrame, topics: int) -> pl.DataFrame:
    """For each topic: score_effect, score_low, score_high, score_q, score_mean (0–1), and the same of feelings.

    An effect is the mean with the topic less the mean without it, customers being the unit; it says what goes
    together, not what causes what. Scores are parts of their scale (0–1) unless all of them have one scale: then
    they are points of it, and `score_unit` names it. Null where a side has fewer than ten customers. q: the share of
    false discoveries among topics at which the effect counts.
    """
    scale, unit = _scale(said)
    score = _effect("score", said.filter(pl.col("score").is_not_null()), "score", topics, scale=scale)
    feeling = _effect("feeling", said.filter(pl.col("sentiment").is_not_null()), "sentiment", topics)
    return pl.DataFrame([*score, pl.Series("score_unit", [unit] * topics, dtype=pl.String), *feeling])


def _scale(said: pl.DataFrame) -> tuple[float, str]:
    scored = said.filter(pl.col("score").is_not_null())
    scales = scored.select("low", "high").unique()
    if scales.height != 1 or None in scales.row(0):
        return 1.0, "share"
    low, high = scales.row(0)
    return abs(high - low), f"score:{low:g}–{high:g}"


def _effect(name: str, said: pl.DataFrame, column: str, topics: int, *, scale: float = 1.0) -> list[pl.Series]:
    whole = said.with_columns((pl.col(column) * PARTS).round().cast(pl.Int64).alias("x"))
    having, lacking = with_and_without(whole, topics)
    enough = (having.n >= FEWEST) & (lacking.n >= FEWEST)
    with np.errstate(invalid="ignore", divide="ignore"):
        found = difference_of_means(having, lacking)
        mean = having.ratio / PARTS
    told = [np.where(enough, part * scale / PARTS, np.nan) for part in found]
    columns = [
        pl.Series(f"{name}_{part}", one).fill_nan(None)
        for part, one in zip(("effect", "low", "high"), told, strict=True)
    ]
    q = pl.Series(f"{name}_q", q_values(np.where(enough, _p_value(found), np.nan))).fill_nan(None)
    mean_told = np.where(having.n >= FEWEST, mean, np.nan)
    return [*columns, q, pl.Series(f"{name}_mean", mean_told).fill_nan(None)]


def _p_value(found: Difference) -> Floats:
    """Two-sided, from the interval: its half length knows how many customers there are."""
    half = (found.high - found.low) / 2
    with np.errstate(invalid="ignore", divide="ignore"):
        p = 2 * ndtr(-np.abs(found.value) / half * Z)
    return np.where(half > 0, p, np.where(found.value == 0, 1.0, 0.0))
