"""What makes one kind of route different from the others: its moves, how it ends, and who takes it.

Moves describe a kind, they do not test it: kinds were made so that their moves differ. Outcomes and properties of
customers had no part in that, so intervals and tests of them mean what they say, but not that the route is the cause.

Customers who took several routes may stand on both sides: each of them is one unit of the difference.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from scipy.stats import chi2_contingency, fisher_exact

from desireline.access import SMALL_GROUP, may_show
from desireline.discovery.mixture import OTHER, Ints, Moves
from desireline.discovery.sequences import MOST_VALUES, Floats, Sequences
from desireline.measures.clusters import Clusters, t_quantile
from desireline.measures.differences import Difference, difference_of_means, difference_of_shares
from desireline.measures.discoveries import q_values
from desireline.measures.intervals import wilson

MOST_MOVES = 5
FALSE_DISCOVERIES = 0.05
LEAST_GAP = 0.05
"""Shares of customers with a property must differ by this much, both ways of chance aside, to be told."""


@dataclass(frozen=True)
class Move:
    """How often customers of a kind go on from one place to another, and how often others do."""

    from_: str
    to: str
    customers: int  # of the kind, who made the move
    share: float  # of the kind's visits to `from_`
    others: float | None  # None: fewer than five of the others made the move
    residual: float  # adjusted: in standard errors, were the kind like the others

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        return {"from": self.from_} | {name: value for name, value in vars(self).items() if name != "from_"}


@dataclass(frozen=True)
class Gap:
    """An outcome of a kind and of the others, and the difference with its 95 % interval."""

    outcome: str  # conversion, score, value
    value: float
    others: float
    difference: float
    low: float
    high: float
    n: int  # customers of the kind
    n_others: int


@dataclass(frozen=True)
class Trait:
    """A property of customers that a kind has more, or less, often than the others."""

    property: str
    value: str
    share: float
    low: float
    high: float
    others: float
    n: int
    n_others: int
    q: float  # share of false ones among all that are told


def moves_of(sequences: Sequences, moves: Moves, kind: Ints, one: int) -> list[Move]:
    """The moves that differ most from those of others, most telling first; at least five customers made each.

    Adjusted residuals (Haberman 1973) among all that left the same place, each customer counting once.
    """
    inside = kind == one
    weights = sequences.weights()
    mine, theirs = (np.asarray(moves.counts.T @ (weights * some)) for some in (inside, ~inside))
    left, left_other = (
        np.bincount(moves.source, weights=part, minlength=moves.sources)[moves.source] for part in (mine, theirs)
    )
    whole, both = left + left_other, mine + theirs
    with np.errstate(divide="ignore", invalid="ignore"):
        expected = left * both / whole
        spread = np.sqrt(expected * (1 - left / whole) * (1 - both / whole))
        residual = np.where(spread > 0, (mine - expected) / spread, 0.0).round(6).tolist()
        share, other = np.where(left > 0, mine / left, 0.0), np.where(left_other > 0, theirs / left_other, 0.0)
    made = (moves.counts > 0).astype(np.int64)
    found: list[Move] = []
    for place in sorted(range(len(residual)), key=lambda place: (-abs(residual[place]), place)):
        name, to = moves.pairs[place]
        if OTHER in (name, to) or abs(residual[place]) < 2 or len(found) == MOST_MOVES:
            continue
        customers = _who(sequences, inside & (made[:, [place]].toarray().ravel() > 0))
        if customers >= SMALL_GROUP:
            others = _who(sequences, ~inside & (made[:, [place]].toarray().ravel() > 0))
            told, beside, far = (round(float(x), 6) for x in (share[place], other[place], residual[place]))
            found.append(Move(name, to, customers, told, beside if may_show(others) else None, far))
    return found


def gaps_of(sequences: Sequences, kind: Ints, one: int) -> list[Gap]:
    """How journeys of the kind end, beside those of others: conversion, score, value; only what the data tells.

    Where success is itself a step of the routes, conversion tells which kinds hold that step.
    """
    inside = (kind == one)[sequences.row]
    asked = (
        ("conversion", "won", "settled", 1.0),
        ("score", "level_e6", "answers", 1e-6),
        ("value", "value_e4", "journeys", 1e-4),
    )
    found = []
    for outcome, counted, out_of, unit in asked:
        first, second = (_clusters(sequences, some, counted, out_of) for some in (inside, ~inside))
        telling = bool((sequences.taken[counted] != 0).any()) if outcome != "score" else True
        if telling and min(int(first.n), int(second.n)) >= SMALL_GROUP:
            gap = _paired(sequences, inside, counted, out_of)
            if gap is None:
                apart = difference_of_shares if outcome == "conversion" else difference_of_means
                gap = apart(first, second)
            found.append(_gap(outcome, (first, second), gap, unit=unit))
    return found


def traits_of(sequences: Sequences, kind: Ints, kinds: int) -> list[list[Trait]]:
    """For each kind the properties in which its customers differ from others, by Benjamini–Hochberg over all of them.

    A customer belongs to the kind of most of his journeys. Properties of more than 20 values are left out, and values
    that fewer than five have or lack on either side. Of two values one is tested: the other tells the same.
    """
    found: list[list[Trait]] = [[] for _ in range(kinds)]
    if sequences.known.is_empty() or kinds < 2:
        return found
    home = _homes(sequences, kind, kinds)
    tested = [(one, *row) for one in range(kinds) for row in _tables(sequences, home, one)]
    if not tested:
        return found
    q = q_values(np.array([_p(*counts) for *_, counts in tested]))
    for (one, name, value, (x, n, y, m)), chance in zip(tested, q.tolist(), strict=True):
        if chance <= FALSE_DISCOVERIES and abs(x / n - y / m) >= LEAST_GAP:
            low, high = (float(end) for end in wilson(x / n, n))
            share, low, high, others = (round(number, 6) for number in (x / n, low, high, y / m))
            found[one].append(Trait(name, value, share, low, high, others, n, m, q=round(chance, 9)))
    return [
        sorted(one, key=lambda trait: (-abs(trait.share - trait.others), trait.property, trait.value)) for one in found
    ]


def _tables(sequences: Sequences, home: Ints, one: int) -> Iterator[tuple[str, str, tuple[int, int, int, int]]]:
    place = np.searchsorted(sequences.keys, sequences.known["customer"].to_numpy())
    said = sequences.known.with_columns(pl.Series("inside", home[np.minimum(place, len(home) - 1)] == one))
    unfit = said.filter(pl.col("value").is_null())["field"].unique().to_list()
    said = said.filter(~pl.col("field").is_in(unfit))
    for (field,), rows in sorted(said.group_by("field"), key=lambda item: str(item[0])):
        values = sorted(rows["value"].unique().to_list())
        n, m = int(rows["inside"].sum()), int((~rows["inside"]).sum())
        if not 2 <= len(values) <= MOST_VALUES or not n or not m:
            continue
        for value in values[-1:] if len(values) == 2 else values:
            some = rows.filter(pl.col("value") == value)["inside"]
            x, y = int(some.sum()), int((~some).sum())
            if x + y >= 5 and all(may_show(count) for count in (x, n - x, y, m - y)):
                yield str(field), value, (x, n, y, m)


def _p(x: int, n: int, y: int, m: int) -> float:
    table = [[x, n - x], [y, m - y]]
    if min(x + y, n + m - x - y) == 0:
        return 1.0
    if min(x, n - x, y, m - y) < 5:
        return float(fisher_exact(table)[1])
    return float(chi2_contingency(table, correction=False)[1])


def _homes(sequences: Sequences, kind: Ints, kinds: int) -> Ints:
    """The kind of most of each customer's journeys; of equally many the first."""
    table = np.zeros((sequences.customers, kinds))
    np.add.at(table, (sequences.owner, kind[sequences.row]), sequences.taken["journeys"].to_numpy())
    return np.asarray(np.argmax(table, axis=1), dtype=np.int64)


def _who(sequences: Sequences, routes: Any) -> int:
    """How many customers took any of these routes."""
    return len(np.unique(sequences.owner[routes[sequences.row]]))


def _clusters(sequences: Sequences, rows: Any, counted: str, out_of: str) -> Clusters:
    """Sums by customer over some rows; customers without any of `out_of` do not count."""
    sums = (
        sequences.taken.filter(pl.Series(rows))
        .group_by("customer")
        .agg(pl.col(counted).sum().alias("x"), pl.col(out_of).sum().alias("m"))
        .filter(pl.col("m") > 0)
    )
    x, m = (sums[name].to_numpy().astype(object) for name in ("x", "m"))
    squares = (int((a * b).sum()) for a, b in ((x, x), (x, m), (m, m)))
    return Clusters(sums.height, int(m.sum()), int(x.sum()), int(m.sum()), *squares)


def _paired(sequences: Sequences, inside: Any, counted: str, out_of: str) -> Difference | None:
    """The difference of two ratios where customers stand on both sides; None where none does.

    What each customer moves it by is added up over both sides first, and these sums vary (linearisation: Wolter 2007,
    Introduction to Variance Estimation, ch. 6).
    """
    rows = sequences.taken.select("customer", pl.col(counted).alias("x"), pl.col(out_of).alias("m"))
    rows = rows.with_columns(pl.Series("inside", inside)).filter(pl.col("m") > 0)
    if rows.is_empty() or rows.group_by("customer").agg(pl.col("inside").n_unique())["inside"].max() == 1:
        return None
    x, m = pl.col("x").sum(), pl.col("m").sum()
    sides = {side: (float(mine["x"].sum()), float(mine["m"].sum())) for (side,), mine in rows.group_by("inside")}
    (won, all_), (won_other, all_other) = sides[True], sides[False]
    one, other = won / all_, won_other / all_other
    own = (
        rows.group_by("customer", "inside")
        .agg(x, m)
        .with_columns(
            pl.when("inside")
            .then((pl.col("x") - one * pl.col("m")) / all_)
            .otherwise((other * pl.col("m") - pl.col("x")) / all_other)
            .alias("moves")
        )
    )
    moved = own.sort("customer", "inside").group_by("customer", maintain_order=True).agg(pl.col("moves").sum())["moves"]
    n = len(moved)
    half = float(t_quantile(np.array(n - 1.0))) * float(np.sqrt(n / (n - 1) * float((moved**2).sum())))
    gap = one - other
    return Difference(*(np.array(number) for number in (gap, gap - half, gap + half)))


def _gap(outcome: str, sides: tuple[Clusters, Clusters], gap: Difference, *, unit: float) -> Gap:
    values: list[Floats] = [sides[0].ratio, sides[1].ratio, *gap]
    first, second, difference, low, high = (round(float(value) * unit, 6) for value in values)
    return Gap(outcome, first, second, difference, low, high, int(sides[0].n), int(sides[1].n))
