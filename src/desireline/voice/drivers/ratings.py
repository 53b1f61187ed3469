"""Ratings: scored answers as one row per occasion and one column per question, with gaps where nothing was rated."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

import numpy as np
import polars as pl

from desireline.errors import QuestionUnclear, UnknownQuestion
from desireline.hashes import hash_text
from desireline.maps.outline import Outline
from desireline.measures.clusters import Floats
from desireline.measures.codes import Whole
from desireline.mixing import U64
from desireline.voice.drivers.asked import TOGETHER, Asked

FULL = 100.0
"""Ratings are moved to 0 (worst end of their scale) … 100 (best end)."""

CLAIMED = ("rule", "topic")
"""How an answer is bound to a place whose feedback rule claims it."""

_SCHEMA = {
    "customer": pl.UInt64,
    "response": pl.UInt64,
    "journey": pl.UInt64,
    "question": pl.String,
    "place": pl.String,
    "whole": pl.Boolean,
    "scale": pl.String,
    "rating": pl.Float64,
    "weight": pl.Float64,
}
_ANONYMOUS = "answer:"
_HALF = 0.5
_SOME = 8


@dataclass(frozen=True)
class Ratings:
    """Occasions by questions: the answers that somebody gave together."""

    questions: tuple[str, ...]  # the drivers, sorted; the outcome is the last column and not among them
    places: tuple[str, ...]  # of the drivers
    of: str
    together: str
    columns: Floats  # (n, drivers + 1), 0–100, NaN: not rated
    weights: Floats  # (n,)
    customers: U64  # (n,), hashes
    notes: tuple[str, ...]

    def worth(self) -> tuple[Whole, Floats]:
        """For each column the customers who rated both it and the outcome, and how many of equal weight they are
        worth: (Σw)² / Σw² over customers (Kish 1965)."""
        who = np.unique(self.customers, return_inverse=True)[1]
        n, worth = [], []
        for column in self.columns.T:
            both = ~np.isnan(column)
            held = np.bincount(who[both], weights=self.weights[both])
            n.append(int((held > 0).sum()))
            worth.append(held.sum() ** 2 / max((held**2).sum(), 1e-300))
        return np.array(n), np.array(worth)


def gather(answers: pl.DataFrame, outline: Outline) -> pl.DataFrame:
    """Scored answers without their texts, each once, at the narrowest level that claims it."""
    level = {outline.map.map.id: 2} | {stage.id: 1 for stage in outline.stages}
    scored = answers.filter(
        pl.col("score").is_finite() & (pl.col("low") != pl.col("high")) & pl.col("question").is_not_null()
    )
    if scored.is_empty():
        return pl.DataFrame(schema=_SCHEMA)
    levelled = scored.with_columns(
        pl.col("place").cast(pl.String).replace_strict(level, default=0, return_dtype=pl.Int8).alias("level")
    )
    once = levelled.filter(pl.col("level") == pl.col("level").min().over("feedback_id"))
    nameless = pl.col("customer_id").str.starts_with(_ANONYMOUS)
    share = (pl.col("score") - pl.col("low")) / (pl.col("high") - pl.col("low"))
    ends = [pl.col(end).cast(pl.String).str.strip_suffix(".0") for end in ("low", "high")]
    return once.select(
        _hashed(once, pl.when(nameless).then("response").otherwise("customer_id")).alias("customer"),
        _hashed(once, pl.col("response")).alias("response"),
        _hashed(once, pl.col("journey_id")).alias("journey"),
        pl.col("question").cast(pl.String),
        pl.col("place").cast(pl.String),
        ((pl.col("level") == 2) & pl.col("bound").is_in(CLAIMED)).fill_null(False).alias("whole"),
        pl.format("{}–{}", *ends).alias("scale"),
        (FULL * share).alias("rating"),
        pl.col("weight").fill_null(1.0).clip(0.0),
    )


def gathered(parts: list[pl.DataFrame]) -> pl.DataFrame:
    """All parts as one."""
    return pl.concat(parts) if parts else pl.DataFrame(schema=_SCHEMA)


def line_up(answers: pl.DataFrame, asked: Asked) -> Ratings:
    """The answers by occasion and question. Raises UnknownQuestion, QuestionUnclear."""
    of = outcome(answers, asked)
    one_scale, notes = _one_scale(answers)
    drivers = _drivers(one_scale, of, asked)
    used = one_scale.filter(pl.col("question").is_in([of, *drivers]))
    together = asked.together or _together(used, of)
    kept = used.filter(pl.col(together).is_not_null())
    rated = kept.join(kept.filter(pl.col("question") == of).select(together).unique(), on=together, how="semi")
    return _matrix(rated, drivers, of, together, notes)


def outcome(answers: pl.DataFrame, asked: Asked) -> str:
    """The question whose drivers are sought: the one asked for, or the only one about the whole map."""
    known = answers["question"].unique().sort().to_list()
    if asked.of is not None:
        if asked.of not in known:
            raise UnknownQuestion(asked.of, known)
        return asked.of
    whole = about_the_whole(answers)
    if len(whole) == 1:
        return whole[0]
    if not known:
        raise QuestionUnclear("There are no rated answers yet. Import surveys or reviews with a score.")
    found = whole or known
    told = "Several questions speak" if whole else "No question speaks"
    some = ", ".join(map(repr, found[:_SOME])) + (" …" if len(found) > _SOME else "")
    raise QuestionUnclear(f"{told} about the whole map. Say which one counts with --of: {some}.")


def about_the_whole(answers: pl.DataFrame) -> list[str]:
    """The questions that the map's own feedback rule claims, in the order of the alphabet."""
    return [str(one) for one in answers.filter("whole")["question"].unique().sort()]


def _drivers(answers: pl.DataFrame, of: str, asked: Asked) -> list[str]:
    """The questions that may be drivers."""
    known = answers["question"].unique().sort().to_list()
    for pattern in asked.among:
        if not any(fnmatchcase(one, pattern) for one in known):
            raise UnknownQuestion(pattern, known)
    if asked.among:
        return [one for one in known if one != of and any(fnmatchcase(one, pattern) for pattern in asked.among)]
    below = answers.filter(~pl.col("whole"))["question"].unique().sort().to_list()
    return [one for one in below or known if one != of]


def _together(used: pl.DataFrame, of: str) -> str:
    """What most answers to the outcome share with other answers: the response, else the journey, else the customer."""
    shares: dict[str, Any] = {}
    for unit in TOGETHER:
        mine = pl.col("question") == of
        lines = (
            used.filter(pl.col(unit).is_not_null())
            .group_by(unit)
            .agg(mine.any().alias("of"), (~mine).any().alias("more"))
        )
        shares[unit] = lines.filter("of")["more"].mean() or 0.0
        if shares[unit] >= _HALF:
            return unit
    return max(shares, key=lambda unit: shares[unit]) if any(shares.values()) else TOGETHER[0]


def _one_scale(answers: pl.DataFrame) -> tuple[pl.DataFrame, list[str]]:
    """Of each question only the answers on the scale that most people used, and what was left out."""
    scales = (
        answers.group_by("question", "scale").len().sort("question", "len", "scale", descending=[False, True, False])
    )
    chosen = scales.unique("question", keep="first", maintain_order=True)
    left = scales.join(chosen, on=["question", "scale"], how="anti")
    notes = [
        f"{count:,} answers to {question!r} on the scale {scale} left out: most use another."
        for question, scale, count in left.sort("question", "scale").iter_rows()
    ]
    if left.is_empty():
        return answers, notes
    return answers.join(chosen.select("question", "scale"), on=["question", "scale"], how="semi"), notes


def _matrix(rated: pl.DataFrame, drivers: list[str], of: str, together: str, notes: list[str]) -> Ratings:
    """Occasions in the order of customers; several ratings of one question on an occasion count as their mean."""
    columns = [*drivers, of]
    unit = list(dict.fromkeys(["customer", together]))
    coded = rated.select(*unit, pl.col("question").cast(pl.Enum(columns)).to_physical(), "rating", "weight")
    ordered = coded.sort(*unit, "question", "rating", "weight")  # so that sums do not depend on the order of rows
    occasion = ordered.select(pl.struct(unit).rle_id())[:, 0].to_numpy()
    n, q = int(occasion[-1]) + 1 if len(occasion) else 0, len(columns)
    cell = occasion.astype(np.int64) * q + ordered["question"].to_numpy()
    with np.errstate(invalid="ignore"):
        sums = np.bincount(cell, weights=ordered["rating"].to_numpy(), minlength=n * q)
        matrix = (sums / np.bincount(cell, minlength=n * q)).reshape(n, q)
    weights = np.bincount(occasion, weights=ordered["weight"].to_numpy(), minlength=n) / np.bincount(
        occasion, minlength=n
    )
    first = np.zeros(n, dtype=np.uint64)
    first[occasion] = ordered["customer"].to_numpy()
    told = ~np.isnan(matrix[:, -1])
    places = dict(rated.group_by("question").agg(pl.col("place").mode().sort().first()).iter_rows())
    return Ratings(
        tuple(drivers),
        tuple(places.get(one, "") for one in drivers),
        of,
        together,
        matrix[told],
        weights[told],
        first[told],
        tuple(notes),
    )


def _hashed(frame: pl.DataFrame, column: pl.Expr) -> pl.Series:
    """The hash of each text, null where there is none; texts that come often are hashed once."""
    texts = frame.select(column.cast(pl.String).alias("text"))
    known = texts.drop_nulls().unique()
    table = known.with_columns(pl.Series("hash", hash_text(known["text"]), dtype=pl.UInt64))
    return texts.join(table, on="text", how="left", maintain_order="left")["hash"]
