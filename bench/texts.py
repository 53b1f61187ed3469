"""How well and how fast feelings are read, with VADER beside in the same run when vaderSentiment can be imported.

python -m bench.texts --data ../shared/data
python -m bench.texts --data ../shared/data --snippets FOLDER    # *_GroundTruth.txt of Hutto & Gilbert (2014) too

The shares of the rules were tuned on the snippets of products and films; no share or rating was set by labels of the
other sets, but their scores were watched meanwhile. VADER's words and the tweets rated by people have the same makers.
A text that was not read counts as neutral here. Speed is by process time, with the language told.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy.stats import spearmanr
from sklearn.metrics import f1_score, roc_auc_score

from desireline.text.fast import Fast
from desireline.text.reader import kinds

F64 = npt.NDArray[np.float64]
Rate = Callable[[Sequence[str]], F64]
"""Gives each text a level; the signs of neutral ones are those of `kinds`."""

_VADER_CUT = 0.05  # of its compound, as its authors advise
_SIGNS = {"negative": -1.0, "neutral": 0.0, "positive": 1.0}


class Task(NamedTuple):
    """Texts, what is true of them, and how levels are judged."""

    what: str
    texts: list[str]
    truth: F64
    judge: Callable[[F64, F64], float]
    bar: float | None = None


def main() -> None:
    """Prints the bars."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the folder with airline_tweets and others")
    parser.add_argument("--snippets", type=Path, help="a folder with *_GroundTruth.txt")
    asked = parser.parse_args()
    tasks = [*of_data(asked.data), *(of_snippets(asked.snippets) if asked.snippets else ())]
    raters: dict[str, Rate] = {"ours": _ours} | ({"VADER": rater} if (rater := _vader()) else {})
    _ours(["Nothing xyz qwx"])  # so that the language model is loaded
    print(f"{'':60}{'bar':>8}" + "".join(f"{name:>9}" for name in raters))
    for task in tasks:
        values = [task.judge(task.truth, rate(task.texts)) for rate in raters.values()]
        _say(task.what, task.bar, values, "9.3f")
    _say("texts a second (airline tweets)", 8000, [speed(tasks[0].texts, rate) for rate in raters.values()], "9,.0f")
    levels = Fast().read(tasks[0].texts).level
    print(f"unread airline tweets: {int(np.isnan(levels).sum())} of {len(levels)}")


def of_data(folder: Path) -> Iterator[Task]:
    """The sets that the bars name."""
    tweets = _csv(folder / "airline_tweets" / "TwitterUSAirlineSentiment.csv.gz")
    felt = tweets["airline_sentiment"].replace_strict(_SIGNS).to_numpy()
    yield Task("airline tweets: macro-F1 of three classes", tweets["text"].to_list(), felt, three_classes, 0.52)
    for name, bar in (("tweets", 0.80), ("nyt_editorials", None)):
        rated = _csv(folder / "sentiment_truth_tweets_news" / f"{name}.csv.gz")
        truth = rated["mean_rating"].to_numpy()
        yield Task(f"{name}: Spearman with people", rated["text"].to_list(), truth, ranks, bar)
    clothes = _csv(folder / "womens_clothing_reviews" / "womens_clothing_ecommerce_reviews.csv.gz")
    clothes = clothes.filter((pl.col("Rating") != 3) & pl.col("Review Text").is_not_null())
    liked = (clothes["Rating"] > 3).to_numpy().astype(np.float64)
    text = clothes["Review Text"].to_list()
    whole = (
        clothes.select(pl.concat_str("Title", "Review Text", separator=". ", ignore_nulls=True)).to_series().to_list()
    )
    yield Task("clothing: ratings 4–5 against 1–2 by text, AUC", text, liked, apart, 0.86)
    yield Task("clothing: ratings 4–5 against 1–2 by title and text, AUC", whole, liked, apart, 0.86)


def of_snippets(folder: Path) -> Iterator[Task]:
    """Sentences of product and film reviews, each rated by 20 people."""
    for name in ("amazonReview", "movieReview"):
        lines = (folder / f"{name}Snippets_GroundTruth.txt").read_text(encoding="utf-8", errors="replace").split("\n")
        rows = [line.split("\t") for line in lines if line.count("\t") >= 2]
        truth = np.array([float(row[1]) for row in rows])
        yield Task(f"{name} snippets: Spearman with people (tuned on)", [row[2] for row in rows], truth, ranks)


def three_classes(truth: F64, levels: F64) -> float:
    """Macro-F1 of negative, neutral and positive."""
    return float(f1_score(truth, kinds(levels), average="macro"))


def ranks(truth: F64, levels: F64) -> float:
    """Spearman's rank correlation."""
    return float(spearmanr(truth, levels).statistic)


def apart(truth: F64, levels: F64) -> float:
    """The area under the ROC curve."""
    return float(roc_auc_score(truth, levels))


def speed(texts: Sequence[str], rate: Rate) -> float:
    """Texts per second of process time, the best of three."""
    took = []
    for _ in range(3):
        begun = time.process_time()
        rate(texts)
        took.append(time.process_time() - begun)
    return len(texts) / min(took)


def _ours(texts: Sequence[str]) -> F64:
    return np.nan_to_num(Fast().read(texts).level)


def _vader() -> Rate | None:
    try:
        from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer  # noqa: PLC0415  a yardstick, if there
    except ImportError:
        return None
    analyzer = SentimentIntensityAnalyzer()

    def rate(texts: Sequence[str]) -> F64:
        compound = np.array([analyzer.polarity_scores(text)["compound"] for text in texts])
        return np.where(np.abs(compound) < _VADER_CUT, compound, compound + np.sign(compound))  # order is kept

    return rate


def _csv(file: Path) -> pl.DataFrame:
    return pl.read_csv(file, infer_schema_length=None)


def _say(what: str, bar: float | None, values: Sequence[float], style: str) -> None:
    met = "" if bar is None else "  met" if values[0] >= bar else "  MISSED"
    shown = "" if bar is None else f"{bar:{style[1:]}}"
    print(f"{what:60}{shown:>8}" + "".join(f"{value:{style}}" for value in values) + met)


if __name__ == "__main__":
    main()
