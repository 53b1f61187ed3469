"""Hashes that are the same on every machine and in every version.

The customer hash decides buckets (its top bits) and bootstrap weights, so it must never change: a test holds its
known values. Text is hashed as UTF-8 bytes by a polynomial modulo 2**64, then mixed (the finalizer of splitmix64).
"""

from __future__ import annotations

import numpy as np
import polars as pl

from desireline.letters import Letters, Octets, as_letters
from desireline.mixing import U64, mix

_PRIMES = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xD6E8FEB86659FD93))  # customers are hashed by the first
_NOTHING = np.uint64(0xA0761D6478BD642F)
_DIGITS = np.array([list(f"{octet:02x}".encode()) for octet in range(256)], dtype=np.uint8)

_BLOCK = 1 << 14  # rows whose sums stay in the cache
_SHORT = 64


def hash_text(texts: pl.Series) -> U64:
    """The 64-bit hash of each text, shape (n,). Null hashes like the empty text."""
    return mix(_hash(as_letters(texts.cast(pl.String)), _PRIMES[0]))


def content_id(parts: pl.DataFrame) -> pl.Series:
    """A 32-digit hexadecimal id per row, from all columns in their order; nulls differ from empty texts.

    Texts count by their bytes; whole numbers, instants (microseconds), dates, money and floats by their bits, so that
    an id never depends on how an engine writes them. Other kinds count as the text that polars makes of them.
    """
    lanes = [np.zeros(parts.height, dtype=np.uint64) for _ in _PRIMES]
    for place, column in enumerate(parts):
        for lane, bits in enumerate(_bits(column)):
            lanes[lane] = mix(lanes[lane] ^ bits, seed=2 * place + lane)
    return _hexadecimal(np.stack(lanes, axis=1))


def bucket_of(texts: pl.Series, *, buckets: int) -> pl.Series:
    """The bucket of each text: the top bits of its hash. `buckets` must be a power of two."""
    bits = buckets.bit_length() - 1
    if 2**bits != buckets:
        raise ValueError(f"buckets must be a power of two, not {buckets}")
    if bits == 0:
        return pl.Series("bucket", np.zeros(len(texts), dtype=np.int32))
    return pl.Series("bucket", (hash_text(texts) >> np.uint64(64 - bits)).astype(np.int32))


def _bits(column: pl.Series) -> list[U64]:
    """What stands in each cell, as 64 bits for each lane."""
    missing = column.is_null().to_numpy() if column.null_count() else None
    if column.dtype.is_float():
        plain = column.cast(pl.Float64).fill_null(0.0).to_numpy() + 0.0  # so that -0.0 is 0.0
        found = [plain.view(np.uint64)] * len(_PRIMES)
    elif column.dtype.is_integer() or column.dtype.is_temporal() or column.dtype.is_decimal():
        found = [column.to_physical().cast(pl.Int64).fill_null(0).to_numpy().view(np.uint64)] * len(_PRIMES)
    else:
        letters = as_letters(column.cast(pl.String))
        found = [_hash(letters, prime) for prime in _PRIMES]
    return found if missing is None else [np.where(missing, _NOTHING, bits) for bits in found]


def _hexadecimal(numbers: U64) -> pl.Series:
    """Each row of numbers as hexadecimal digits."""
    if not len(numbers):
        return pl.Series("id", [], dtype=pl.String)
    octets = numbers.astype(">u8").view(np.uint8)
    lines = np.full((len(numbers), 2 * octets.shape[1] + 1), ord("\n"), dtype=np.uint8)
    lines[:, :-1] = _DIGITS[octets].reshape(len(numbers), -1)
    # Read as a table of one column, which is the quickest way from bytes to texts.
    return pl.read_csv(lines.tobytes(), has_header=False, schema={"id": pl.String})["id"]


def _hash(letters: Letters, prime: np.uint64) -> U64:
    """The polynomial of each text, with its length in it; not mixed yet."""
    total = letters.lengths.astype(np.uint64)
    for rows, table in letters.by_length():
        total[rows] ^= _polynomial(table, prime)
    return total


def _polynomial(table: Octets, prime: np.uint64) -> U64:
    """Σ (byte + 1) · primeᵖˡᵃᶜᵉ for each row of a table of bytes, the first place being 1."""
    rows, length = table.shape
    powers = np.cumprod(np.full(length, prime, dtype=np.uint64), dtype=np.uint64)
    total = np.full(rows, powers.sum(dtype=np.uint64), dtype=np.uint64)
    if length > _SHORT:
        at_once = max(1, _BLOCK * _SHORT // length)
        for first in range(0, rows, at_once):
            total[first : first + at_once] += table[first : first + at_once] @ powers
        return total
    for first in range(0, rows, _BLOCK):
        for place, power in enumerate(powers):
            total[first : first + _BLOCK] += np.multiply(table[first : first + _BLOCK, place], power, dtype=np.uint64)
    return total
