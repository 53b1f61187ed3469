"""Many routes in two plain columns, and which of them are the same."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from desireline.mixing import U64, mix

I64 = npt.NDArray[np.int64]
Index = npt.NDArray[np.intp]
Codes = npt.NDArray[np.uint16]


@dataclass(frozen=True)
class Routes:
    """Route i is `codes[starts[i]:starts[i + 1]]`: twice each touchpoint's position, plus one in a wrong channel."""

    codes: Codes
    starts: I64

    def __len__(self) -> int:
        return len(self.starts) - 1

    @property
    def lengths(self) -> I64:
        """Steps by route."""
        return np.diff(self.starts)

    def of(self, rows: Index) -> Routes:
        """Some of the routes."""
        lengths = self.lengths[rows]
        return self._spans(self.starts[rows], lengths)

    def heads(self, longest: int) -> Routes:
        """The first steps of each, up to so many."""
        lengths = np.minimum(self.lengths, longest)
        return self if np.array_equal(lengths, self.lengths) else self._spans(self.starts[:-1], lengths)

    def after(self, steps: I64) -> Routes:
        """The steps of each after so many."""
        return self._spans(self.starts[:-1] + steps, self.lengths - steps)

    def distinct(self) -> tuple[Index, Index]:
        """The rows at which each distinct route is first met, and for each row which of those it is."""
        salt = 0
        while True:
            _, first, which = np.unique(self._fingerprints(salt), return_index=True, return_inverse=True)
            if self._same(first[which]):
                return first, which
            salt += 1

    def _fingerprints(self, salt: int) -> U64:
        """Sums of well-mixed numbers, one for each step at its place, and one for the length."""
        place = np.arange(len(self.codes)) - np.repeat(self.starts[:-1], self.lengths)
        mixed = mix((place.astype(np.uint64) << np.uint64(16) | self.codes) + np.uint64(salt << 56))
        sums = np.concatenate([np.zeros(1, dtype=np.uint64), np.cumsum(mixed)])
        return np.diff(sums[self.starts]) + mix(self.lengths.astype(np.uint64))

    def _same(self, rows: Index) -> bool:
        """True when each route has the steps of the route at the row named for it."""
        if not np.array_equal(self.lengths, self.lengths[rows]):
            return False
        shift = np.repeat(self.starts[rows] - self.starts[:-1], self.lengths)
        return bool((self.codes[np.arange(len(self.codes)) + shift] == self.codes).all())

    def _spans(self, first: I64, lengths: I64) -> Routes:
        starts = _starts(lengths)
        return Routes(self.codes[np.arange(starts[-1]) + np.repeat(first - starts[:-1], lengths)], starts)


def _starts(lengths: I64) -> I64:
    return np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(lengths)])
