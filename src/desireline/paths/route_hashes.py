"""A hash of 64 bits for each customer's route."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from desireline.mixing import mix
from desireline.slices import I64, U64, Codes

_STEP = 0x9E3779B97F4A7C15  # 5 modulo 8: its powers do not repeat before 2**62 of them
_BACK = pow(_STEP, -1, 2**64)
_TABLE = 1 << 20


def hash_routes(codes: Codes, ends: I64) -> U64:
    """The hash of each route of `codes`; route i ends at `ends[i]`, where the next begins; none is empty.

    A route's hash is a polynomial in its codes, each one spread over 64 bits, modulo 2**64. All are computed at
    once: sums over the whole array, cut at the ends, and moved back to where the route began by a power of the
    inverse.
    """
    terms = _spread_codes(codes)
    terms *= _powers(_STEP, len(codes))[: len(codes)]
    sums = np.cumsum(terms, out=terms)[ends - 1]
    starts = np.concatenate([np.zeros(1, dtype=np.int64), ends[:-1]])
    found = np.diff(sums, prepend=np.uint64(0))
    found *= _powers(_BACK, len(codes))[starts]
    found ^= (ends - starts).view(np.uint64)
    return mix(found)


def _spread_codes(codes: Codes) -> U64:
    top = int(codes.max())
    if top >= _TABLE:
        return mix(codes.astype(np.uint64))
    return _table(1 << top.bit_length()).take(codes)


@lru_cache(maxsize=4)
def _table(size: int) -> U64:
    return mix(np.arange(size, dtype=np.uint64))


def _powers(number: int, count: int) -> U64:
    """At least `count` powers of a number modulo 2**64, from the zeroth."""
    size = max(1 << 16, 1 << (count - 1).bit_length())
    return _kept_powers(number, size) if size <= _TABLE else _make_powers(number, size)


def _make_powers(number: int, size: int) -> U64:
    found = np.full(size, number, dtype=np.uint64)
    found[0] = 1
    return np.cumprod(found, out=found)


_kept_powers = lru_cache(maxsize=12)(_make_powers)
