"""Measures of voice: what customers answered, each answer at the place that it speaks about and nowhere else.

Each score comes plain and, as `<name>_weighted`, with survey weights; the weighted one is silent where all
weights are 1.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import wraps

import numpy as np
import polars as pl

from desireline.measures.codes import code
from desireline.measures.count import Count
from desireline.measures.family import Family
from desireline.measures.mean import Mean
from desireline.measures.measure import Measure, Observe, measure
from desireline.measures.nps import Nps
from desireline.measures.rows import Observations
from desireline.measures.share import Share
from desireline.measures.view import View
from desireline.measures.visits import ON_THE_MAP
from desireline.measures.weights import whole_weight

Score = Callable[..., Observations]

ONE = pl.lit(1)
PARTS = 10_000
PROMOTER, DETRACTOR = 9, 6
LOWEST_FEELING, FEELING_RANGE = -2.0, 4.0

SCALED = pl.col("low").is_not_null() & pl.col("high").is_not_null() & (pl.col("low") != pl.col("high"))
_TOP, _BOTTOM = pl.max_horizontal("low", "high"), pl.min_horizontal("low", "high")
_ORIENTED = pl.when(pl.col("low") > pl.col("high")).then(_TOP + _BOTTOM - pl.col("score")).otherwise("score")
"""The score turned so that more is better, on the same range."""


@measure(
    "answers",
    title="Answers",
    unit="count",
    family=Count(),
    places=ON_THE_MAP,
    per_team="rows",
    speaks_of="answers",
)
def answers(view: View) -> Observations:
    """How many answers, reviews and comments speak about this place, with or without a score.

    An answer counts at each level whose feedback rule claims it: one touchpoint, one stage, the map. One that no
    rule claims counts at the journey's last touchpoint before it. What an anonymous voice answered in one row
    counts as one customer's.
    """
    return Observations(view.answered, x=np.ones(len(view.answered), dtype=np.bool_))


def nps(view: View, weight: pl.Expr = ONE) -> Observations:
    """Net promoter score: share of promoters (9–10) minus that of detractors (0–6), −100 to 100 points.

    Denominator: scored answers to questions whose rule is `nps`; unscored ones are left out. A scale whose
    best end is the smaller number is turned first. Several answers of one customer all count; the interval
    knows that they are his.
    """
    net = (_ORIENTED >= PROMOTER).cast(pl.Int64) - (_ORIENTED <= DETRACTOR).cast(pl.Int64)
    return told(view, net * weight, weight, where=_scored("nps"))


def csat(view: View, weight: pl.Expr = ONE) -> Observations:
    """Customer satisfaction: the share of answers in the top two boxes of the scale, such as 4 and 5 of 1–5.

    On scales of three boxes or fewer, only the top box counts. Denominator: scored answers to questions whose
    rule is `csat`; codes for "not applicable" have no score and are left out.
    """
    boxes = pl.when(_TOP - _BOTTOM > 2).then(1.0).otherwise(0.0)
    return told(view, (_TOP - boxes <= _ORIENTED).cast(pl.Int64) * weight, weight, where=_scored("csat"))


def ces(view: View, weight: pl.Expr = ONE) -> Observations:
    """Customer effort score: the mean answer, turned so that more is easier, on the question's own scale.

    Denominator: scored answers to questions whose rule is `ces`. Where a place has answers on several scales,
    the scale with most customers is read and the note tells it.
    """
    scale = scale_of(_BOTTOM, _TOP)
    return told(view, _parts(_ORIENTED) * weight, weight, where=_scored("ces"), unit=scale)


def score(view: View, weight: pl.Expr = ONE) -> Observations:
    """The mean of the scores as they were given; the unit tells the scale (worst–best).

    Denominator: scored answers, whatever their question's rule. Where a place has answers on several scales,
    the scale with most customers is read and the note tells it.
    """
    scale = scale_of(pl.col("low"), pl.col("high"))
    return told(view, _parts(pl.col("score")) * weight, weight, where=pl.col("score").is_not_null(), unit=scale)


def feeling(view: View, weight: pl.Expr = ONE) -> Observations:
    """The mean feeling: each score moved from its own scale to −2 (worst end) … +2 (best end).

    Denominator: scored answers with a known scale; answers on different scales may be put together.
    """
    return told(view, _parts(level_of_score()) * weight, weight, where=pl.col("score").is_not_null() & SCALED)


def level_of_score() -> pl.Expr:
    """The feeling of a score, −2 at the worst end of its scale and +2 at the best. No number where it has no scale."""
    share = (pl.col("score") - pl.col("low")) / (pl.col("high") - pl.col("low"))
    return LOWEST_FEELING + FEELING_RANGE * share


def told(view: View, x: pl.Expr, m: pl.Expr, *, where: pl.Expr, unit: pl.Expr | None = None) -> Observations:
    """One row per answer; those that `where` does not let in say nothing."""
    if view.trips.answers.is_empty():
        nothing = np.zeros(0, dtype=np.int64)
        return Observations(view.answered, x=nothing, m=nothing)
    found = view.answers.select(
        pl.when(where).then(x).otherwise(0).fill_null(0).cast(pl.Int64).alias("x"),
        pl.when(where).then(m).otherwise(0).fill_null(0).cast(pl.Int64).alias("m"),
        (pl.lit(None, pl.String) if unit is None else pl.when(where).then(unit)).alias("unit"),
    )
    units = None if unit is None else code(found["unit"])
    return Observations(view.answered, x=found["x"].to_numpy(), m=found["m"].to_numpy(), unit=units)


def _scored(rule: str) -> pl.Expr:
    return (pl.col("rule") == rule) & pl.col("score").is_not_null() & SCALED


def _parts(number: pl.Expr) -> pl.Expr:
    """Whole ten-thousandths; 0 for what is no number."""
    whole = (number * PARTS).round()
    return pl.when(whole.is_finite()).then(whole).otherwise(0.0).cast(pl.Int64)


def scale_of(worst: pl.Expr, best: pl.Expr) -> pl.Expr:
    """The unit of a score: "score:1–5", worst end first; null where an end is not known."""
    ends = [end.cast(pl.String).str.strip_suffix(".0") for end in (worst, best)]
    return pl.when(worst.is_not_null() & best.is_not_null()).then(pl.format("score:{}–{}", *ends)).alias("unit")


def _weighted(plain: Score) -> Observe:
    @wraps(plain)
    def observe(view: View) -> Observations:
        return plain(view, whole_weight())

    observe.__name__ = f"{plain.__name__}_weighted"
    return observe


def _pair(observe: Score, title: str, *, unit: str, family: Family, minimum: int) -> tuple[Measure, Measure]:
    name = observe.__name__
    plain = Measure(
        name, title, unit, family, ON_THE_MAP, observe, minimum=minimum, per_team="rows", speaks_of="answers"
    )
    title = f"{title}, weighted"
    return plain, replace(plain, name=f"{name}_weighted", title=title, observe=_weighted(observe), weighted=True)


SCORES = (
    *_pair(nps, "Net promoter score", unit="points", family=Nps(), minimum=5),
    *_pair(csat, "Satisfaction", unit="share", family=Share(), minimum=5),
    *_pair(ces, "Effort", unit="score", family=Mean(PARTS), minimum=10),
    *_pair(score, "Score", unit="score", family=Mean(PARTS), minimum=10),
    *_pair(feeling, "Feeling", unit="level", family=Mean(PARTS), minimum=10),
)
