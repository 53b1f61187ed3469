"""Every row of every source file has exactly one fate: accepted, duplicate or refused.

One byte is kept per row, in which what became of it adds up. In this order:

- accepted: a record that came of it is new, or it was a join partner in an import that brought anything new;
- duplicate: records came of it, and all of them were there already (or it is a partner and nothing was new);
- refused: all the rest, with a refusal that says why.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

READ, NEW, KNOWN, PARTNER, REFUSED = 1, 2, 4, 8, 16

Bits = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Tally:
    """How many rows had which fate; accepted + refused + duplicates = read."""

    read: int = 0
    accepted: int = 0
    refused: int = 0
    duplicates: int = 0
    partly: int = 0  # accepted or duplicate, although a record of the row was refused

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.read + other.read,
            self.accepted + other.accepted,
            self.refused + other.refused,
            self.duplicates + other.duplicates,
            self.partly + other.partly,
        )


class Fates:
    """What became of each row so far, by number of the file and number of the row in it."""

    def __init__(self) -> None:
        self._bits: list[Bits] = []

    def mark(self, file: int, rows: pl.Series, bit: int) -> None:
        """The rows of this file carry `bit`. Row numbers are not negative; marking twice changes nothing."""
        numbers = (rows.drop_nulls() if rows.null_count() else rows).to_numpy()
        if not len(numbers):
            return
        first, last = int(numbers[0]), int(numbers[-1])
        if last - first == len(numbers) - 1 and bool((numbers[1:] > numbers[:-1]).all()):
            self._room(file, last)[first : last + 1] |= np.uint8(bit | READ)
        else:
            self._room(file, int(numbers.max()))[numbers] |= np.uint8(bit | READ)

    def mark_all(self, rows: pl.DataFrame, bit: int) -> None:
        """The rows named by `_file` and `_file_row` carry `bit`."""
        files = rows["_file"].unique()
        for file in files:
            mine = rows if len(files) == 1 else rows.filter(pl.col("_file") == file)
            self.mark(int(file), mine["_file_row"], bit)

    def _room(self, file: int, last: int) -> Bits:
        """The bits of this file, as many as its rows up to `last`."""
        while len(self._bits) <= file:
            self._bits.append(np.zeros(0, dtype=np.uint8))
        if last >= len(self._bits[file]):
            grown = np.zeros(max(last + 1, 2 * len(self._bits[file])), dtype=np.uint8)
            grown[: len(self._bits[file])] = self._bits[file]
            self._bits[file] = grown
        return self._bits[file]

    def unclaimed(self) -> pl.DataFrame:
        """The rows (`_file`, `_file_row`) that were read and of which nothing became."""
        found = [np.flatnonzero(bits == READ) for bits in self._bits]
        return pl.DataFrame(
            {
                "_file": np.repeat(np.arange(len(found), dtype=np.int32), [len(rows) for rows in found]),
                "_file_row": np.concatenate([*found, np.zeros(0, dtype=np.int64)]).astype(np.int64),
            },
            schema={"_file": pl.Int32, "_file_row": pl.Int64},
        )

    def rows_read(self, file: int) -> int:
        """How many rows of this file were read."""
        return int(np.count_nonzero(self._bits[file])) if file < len(self._bits) else 0

    def tally(self) -> Tally:
        """The fates of all rows, counted."""
        anything_new = any(bool((bits & NEW).any()) for bits in self._bits)
        return sum((_tally(bits, anything_new=anything_new) for bits in self._bits), Tally())


def _tally(bits: Bits, *, anything_new: bool) -> Tally:
    read = bits > 0
    accepted = (bits & (NEW | PARTNER if anything_new else NEW)) > 0
    duplicate = ((bits & (KNOWN | PARTNER)) > 0) & ~accepted
    refused = read & ~accepted & ~duplicate
    partly = ((bits & REFUSED) > 0) & ~refused
    return Tally(*(int(np.count_nonzero(fate)) for fate in (read, accepted, refused, duplicate, partly)))
