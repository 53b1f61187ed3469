"""What was said, one row for each answer with a text: the input of all that is told about topics."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from desireline.hashes import hash_text
from desireline.measures.view import View
from desireline.tables import INSTANT, Table
from desireline.voice.topics.words import guess_languages

SPOKEN = Table(
    "spoken",
    {
        "feedback_id": pl.String,
        "customer_id": pl.String,
        "at": INSTANT,
        "kind": pl.String,
        "channel": pl.String,
        "text": pl.String,
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


def gather_spoken(
    view: View, *, at: Collection[str] | None = None, kinds: Sequence[str] = (), cost: str | None = None
) -> pl.DataFrame:
    """SPOKEN of a bucket: at some places or at all, of some kinds or of all. `cost` names a property with a number."""
    answers = view.trips.answers.with_columns(pl.col("place", "kind", "channel", "language").cast(pl.String))
    scores = _scores(answers)
    told = answers.filter(pl.col("text").str.strip_chars() != "")
    told = told.filter(pl.col("kind").is_in(list(kinds))) if kinds else told
    one = told.group_by("feedback_id").agg(pl.col(_ONE_EACH).first(), pl.col("place").unique().sort().alias("places"))
    here = one if at is None else one.filter(pl.col("places").list.eval(pl.element().is_in(list(at))).list.any())
    joined = here.join(scores, on="response", how="left")
    return SPOKEN.shape(joined.with_columns(_cost(joined["properties"], cost))).sort("feedback_id")


def _scores(answers: pl.DataFrame) -> pl.DataFrame:
    """The mean score of each response, as a part of its scale; the ends of the scale where it has only one."""
    known = answers.filter(
        pl.col("score").is_not_null() & (pl.col("low") != pl.col("high")) & pl.col("response").is_not_null()
    )
    part = (pl.col("score") - pl.col("low")) / (pl.col("high") - pl.col("low"))
    return (
        known.unique("feedback_id", keep="first", maintain_order=True)
        .group_by("response")
        .agg(
            part.mean().clip(0, 1).alias("score"),
            pl.when(pl.col("low").n_unique() == 1).then(pl.col("low").first()).alias("low"),
            pl.when(pl.col("high").n_unique() == 1).then(pl.col("high").first()).alias("high"),
        )
    )


def _cost(properties: pl.Series, name: str | None) -> pl.Series:
    """A property as a number; null where it is none."""
    if name is None:
        return pl.Series("cost", [None] * len(properties), dtype=pl.Float64)
    found = [json.loads(one).get(name) if one else None for one in properties]
    return pl.Series("cost", found, dtype=pl.String).cast(pl.Float64, strict=False).alias("cost")


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
