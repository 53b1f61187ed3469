"""The mergeable state of a measure: whole-number sums per cell, customers added up first.

A customer's rows must all be in the rows given to one `add_up`, because squares of customers cannot be put together
afterwards; cells of different customers may then be merged in any order. Sums are exact, whatever their size.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import polars as pl

from desireline.measures.codes import Flags, Numbers, Whole, added
from desireline.measures.layout import Layout, Shared

WHOLE = pl.Int128()
SUMS = ("n", "came", "rows", "size", "squares", "x", "m", "xx", "xm", "mm")
"""n customers; came: those with X > 0; rows; size Σ|x| and squares Σm² of rows; the rest of customers."""

COLUMNS = {name: pl.Int64() if name in ("n", "came", "rows") else WHOLE for name in SUMS}

_FEW = 4  # rows are picked out first when fewer than one of so many say something
_ROOM = 2**63  # sums below it are exact in 64 bits


class Sums(NamedTuple):
    """SUMS as arrays, one number per cell: of 64 bits where they fit, else Python's whole numbers."""

    n: Numbers
    came: Numbers
    rows: Numbers
    size: Numbers
    squares: Numbers
    x: Numbers
    m: Numbers
    xx: Numbers
    xm: Numbers
    mm: Numbers

    def pick(self, cells: Numbers) -> Sums:
        """The sums of some of the cells."""
        return Sums(*(column[cells] for column in self))

    def spread(self, cells: Numbers, size: int) -> Sums:
        """The same among `size` cells, of which these are `cells`; 0 in all others."""
        if len(cells) == size:
            return self
        found = [np.zeros(size, dtype=column.dtype) for column in self]
        for wide, column in zip(found, self, strict=True):
            wide[cells] = column
        return Sums(*found)

    def plus(self, other: Sums) -> Sums:
        """The sums of both, cell by cell."""
        return Sums(*(a + b for a, b in zip(self, other, strict=True)))


def add_up(layout: Layout, x: Numbers, m: Numbers | None = None) -> Sums:
    """The sums of each cell of the layout. `m` is 1 everywhere when None; rows with m = 0 say nothing."""
    x, m = layout.arranged(x), None if m is None else layout.arranged(m)
    if m is not None:
        if m.dtype == np.bool_ and _FEW * np.count_nonzero(m) < len(m):
            return _of_few(layout, x, np.flatnonzero(m))
        x = x & m if x.dtype == m.dtype == np.bool_ else x * (m if m.dtype == np.bool_ else m != 0)
    # First as if each row were a customer of its own; then those with several rows are put right.
    found = _rows(layout.starts, layout.counts, x, m)
    if layout.shared is not None:
        found = _put_right(found, layout.shared, x, m)
    return found


def _of_few(layout: Layout, x: Numbers, known: Whole) -> Sums:
    """The sums when few of the arranged rows say something: nothing else is looked at."""
    if not len(known):
        nothing = np.zeros(len(layout.starts), dtype=np.int64)
        return Sums(*(nothing for _ in SUMS))
    told, cells = layout.only(known)
    return add_up(told, x[known]).spread(cells, len(layout.starts))


def _rows(starts: Whole, counts: Whole, x: Numbers, m: Numbers | None) -> Sums:
    """The sums when each row is a customer."""
    if x.dtype == np.bool_:
        came = size = value = xx = _added(x, starts)
    else:
        came, (value, xx) = _added(x > 0, starts), _powers(x, starts)
        size = value if x.min(initial=0) >= 0 else dot(np.abs(x), None, starts)
    if m is None:
        return Sums(counts, came, counts, size, counts, value, counts, xx, value, counts)
    if m.dtype == np.bool_:
        n = _added(m, starts)
        return Sums(n, came, n, size, n, value, n, xx, value, n)
    n, (out_of, mm) = _added(m > 0, starts), _powers(m, starts)
    return Sums(n, came, n, size, mm, value, out_of, xx, dot(x, m, starts), mm)


def _put_right(found: Sums, shared: Shared, x: Numbers, m: Numbers | None) -> Sums:
    """Those sums over customers that change because some customers have several rows in a cell."""
    some, out_of = x[shared.rows], None if m is None else m[shared.rows]
    x_of = added(some, shared.customers)
    m_of = shared.sizes if out_of is None else added(out_of, shared.customers)
    wrong = _rows(shared.row_starts, shared.row_counts, some, out_of)
    right = _rows(shared.starts, shared.counts, x_of, m_of)
    columns = found._asdict()
    for name in ("n", "came", "xx", "xm", "mm"):
        column = columns[name]
        change = getattr(right, name) - getattr(wrong, name)
        column = column.astype(object) if change.dtype == object else column.copy()
        column[shared.cells] += change
        columns[name] = column
    return Sums(**columns)


def dot(one: Numbers, two: Numbers | None, starts: Whole) -> Numbers:
    """Σ one, or Σ one · two, from each start to the next: exact, whatever the size of the numbers."""
    largest = _largest(one) * (1 if two is None else _largest(two))
    if not len(starts) or largest * len(one) < _ROOM:
        return _added(one if two is None else one * two, starts)
    # Too large for 64 bits: numbers are taken apart into pieces whose products are not.
    width = (62 - len(one).bit_length()) // 2
    pieces = _pieces(one, width)
    others = [np.ones(1, dtype=np.int64)] if two is None else pieces if two is one else _pieces(two, width)
    total = np.zeros(len(starts), dtype=object)
    for i, a in enumerate(pieces):
        for j, b in enumerate(others):
            if others is not pieces or i <= j:
                twice = 1 if others is pieces and i < j else 0
                total += np.add.reduceat(a * b, starts).astype(object) << (width * (i + j) + twice)
    return total


def _powers(numbers: Numbers, starts: Whole) -> tuple[Numbers, Numbers]:
    """Σ numbers and Σ numbers², from each start to the next."""
    if _largest(numbers) ** 2 * len(numbers) < _ROOM:
        return _added(numbers, starts), _added(numbers * numbers, starts)
    return dot(numbers, None, starts), dot(numbers, numbers, starts)


def _added(numbers: Numbers, starts: Whole) -> Whole:
    return added(numbers, starts) if len(starts) else np.zeros(0, dtype=np.int64)


def whole(column: Numbers) -> pl.Series:
    """The numbers as a column of a table, 128 bits wide."""
    if column.dtype == object:
        return pl.Series(column.tolist(), dtype=WHOLE)
    return pl.Series(column.astype(np.int64, copy=False)).cast(WHOLE)


def numbers_of(column: pl.Series) -> Numbers:
    """A column of whole numbers as an array: of 64 bits where all fit, else of Python's."""
    if column.dtype != WHOLE:
        return column.to_numpy()
    inside = column.is_between(-(2**62), 2**62).all()
    return column.cast(pl.Int64).to_numpy() if inside else np.array(column.to_list(), dtype=object)


def _pieces(numbers: Numbers, width: int) -> list[Whole]:
    """Whole numbers as Σ piece · 2 ** (width · place), all pieces but the last from 0 up."""
    rest, found = numbers.astype(np.int64), []
    while _largest(rest) >= 1 << width:
        found.append(rest & ((1 << width) - 1))
        rest = rest >> width
    return [*found, rest]


def _largest(numbers: Numbers) -> int:
    if numbers.dtype == np.bool_:
        return 1
    return max(int(numbers.max(initial=0)), -int(numbers.min(initial=0)))


def flags(numbers: Numbers) -> Flags:
    """True where a number is not 0."""
    found: Flags = numbers if numbers.dtype == np.bool_ else numbers != 0
    return found
