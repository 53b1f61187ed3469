"""Hashes that are the same on every machine and in every version.

The customer hash decides buckets (its top bits) and bootstrap weights, so it must never change: a test holds its
known values. Text is hashed as UTF-8 bytes by a polynomial modulo 2**64, then mixed (the finalizer of splitmix64).
"""

from __future__ import annotations

import hashlib

import numpy as np
import numpy.typing as npt
import polars as pl

_PRIME = np.uint64(0x9E3779B97F4A7C15)

U64 = npt.NDArray[np.uint64]


def hash_text(texts: pl.Series) -> U64:
    """The 64-bit hash of each text, shape (n,). Null hashes like the empty text."""
    parts = texts.cast(pl.String).fill_null("").unique(maintain_order=True)
    known = pl.DataFrame({"text": parts, "hash": pl.Series(_hash_distinct(parts.to_list()), dtype=pl.UInt64)})
    asked = pl.DataFrame({"text": texts.cast(pl.String).fill_null("")})
    return asked.join(known, on="text", how="left", maintain_order="left")["hash"].to_numpy()


def mix(numbers: U64, *, seed: int = 0) -> U64:
    """Well-spread 64-bit numbers from plain ones; the same input and seed give the same output."""
    with np.errstate(over="ignore"):
        z = numbers + np.uint64((seed * 0x9E3779B97F4A7C15 + 0x9E3779B97F4A7C15) % 2**64)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return z ^ (z >> np.uint64(31))


def content_id(parts: pl.DataFrame) -> pl.Series:
    """A 32-digit hexadecimal id per row, from the text of all columns in their order (nulls differ from empty)."""
    texts = [pl.col(name).cast(pl.String).fill_null("\x00") for name in parts.columns]
    joined = parts.select(pl.concat_str(texts, separator="\x1f").alias("_"))["_"]
    digests = [hashlib.blake2b(text.encode(), digest_size=16).hexdigest() for text in joined.to_list()]
    return pl.Series("id", digests, dtype=pl.String)


def bucket_of(texts: pl.Series, *, buckets: int) -> pl.Series:
    """The bucket of each text: the top bits of its hash. `buckets` must be a power of two."""
    bits = buckets.bit_length() - 1
    if 2**bits != buckets:
        raise ValueError(f"buckets must be a power of two, not {buckets}")
    if bits == 0:
        return pl.Series("bucket", np.zeros(len(texts), dtype=np.int32))
    return pl.Series("bucket", (hash_text(texts) >> np.uint64(64 - bits)).astype(np.int32))


def _hash_distinct(texts: list[str]) -> U64:
    data = [text.encode() for text in texts]
    lengths = np.fromiter((len(item) for item in data), dtype=np.int64, count=len(data))
    if not len(data):
        return np.zeros(0, dtype=np.uint64)
    flat = np.frombuffer(b"".join(data), dtype=np.uint8).astype(np.uint64)
    starts = np.cumsum(lengths) - lengths
    total = np.zeros(len(data), dtype=np.uint64)
    if len(flat):
        position = np.arange(len(flat), dtype=np.int64) - np.repeat(starts, lengths)
        terms = (flat + np.uint64(1)) * _powers(int(lengths.max()))[position]
        sums = np.concatenate([np.zeros(1, dtype=np.uint64), np.cumsum(terms, dtype=np.uint64)])
        total = sums[starts + lengths] - sums[starts]
    return mix(total ^ lengths.astype(np.uint64))


def _powers(count: int) -> U64:
    with np.errstate(over="ignore"):
        return np.cumprod(np.full(max(count, 1), _PRIME, dtype=np.uint64), dtype=np.uint64)
