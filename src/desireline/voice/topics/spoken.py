"""What was said, one row for each answer with a text: the input of all that is told about topics.

Beside texts, SPOKEN carries scores of responses whose text may be elsewhere: rows without a text. `with_scores` brings
both together when all parts are there.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from desireline.feedback.voices import of_customers
from desireline.hashes import hash_text
from desireline.measures.view import View
from desireline.tables import INSTANT, Table
from desireline.voice.topics.words import guess_languages

SPOKEN = Table(
    "spoken",
    {
        "feedback_id": pl.String,
        "customer_id": pl.String,
        "response": pl.String,  # answers given together share it
        "at": INSTANT,
        "kind": pl.String,
        "channel": pl.String,
        "text": pl.String,  # null: a score alone
        "staff": pl.Boolean,  # a note of staff or an interviewer, no customer's voice
        "language": pl.String,
        "sentiment": pl.Float64,
        "score": pl.Float64,  # of the same response: 0 the worst end of its scale, 1 the best
        "low": pl.Float64,
        "high": pl.Float64,
        "cost": pl.Float64,
        "places": pl.List(pl.String),  # touchpoints, stages, the map
    },
)

_ONE_EACH = ("customer_id", "at", "kind", "channel", "text", "language", "sentiment", "response", "properties")
_ANONYMOUS = "answer:"  # how customer ids of nameless answers begin


def gather_spoken(
    view: View, *, at: Collection[str] | None = None, kinds: Sequence[str] = (), cost: str | None = None
) -> pl.DataFrame:
    """SPOKEN of a bucket: at some places or at all, of some kinds or of all. `cost` names a property with a number.

    Scores stand in rows of their own. Those of a customer lie in one bucket and are kept where the response has a text;
    anonymous answers of one response may lie in several buckets, so all their scores are kept.
    """
    answers = view.trips.answers.with_columns(pl.col("place", "kind", "channel", "language").cast(pl.String))
    told = answers.filter(pl.col("text").str.strip_chars() != "")
    told = told.filter(pl.col("kind").is_in(list(kinds))) if kinds else told
    one = told.group_by("feedback_id").agg(pl.col(_ONE_EACH).first(), pl.col("place").unique().sort().alias("places"))
    here = one if at is None else one.filter(pl.col("places").list.eval(pl.element().is_in(list(at))).list.any())
    said = here.with_columns(_cost(here["properties"], cost), (~of_customers()).alias("staff"))
    scores = _scores(answers).filter(
        pl.col("customer_id").str.starts_with(_ANONYMOUS) | pl.col("response").is_in(here["response"].implode())
    )
    return pl.concat([SPOKEN.shape(said), SPOKEN.shape(scores)]).sort("feedback_id")


def with_scores(spoken: pl.DataFrame) -> pl.DataFrame:
    """The rows of SPOKEN that have a text, by feedback id, each with the score of its response.

    That is the mean of the response's scores as parts of their scales, with the ends of the scale where all of them
    have the same. A text whose response has no score keeps its own. The order of rows does not matter.
    """
    said = spoken.filter(pl.col("text").is_not_null()).sort("feedback_id")
    alone = spoken.filter(pl.col("text").is_null() & pl.col("score").is_not_null() & pl.col("response").is_not_null())
    same = pl.struct("low", "high").n_unique() == 1
    scores = (
        alone.unique("feedback_id", keep="any")
        .sort("response", "feedback_id")
        .group_by("response", maintain_order=True)
        .agg(
            pl.col("score").mean().clip(0, 1).alias("_score"),
            *(pl.when(same).then(pl.col(end).first()).alias(f"_{end}") for end in ("low", "high")),
        )
    )
    joined = said.join(scores, on="response", how="left", maintain_order="left")
    known = pl.col("_score").is_not_null()
    return SPOKEN.shape(
        joined.with_columns(
            pl.when(known).then(f"_{name}").otherwise(name).alias(name) for name in ("score", "low", "high")
        )
    )


def _scores(answers: pl.DataFrame) -> pl.DataFrame:
    """The score of each answer that has one, as a part of its scale."""
    known = answers.filter(
        pl.col("score").is_not_null() & (pl.col("low") != pl.col("high")) & pl.col("response").is_not_null()
    )
    part = (pl.col("score") - pl.col("low")) / (pl.col("high") - pl.col("low"))
    one = known.unique("feedback_id", keep="first", maintain_order=True)
    return one.select("feedback_id", "customer_id", "response", part.alias("score"), "low", "high")


def _cost(properties: pl.Series, name: str | None) -> pl.Series:
    """A property as a finite number; null where it is none."""
    if name is None:
        return pl.Series("cost", [None] * len(properties), dtype=pl.Float64)
    found = [json.loads(one).get(name) if one else None for one in properties]
    numbers = pl.Series("cost", found, dtype=pl.String).cast(pl.Float64, strict=False)
    return numbers.set(~numbers.is_finite(), None)


@dataclass(frozen=True)
class Texts:
    """The different texts, in the order of their hashes, and which of them each row of SPOKEN says."""

    texts: list[str]
    languages: list[str]
    said: npt.NDArray[np.int64]

    @classmethod
    def of(cls, spoken: pl.DataFrame) -> Texts:
        """The texts of SPOKEN, blanks at their ends cut."""
        bare = spoken["text"].str.strip_chars()
        held = pl.DataFrame({"text": bare, "language": spoken["language"]})
        one = held.group_by("text").agg(pl.col("language").drop_nulls().sort().first())
        ordered = one.with_columns(pl.Series("hash", hash_text(one["text"]))).sort("hash", "text")
        number = pl.DataFrame({"text": ordered["text"], "number": np.arange(ordered.height)})
        said = pl.DataFrame({"text": bare}).join(number, on="text", how="left", maintain_order="left")["number"]
        texts = ordered["text"].to_list()
        return cls(texts, guess_languages(texts, ordered["language"].to_list()), said.to_numpy().astype(np.int64))
