"""Texts as rows of numbers: their words and pairs of words, and the runs of letters within words.

Grams are hashed to places (Weinberger et al. 2009), so what was learned holds numbers and not one customer's words, and
words with typing errors and languages without blanks are told apart by letters. Counts are weighed as 1 + log(count),
times how rare the gram is, and each row has length 1 (Salton and Buckley 1988). Capitals do not matter.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from desireline.text.e5 import readable

PLACES = 1 << 20
_ALL = {"n_features": PLACES, "alternate_sign": False, "norm": None, "dtype": np.float64}
_MADE_OF: dict[str, dict[str, Any]] = {
    "words": {"ngram_range": (1, 2), "token_pattern": r"\w+|[^\w\s]"},
    "letters": {"ngram_range": (2, 4), "analyzer": "char_wb"},
}
_LEAST = {"words": 2, "letters": 3}
"""Grams that fewer texts hold are left out."""


@dataclass(frozen=True)
class Grams:
    """The m grams of one kind that were met when learning."""

    kind: str  # "words" or "letters"
    places: npt.NDArray[np.int64]  # (m,) where they are hashed to, ascending
    rarity: npt.NDArray[np.float64]  # (m,) 1 + log((1 + texts) / (1 + texts that hold it))

    def matrix(self, texts: Sequence[str]) -> sparse.csr_array:
        """Shape (n, m): each row has length 1, or is empty where no gram is known."""
        return self.weighed(_counted(self.kind, texts))

    def weighed(self, counts: sparse.csr_array) -> sparse.csr_array:
        rows = counts[:, self.places]
        rows.data = (1.0 + np.log(rows.data)) * self.rarity[rows.indices]
        length = np.sqrt(np.bincount(_row_of(rows), weights=rows.data**2, minlength=rows.shape[0]))
        rows.data /= length[_row_of(rows)]
        return rows

    def document(self) -> dict[str, Any]:
        return {"kind": self.kind, "places": self.places.tolist(), "rarity": self.rarity.tolist()}


def learn_grams(kind: str, texts: Sequence[str]) -> tuple[Grams, sparse.csr_array]:
    """The grams of these texts, and the texts as `Grams.matrix` gives them."""
    counts = _counted(kind, texts)
    held_by = np.bincount(counts.indices, minlength=PLACES)
    places = np.flatnonzero(held_by >= _LEAST[kind])
    rarity = 1.0 + np.log((1.0 + len(texts)) / (1.0 + held_by[places]))
    grams = Grams(kind, places, rarity.round(5))
    return grams, grams.weighed(counts)


def grams_of(document: Mapping[str, Any]) -> Grams:
    """The grams that a document holds."""
    return Grams(
        document["kind"], np.array(document["places"], dtype=np.int64), np.array(document["rarity"], dtype=float)
    )


def _counted(kind: str, texts: Sequence[str]) -> sparse.csr_array:
    """How often each place is hit, shape (n, PLACES)."""
    if not len(texts):
        return sparse.csr_array((0, PLACES))
    from sklearn.feature_extraction.text import HashingVectorizer  # noqa: PLC0415  a second to load

    hashed = HashingVectorizer(**_ALL, **_MADE_OF[kind])
    return sparse.csr_array(hashed.transform([readable(text) for text in texts]))


def _row_of(rows: sparse.csr_array) -> npt.NDArray[np.int64]:
    return np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr))
