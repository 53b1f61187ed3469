"""What a reader of feelings is: it is given texts and says how people feel, or that it cannot read them.

Levels go from −2 (awful) to +2 (delighted), as everywhere in Desireline. A text that no reader reads is counted as
unread; it is never taken for neutral.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

Levels = npt.NDArray[np.float64]

UNTOLD = "und"
"""The language of a text of which it cannot be told (ISO 639-2)."""

NEUTRAL = 0.25
"""Levels nearer to 0 than this are neither positive nor negative."""


class Read(NamedTuple):
    """What was read in n texts."""

    level: Levels  # (n,) from −2 to +2; NaN where the text was not read
    language: list[str]  # (n,) ISO 639-1 code, or UNTOLD


class Reader(Protocol):
    """Reads how people feel. The same text always has the same level, whatever it stands beside."""

    @property
    def name(self) -> str:
        """Tier and version, such as "fast/1": what was read is kept under this name."""
        ...

    def read(self, texts: Sequence[str]) -> Read:
        """The feeling and the language of each text; the empty text is unread."""
        ...


def kinds(levels: Levels) -> npt.NDArray[np.int8]:
    """−1 negative, 0 neutral, +1 positive, for each level; 0 where it is NaN, so leave those out before."""
    return np.where(levels >= NEUTRAL, 1, np.where(levels <= -NEUTRAL, -1, 0)).astype(np.int8)
