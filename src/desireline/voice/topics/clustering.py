"""Texts gathered by direction, the number of groups chosen by what comes out the same twice.

Rows must come in an order that does not depend on how they were read (by the hash of the text): then the same texts
give the same groups, bit for bit, because everything runs on one thread with fixed seeds.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from sklearn.cluster import KMeans
from sklearn.exceptions import ConvergenceWarning
from sklearn.metrics import adjusted_rand_score

from desireline.voice.topics.vectors import Vectors, unit

Ints = npt.NDArray[np.int64]

NUMBERS = (3, 4, 5, 6, 8, 10, 12, 16, 20, 24, 32, 40, 50, 64, 80)
MANY = 300
"""From so many texts on, fewer than six topics are not asked for: they would say too little."""

TEXTS_EACH = 12
"""Texts that a topic should have at least, on average."""

NEARLY_BEST = 0.97
MOST = 25_000
"""Texts that are gathered; more of them join the nearest group."""

_TRIALS = 6
_LOOKED_AT = 4_000  # texts of a half


class Groups(NamedTuple):
    """What was gathered: the group of each text, and where each group points."""

    label: Ints  # (n,)
    centres: Vectors  # (groups, d), of length 1


def gather(vectors: Vectors, number: int) -> Groups:
    """So many groups of texts; fewer where texts are not so different. `vectors` (n, d) of length 1.

    Source: Lloyd 1982 with the seeding of Arthur & Vassilvitskii 2007, the best of three beginnings.
    """
    some = vectors[:MOST]
    different = len(np.unique(some, axis=0)) if len(some) <= 5 * number else number
    centres = middles(some, min(number, different), tries=3)
    return Groups(nearest(vectors, centres)[0], centres)


def middles(
    vectors: Vectors, number: int, *, seed: int = 0, tries: int = 1, weights: npt.NDArray[np.float64] | None = None
) -> Vectors:
    """The centres of so many groups, shape (number, d), of length 1; some twice where texts are not so different."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # it says that some centres are the same
        fitted = KMeans(number, n_init=tries, random_state=seed).fit(vectors, sample_weight=weights)
    return unit(fitted.cluster_centers_)


def nearest(vectors: Vectors, centres: Vectors) -> tuple[Ints, Vectors]:
    """For each text the centre it is nearest to, and the cosine with it."""
    cosines = vectors @ centres.T
    label = cosines.argmax(axis=1)
    return label.astype(np.int64), cosines[np.arange(len(label)), label]


def choose_number(vectors: Vectors, numbers: Sequence[int] = NUMBERS) -> int:
    """How many topics there are: the largest number that comes out as alike as any, or nearly so, from other halves.

    For each number the texts are halved six times, each half is gathered by itself, and both say where the other
    texts belong; how far they agree (adjusted Rand index) tells how real that number of groups is. Numbers that leave
    less than a dozen texts to a topic are not looked at. Source: Tibshirani & Walther 2005, Journal of Computational
    and Graphical Statistics 14, 511–528 (prediction strength), with the index of Hubert & Arabie 1985.
    """
    most, least = len(vectors) // TEXTS_EACH, 6 if len(vectors) >= MANY else 2
    known = [number for number in numbers if least <= number <= most] or [min(2, len(vectors))]
    agreed = [np.mean([_agreement(vectors, number, trial) for trial in range(_TRIALS)]) for number in known]
    enough = NEARLY_BEST * max(agreed)
    return max(number for number, how in zip(known, agreed, strict=True) if how >= enough)


def _agreement(vectors: Vectors, number: int, trial: int) -> float:
    order = np.random.default_rng(trial).permutation(len(vectors))[: 2 * _LOOKED_AT]
    first, second = vectors[order[::2]], vectors[order[1::2]]
    here = vectors[order]
    labels = [nearest(here, middles(half, number, seed=trial))[0] for half in (first, second)]
    return float(adjusted_rand_score(*labels))
