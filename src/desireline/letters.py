"""Texts as one run of UTF-8 bytes, so that NumPy can look at all of them at once.

No text becomes a Python object. Nulls count as empty texts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

Ints = npt.NDArray[np.int64]
Octets = npt.NDArray[np.uint8]

_LAST_BLANK = 0x20
_DELETE = 0x7F
_RUN = 16
_AT_ONCE = 1 << 30  # polars joins texts up to 4 GiB


@dataclass(frozen=True)
class Letters:
    """The bytes of n texts, one after the other, with the place where each begins and how many it has."""

    flat: Octets
    starts: Ints  # shape (n,)
    lengths: Ints  # shape (n,)

    def by_length(self) -> Iterator[tuple[Ints | slice, Octets]]:
        """For each length that occurs: which texts have it, and those as a table of shape (texts, length)."""
        if not len(self.lengths):
            return
        shortest, longest = int(self.lengths.min()), int(self.lengths.max())
        if shortest == longest:
            yield slice(None), self.flat.reshape(len(self.lengths), longest)
            return
        narrow = self.lengths.astype(np.uint16) if longest < 1 << 16 else self.lengths  # two bytes are sorted by radix
        order = np.argsort(narrow, kind="stable")
        cuts = np.flatnonzero(np.diff(self.lengths[order])) + 1
        for rows in np.split(order, cuts):
            yield rows, self._table(rows, int(self.lengths[rows[0]]))

    def _table(self, rows: Ints, length: int) -> Octets:
        """The bytes of these texts of one length; long runs of neighbours are copied whole."""
        breaks = np.flatnonzero(np.diff(rows) != 1)
        if len(breaks) * _RUN > len(rows):
            picked: Octets = self.flat[self.starts[rows][:, None] + np.arange(length)]
            return picked
        firsts, lasts = rows[np.concatenate([[0], breaks + 1])], rows[np.concatenate([breaks, [len(rows) - 1]])]
        begins, ends = self.starts[firsts].tolist(), (self.starts[lasts] + length).tolist()
        parts = [self.flat[begin:end] for begin, end in zip(begins, ends, strict=True)]
        return np.concatenate(parts).reshape(len(rows), length)


def as_letters(texts: pl.Series) -> Letters:
    """The bytes of these texts (a series of texts)."""
    length = texts.str.len_bytes()
    lengths = (length.fill_null(0) if length.null_count() else length).to_numpy().astype(np.int64)
    ends = np.cumsum(lengths)
    flat = b"".join(_joined(part) for part in _parts(texts, ends))
    return Letters(np.frombuffer(flat, dtype=np.uint8), ends - lengths, lengths)


def are_bare(texts: pl.Series) -> bool:
    """True when no text holds NUL and none has a blank at its ends; an empty one counts as bare. Nulls are left aside.

    False means that nothing is known: letters beyond ASCII at an end are not looked at closely.
    """
    letters = as_letters(texts)
    if not len(letters.flat):
        return True
    least = int(letters.flat.min())
    if least > _LAST_BLANK and int(letters.flat.max()) < _DELETE:
        return True
    some = letters.lengths > 0
    ends = letters.starts[some]
    last = letters.flat[ends + letters.lengths[some] - 1]
    edges = (letters.flat[ends], last)
    return least > 0 and all(bool(((edge > _LAST_BLANK) & (edge < _DELETE)).all()) for edge in edges)


def _parts(texts: pl.Series, ends: Ints) -> Iterator[pl.Series]:
    """The texts in pieces that can be joined."""
    if not len(ends) or ends[-1] <= _AT_ONCE:
        yield texts
        return
    cuts = np.searchsorted(ends, np.arange(_AT_ONCE, int(ends[-1]) + _AT_ONCE, _AT_ONCE), side="right").tolist()
    for first, end in zip([0, *cuts], [*cuts, len(texts)], strict=True):
        yield texts.slice(first, end - first)


def _joined(texts: pl.Series) -> bytes:
    joined: bytes = texts.str.join("").cast(pl.Binary).item() if len(texts) else b""
    return joined
