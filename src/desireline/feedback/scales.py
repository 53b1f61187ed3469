"""Scores read from answers: numbers and words on the scale that the recipe declares for their question."""

from __future__ import annotations

from collections.abc import Mapping
from math import lgamma, log
from typing import Any, Final

import polars as pl

from desireline.errors import AmbiguousInput
from desireline.recipes.numbers import Mark, plain_numbers
from desireline.recipes.records import AnswerSpec
from desireline.recipes.scales import scale_of

_ENOUGH: Final = 20
_SMALL: Final = 5
_LARGE: Final = 10
_CHANCE: Final = 1e-6  # of calling a scale changed that never did


def read_scores(answers: pl.Series, spec: AnswerSpec, *, decimal: Mark = None) -> tuple[pl.Series, pl.Series]:
    """The score of each answer, and True where an answer should have one and has not.

    Codes of `not_answers` have no score and are not bad; `words` give their score without regard to case;
    numbers count when they lie on the scale. Where no scale, rule or words are declared, an answer may be
    any text.
    """
    scale = scale_of(spec)
    seen = pl.DataFrame({"said": answers.str.strip_chars(), "number": plain_numbers(answers, decimal=decimal)})
    folded = pl.col("said").str.to_lowercase()
    codes = [code.strip().lower() for code in spec.not_answers]
    words = {word.strip().lower(): score for word, score in spec.words.items()}
    worded = folded.replace_strict(list(words), list(words.values()), default=None, return_dtype=pl.Float64)
    number = pl.col("number").cast(pl.Float64, strict=False)
    score = pl.coalesce(worded, number) if words else number
    skipped = folded.is_null() | folded.is_in(codes)
    expected = scale.is_known or scale.rule is not None or bool(words)
    fits = scale.holds(score)
    return tuple(
        seen.select(
            score=pl.when(~skipped & fits).then(score),
            bad=~skipped & ~fits & pl.lit(expected),
        ).get_columns()
    )  # type: ignore[return-value]


def check_scale(questions: pl.Series, scores: pl.Series) -> None:
    """Nothing happens, unless questions plainly use different scales: then AmbiguousInput is raised.

    Of questions with 20 whole-number answers or more, some run to 5 at most and others to between 6 and 10.
    Meant for answers whose scale nobody declared.
    """
    numbers = pl.DataFrame({"question": questions, "score": scores}).drop_nulls()
    ends = numbers.group_by("question").agg(n=pl.len(), low=pl.col("score").min(), high=pl.col("score").max())
    usual = ends.filter((pl.col("n") >= _ENOUGH) & (pl.col("low") >= 0) & (pl.col("high") <= _LARGE))
    small = usual.filter(pl.col("high") <= _SMALL).sort("question")
    large = usual.filter(pl.col("high") > _SMALL).sort("question")
    if small.is_empty() or large.is_empty():
        return
    raise AmbiguousInput(
        f"Two scales in one column: answers to “{small['question'][0]}” end at {small['high'][0]:g}, "
        f"those to “{large['question'][0]}” at {large['high'][0]:g}. "
        "Make an entry under `answers` for each, with `where`, `low` and `high`."
    )


def check_change(questions: pl.Series, scores: pl.Series, at: pl.Series) -> None:
    """Nothing happens, unless the answers to a question plainly change from one scale to another: then AmbiguousInput.

    On one side of an instant all answers are 5 at most, on the other some lie between 6 and 10; both sides have 20
    answers or more. Were the scale one, the large answers would come in any order: the chance that all of them come
    after the first so many is hypergeometric, and has to lie under one in a million. Answers without an instant do not
    count. A scale declared with `low` and `high` is never asked about.
    """
    dated = pl.DataFrame({"question": questions, "score": scores, "at": at}).drop_nulls()
    large = pl.col("score") > _SMALL
    of_each = dated.group_by("question").agg(
        pl.len().alias("n"),
        pl.col("score").min().alias("low"),
        pl.col("score").max().alias("high"),
        large.sum().alias("large"),
        (pl.col("at") < pl.col("at").filter(large).min()).sum().alias("before"),
        (pl.col("at") > pl.col("at").filter(large).max()).sum().alias("after"),
        pl.col("at").filter(large).min().alias("until"),
        pl.col("at").filter(large).max().alias("since"),
    )
    asked = of_each.filter((pl.col("low") >= 0) & (pl.col("high") <= _LARGE) & (pl.col("large") > 0)).sort("question")
    for found in asked.iter_rows(named=True):
        small = max(found["before"], found["after"])
        enough = min(small, found["n"] - small) >= _ENOUGH
        if enough and _log_chance(found["n"], found["large"], small) < log(_CHANCE):
            raise AmbiguousInput(_changed(found, small))


def _changed(found: Mapping[str, Any], small: int) -> str:
    side = f"before {found['until']:%Y-%m-%d}" if small == found["before"] else f"after {found['since']:%Y-%m-%d}"
    return (
        f"Two scales in one column: the {small} answers to “{found['question']}” {side} end at {_SMALL} at most, the "
        f"others at {found['high']:g}. Make an entry under `answers` for each, with `low`, `high`, and a `where` that "
        "looks at the date; or declare one scale, if it is one."
    )


def _log_chance(all_of_them: int, large: int, small: int) -> float:
    """Logarithm of the chance that none of `large` answers, in any order, is among the first `small`."""
    rest = all_of_them - small
    return lgamma(rest + 1) - lgamma(rest - large + 1) - lgamma(all_of_them + 1) + lgamma(all_of_them - large + 1)
