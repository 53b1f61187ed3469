"""Whole-number sums over customers, from which every value and every interval is worked out.

A customer is the unit, not the journey and not the answer: rows of the same customer are added up first, so a
talkative customer counts as one draw. Sums are whole numbers of any size, so they do not depend on the order
of adding.
"""

from __future__ import annotations

from typing import NamedTuple

from scipy.special import stdtrit

LEVEL = 0.95
UPPER = (1 + LEVEL) / 2
"""The quantile at which a two-sided 95 % interval ends."""


class Clusters(NamedTuple):
    """Sums over customers of X (what is counted) and M (out of how many), and over the rows below them."""

    n: int  # customers
    rows: int
    x: int  # ΣX
    m: int  # ΣM
    xx: int  # ΣX²
    xm: int  # ΣXM
    mm: int  # ΣM²

    @property
    def ratio(self) -> float:
        """ΣX / ΣM."""
        return self.x / self.m

    def scatter(self) -> float:
        """Σ(X − R·M)² over customers: worked out in whole numbers and divided once, so nothing cancels."""
        whole = self.m * self.m * self.xx - 2 * self.x * self.m * self.xm + self.x * self.x * self.mm
        return whole / (self.m * self.m)

    @property
    def even(self) -> float:
        """How many customers of equal weight are worth as much: (ΣM)² / ΣM²; n when they are equal."""
        return self.m**2 / self.mm

    @property
    def freedom(self) -> float:
        """Degrees of freedom: `even` − 1, at least one half."""
        return max(self.even - 1, 0.5)

    def variance(self) -> float:
        """Variance of the ratio, linearised over customers. Needs two of them.

        Source: Cochran 1977, Sampling Techniques, ch. 6 (the ratio estimator).
        """
        return (1 + 1 / self.freedom) * self.scatter() / self.m**2

    def effective_n(self, spread: float) -> float:
        """How many independent rows are worth as much as these, when a single row has the variance `spread`.

        Never more than there are rows. Where all rows agree (`spread` 0), rows of one customer count as
        copies of each other. Few customers know their own clustering badly, so the size shrinks by the ratio
        of the t quantiles: after Korn & Graubard 1998, Survey Methodology 24, 193–201, who square it, which
        for 5 to 10 customers covers too much.
        """
        if self.n < 2 or self._alone():
            return float(self.n)
        variance = self.variance()
        if spread <= 0 or variance <= 0:
            return self.even
        plain = spread * self.rows / (self.rows - 1) / variance
        return min(float(self.rows), plain) * few_customers(self.rows - 1, self.freedom)

    def _alone(self) -> bool:
        return self.rows == self.n and self.m * self.m == self.n * self.mm


def few_customers(rows: float, customers: float) -> float:
    """What an effective size shrinks by, given degrees of freedom of rows and customers: 1 when equal."""
    return t_quantile(rows) / t_quantile(customers)


def t_quantile(df: float) -> float:
    """The 97.5 % quantile of Student's t."""
    return float(stdtrit(df, UPPER))
