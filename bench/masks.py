"""How much personal data is masked in public texts, how fast, and what the masked places look like.

python -m bench.masks --data ../shared/data
python -m bench.masks --data ../shared/data --show 30

Speed is by process time. There are no labels to score against: `--show` prints places to be judged by eye.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import polars as pl

from desireline.text.masks import mask, tell_masked


def airline_tweets(data: Path) -> pl.Series:
    """14,640 tweets to airlines."""
    return pl.read_csv(data / "airline_tweets/TwitterUSAirlineSentiment.csv.gz", infer_schema=False)["text"]


def banking77(data: Path) -> pl.Series:
    """13,083 questions to a bank."""
    parts = [pl.read_csv(data / f"banking77/{part}.csv.gz", infer_schema=False)["text"] for part in ("train", "test")]
    return pl.concat(parts)


def womens_clothing(data: Path) -> pl.Series:
    """22,641 reviews of clothes."""
    place = data / "womens_clothing_reviews/womens_clothing_ecommerce_reviews.csv.gz"
    return pl.read_csv(place, infer_schema=False)["Review Text"].drop_nulls()


def olist(data: Path) -> pl.Series:
    """Reviews of orders, in Portuguese."""
    place = data / "olist/sample_reviews/olist_order_reviews_dataset.csv.gz"
    return pl.read_csv(place, infer_schema=False)["review_comment_message"].drop_nulls()


SETS: Mapping[str, Callable[[Path], pl.Series]] = {
    "airline_tweets": airline_tweets,
    "banking77": banking77,
    "womens_clothing_reviews": womens_clothing,
    "olist": olist,
}


def main() -> None:
    """Print a line for each set."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--data", type=Path, required=True)
    asked.add_argument("--show", type=int, default=0, help="masked texts to print of each set")
    said = asked.parse_args()
    for name, load in SETS.items():
        texts = load(said.data)
        before = time.process_time()
        found = mask(texts)
        took = time.process_time() - before
        changed = texts.filter((found.texts != texts).fill_null(False))
        print(f"{name}: {len(texts):,} texts, {len(changed):,} with something; {len(texts) / took:,.0f} texts/s")
        print(f"  {tell_masked(found.counts) or 'nothing'}")
        picked = random.Random(1).sample(changed.to_list(), min(said.show, len(changed)))
        for text, masked in zip(picked, mask(pl.Series(picked, dtype=pl.String)).texts, strict=True):
            print(f"  - {text!r}\n  + {masked!r}")


if __name__ == "__main__":
    main()
