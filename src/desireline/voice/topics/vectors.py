"""Texts as directions: texts about the same thing point the same way.

The fast tier knows only the words of the texts at hand. Two words are near when they stand in the same texts more often
than chance would have it (positive pointwise mutual information, reduced to its first dimensions: Levy & Goldberg 2014,
NeurIPS 27; Levy, Goldberg & Dagan 2015, TACL 3, 211–225), and a text is the mean of its words, rare ones counting more.
So two short texts without a common word can still be near, which plain word counts cannot see.

The multilingual tier has the vectors of an embedder: each language's mean is taken out (Libovický, Rosa & Fraser 2020,
Findings of EMNLP, 1663–1674) and large dimensions are damped.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from sklearn.decomposition import PCA
from sklearn.utils.extmath import randomized_svd

from desireline.voice.topics.words import Words

Vectors = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

DIMENSIONS = 100

_MOST_WORDS = 4_000
_FEW_TEXTS, _MANY_TEXTS = 500, 5_000
_OWN_LANGUAGE = 50  # texts that a language needs for a mean of its own
_SMOOTHING = 0.75  # context distribution smoothing (Levy, Goldberg & Dagan 2015)


@dataclass(frozen=True)
class WordSpace:
    """Texts by their words alone."""

    vectors: Vectors  # (texts, d) of length 1; zeros for a text whose words no other text has
    words: Vectors  # (words, d): where each common word pulls to, rare ones harder
    known: Mapping[str, int]  # the row of each common word, by stem
    middle: Vectors  # (d,)

    @classmethod
    def of(cls, words: Words) -> WordSpace:
        """The space that these words span."""
        common = _common(words)
        if len(common) < 2:
            none = np.zeros((words.texts, 1), dtype=np.float32)
            return cls(none, np.zeros((0, 1), dtype=np.float32), {}, np.zeros(1, dtype=np.float32))
        table = words.table[:, common]
        count = np.asarray(table.sum(axis=1))
        rare = np.log(words.texts / np.asarray(table.sum(axis=0)).ravel()).astype(np.float32) + np.float32(0.01)
        pulls = _near_words(table) * rare[:, None]
        texts = np.asarray(table @ pulls) / np.maximum(count, 1)
        told = count.ravel() > 0
        middle = texts[told].mean(axis=0)
        known = {words.stems[word]: row for row, word in enumerate(common.tolist())}
        return cls(unit((texts - middle) * told[:, None]), pulls, known, middle)

    def place(self, weights: Mapping[str, float]) -> Vectors:
        """Where these words (stems with weights) point, shape (d,); zeros when none of them is known."""
        there = {self.known[stem]: weight for stem, weight in weights.items() if stem in self.known and weight > 0}
        if not there:
            return np.zeros_like(self.middle)
        weight = np.array(list(there.values()), dtype=np.float32)
        pulled = weight @ self.words[list(there)] / weight.sum()
        [found] = unit((pulled - self.middle)[None])
        return np.asarray(found)


@dataclass(frozen=True)
class MeaningSpace:
    """Texts by the vectors of an embedder."""

    vectors: Vectors  # (texts, d) of length 1
    bare: Vectors  # (texts, dim): the embedder's, less the mean of each text's language
    reduce: PCA

    @classmethod
    def of(cls, embedded: Vectors, languages: Sequence[str]) -> MeaningSpace:
        """The space of these vectors, shape (texts, dim)."""
        bare = without_language(unit(embedded), languages)
        reduce = PCA(min(DIMENSIONS, *bare.shape), svd_solver="randomized", random_state=0).fit(bare)
        return cls(_damped(reduce, bare), bare, reduce)

    def place(self, bare: Vectors) -> Vectors:
        """Where vectors like `bare` point, shape (n, d)."""
        return _damped(self.reduce, bare)


def without_language(vectors: Vectors, languages: Sequence[str]) -> Vectors:
    """The vectors less the mean of their language; languages of few texts are taken together."""
    names, codes, counts = np.unique(np.array(list(languages), dtype=str), return_inverse=True, return_counts=True)
    codes = np.where(counts[codes] >= _OWN_LANGUAGE, codes, len(names))
    found = vectors.copy()
    for code in np.unique(codes):
        found[codes == code] -= vectors[codes == code].mean(axis=0)
    return found


def unit(vectors: npt.ArrayLike) -> Vectors:
    """The vectors (n, d) at length 1; those of no length stay as they are."""
    given = np.asarray(vectors, dtype=np.float32)
    length = np.linalg.norm(given, axis=1, keepdims=True)
    return np.asarray(given / np.where(length > 1e-6, length, np.inf), dtype=np.float32)


def _damped(reduce: PCA, vectors: Vectors) -> Vectors:
    """The first dimensions, each divided by the root of its standard deviation, of length 1."""
    return unit(reduce.transform(vectors) / np.maximum(reduce.explained_variance_, 1e-9) ** 0.25)


def _common(words: Words) -> Ints:
    """The words that several texts have: the most frequent of them."""
    texts = np.asarray(words.table.sum(axis=0)).ravel()
    fewest = 2 if words.texts < _FEW_TEXTS else 3 if words.texts < _MANY_TEXTS else 5
    order = np.argsort(-texts, kind="stable")
    return np.sort(order[texts[order] >= fewest][:_MOST_WORDS])


def _near_words(table: sp.csr_matrix) -> Vectors:
    """The words as directions, shape (words, d)."""
    together = sp.csr_matrix(table.T @ table)
    together.setdiag(0)
    together.eliminate_zeros()
    pairs = together.tocoo()
    if pairs.nnz == 0:
        return np.eye(table.shape[1], dtype=np.float32)[:, :DIMENSIONS]
    count = pairs.data.astype(np.float64)
    total = count.sum()
    first = np.bincount(pairs.row, count, table.shape[1]) / total
    second = np.bincount(pairs.col, count, table.shape[1]) ** _SMOOTHING
    second /= second.sum()
    gain = np.maximum(np.log(count / total / (first[pairs.row] * second[pairs.col])), 0)
    matrix = sp.csr_matrix((gain.astype(np.float32), (pairs.row, pairs.col)), shape=together.shape)
    left, size, _ = randomized_svd(matrix, min(DIMENSIONS, table.shape[1] - 1), n_iter=4, random_state=0)
    return unit(left * np.sqrt(size))
