"""How rows fall into cells, and within a cell to customers: worked out once for all measures that look at the rows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from desireline.measures.codes import Codes, Numbers, Whole, beginnings, in_order, lengths, rows_in_order


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
    """Rows arranged by cell and, within a cell, by customer. Each cell has a row."""

    order: Whole | None  # which rows, in which order; None: all, as they stand
    starts: Whole  # where each cell begins among the arranged rows
    counts: Whole  # rows in each cell
    key: Whole  # of each cell
    customer: Codes | None  # of each arranged row; None when nobody has two rows in one cell

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

    def only(self, rows: Whole) -> tuple[Layout, Whole]:
        """The layout of columns with these of the arranged rows alone, which stand in order; and the cells left."""
        begin, end = (np.searchsorted(rows, edge) for edge in (self.starts, self.starts + self.counts))
        cells = np.flatnonzero(end > begin)
        who = None if self.customer is None else self.customer[rows]
        return Layout(None, begin[cells], (end - begin)[cells], self.key[cells], who), cells

    @cached_property
    def shared(self) -> Shared | None:
        """The rows of customers with several in one cell; None when there are none."""
        if self.customer is None:
            return None
        same = self.customer[1:] == self.customer[:-1]
        same[self.starts[1:] - 1] = False
        if not same.any():
            return None
        several = np.zeros(len(self.customer), dtype=np.bool_)
        several[1:] = same
        several[:-1] |= same
        rows = np.flatnonzero(several)
        return _shared(rows, self.cell_of[rows], self.customer[rows])


def lay_out(key: Whole, customer: Codes, *, keep: Whole | None = None) -> Layout:
    """The layout of rows by the cell whose `key` they carry.

    `keep` are the rows that count, all when None. `customer` may stand in any order.
    """
    if keep is not None:
        key, customer = key[keep], customer[keep]
    order = rows_in_order(key)
    if order is not None:
        key, customer = key[order], customer[order]
    starts = beginnings(key)
    counts = lengths(starts, len(key))
    falls = customer[1:] < customer[:-1]
    falls[starts[1:] - 1] = False
    if falls.any():  # rows of a customer lie apart
        cell = np.repeat(np.arange(len(starts)), counts)
        _, again = in_order((cell << int(customer.max()).bit_length()) | customer)
        customer, order = customer[again], again if order is None else order[again]
    picked = keep if order is None else order if keep is None else keep[order]
    return Layout(picked, starts, counts, key[starts], customer)


def _shared(rows: Whole, cell: Whole, customer: Codes) -> Shared:
    heads, row_starts = beginnings(cell, customer), beginnings(cell)
    first = beginnings(cell[heads])
    return Shared(
        rows=rows,
        customers=heads,
        sizes=lengths(heads, len(rows)),
        cells=cell[row_starts],
        row_starts=row_starts,
        row_counts=lengths(row_starts, len(rows)),
        starts=first,
        counts=lengths(first, len(heads)),
    )
