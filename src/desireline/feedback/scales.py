"""Scales: what an answer counts as a number, from the worst end to the best.

Sources of the known rules: NPS asks 0–10 (Reichheld, 2003); CSAT is the share of the top two boxes of its own
scale; CES and mean need their two ends. The worst end may be the larger number (effort 5 difficult … 1 easy).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import polars as pl

from desireline.errors import AmbiguousInput, RecipeMismatch
from desireline.recipes.numbers import Mark, plain_numbers
from desireline.recipes.records import AnswerSpec

NPS_ENDS: Final = (0.0, 10.0)
_ENOUGH: Final = 20
_SMALL: Final = 5
_LARGE: Final = 10


@dataclass(frozen=True)
class Scale:
    """The ends of a scale, worst first (null when unknown), and the rule by which its scores are added up."""

    low: float | None
    high: float | None
    rule: str | None

    @property
    def is_known(self) -> bool:
        """Whether a number can be off this scale."""
        return self.low is not None and self.high is not None

    def holds(self, scores: pl.Expr) -> pl.Expr:
        """True for the scores that lie on the scale; every number does when its ends are unknown."""
        if self.low is None or self.high is None:
            return scores.is_not_null()
        return scores.is_between(min(self.low, self.high), max(self.low, self.high)).fill_null(False)


def scale_of(spec: AnswerSpec) -> Scale:
    """The scale that an answer is given on. Raises RecipeMismatch when its rule does not fit its ends.

    >>> scale_of(AnswerSpec(question={"text": "Recommend?"}, answer="q1", rule="nps"))
    Scale(low=0.0, high=10.0, rule='nps')
    """
    if (spec.low is None) != (spec.high is None) or (spec.low is not None and spec.low == spec.high):
        raise RecipeMismatch(f"{_called(spec)}: a scale has two different ends; give both `low` and `high`.")
    if spec.rule == "nps":
        if spec.low is not None and (spec.low, spec.high) != NPS_ENDS:
            raise RecipeMismatch(
                f"{_called(spec)}: NPS is asked on 0–10, not {spec.low:g}–{spec.high:g}. "
                "Use `rule: mean`, or csat."
            )
        return Scale(*NPS_ENDS, "nps")
    if spec.rule in ("csat", "ces") and spec.low is None:
        raise RecipeMismatch(
            f"{_called(spec)}: {spec.rule} needs the ends of its scale; add `low` and `high`."
        )
    return Scale(spec.low, spec.high, spec.rule)


def read_scores(answers: pl.Series, spec: AnswerSpec, *, decimal: Mark = None) -> tuple[pl.Series, pl.Series]:
    """The score of each answer, and True where an answer should have one and has not.

    Codes of `not_answers` have no score and are not bad; `words` give their score without regard to case;
    numbers count when they lie on the scale. Where no scale, rule or words are declared, an answer may be
    any text.
    """
    scale = scale_of(spec)
    seen = pl.DataFrame(
        {"said": answers.str.strip_chars(), "number": plain_numbers(answers, decimal=decimal)}
    )
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


def _called(spec: AnswerSpec) -> str:
    named = spec.question if isinstance(spec.question, str | list) else spec.question.text
    return f"question {named!r}"
