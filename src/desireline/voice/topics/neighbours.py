"""Nearest neighbours of texts, and texts moved towards them."""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp

from desireline.voice.topics.vectors import Vectors, unit

NEIGHBOURS = 15
STEPS = 4
_BLOCK = 512


def smooth(vectors: Vectors, *, neighbours: int = NEIGHBOURS, steps: int = STEPS) -> Vectors:
    """The vectors after each has moved towards its neighbours so often, of length 1; rows of zeros stay zeros.

    Source: Zhang et al. 2019, IJCAI, 4327–4333 (attributed graph clustering by low-pass filters).
    """
    if len(vectors) <= neighbours + 1:
        return vectors
    graph = near(vectors, neighbours) + sp.identity(len(vectors), dtype=np.float32)
    scale = sp.diags(1 / np.sqrt(np.asarray(graph.sum(axis=1)).ravel()))
    step = sp.csr_matrix(scale @ graph @ scale, dtype=np.float32)
    moved = vectors
    for _ in range(steps):
        moved = step @ moved
    return unit(moved)


def near(vectors: Vectors, neighbours: int) -> sp.csr_matrix:
    """Cosines with the nearest texts, either one's nearest, shape (n, n); vectors must have length 1."""
    texts = len(vectors)
    which = np.empty((texts, neighbours), dtype=np.int64)
    how = np.empty((texts, neighbours), dtype=np.float32)
    for first in range(0, texts, _BLOCK):
        cosines = vectors[first : first + _BLOCK] @ vectors.T
        rows = np.arange(len(cosines))
        cosines[rows, first + rows] = -2
        found = np.argpartition(-cosines, neighbours, axis=1)[:, :neighbours]
        which[first : first + _BLOCK] = found
        how[first : first + _BLOCK] = np.take_along_axis(cosines, found, axis=1)
    rows = np.repeat(np.arange(texts), neighbours)
    graph = sp.csr_matrix((np.maximum(how, 0).ravel(), (rows, which.ravel())), shape=(texts, texts))
    return graph.maximum(graph.T).tocsr()


def moved_like_neighbours(given: Vectors, plain: Vectors, moved: Vectors) -> Vectors:
    """Where vectors (m, d) would stand if they had moved with their nearest among `plain`, which moved to `moved`."""
    count = min(NEIGHBOURS, len(plain))
    found = np.empty((len(given), moved.shape[1]), dtype=np.float32)
    for first in range(0, len(given), _BLOCK):
        cosines = given[first : first + _BLOCK] @ plain.T
        which = np.argpartition(-cosines, count - 1, axis=1)[:, :count]
        weight = np.maximum(np.take_along_axis(cosines, which, axis=1), 0)
        found[first : first + _BLOCK] = np.einsum("mk,mkd->md", weight, moved[which])
    return unit(found)
