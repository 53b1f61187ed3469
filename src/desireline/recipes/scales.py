"""Scales: the ends between which an answer counts as a number, and the rule that adds such scores up.

Sources of the known rules: NPS asks 0–10 (Reichheld, 2003); CSAT is the share of the top two boxes of its own
scale; CES and mean need their two ends. The worst end may be the larger number (effort 5 difficult … 1 easy).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import polars as pl

from desireline.errors import RecipeMismatch
from desireline.recipes.records import AnswerSpec

NPS_ENDS: Final = (0.0, 10.0)


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
                f"{_called(spec)}: NPS is asked on 0–10, not {spec.low:g}–{spec.high:g}. Use `rule: mean`, or csat."
            )
        return Scale(*NPS_ENDS, "nps")
    if spec.rule in ("csat", "ces") and spec.low is None:
        raise RecipeMismatch(f"{_called(spec)}: {spec.rule} needs the ends of its scale; add `low` and `high`.")
    return Scale(spec.low, spec.high, spec.rule)


def _called(spec: AnswerSpec) -> str:
    named = spec.question if isinstance(spec.question, str | list) else spec.question.text
    return f"question {named!r}"
