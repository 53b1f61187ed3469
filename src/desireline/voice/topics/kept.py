"""Topics that are kept from an earlier run: texts go to them first, and only what is far from all of them is new."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from desireline.voice.topics.clustering import Ints, choose_number, gather, nearest
from desireline.voice.topics.space import Hint, Space
from desireline.voice.topics.vectors import Vectors, unit

_ROUNDS = 2
_NEW_TEXTS = 12
_NEW_SHARE = 0.01
_ALIKE = 0.9
_APART = 0.1  # how much nearer its texts must be to a new topic than to the kept ones


class Found(NamedTuple):
    """Which topic each text is of: first the kept ones in their order, then new ones."""

    label: Ints  # (n,), −1 for texts that have no direction
    centres: Vectors  # (topics, d)
    cosine: npt.NDArray[np.float32]  # (n,): of each text with its topic's centre
    kept: int


def find_topics(space: Space, kept: Sequence[tuple[Hint, float | None]], number: int | None) -> Found:
    """The topics of a space: `number` of them in all, or as many as the texts have.

    `kept` are hints with their reach: the least cosine of a text with a topic; without one, half of what the nearest
    hundredth of the texts have. A new topic needs a dozen texts and a hundredth of all, and they must be nearer to it
    than to the kept topics; other texts beyond every reach go to the kept topic that is nearest.
    """
    told = np.flatnonzero(np.abs(space.vectors).max(axis=1) > 0)
    vectors = space.vectors[told]
    label = np.full(len(space.vectors), -1, dtype=np.int64)
    cosine = np.zeros(len(space.vectors), dtype=np.float32)
    centres = _settle(vectors, space, kept) if kept else np.zeros((0, vectors.shape[1]), dtype=np.float32)
    if len(told):
        centres = np.concatenate([centres, _others(vectors, centres, kept, number)])
    if len(told) and len(centres):
        label[told], cosine[told] = nearest(vectors, centres)
    return Found(label, centres, cosine, len(kept))


def reach_of(cosine: npt.NDArray[np.float32]) -> float:
    """The reach of a topic whose texts have these cosines: all but the farthest hundredth lie in it."""
    return float(np.quantile(cosine, 0.01)) if len(cosine) else 0.0


def _settle(vectors: Vectors, space: Space, kept: Sequence[tuple[Hint, float | None]]) -> Vectors:
    """Where kept topics stand among these texts: their hints, drawn half way to the texts in their reach."""
    seeds = space.place([hint for hint, _ in kept])
    centres = seeds
    for _ in range(_ROUNDS if len(vectors) else 0):
        label, cosine = nearest(vectors, centres)
        within = cosine >= _reaches(vectors, centres, kept)[label]
        moved = [
            seed + unit(vectors[within & (label == k)].mean(axis=0)[None])[0] if (within & (label == k)).any() else seed
            for k, seed in enumerate(seeds)
        ]
        centres = unit(np.stack(moved))
    return centres


def _reaches(vectors: Vectors, centres: Vectors, kept: Sequence[tuple[Hint, float | None]]) -> npt.NDArray[np.float64]:
    own = 0.5 * np.quantile(vectors @ centres.T, 0.99, axis=0)
    return np.array([own[k] if reach is None else reach for k, (_, reach) in enumerate(kept)])


def _others(
    vectors: Vectors, centres: Vectors, kept: Sequence[tuple[Hint, float | None]], number: int | None
) -> Vectors:
    """The centres of further topics."""
    if not len(centres):
        return gather(vectors, number or choose_number(vectors)).centres
    label, cosine = nearest(vectors, centres)
    far = cosine < _reaches(vectors, centres, kept)[label]
    fewest = max(_NEW_TEXTS, int(_NEW_SHARE * len(vectors)))
    wanted = None if number is None else number - len(centres)
    if far.sum() < fewest or (wanted is not None and wanted < 1):
        return centres[:0]
    rest, was = vectors[far], cosine[far]
    found = gather(rest, wanted or _number(rest, usual=float(cosine[~far].mean()) if (~far).any() else 1.0))
    here = nearest(rest, found.centres)[1]
    sound = [
        k
        for k in range(len(found.centres))
        if (own := found.label == k).sum() >= fewest and (here[own] - was[own]).mean() >= _APART
    ]
    return found.centres[sound]


def _number(vectors: Vectors, *, usual: float) -> int:
    """How many new topics there are: one, when these texts are nearly as near to each other as kept topics are."""
    together = float(gather(vectors, 1).centres[0] @ vectors.mean(axis=0))
    return 1 if together >= _ALIKE * usual else choose_number(vectors)
