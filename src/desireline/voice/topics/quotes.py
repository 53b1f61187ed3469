"""What people say of a topic in their own words: central, short, masked, of different customers."""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import polars as pl

from desireline.access import SMALL_GROUP
from desireline.text.masks import mask_texts
from desireline.text.reader import UNTOLD
from desireline.voice.topics.words import split_words, stem_of

QUOTES = 3
LONGEST = 180
"""Signs of a quote; of a longer text the sentence is quoted that says most of the topic's words."""

_QUOTED_FROM = 5_000  # signs: longer texts are not quoted
_SHORTEST, _FEWEST_WORDS = 20, 4
_CANDIDATES = 40
_ALIKE = 0.6
_BEFORE = re.compile(r"^(?:[.\s]*\[(?:handle|link|name)\][\s,:]*)+")
_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n+")


def choose_quotes(
    said: pl.DataFrame, cosine: npt.NDArray[np.float32], words: Mapping[int, Mapping[str, float]]
) -> pl.DataFrame:
    """topic, quote, language: up to three for each topic of five customers or more, the most central first.

    `said`: topic, customer_id, text, language; `cosine`: how near each row is to its topic's centre; `words`: each
    topic's own stems with their weights. Quotes that nearly repeat another are left out, and each is of another
    customer.
    """
    ordered = said.with_columns(pl.Series("near", cosine)).filter(
        (pl.col("topic") >= 0) & (pl.col("customer_id").n_unique().over("topic") >= SMALL_GROUP)
    )
    ordered = ordered.sort("topic", "near", "text", "customer_id", descending=[False, True, False, False])
    first = ordered.filter(pl.col("text").str.len_chars() <= _QUOTED_FROM)
    first = first.unique(["topic", "customer_id"], keep="first", maintain_order=True)
    first = first.unique(["topic", "text"], keep="first", maintain_order=True)
    first = first.group_by("topic", maintain_order=True).head(_CANDIDATES)
    rows = []
    for (topic,), some in first.group_by("topic", maintain_order=True):
        rows += [(topic, quote, language) for quote, language in _chosen(some, words.get(int(str(topic)), {}))]
    return pl.DataFrame(rows, schema={"topic": pl.Int64, "quote": pl.String, "language": pl.String}, orient="row")


def _chosen(some: pl.DataFrame, weights: Mapping[str, float]) -> list[tuple[str, str]]:
    masked = mask_texts(some["text"]).to_list()
    told = [language or UNTOLD for language in some["language"]]
    cut = [(_sentence(text, language, weights), language) for text, language in zip(masked, told, strict=True)]
    fine = [one for one in cut if _SHORTEST <= len(one[0]) <= LONGEST and len(split_words(one[0])) >= _FEWEST_WORDS]
    chosen: list[tuple[str, str]] = []
    for quote, language in fine or [one for one in cut if 0 < len(one[0]) <= LONGEST]:
        said = set(split_words(quote))
        if all(quote != other and _alike(said, set(split_words(other))) < _ALIKE for other, _ in chosen):
            chosen.append((quote, language))
        if len(chosen) == QUOTES:
            break
    return chosen


def _sentence(text: str, language: str, weights: Mapping[str, float]) -> str:
    """The text on one line, without whom it speaks to; of a long one the sentence with most of the topic's words."""
    plain = _BEFORE.sub("", " ".join(text.split()))
    if len(plain) <= LONGEST:
        return plain
    parts = [" ".join(part.split()) for part in _SENTENCE.split(text)]
    short = [part for part in parts if _SHORTEST <= len(part) <= LONGEST]
    scored = [
        (sum(weights.get(stem_of(word, language) or "", 0) for word in split_words(part)), part) for part in short
    ]
    best = max(scored, key=lambda one: one[0], default=(0, ""))
    return best[1] if best[0] > 0 else ""


def _alike(one: set[str], other: set[str]) -> float:
    return len(one & other) / max(len(one | other), 1)
