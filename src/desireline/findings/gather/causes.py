"""What had gone wrong in a journey before its customer answered: late, failed, done again, left out.

A cause comes before its effect. What failed or was done again counts when it was there before the answer; what came
late counts when the wait for it had begun, with what the customer did last before it; what was left out counts when
the journey had come further along the map. Only answers of journeys that could have had it are compared: that came to
the place or had passed it and, for the late, whose promise can be judged.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import polars as pl

from desireline.findings.gather.patterns import far_along
from desireline.findings.gather.tallies import sum_answers
from desireline.measures.codes import Whole
from desireline.measures.view import View

CAUSES = ["place", "scale", "kind", "at", "here"]
LATE, FAILED, AGAIN, MISSING = "late", "failed", "repeated", "missing"


def happened(view: View, answers: pl.DataFrame) -> pl.DataFrame:
    """CAUSES and sums of levels; `here`: it happened. `answers`: place, scale, customer, journey, at, x."""
    mine = answers.filter(pl.col("journey") >= 0).select("place", "scale", "customer", "journey", "at", "x")
    steps = _steps(view, mine)
    parts = [_rows(mine, said) for said in (_late(steps), _failed(view, steps), _again(view, steps))]
    return sum_answers(pl.concat([*parts, *_missing(view, mine, steps)]), CAUSES)


def _steps(view: View, answers: pl.DataFrame) -> pl.DataFrame:
    """The steps of journeys that were spoken about: journey, point, step_at, begun, failed, kept."""
    some = np.zeros(view.journeys.height, dtype=np.bool_)
    some[answers["journey"].to_numpy()] = True
    which = np.flatnonzero(some[view.steps.journey]) if len(view.steps.journey) else np.zeros(0, dtype=np.int64)
    begun = _begun(view)
    frame = view.steps.frame
    return pl.DataFrame(
        {
            "journey": view.steps.journey[which],
            "point": pl.Series(frame["touchpoint"].cast(pl.String).gather(which)),
            "step_at": view.steps.at[which],
            "begun": begun[which],
            "failed": frame["failed"].gather(which).fill_null(False),
            "kept": frame["kept"].gather(which),
        }
    )


def _begun(view: View) -> Whole:
    """By step: when the journey's customer had last acted before it, or when the journey began."""
    own = {point.id for point in view.outline.touchpoints if point.acts == "customer" and point.front}
    acts = np.array([*(name in own for name in view.places), False])[view.step_point]
    upto = np.where(acts | view.steps.first, np.arange(len(acts)), 0)
    last = np.maximum.accumulate(upto) if len(upto) else upto
    before: Whole = view.steps.at[np.where(view.steps.first, last, view.steps.before(last))] if len(upto) else upto
    return before


def _late(steps: pl.DataFrame) -> pl.DataFrame:
    """The last judgement of each journey at each touchpoint: journey, at, kind, since, flag."""
    known = steps.filter(pl.col("kept").is_not_null()).group_by("journey", "point", maintain_order=True).last()
    return known.select(
        "journey",
        pl.col("point").alias("where"),
        pl.lit(LATE).alias("kind"),
        pl.col("begun").alias("since"),
        (~pl.col("kept")).alias("flag"),
    )


def _failed(view: View, steps: pl.DataFrame) -> pl.DataFrame:
    may = {point.id for point in view.outline.bound if point.failed_when is not None}
    may |= set(steps.filter("failed")["point"].unique())
    there = steps.filter(pl.col("point").is_in(sorted(may)))
    return _first(there, "failed").with_columns(pl.lit(FAILED).alias("kind"))


def _again(view: View, steps: pl.DataFrame) -> pl.DataFrame:
    once = [point.id for point in view.outline.bound if not point.repeatable]
    there = steps.filter(pl.col("point").is_in(once)).with_columns(
        (pl.int_range(pl.len()).over("journey", "point") > 0).alias("again")
    )
    return _first(there, "again").with_columns(pl.lit(AGAIN).alias("kind"))


def _first(steps: pl.DataFrame, flag: str) -> pl.DataFrame:
    """By journey and touchpoint: since when the flag holds; since the first visit where it never does."""
    since = pl.when(pl.col(flag).any()).then(pl.col("step_at").filter(flag).min()).otherwise(pl.col("step_at").min())
    return steps.group_by("journey", pl.col("point").alias("where")).agg(
        since.alias("since"), pl.col(flag).any().alias("flag")
    )


def _rows(answers: pl.DataFrame, said: pl.DataFrame) -> pl.DataFrame:
    """Answers beside what was said of their journeys; what came later than the answer did not happen for it."""
    both = answers.join(said.with_columns(pl.col("journey").cast(answers.schema["journey"])), on="journey")
    before = pl.col("at").is_null() | (pl.col("since") <= pl.col("at"))
    return both.filter(before | ~pl.col("flag")).select(
        "place", "scale", "kind", pl.col("where").alias("at"), pl.col("flag").alias("here"), "customer", "x"
    )


def _missing(view: View, answers: pl.DataFrame, steps: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Touchpoints that journeys left out, of all journeys that had come further along the map before the answer."""
    left = view.trips.deviations.filter(pl.col("kind").cast(pl.String) == MISSING)
    ids = [point.id for point in view.outline.touchpoints]
    how_far = dict(zip(ids, far_along(view).tolist(), strict=True))
    known = steps.with_columns(pl.col("point").replace_strict(how_far, default=0).alias("far"))
    for point in sorted(left["place"].cast(pl.String).unique()):
        passed = known.filter(pl.col("far") > how_far.get(point, 0)).group_by("journey").agg(pl.col("step_at").min())
        trips = left.filter(pl.col("place").cast(pl.String) == point)["trip"]
        said = passed.select(
            "journey",
            pl.lit(point).alias("where"),
            pl.lit(MISSING).alias("kind"),
            pl.col("step_at").alias("since"),
            pl.col("journey").is_in(trips.cast(passed.schema["journey"]).implode()).alias("flag"),
        )
        yield _rows(answers.filter(_after(answers, passed)), said)


def _after(answers: pl.DataFrame, passed: pl.DataFrame) -> pl.Series:
    """Of each answer: was it given when its journey had passed, or nobody knows when?"""
    when = answers.select("at", pl.col("journey").cast(passed.schema["journey"])).join(
        passed, on="journey", how="left", maintain_order="left"
    )
    return when.select((pl.col("at").is_null() | (pl.col("step_at") <= pl.col("at"))).fill_null(False))["at"]
