"""Prints how well feelings are read in texts with a known feeling, beside the bars.

    python -m bench.feelings --data FOLDER

The folder holds `airline_tweets/`, `olist/sample_reviews/` and `womens_clothing_reviews/`, as published (CSV, gzipped).
Nothing of these was used to train the head that ships. Embedding 16,000 texts takes minutes, once.
"""

from __future__ import annotations

import argparse
import csv
import gzip
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from bench.vectors import KeptVectors
from desireline.hashes import hash_text
from desireline.text.head import load_head
from desireline.text.heldout import HeldOut, score
from desireline.text.multilingual import Multilingual
from desireline.text.own import train_own
from desireline.text.reader import Levels

AIRLINE = "airline_tweets/TwitterUSAirlineSentiment.csv.gz"
OLIST = "olist/sample_reviews/olist_order_reviews_dataset.csv.gz"
CLOTHING = "womens_clothing_reviews/womens_clothing_ecommerce_reviews.csv.gz"
FEELING = {"negative": -1.0, "neutral": 0.0, "positive": 1.0}


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--data", type=Path, required=True)
    data = asked.parse_args().data
    vectors = KeptVectors()
    for says, figure, bar in bars(data, vectors):
        sign = "" if bar is None else f"  bar {bar:.2f}: {'met' if figure >= bar else f'missed by {bar - figure:.4f}'}"
        print(f"{figure:.4f}  {says}{sign}", flush=True)


def bars(data: Path, vectors: KeptVectors) -> Iterator[tuple[str, float, float | None]]:
    """What was measured, the figure, and the bar that it is held against."""
    reader = Multilingual(vectors)
    tweets, felt = airline(data)
    figures = score(felt, reader.read(tweets).level)
    yield f"airline tweets, untrained, multilingual: macro-F1 ({_n(figures)})", figures.macro_f1, 0.65
    figures = train_own(tweets, felt, tier="multilingual", embedder=vectors).held_out
    yield f"airline tweets, retrained on half, multilingual: macro-F1 ({_n(figures)})", figures.macro_f1, 0.78
    yield "airline tweets, retrained on half, fast: macro-F1", train_own(tweets, felt).held_out.macro_f1, None
    for names, spec in YARDSTICKS.items():
        yield f"airline tweets, {names} on the same half: macro-F1", yardstick(tweets, felt, spec).macro_f1, None
    reviews, stars = olist(data)
    figures = score(stars, reader.read(reviews).level)
    yield f"Portuguese reviews, untrained, multilingual: AUC of 4–5 against 1–2 ({_n(figures)})", figures.auc, 0.88
    yield f"Portuguese reviews, 3 stars taken as neutral: macro-F1 ({len(stars)})", figures.macro_f1, None
    reviews, stars = clothing(data)
    figures = train_own(reviews, stars).held_out
    yield f"clothing reviews, retrained on half, fast: AUC of 4–5 against 1–2 ({_n(figures)})", figures.auc, 0.94
    record = load_head(vectors.name).record["left_out_of_training"]
    for name in ("sentences_macro_f1", "sentences_polarity", "sentences_not_english_polarity"):
        yield f"own sentences, each language left out of the training in turn: {name}", record[name], None
    for name in ("sentences_macro_f1", "sentences_not_english_polarity"):
        figure = record[f"{name}_from_rated_english_alone"]
        yield f"own sentences, learned from rated English alone: {name}", figure, None


YARDSTICKS = {
    "TF-IDF of words (scikit-learn as it comes) and logistic regression": ({}, {"max_iter": 1000}),
    "TF-IDF of words and pairs and balanced logistic regression": (
        {"ngram_range": (1, 2), "min_df": 2, "sublinear_tf": True},
        {"max_iter": 1000, "class_weight": "balanced", "C": 4.0},
    ),
}


def yardstick(texts: list[str], truth: Levels, spec: tuple[dict[str, object], dict[str, object]]) -> HeldOut:
    """TF-IDF and logistic regression, learned and scored on the halves that `train_own` takes."""
    held = hash_text(pl.Series(texts)) >> np.uint64(63) == 1
    words = TfidfVectorizer(**spec[0])
    model = LogisticRegression(**spec[1])
    model.fit(words.fit_transform(_only(texts, ~held)), truth[~held])
    return score(truth[held], model.predict(words.transform(_only(texts, held))))


def airline(data: Path) -> tuple[list[str], Levels]:
    """All tweets with the feeling that annotators gave them."""
    rows = list(_rows(data / AIRLINE))
    return [row["text"] for row in rows], np.array([FEELING[row["airline_sentiment"]] for row in rows])


def olist(data: Path) -> tuple[list[str], Levels]:
    """Reviews with a title or message; the stars as −2…+2."""
    of = ("review_comment_title", "review_comment_message")
    rows = [(" ".join(filter(None, (row[name].strip() for name in of))), row) for row in _rows(data / OLIST)]
    told = [(text, float(row["review_score"]) - 3) for text, row in rows if text]
    return [text for text, _ in told], np.array([level for _, level in told])


def clothing(data: Path) -> tuple[list[str], Levels]:
    """Reviews with a text, title before it; the stars as −2…+2."""
    rows = [row for row in _rows(data / CLOTHING) if row["Review Text"].strip()]
    texts = [f"{row['Title']} {row['Review Text']}".strip() for row in rows]
    return texts, np.array([float(row["Rating"]) - 3 for row in rows])


def _rows(file: Path) -> Iterator[dict[str, str]]:
    with gzip.open(file, "rt", encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _only(texts: list[str], rows: npt.NDArray[np.bool_]) -> list[str]:
    return [text for text, row in zip(texts, rows, strict=True) if row]


def _n(figures: HeldOut) -> str:
    return f"n {figures.n}, {figures.high} high, {figures.low} low, {figures.unread} unread"


if __name__ == "__main__":
    main()
