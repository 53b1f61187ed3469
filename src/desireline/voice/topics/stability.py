"""Would the same topics come out of slightly other texts? Each topic's share that comes back."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy.stats import poisson

from desireline.hashes import hash_text
from desireline.mixing import U64, mix
from desireline.voice.topics.clustering import Ints, middles, nearest
from desireline.voice.topics.vectors import Vectors

ROUNDS = 20
LOOSE = 0.5
"""Below it a topic is loose: in half of the other samples it dissolves (Hennig 2007)."""

_LOOKED_AT = 4_000
_SCALE = 2.0**-64


def stability(vectors: Vectors, label: Ints, topics: int, *, hashes: U64) -> npt.NDArray[np.float64]:
    """For each topic the mean of its best match (Jaccard) in 20 resampled gatherings; NaN without texts.

    The first 4,000 texts are resampled by Poisson weights from their hashes, gathered anew, and each topic is held
    against the group that matches it best, over the texts that were drawn.
    Source: Hennig 2007, Computational Statistics & Data Analysis 52, 258–271.
    """
    some, own, seeds = vectors[:_LOOKED_AT], label[:_LOOKED_AT], hashes[:_LOOKED_AT]
    groups = len(np.unique(own[own >= 0]))
    if groups < 2:
        return np.where(np.bincount(own[own >= 0], minlength=topics) > 0, 1.0, np.nan)
    matches = [_matches(some, own, topics, groups, weights=poisson_weights(seeds, k), seed=k) for k in range(ROUNDS)]
    there = ~np.isnan(matches)
    with np.errstate(invalid="ignore"):
        return np.where(there.any(axis=0), np.nansum(matches, axis=0) / np.maximum(there.sum(axis=0), 1), np.nan)


def poisson_weights(hashes: U64, number: int) -> npt.NDArray[np.float64]:
    """How often each is drawn in a resampling: Poisson(1), from its hash and the number of the resampling."""
    chance = (mix(hashes, seed=number + 1).astype(np.float64) + 0.5) * _SCALE
    return np.asarray(poisson.ppf(np.minimum(chance, 1 - 1e-12), 1.0), dtype=np.float64)


def hashes_of(texts: list[str]) -> U64:
    """The hashes from which texts are drawn."""
    return hash_text(pl.Series(texts, dtype=pl.String))


def _matches(
    vectors: Vectors, label: Ints, topics: int, groups: int, *, weights: npt.NDArray[np.float64], seed: int
) -> npt.NDArray[np.float64]:
    drawn = weights > 0
    if drawn.sum() <= groups:
        return np.full(topics, np.nan)
    centres = middles(vectors[drawn], groups, seed=seed, weights=weights[drawn])
    again, _ = nearest(vectors[drawn], centres)
    own = label[drawn]
    table = np.zeros((topics + 1, groups))
    np.add.at(table, (own, again), 1)  # texts of no topic count in the last row
    either = table[:topics].sum(axis=1, keepdims=True) + table.sum(axis=0) - table[:topics]
    sizes = table[:topics].sum(axis=1)
    best = (table[:topics] / np.maximum(either, 1)).max(axis=1)
    return np.where(sizes > 0, best, np.nan)
