"""Random numbers by counter: the n-th draw of a stream is a function of (stream, n) alone.

So any part of the data can be made without the part before it, in any order, and twice the same. Shapes of
distributions are tables of integers made with `math`, so no result hangs on how a processor rounds.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

U64 = npt.NDArray[np.uint64]
I64 = npt.NDArray[np.int64]

_STEP = np.uint64(0x9E3779B97F4A7C15)
TABLE_BITS = 16


def draw(counters: U64, *, stream: int) -> U64:
    """64 random bits for each counter (the finalizer of splitmix64)."""
    with np.errstate(over="ignore"):
        z = counters * _STEP + np.uint64(stream * 0xD1342543DE82EF95 % 2**64)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return z ^ (z >> np.uint64(31))


def bits(drawn: U64, *, at: int, width: int) -> I64:
    """A number of `width` bits out of each draw, counted from bit `at`."""
    return ((drawn >> np.uint64(at)) & np.uint64(2**width - 1)).astype(np.int64)


def table(quantile: Callable[[float], float]) -> I64:
    """2**16 equally likely whole numbers of a distribution, from its quantile function."""
    size = 2**TABLE_BITS
    return np.array([math.floor(quantile((i + 0.5) / size)) for i in range(size)], dtype=np.int64)


def lognormal(median: float, sigma: float) -> Callable[[float], float]:
    """The quantiles of a lognormal distribution."""
    normal = NormalDist()
    return lambda share: median * math.exp(sigma * normal.inv_cdf(share))


def pareto(least: float, shape: float) -> Callable[[float], float]:
    """The quantiles of a Pareto distribution: most are near `least`, a few are very large."""
    return lambda share: least * (1 - share) ** (-1 / shape)


def exponential(mean: float) -> Callable[[float], float]:
    """The quantiles of an exponential distribution."""
    return lambda share: -mean * math.log(1 - share)


def choices(weights: dict[int, int]) -> I64:
    """A table of `sum(weights)` equally likely numbers, each as often as its weight says."""
    return np.repeat(np.array(list(weights), dtype=np.int64), list(weights.values()))
