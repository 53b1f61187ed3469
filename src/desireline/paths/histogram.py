"""Durations by their logarithm: 32 buckets an octave, so that a median adds up and is within 1.6 %."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from desireline.paths.tally import Tally, starts_of_equals
from desireline.slices import I64, U64

F64 = npt.NDArray[np.float64]

BUCKETS = 2048  # 63 octaves of 32, and one for zero
_BITS_BELOW = np.uint64(47)  # of a float64: 52 of the fraction less the 5 that tell 32 buckets apart
_ONE = np.uint64(1023 * 32)  # 1.0 seen that way


def bucket_of(durations: I64) -> U64:
    """The bucket of each duration (µs, not negative): 0 for nothing, 1 for 1 µs, 32 more for each doubling.

    >>> bucket_of(np.array([0, 1, 2, 4, 1_000_000])).tolist()
    [0, 1, 33, 65, 638]
    """
    seen: U64 = durations.astype(np.float64).view(np.uint64)
    seen >>= _BITS_BELOW
    np.maximum(seen, _ONE - np.uint64(1), out=seen)
    seen -= _ONE - np.uint64(1)
    return seen


def middle_of(buckets: npt.NDArray[np.integer[Any]]) -> F64:
    """The middle of the whole µs in each bucket: exact below 64 µs, and never more than 1/64 off its members."""
    octave, part = np.divmod(np.maximum(buckets.astype(np.int64), 1) - 1, 32)
    low = np.ldexp(1 + part / 32, octave)
    high = np.ldexp(1 + (part + 1) / 32, octave)
    return np.where(buckets == 0, 0.0, (np.ceil(low) + np.ceil(high) - 1) / 2)


def medians(tally: Tally) -> tuple[U64, I64, F64]:
    """Of keys `group * BUCKETS + bucket`: the groups, rising; the number in each; their medians in µs.

    Of an even number, the mean of the two in the middle.
    """
    keys, counts = tally.settled
    groups = keys // np.uint64(BUCKETS)
    starts = starts_of_equals(groups)
    if not len(starts):
        return groups, counts, np.zeros(0)
    upto = np.cumsum(counts)
    totals = np.add.reduceat(counts, starts)
    before = np.cumsum(totals) - totals
    low, high = (
        middle_of(keys[np.searchsorted(upto, before + rank, side="right")] % np.uint64(BUCKETS))
        for rank in ((totals - 1) // 2, totals // 2)
    )
    return groups[starts], totals, (low + high) / 2
