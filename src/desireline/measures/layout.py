"""How rows fall into cells, and within a cell to customers: worked out once for all measures that look at the rows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from desireline.measures.codes import Codes, Numbers, Whole, beginnings, lengths, rows_in_order


@dataclass(frozen=True, eq=False)
class Shared:
    """The rows of customers who have several in one cell."""

    rows: Whole  # among the arranged rows
    customers: Whole  # where each customer begins among `rows`
    sizes: Whole  # rows of each customer
    cells: Whole  # the cells in which there are any, as positions in the layout
    row_starts: Whole  # where each of `cells` begins among `rows`
    row_counts: Whole
    starts: Whole  # where each of `cells` begins among `customers`
    counts: Whole


@dataclass(frozen=True, eq=False)
class Layout:
    """Rows arranged by cell and, within a cell, by customer."""

    order: Whole | None  # which rows, in which order; None: all, as they stand
    starts: Whole  # where each cell begins among the arranged rows
    counts: Whole  # rows in each cell
    key: Whole  # of each cell
    shared: Shared | None  # None when nobody has two rows in one cell

    def arranged(self, column: Numbers) -> Numbers:
        """The column's values in the order of the cells."""
        return column if self.order is None else column[self.order]

    @classmethod
    def of(cls, starts: Whole, rows: int) -> Layout:
        """The layout of rows that stand in order and are each a customer's only one in their cell."""
        return cls(None, starts, lengths(starts, rows), starts, None)

    @property
    def cell_of(self) -> Whole:
        """The position of each arranged row's cell."""
        return np.repeat(np.arange(len(self.starts)), self.counts)


def lay_out(key: Whole, customer: Codes, *, keep: Whole | None = None) -> Layout:
    """The layout of rows by the cell whose `key` they carry.

    `keep` are the rows that count, all when None. `customer` may stand in any order.
    """
    if keep is not None:
        key, customer = key[keep], customer[keep]
    order = rows_in_order(key)
    if order is not None:
        key, customer = key[order], customer[order]
    if bool(((customer[1:] < customer[:-1]) & (key[1:] == key[:-1])).any()):  # rows of a customer lie apart
        again = np.lexsort((customer, key))
        key, customer, order = key[again], customer[again], again if order is None else order[again]
    starts = beginnings(key)
    picked = keep if order is None else order if keep is None else keep[order]
    counts = lengths(starts, len(key))
    return Layout(picked, starts, counts, key[starts], _shared(key, customer, starts))


def _shared(key: Whole, customer: Codes, starts: Whole) -> Shared | None:
    same = (customer[1:] == customer[:-1]) & (key[1:] == key[:-1])
    if not same.any():
        return None
    several = np.zeros(len(key), dtype=np.bool_)
    several[1:] = same
    several[:-1] |= same
    rows = np.flatnonzero(several)
    of_cell = np.searchsorted(starts, rows, side="right") - 1
    heads = beginnings(of_cell, customer[rows])
    row_starts, first = beginnings(of_cell), beginnings(of_cell[heads])
    return Shared(
        rows=rows,
        customers=heads,
        sizes=lengths(heads, len(rows)),
        cells=of_cell[row_starts],
        row_starts=row_starts,
        row_counts=lengths(row_starts, len(rows)),
        starts=first,
        counts=lengths(first, len(heads)),
    )
