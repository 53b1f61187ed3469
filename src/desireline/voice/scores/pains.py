"""Coded reasons: what respondents gave as a reason, in the code book's words, ranked at each step.

A coded reason is an answer without a score, without a scale and without words of its own, whose question names it
behind a colon: "Problem: signs", or "Q15: 32" where the words stand in a code book.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import polars as pl

from desireline.access import SMALL_GROUP
from desireline.measures.intervals import wilson
from desireline.measures.view import View
from desireline.voice.scores.answers import Gathering
from desireline.voice.scores.asked import sheets
from desireline.voice.scores.scores import in_places

Codes = Mapping[str, Mapping[str, str | None]]
"""The words of codes by question: {"Q15": {"1-8": "signs", "0": None}}; None means that it is no reason."""

PAINS: Final = ("place", "level", "stage", "question", "reason", "rank", "n", "share", "low", "high")
_RANGE: Final = re.compile(r"(\d+)\s*[-–]\s*(\d+)")
_MOST: Final = 100_000


@dataclass(frozen=True, eq=False)
class Pains:
    """What was found. `rows`: PAINS, `asked` (respondents of the sheet), `of_named` and `weighted_share`.

    `n` respondents gave the reason, `share` of all who answered anything on the same sheet; `of_named` of those who
    gave any reason to this question, wherever it stands. `kept_back`: reasons of fewer than five respondents.
    """

    rows: pl.DataFrame
    kept_back: int

    def at(self, places: Sequence[str], only: Sequence[str] = (), *, limit: int | None = None) -> Pains:
        """The same in the order of `places`; of `only` some when any are named; the first `limit` of each question."""
        rows = in_places(self.rows, places, only)
        return replace(self, rows=rows if limit is None else rows.filter(pl.col("rank") <= limit))

    def as_json(self) -> dict[str, Any]:
        """Everything as plain values."""
        return {"pains": self.rows.to_dicts(), "kept_back": self.kept_back}


@dataclass(frozen=True)
class PainsAnalysis:
    """Asks for coded reasons. See `pipeline.listening`."""

    codes: Codes = field(default_factory=dict)

    def partial(self, view: View) -> pl.DataFrame:
        """The answers of a bucket, without their texts."""
        return Gathering().gather(view)

    def combine(self, parts: Sequence[pl.DataFrame]) -> pl.DataFrame:
        """All answers."""
        return Gathering().combine(parts)

    def finish(self, part: pl.DataFrame) -> Pains:
        """The ranked reasons."""
        return rank_pains(part, self.codes)


def rank_pains(answers: pl.DataFrame, codes: Codes | None = None) -> Pains:
    """Reasons at each place by the respondents who gave them; a respondent counts once per reason. Ties by name."""
    scaled = (pl.col("score").is_not_null() | pl.col("low").is_not_null()).any().over("question")
    coded = _named(answers.filter(~scaled & ~pl.col("worded")), codes or {})
    if coded.is_empty():
        return Pains(pl.DataFrame(schema=_SCHEMA), 0)
    sheet_of = sheets(answers)
    size = _respondents(answers, sheet_of)
    of = coded.with_columns(pl.col("asked").replace_strict(sheet_of).alias("sheet"))
    cell = ("place", "level", "stage", "question", "sheet")
    reasons = of.group_by(*cell, "reason").agg(*_people()).join(size, on="sheet")
    named = of.group_by("question").agg(pl.col("customer_id").n_unique().alias("named"))
    found = reasons.join(named, on="question").sort("n", "reason", descending=[True, False])
    shown = found.filter(pl.col("n") >= SMALL_GROUP)
    low, high = wilson((shown["n"] / shown["asked"]).to_numpy(), shown["asked"].to_numpy())
    rank = pl.int_range(1, pl.len() + 1).over("place", "question")
    ranked = shown.with_columns(
        (pl.col("n") / pl.col("asked")).alias("share"),
        (pl.col("n") / pl.col("named")).alias("of_named"),
        (pl.col("weight") / pl.col("total")).alias("weighted_share"),
        pl.Series("low", low, dtype=pl.Float64),
        pl.Series("high", high, dtype=pl.Float64),
        rank.cast(pl.Int64).alias("rank"),
    )
    even = (answers["weight"] == 1.0).all()
    weighted = pl.lit(None, pl.Float64).alias("weighted_share") if even else pl.col("weighted_share")
    told = ranked.select(*PAINS, "asked", "of_named", weighted).cast({"n": pl.Int64, "asked": pl.Int64})
    return Pains(told.sort("place", "question", "rank"), found.height - shown.height)


_SCHEMA: dict[str, Any] = {
    **dict.fromkeys(("place", "level", "stage", "question", "reason"), pl.String),
    **dict.fromkeys(("rank", "n"), pl.Int64),
    **dict.fromkeys(("share", "low", "high"), pl.Float64),
    "asked": pl.Int64,
    **dict.fromkeys(("of_named", "weighted_share"), pl.Float64),
}


def _named(coded: pl.DataFrame, codes: Codes) -> pl.DataFrame:
    """Each with its `reason`, and its question without it; `asked` is the question as it was. No reason: left out."""
    before = pl.col("question").str.extract(r"^(.*?):\s", 1)
    behind = pl.col("question").str.extract(r"^.*?:\s+(.+)$", 1)
    words = {question: _spelled(known) for question, known in codes.items()}
    split = coded.filter(behind.is_not_null()).with_columns(
        pl.col("question").alias("asked"),
        before.alias("question"),
        behind.alias("reason"),
    )
    keys = split.select(pl.struct("question", "reason").unique())["question"].struct.unnest()
    told = [words.get(question, {}).get(reason, _bare(reason)) for question, reason in keys.iter_rows()]
    return (
        split.join(keys.with_columns(pl.Series("_word", told, dtype=pl.String)), on=["question", "reason"])
        .with_columns(pl.col("_word").alias("reason"))
        .drop("_word")
        .drop_nulls("reason")
        .sort("feedback_id", "place")
    )


def _bare(reason: str) -> str:
    """A reason without a word: a number is told to be a code."""
    return f"code {reason}" if reason.isdigit() else reason


def _spelled(known: Mapping[str, str | None]) -> dict[str, str | None]:
    """A code book with a word for each code: "1-8" stands for 1, 2 … 8."""
    found: dict[str, str | None] = {}
    for code, word in known.items():
        ends = _RANGE.fullmatch(str(code).strip())
        if ends and int(ends[2]) - int(ends[1]) < _MOST:
            found |= {str(one): word for one in range(int(ends[1]), int(ends[2]) + 1)}
        else:
            found[str(code).strip()] = word
    return found


def _people() -> list[pl.Expr]:
    """Respondents, and what they weigh: each customer once, with his first weight."""
    one = pl.col("weight").gather(pl.arg_where(pl.col("customer_id").is_first_distinct()))
    return [pl.col("customer_id").n_unique().alias("n"), one.sum().alias("weight")]


def _respondents(answers: pl.DataFrame, sheet_of: dict[str, str]) -> pl.DataFrame:
    """How many customers answered anything on each sheet, and what they weigh together."""
    on = answers.with_columns(pl.col("question").replace_strict(sheet_of).alias("sheet"))
    one = pl.col("weight").gather(pl.arg_where(pl.col("customer_id").is_first_distinct()))
    return on.group_by("sheet").agg(pl.col("customer_id").n_unique().alias("asked"), one.sum().alias("total"))
