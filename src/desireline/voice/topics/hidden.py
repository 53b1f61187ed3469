"""Which cells of topics by period are not told: those of one to four customers, and what would tell them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from desireline.access import SMALL_GROUP

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


def hidden_periods(of: Ints) -> Flags:
    """Periods in which one to four customers spoke, and what protects them, shape (periods,)."""
    return np.asarray(_protected(_small(of)[None], of[None])[0])


def hidden_cells(own: Ints, of: Ints) -> Flags:
    """Cells in which one to four customers spoke of a topic, or one to four spoke of others; shape (topics, periods).

    Where one cell alone is hidden in a topic or in a period, or several of fewer than five customers together, the
    total less the others would tell it: the next smallest is hidden as well (ties by order).
    """
    hidden = _small(own) | _small(of - own)
    before = -1
    while before != (before := int(hidden.sum())):
        hidden = _protected(hidden, own)
        hidden = _protected(hidden.T, own.T).T
    return hidden | hidden_periods(of)


def _small(count: Ints) -> Flags:
    return np.asarray((count > 0) & (count < SMALL_GROUP))


def _protected(hidden: Flags, count: Ints) -> Flags:
    """The same, with the smallest open cell of each row where what is hidden would be told by subtraction."""
    found = hidden.copy()
    for row, numbers in zip(found, count, strict=True):
        while row.any() and (row.sum() == 1 or numbers[row].sum() < SMALL_GROUP):
            open_ = np.flatnonzero(~row & (numbers > 0))
            if not len(open_):
                break
            row[open_[numbers[open_].argmin()]] = True
    return found
