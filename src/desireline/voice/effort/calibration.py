"""Weights from the company's own answers, and how well an index goes with them.

Felt effort = constant + Σ weight · component / cap, with weights that are never negative (least squares: Lawson and
Hanson 1974, Solving Least Squares Problems, ch. 23). So more of a component never lowers the index. How well it goes
with answers is told by Spearman's rho on answers that had no say in the weights: customers fall into five folds by
their hash, and each fold is foretold by weights fitted to the other four.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy.optimize import nnls

from desireline.measures.clusters import Clusters
from desireline.measures.intervals import Z, mean_interval
from desireline.mixing import U64, mix
from desireline.voice.effort.components import CAPS, NAMES
from desireline.voice.effort.linked import HERE, PARTS
from desireline.voice.effort.validity import Rho

FOLDS = 5
DRAWS = 200
_ONE = 1 - 1e-12
TENTHS = 10

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Linked:
    """Linked answers as arrays: components as shares of their caps, shape (n, 10), and felt effort, 0–1, shape (n,)."""

    shares: Floats
    felt: Floats
    customer: U64

    @classmethod
    def of(cls, table: pl.DataFrame, *, here: bool = False) -> Linked:
        """From the rows of `linked.SCHEMA`. `here`: components count as far as they arose at the answer's place."""
        names = [HERE + name if here else name for name in NAMES]
        shares = table.select(names).to_numpy().astype(np.float64) / np.array(CAPS, dtype=np.float64)
        return cls(shares, table["felt"].to_numpy() / PARTS, table["customer"].to_numpy())

    def __len__(self) -> int:
        return len(self.felt)


def fit(linked: Linked, usable: npt.NDArray[np.bool_]) -> Floats | None:
    """A weight for each component, summing to 1; those not usable have 0. None: no component goes with the answers."""
    raw = _fit(linked, usable)
    return raw / raw.sum() if raw.sum() > 0 else None


def foretold(linked: Linked, usable: npt.NDArray[np.bool_]) -> Floats:
    """Felt effort (0–1) of each answer, as foretold from the answers of other customers."""
    fold = mix(linked.customer ^ np.uint64(0x5EED)) % np.uint64(FOLDS)
    found = np.full(len(linked), linked.felt.mean() if len(linked) else 0.0)
    for number in range(FOLDS):
        here = fold == number
        if here.any() and not here.all():
            others = Linked(linked.shares[~here], linked.felt[~here], linked.customer[~here])
            weights = _fit(others, usable)
            constant = others.felt.mean() - others.shares.mean(axis=0) @ weights
            found[here] = constant + linked.shares[here] @ weights
    return found


def rho(one: Floats, other: Floats, customer: U64) -> Rho | None:
    """Spearman's rank correlation of two columns, with its interval over customers. None: a column is constant.

    The interval is normal on Fisher's z scale. Its standard error is that of a bootstrap over customers: Poisson
    weights (mean 1) are drawn from each customer's hash, so the same answers give the same interval.
    Source: Hanley and MacGibbon 2006, Computer Methods and Programs in Biomedicine 83, 57–62.
    """
    orders = Ordered.of(one), Ordered.of(other)
    value = weighted_rho(*orders, np.ones(len(one)))
    if not np.isfinite(value):
        return None
    draws = np.array([weighted_rho(*orders, _poisson(customer, draw)) for draw in range(DRAWS)])
    z, spread = np.arctanh(np.clip([value, *draws[np.isfinite(draws)]], -_ONE, _ONE)), 0.0
    if len(z) > 2:
        spread = Z * z[1:].std(ddof=1)
    return Rho(value, *(float(np.tanh(z[0] + side * spread)) for side in (-1, 1)))


def tenths(index: Floats, linked: Linked) -> pl.DataFrame:
    """The answers in ten parts of equal size by index, easiest first: mean index, mean felt effort, interval, n.

    Answers of equal index may fall into neighbouring parts, in the order of their hashes. n counts customers.
    """
    order = np.lexsort((linked.customer, index))
    parts = [part for part in np.array_split(order, min(TENTHS, max(len(order), 1))) if len(part)]
    rows = []
    for part in parts:
        sums = _clusters(np.rint(linked.felt[part] * PARTS).astype(np.int64), linked.customer[part])
        with np.errstate(divide="ignore", invalid="ignore"):
            low, high = mean_interval(sums)
        mean = linked.felt[part].mean()
        rows.append((index[part].mean(), mean, float(low) / PARTS, float(high) / PARTS, int(sums.n), len(part)))
    names = {"index": pl.Float64, "felt": pl.Float64, "low": pl.Float64, "high": pl.Float64, "n": pl.Int64}
    return pl.DataFrame(rows, schema={**names, "answers": pl.Int64}, orient="row")


def _fit(linked: Linked, usable: npt.NDArray[np.bool_]) -> Floats:
    found = np.zeros(len(NAMES))
    some = np.flatnonzero(usable & (np.ptp(linked.shares, axis=0) > 0)) if len(linked) else np.zeros(0, dtype=np.int64)
    if len(some):
        table = linked.shares[:, some]
        found[some] = nnls(table - table.mean(axis=0), linked.felt - linked.felt.mean())[0]
    return found


def _clusters(x: npt.NDArray[np.int64], customer: U64) -> Clusters:
    _, who = np.unique(customer, return_inverse=True)
    total, rows = np.zeros(int(who.max()) + 1, dtype=np.int64), np.bincount(who)
    np.add.at(total, who, x)
    sums = {"x": total.sum(), "m": rows.sum(), "xx": total @ total, "xm": total @ rows, "mm": rows @ rows}
    return Clusters(n=len(rows), rows=len(x), **{name: np.asarray(one) for name, one in sums.items()})


@dataclass(frozen=True)
class Ordered:
    """A column's values as places in their order, equal ones sharing one."""

    place: npt.NDArray[np.intp]
    places: int

    @classmethod
    def of(cls, column: Floats) -> Ordered:
        values, place = np.unique(column, return_inverse=True)
        return cls(place, len(values))

    def ranks(self, weight: Floats) -> Floats:
        """Mid-ranks, where each row stands for `weight` rows."""
        mass = np.bincount(self.place, weight, minlength=self.places)
        found: Floats = (np.cumsum(mass) - mass / 2)[self.place]
        return found


def weighted_rho(one: Ordered, other: Ordered, weight: Floats) -> float:
    total = weight.sum()
    if total <= 0:
        return float("nan")
    a, b = one.ranks(weight), other.ranks(weight)
    a, b = a - (weight @ a) / total, b - (weight @ b) / total
    spread = (weight @ a**2) * (weight @ b**2)
    return float((weight @ (a * b)) / np.sqrt(spread)) if spread > 0 else float("nan")


_STEPS = np.cumsum([np.exp(-1.0) / f for f in np.cumprod([1, 1, 2, 3, 4, 5, 6, 7, 8, 9])])
"""The distribution function of a Poisson draw with mean 1."""


def _poisson(customer: U64, draw: int) -> Floats:
    """The same draw for the same customer, always."""
    uniform = (mix(customer + mix(np.array([draw + 1], dtype=np.uint64))[0]) >> np.uint64(11)) / 2.0**53
    return np.searchsorted(_STEPS, uniform, side="right").astype(np.float64)
