"""Measures of voice: what customers answered, each answer at the place that it speaks about and nowhere else.

Each score comes plain and, as `<name>_weighted`, with survey weights; the weighted one is silent where all
weights are 1.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import wraps

import polars as pl

from desireline.measures.count import Count
from desireline.measures.family import Family
from desireline.measures.mean import Mean
from desireline.measures.measure import Measure, Observe, measure, observed
from desireline.measures.nps import Nps
from desireline.measures.share import Share
from desireline.measures.view import View
from desireline.measures.visits import ON_THE_MAP
from desireline.measures.weights import whole_weight

Score = Callable[..., pl.DataFrame]

ONE = pl.lit(1)
PARTS = 10_000
PROMOTER, DETRACTOR = 9, 6
LOWEST_FEELING, FEELING_RANGE = -2.0, 4.0

_SCALED = pl.col("low").is_not_null() & pl.col("high").is_not_null() & (pl.col("low") != pl.col("high"))
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
def answers(view: View) -> pl.DataFrame:
    """How many answers, reviews and comments speak about this place, with or without a score.

    An answer counts at each level whose feedback rule claims it: one touchpoint, one stage, the map. One that no
    rule claims counts at the journey's last touchpoint before it. An anonymous answer counts as a customer of
    its own.
    """
    return observed(_at_place(view.answers), x=1)


def nps(view: View, weight: pl.Expr = ONE) -> pl.DataFrame:
    """Net promoter score: share of promoters (9–10) minus that of detractors (0–6), −100 to 100 points.

    Denominator: scored answers to questions whose rule is `nps`; unscored ones are left out. A scale whose
    best end is the smaller number is turned first. Several answers of one customer all count; the interval
    knows that they are his.
    """
    asked = _scored(view, "nps")
    net = (_ORIENTED >= PROMOTER).cast(pl.Int64) - (_ORIENTED <= DETRACTOR).cast(pl.Int64)
    return observed(asked, x=net * weight, m=weight)


def csat(view: View, weight: pl.Expr = ONE) -> pl.DataFrame:
    """Customer satisfaction: the share of answers in the top two boxes of the scale, such as 4 and 5 of 1–5.

    On scales of three boxes or fewer, only the top box counts. Denominator: scored answers to questions whose
    rule is `csat`; codes for "not applicable" have no score and are left out.
    """
    boxes = pl.when(_TOP - _BOTTOM > 2).then(1.0).otherwise(0.0)
    return observed(_scored(view, "csat"), x=(_TOP - boxes <= _ORIENTED).cast(pl.Int64) * weight, m=weight)


def ces(view: View, weight: pl.Expr = ONE) -> pl.DataFrame:
    """Customer effort score: the mean answer, turned so that more is easier, on the question's own scale.

    Denominator: scored answers to questions whose rule is `ces`. Where a place has answers on several scales,
    the scale with most customers is read and the note tells it.
    """
    asked = _scored(view, "ces")
    return observed(asked.with_columns(scale_of(_BOTTOM, _TOP)), x=_parts(_ORIENTED) * weight, m=weight)


def score(view: View, weight: pl.Expr = ONE) -> pl.DataFrame:
    """The mean of the scores as they were given; the unit tells the scale (worst–best).

    Denominator: scored answers, whatever their question's rule. Where a place has answers on several scales,
    the scale with most customers is read and the note tells it.
    """
    asked = view.answers.filter(pl.col("score").is_not_null())
    named = scale_of(pl.col("low"), pl.col("high"))
    return observed(_at_place(asked.with_columns(named)), x=_parts(pl.col("score")) * weight, m=weight)


def feeling(view: View, weight: pl.Expr = ONE) -> pl.DataFrame:
    """The mean feeling: each score moved from its own scale to −2 (worst end) … +2 (best end).

    Denominator: scored answers with a known scale; answers on different scales may be put together.
    """
    asked = view.answers.filter(pl.col("score").is_not_null() & _SCALED)
    share = (pl.col("score") - pl.col("low")) / (pl.col("high") - pl.col("low"))
    return observed(_at_place(asked), x=_parts(LOWEST_FEELING + FEELING_RANGE * share) * weight, m=weight)


def _at_place(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.with_columns(pl.col("place").alias("at"))


def _scored(view: View, rule: str) -> pl.DataFrame:
    return _at_place(view.answers.filter((pl.col("rule") == rule) & pl.col("score").is_not_null() & _SCALED))


def _parts(number: pl.Expr) -> pl.Expr:
    return (number * PARTS).round().cast(pl.Int64)


def scale_of(worst: pl.Expr, best: pl.Expr) -> pl.Expr:
    """The unit of a score: "score:1–5", worst end first; null where an end is not known."""
    ends = [end.cast(pl.String).str.strip_suffix(".0") for end in (worst, best)]
    return pl.when(worst.is_not_null() & best.is_not_null()).then(pl.format("score:{}–{}", *ends)).alias("unit")


def _weighted(plain: Score) -> Observe:
    @wraps(plain)
    def observe(view: View) -> pl.DataFrame:
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
