"""Names become codes: each name of a field has one number, whichever thread met it first.

While rows are read, names get numbers in the order in which they turn up; when all are known, `settle` puts new ones
in alphabetical order behind those that the trace had already, so the codes depend on the data alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from desireline.trace.events import fits
from desireline.trace.manifest import Names

U64 = npt.NDArray[np.uint64]
Codes = npt.NDArray[Any]

_SPREAD = np.uint64(0x9E3779B97F4A7C15)


class Book:
    """The names of one field. Code 0 stands for "missing" where `gaps` is set."""

    def __init__(self, known: Sequence[str | None] = (), *, gaps: bool) -> None:
        self._gaps = gaps
        self._names: list[str | None] = list(known) or ([None] if gaps else [])
        self._known = len(self._names)
        self._numbers = {name: number for number, name in enumerate(self._names)}
        self._lock = Lock()
        self._index = _Index(self._names)

    def code(self, texts: pl.Series) -> Codes:
        """The number of each name, in the smallest type that fits. A null is missing."""
        hashes = texts.hash().to_numpy()
        index = self._index
        codes = index.look_up(hashes)
        while (codes < 0).any():
            self.learn(texts.gather(np.flatnonzero(codes < 0)).unique())
            index = self._index
            codes = index.look_up(hashes)
        return codes.astype(fits(index.size))

    def known(self, texts: pl.Series) -> Codes | None:
        """The number of each name; None when one of them has none yet."""
        index = self._index
        codes = index.look_up(texts.hash().to_numpy())
        return None if (codes < 0).any() else codes.astype(fits(index.size))

    @property
    def names(self) -> Names:
        """The names by the numbers that they have."""
        return tuple(self._names)

    def settle(self) -> tuple[Names, Codes]:
        """The names in their final order, and the final code of each number given so far."""
        order = [*range(self._known), *sorted(range(self._known, len(self._names)), key=lambda n: self._names[n] or "")]
        codes = np.empty(len(order), dtype=fits(len(order)))
        codes[order] = np.arange(len(order))
        return tuple(self._names[number] for number in order), codes

    def learn(self, texts: pl.Series) -> None:
        """Each of these names has a number; new ones get the next, in their order."""
        with self._lock:
            known = len(self._names)
            for name in texts.to_list():
                if name not in self._numbers:
                    self._numbers[name] = len(self._names)
                    self._names.append(name)
            if len(self._names) > known:
                self._index = _Index(self._names)


class _Index:
    """Numbers by hash: an open table, a quarter full. It never changes, so threads may share it.

    The hash is good in this process only. It has 64 bits: that two of a million names share one has a chance of
    three in a hundred million.
    """

    def __init__(self, names: Sequence[str | None]) -> None:
        bits = max(4, (4 * len(names)).bit_length())
        self._shift = np.uint64(64 - bits)
        self._last = 2**bits - 1
        self._own = np.zeros(2**bits, dtype=np.uint64)
        self._codes = np.full(2**bits, -1, dtype=np.int32)
        self.size = len(names)
        self._fill(pl.Series(names, dtype=pl.String).hash().to_numpy())

    def look_up(self, hashes: U64) -> npt.NDArray[np.int32]:
        """The number of each name; -1 where it is not known."""
        place = self._places(hashes)
        codes = self._codes[place]
        astray = np.flatnonzero((self._own[place] != hashes) & (codes >= 0))
        while astray.size:
            place[astray] = (place[astray] + 1) & self._last
            codes[astray] = self._codes[place[astray]]
            astray = astray[(self._own[place[astray]] != hashes[astray]) & (codes[astray] >= 0)]
        return codes

    def _fill(self, hashes: U64) -> None:
        place, left = self._places(hashes), np.arange(len(hashes))
        while left.size:
            free = left[self._codes[place[left]] < 0]
            self._codes[place[free]] = free  # of several at one place the last one stays
            self._own[place[free]] = hashes[free]
            left = left[self._codes[place[left]] != left]
            place[left] = (place[left] + 1) & self._last

    def _places(self, hashes: U64) -> npt.NDArray[np.int64]:
        return ((hashes * _SPREAD) >> self._shift).astype(np.int64)
