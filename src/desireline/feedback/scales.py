"""Scores read from answers: numbers and words on the scale that the recipe declares for their question."""

from __future__ import annotations

from typing import Final

import polars as pl

from desireline.errors import AmbiguousInput
from desireline.recipes.numbers import Mark, plain_numbers
from desireline.recipes.records import AnswerSpec
from desireline.recipes.scales import scale_of

_ENOUGH: Final = 20
_SMALL: Final = 5
_LARGE: Final = 10


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
