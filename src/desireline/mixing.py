"""Well-spread numbers from plain ones, the same on every machine and in every version."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

U64 = npt.NDArray[np.uint64]

_STEP = 0x9E3779B97F4A7C15


def mix(numbers: U64, *, seed: int = 0) -> U64:
    """For each number another, so that near numbers come far apart (the finalizer of splitmix64); shape (n,).

    The same input and seed give the same output; under one seed no two numbers give the same.
    """
    with np.errstate(over="ignore"):
        z = numbers + np.uint64((seed + 1) * _STEP % 2**64)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return z ^ (z >> np.uint64(31))
