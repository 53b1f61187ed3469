"""Every customer lives in one bucket, the top bits of the customer's hash; there are a power of two of them.

Top bits nest: bucket b of 4 is the buckets 2b and 2b + 1 of 8. So records can be staged in the finest buckets
before anyone knows how many there will be, and a crowded lake splits without mixing its buckets.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

from desireline.hashes import bucket_of

FINEST = 256
COMFORTABLE = 250_000
CROWDED = 1_000_000


def choose_buckets(rows: int, *, now: int = 0) -> int:
    """The number of buckets for this many rows, 1 … 256, at most 250,000 rows in each on average.

    A lake that has `now` buckets keeps them until they hold more than 1,000,000 rows on average.
    """
    if now and rows <= now * CROWDED:
        return now
    wanted = 1
    while wanted < FINEST and rows > wanted * COMFORTABLE:
        wanted *= 2
    return max(wanted, now)


def bucket_key(records: pl.DataFrame) -> pl.Series:
    """The text whose hash decides the bucket: the customer, or the answer where the voice is anonymous.

    The number of a repeat (`.1`, `.2` …) is left out, so that equal anonymous answers share a bucket.
    """
    if "feedback_id" not in records.columns:
        return records["customer_id"]
    own = pl.coalesce("feedback_id", "_content") if "_content" in records.columns else pl.col("feedback_id")
    return records.select(pl.coalesce("customer_id", own.str.split(".").list.first()).alias("key"))["key"]


def finest_bucket(records: pl.DataFrame) -> pl.Series:
    """The bucket of each record among 256."""
    return bucket_of(bucket_key(records), buckets=FINEST)


def finest(hashes: npt.NDArray[np.uint64]) -> npt.NDArray[np.int32]:
    """The bucket among 256 of each hash."""
    return (hashes >> np.uint64(56)).astype(np.int32)


def span(bucket: int, *, of: int) -> tuple[int, int]:
    """The finest buckets (from, up to but not including) that bucket `bucket` of `of` is made of."""
    width = FINEST // of
    return bucket * width, (bucket + 1) * width
