"""The kinds of score: which number each answer counts with, decided by its question's rule and never by its scale.

A question on 0–10 whose rule is not `nps` is no NPS, whatever it looks like: it is a mean.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import polars as pl

from desireline.measures.family import Family
from desireline.measures.mean import Mean
from desireline.measures.nps import Nps
from desireline.measures.share import Share
from desireline.measures.voice import DETRACTOR, PARTS, PROMOTER, scale_of

FAMILIES: Final[Mapping[str, Family]] = {"nps": Nps(), "csat": Share(), "ces": Mean(PARTS), "mean": Mean(PARTS)}
MINIMUM: Final = {"nps": 5, "csat": 5, "ces": 10, "mean": 10}
UNITS: Final = {"nps": "points", "csat": "share"}
RULES: Final = {
    "nps": "promoters (9–10) minus detractors (0–6), adjusted-Wald interval",
    "csat": "share of the top two boxes, Wilson interval",
    "ces": "mean, turned so that more is easier, t interval",
    "mean": "mean as it was given, t interval",
}

_TOP, _BOTTOM = pl.max_horizontal("low", "high"), pl.min_horizontal("low", "high")
_SCALED = (pl.col("low") != pl.col("high")).fill_null(False)


def scored(answers: pl.DataFrame) -> pl.DataFrame:
    """The answers with a score, and of each: `kind`, `unit`, `x` (a whole number) and its `size`.

    nps: x is 1 for promoters, −1 for detractors. csat: 1 in the top two boxes (the top one of three or fewer).
    ces, mean: the score in ten-thousandths. A rule other than `mean` needs a scale; without one it is a mean.
    """
    told = answers.filter(pl.col("score").is_finite())
    kind = pl.when(_SCALED & pl.col("rule").is_in(["nps", "csat", "ces"])).then("rule").otherwise(pl.lit("mean"))
    turned = pl.when(pl.col("low") > pl.col("high")).then(_TOP + _BOTTOM - pl.col("score")).otherwise("score")
    told = told.with_columns(kind.alias("kind"), turned.alias("_turned"))
    boxes = pl.when(_TOP - _BOTTOM > 2).then(1.0).otherwise(0.0)
    net = (pl.col("_turned") >= PROMOTER).cast(pl.Int64) - (pl.col("_turned") <= DETRACTOR).cast(pl.Int64)
    x = (
        pl.when(pl.col("kind") == "nps")
        .then(net)
        .when(pl.col("kind") == "csat")
        .then((_TOP - boxes <= pl.col("_turned")).cast(pl.Int64))
        .when(pl.col("kind") == "ces")
        .then(_parts("_turned"))
        .otherwise(_parts("score"))
    )
    named = (
        pl.when(pl.col("kind") == "ces")
        .then(scale_of(_BOTTOM, _TOP))
        .otherwise(scale_of(pl.col("low"), pl.col("high")))
    )
    unit = pl.col("kind").replace_strict(UNITS, default=None, return_dtype=pl.String)
    return told.with_columns(
        x.cast(pl.Int64).alias("x"),
        pl.coalesce(unit, named, pl.lit("score")).alias("unit"),
        pl.coalesce(scale_of(pl.col("low"), pl.col("high")), pl.lit("score")).str.strip_prefix("score:").alias("scale"),
    ).drop("_turned")


def _parts(column: str) -> pl.Expr:
    """Whole ten-thousandths; scores beyond any scale count as the farthest that can be summed."""
    return (pl.col(column).clip(-1e9, 1e9) * PARTS).round().cast(pl.Int64)
