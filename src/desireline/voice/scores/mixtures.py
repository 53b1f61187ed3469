"""Two scales in one column, noticed from the answers alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import polars as pl

ENOUGH: Final = 20
"""Answers below which nothing is noticed."""
_FIVE, _TEN = 5, 10
_PART: Final = 0.15  # the smaller of two scales has at least this share
_DIP: Final = 3  # 4 and 5 are each so many times as frequent as 6, when 5 is the best of a scale of its own


def notice(answers: pl.DataFrame) -> list[str]:
    """One sentence for each question whose answers look as if they were given on two scales, or on another one.

    Looked at are questions on 0–10, and those without a scale, with 20 whole-number answers or more, all in 0–10.
    Each of three signs is enough: one channel never goes beyond 5 while others do; nobody goes beyond 5; answers
    heap up at 4 and 5, are rare at 6 and come back above. True 0–10 answers that heap up at 0 or at 5 alone,
    as they do, give no sign.
    """
    once = answers.filter(pl.col("score").is_finite()).unique("feedback_id", keep="first", maintain_order=True)
    wide = (pl.min_horizontal("low", "high") == 0) & (pl.max_horizontal("low", "high") == _TEN)
    asked = once.filter(wide | pl.col("low").is_null())
    found: list[str] = []
    for question in asked["question"].unique().sort():
        told = asked.filter(pl.col("question") == question)
        whole = (told["score"] == told["score"].round()).all() and told["score"].is_between(0, _TEN).all()
        if told.height >= ENOUGH and whole:
            found += list(_signs(question, told))[:1]
    return found


def _signs(question: str, told: pl.DataFrame) -> Iterator[str]:
    counts = _counts(told)
    if sum(counts[_FIVE + 1 :]) == 0:
        if told["low"].is_not_null().any() and counts[0] == 0:
            yield f"“{question}”: no answer of {told.height:,} is above 5, on 0–10. Was it asked on 1–5?"
        return
    for (channel,), some in told.filter(pl.col("channel").is_not_null()).group_by("channel", maintain_order=True):
        if some.height >= ENOUGH and some["score"].is_between(1, _FIVE).all():
            yield f"“{question}”: two scales in one column? Answers from {channel} end at 5, others go to 10."
            return
    if _two_heaps(counts):
        yield f"“{question}”: two scales in one column? Answers heap up at 4 and 5, are rare at 6, and come back above."


def _counts(told: pl.DataFrame) -> list[int]:
    found = dict(told.group_by(pl.col("score").cast(pl.Int64)).len().iter_rows())
    return [found.get(score, 0) for score in range(_TEN + 1)]


def _two_heaps(counts: list[int]) -> bool:
    n = sum(counts)
    small, large = sum(counts[1 : _FIVE + 1]), sum(counts[_FIVE + 2 :])
    heaps = min(counts[4], counts[5]) >= _DIP * max(counts[6], 1)
    return heaps and min(small, large) >= _PART * n and counts[0] < counts[_FIVE]
