"""Routes as numbers: two journeys have the same when they went the same way."""

from __future__ import annotations

import numpy as np

from desireline.measures.codes import Codes, Flags, Whole
from desireline.mixing import mix

_TURNS = np.uint64(0x9E3779B97F4A7C15)


def hash_routes(places: Codes, starts: Whole, counts: Flags) -> Whole:
    """A 64-bit hash of each journey's places in order, of those steps only that count.

    Journey j owns the steps from `starts[j]` up to `starts[j + 1]`. Each place is mixed with how far along it comes;
    the sum is mixed again. Places must be numbered the same in all data.
    """
    upto = np.concatenate([[0], np.cumsum(counts, dtype=np.int64)])
    owner_start = np.repeat(upto[starts[:-1]], np.diff(starts))
    turn = (upto[:-1] - owner_start).astype(np.uint64)
    with np.errstate(over="ignore"):
        parts = mix(places.astype(np.uint64) + turn * _TURNS)
        parts[~counts] = 0
        total = np.concatenate([np.zeros(1, dtype=np.uint64), np.cumsum(parts, dtype=np.uint64)])
        sums = total[starts[1:]] - total[starts[:-1]]
    return mix(sums + upto[starts[1:]].astype(np.uint64) - upto[starts[:-1]].astype(np.uint64)).view(np.int64)
