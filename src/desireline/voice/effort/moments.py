"""Sums and sums of products over customers, by cell: all that an index needs whose weights are only known at the end.

An index is a weighted sum of components. Its mean, and how its mean varies between customers, follow for any weights
from the sums of the components over each customer's journeys, and from the sums of their products. Both are whole
numbers, so cells of different buckets add up in any order. A row holds 11 sums and 66 sums of products.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations_with_replacement
from typing import Any

import numpy as np
import polars as pl

from desireline.measures.clusters import Clusters
from desireline.measures.codes import Codes, Numbers, Whole, added, beginnings, in_order
from desireline.voice.effort.components import NAMES

KEYS = ("kind", "at", "of")
M = "m"
"""Beside the components: out of how many (journeys at a place, crossings of a hand-off)."""
COLUMNS = (*NAMES, M)
PAIRS = tuple(combinations_with_replacement(COLUMNS, 2))
SUMS = ("n", *COLUMNS, *(f"{a}*{b}" for a, b in PAIRS))
SCHEMA = {**dict.fromkeys(KEYS, pl.String()), **dict.fromkeys(SUMS, pl.Int64())}
PARTS = 1_000_000_000
"""Weights are whole thousand-millionths of an index point, so that sums stay whole numbers."""


def moments(
    kind: str, cell: Codes, customer: Codes, *, columns: Mapping[str, Whole], at: Sequence[str]
) -> pl.DataFrame:
    """One row per cell that has any m, `at` naming it. `cell` −1: counts nowhere. A row of `columns` is a step."""
    some = np.flatnonzero(_any(columns) & (cell >= 0))
    everybody = int(customer.max(initial=0)) + 1
    key, order = in_order(cell[some].astype(np.int64) * everybody + customer[some])
    if not len(key):
        return pl.DataFrame(schema=SCHEMA)
    people = beginnings(key)
    sums = {name: added(columns[name][some][order], people) for name in COLUMNS}
    cells = key[people] // everybody
    starts = beginnings(cells)
    found = {"n": np.diff(starts, append=len(cells))} | {name: added(sums[name], starts) for name in COLUMNS}
    for a, b in PAIRS:
        found[f"{a}*{b}"] = _products(sums[a], sums[b], starts)
    return _table(kind, [at[number] for number in cells[starts].tolist()], found)


def together(parts: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """The rows of all parts, those of one cell added up; in the order of their keys."""
    whole = pl.concat([pl.DataFrame(schema=SCHEMA), *parts])
    return whole.group_by(KEYS).agg(pl.col(SUMS).sum()).sort(KEYS)


def clusters(rows: pl.DataFrame, weights: Mapping[str, int]) -> Clusters:
    """The clusters of the weighted sum of components against m, one per row. `weights` are whole `PARTS` of a point."""
    x = sum((weights[name] * _whole(rows, name) for name in NAMES), np.zeros(rows.height, dtype=object))
    xm, xx = np.zeros(rows.height, dtype=object), np.zeros(rows.height, dtype=object)
    for a, b in PAIRS:
        if b == M:
            xm = xm + (weights[a] * _whole(rows, f"{a}*{b}") if a != M else 0)
        elif weights[a] and weights[b]:
            xx = xx + (1 if a == b else 2) * weights[a] * weights[b] * _whole(rows, f"{a}*{b}")
    m, n = _whole(rows, M), rows["n"].to_numpy()
    return Clusters(n=n, rows=m, x=x, m=m, xx=xx, xm=xm, mm=_whole(rows, f"{M}*{M}"))


def _any(columns: Mapping[str, Whole]) -> Numbers:
    found = np.zeros(len(columns[M]), dtype=np.bool_)
    for name in COLUMNS:
        found |= columns[name] != 0
    return found


def _products(a: Whole, b: Whole, starts: Whole) -> Whole:
    if not (a.any() and b.any()):
        return np.zeros(len(starts), dtype=np.int64)
    found: Whole = np.add.reduceat(a * b, starts)
    return found


def _table(kind: str, at: list[str], found: Mapping[str, Whole]) -> pl.DataFrame:
    """Where `at` is written A\\tB, B is what it is of: a group of everybody's, or the end of a hand-off."""
    parted = [name.partition("\t") for name in at]
    words = {"kind": [kind] * len(at), "at": [a for a, _, _ in parted], "of": [b for _, _, b in parted]}
    return pl.DataFrame({**words, **found}, schema=SCHEMA)


def _whole(rows: pl.DataFrame, name: str) -> Any:
    return np.array(rows[name].to_list(), dtype=object)
