"""Whole-number sums over customers, from which every value and every interval is worked out.

A customer is the unit, not the journey and not the answer: rows of the same customer are added up first, so a
talkative customer counts as one draw. Sums are whole numbers of any size, so they do not depend on the order
of adding. Everything here works on single numbers and on arrays with one number per cell.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.special import stdtrit

LEVEL = 0.95
UPPER = (1 + LEVEL) / 2
"""The quantile at which a two-sided 95 % interval ends."""

Floats = npt.NDArray[np.float64]
_ROOM = 2.0**61  # whole numbers that stay below it are worked out in 64 bits


class Clusters(NamedTuple):
    """Sums over customers of X (what is counted) and M (out of how many), and over the rows below them."""

    n: Any  # customers
    rows: Any
    x: Any  # ΣX
    m: Any  # ΣM
    xx: Any  # ΣX²
    xm: Any  # ΣXM
    mm: Any  # ΣM²

    @property
    def ratio(self) -> Floats:
        """ΣX / ΣM."""
        return floats(self.x) / floats(self.m)

    def scatter(self) -> Floats:
        """Σ(X − R·M)² over customers: worked out in whole numbers and divided once, so nothing cancels."""
        m, x = self.m, self.x
        return exactly((1, m, m, self.xx), (-2, x, m, self.xm), (1, x, x, self.mm)) / floats(m) ** 2

    @property
    def even(self) -> Floats:
        """How many customers of equal weight are worth as much: (ΣM)² / ΣM²; n when they are equal."""
        return floats(self.m) ** 2 / floats(self.mm)

    @property
    def freedom(self) -> Floats:
        """Degrees of freedom: `even` − 1, at least one half."""
        return np.maximum(self.even - 1, 0.5)

    def variance(self) -> Floats:
        """Variance of the ratio, linearised over customers. Needs two of them.

        Source: Cochran 1977, Sampling Techniques, ch. 6 (the ratio estimator).
        """
        return (1 + 1 / self.freedom) * self.scatter() / floats(self.m) ** 2

    def effective_n(self, spread: Floats) -> Floats:
        """How many independent rows are worth as much as these, when a single row has the variance `spread`.

        Never more than there are rows. Where all rows agree (`spread` 0), rows of one customer count as
        copies of each other. Few customers know their own clustering badly, so the size shrinks by the ratio
        of the t quantiles: after Korn & Graubard 1998, Survey Methodology 24, 193–201, who square it, which
        for 5 to 10 customers covers too much.
        """
        n, rows, variance = floats(self.n), floats(self.rows), self.variance()
        others = np.maximum(rows - 1, 1)
        with np.errstate(divide="ignore", invalid="ignore"):
            plain = spread * rows / others / variance
            worth = np.minimum(rows, plain) * few_customers(others, self.freedom)
        agreed = np.where((spread <= 0) | (variance <= 0), self.even, worth)
        return np.where((n < 2) | self._alone(), n, agreed)

    def _alone(self) -> npt.NDArray[np.bool_]:
        same: npt.NDArray[np.bool_] = exactly((1, self.m, self.m), (-1, self.n, self.mm)) == 0
        one_each: npt.NDArray[np.bool_] = np.asarray(self.rows == self.n) & same
        return one_each


def few_customers(rows: Floats, customers: Floats) -> Floats:
    """What an effective size shrinks by, given degrees of freedom of rows and customers: 1 when equal."""
    return t_quantile(rows) / t_quantile(customers)


def t_quantile(df: Floats) -> Floats:
    """The 97.5 % quantile of Student's t. Equal degrees of freedom are looked up once."""
    different, which = np.unique(df, return_inverse=True)
    return np.asarray(stdtrit(different, UPPER)[which].reshape(np.shape(df)), dtype=np.float64)


def floats(numbers: Any) -> Floats:
    """Whole numbers of any size as the nearest floats."""
    return np.asarray(numbers).astype(np.float64)


def exactly(*terms: tuple[Any, ...]) -> Floats:
    """The sum of products of whole numbers of any size, rounded once at the end."""
    shape = np.broadcast_shapes(*(np.shape(one) for term in terms for one in term))
    columns = [[np.broadcast_to(np.asarray(one), shape).reshape(-1) for one in term] for term in terms]
    largest = np.max([_size(term) for term in columns], axis=0)
    small = largest * len(columns) < _ROOM
    found = np.empty(len(small), dtype=np.float64)
    for some, kind in ((small, np.int64), (~small, object)):
        if some.any():
            found[some] = _added([[one[some].astype(kind) for one in term] for term in columns]).astype(np.float64)
    return found.reshape(shape)


def _size(term: list[Any]) -> Floats:
    """How large the product is, nearly."""
    size = np.ones(len(term[0]), dtype=np.float64)
    for one in term:
        size = size * np.abs(one.astype(np.float64))
    return size


def _added(terms: list[list[Any]]) -> Any:
    total = 0
    for first, *others in terms:
        product = first
        for one in others:
            product = product * one
        total = total + product
    return total
