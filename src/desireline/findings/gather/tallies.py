"""Tallies for rules: X out of M by cell, customers added up first, in whole numbers that add in any order.

A customer must be whole within one call of `tally`; tallies of different customers may then be put together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import polars as pl

from desireline.measures.clusters import Clusters
from desireline.measures.codes import Codes, Whole, added, beginnings, in_order, lengths

SUMS = ("n", "rows", "x", "m", "xx", "xm", "mm", "came")
"""Those of `measures.clusters.Clusters`, and the customers with X > 0."""


def tally(rows: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame:
    """The sums of each cell. `rows`: the keys, `customer`, and whole numbers `x` and `m`, which may be 0."""
    people = rows.group_by(*keys, "customer").agg(
        pl.len().cast(pl.Int64).alias("rows"), pl.col("x", "m").cast(pl.Int64).sum()
    )
    x, m = pl.col("x"), pl.col("m")
    return (
        people.group_by(list(keys))
        .agg(
            pl.len().cast(pl.Int64).alias("n"),
            pl.col("rows").sum(),
            x.sum(),
            m.sum(),
            (x * x).sum().alias("xx"),
            (x * m).sum().alias("xm"),
            (m * m).sum().alias("mm"),
            (x > 0).sum().cast(pl.Int64).alias("came"),
        )
        .select(*keys, *SUMS)
    )


def sum_answers(rows: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame:
    """The same where M is 1 for each row; rows without an `x` say nothing. Keys that are one of few come as texts."""
    told = rows.filter(pl.col("x").is_not_null()).with_columns(pl.lit(1, pl.Int64).alias("m"))
    words = [pl.col(name).cast(pl.String) for name in keys if isinstance(rows.schema[name], pl.Enum)]
    return tally(told, keys).with_columns(words)  # one of few names costs less to group by than a text


def count_rows(cell: Whole, customer: Codes) -> tuple[Whole, Whole, pl.DataFrame]:
    """The different cells, which of them each row is in, and their `n`, `rows`, `m` and `mm`: M is 1 for each row.

    The same as `tally` for many rows, several times as fast.
    """
    key, row = in_order(cell * (int(customer.max(initial=0)) + 1) + customer)
    starts = beginnings(key)
    of_people = cell[row[starts]]
    heads = beginnings(of_people)
    m = lengths(starts, len(key))
    n, rows = lengths(heads, len(of_people)), added(m, heads) if len(heads) else m
    which = np.empty(len(cell), dtype=np.int64)
    which[row] = np.repeat(np.repeat(np.arange(len(heads)), n), m)
    sums = {"n": n, "rows": rows, "m": rows, "mm": added(m * m, heads) if len(heads) else m}
    return of_people[heads], which, pl.DataFrame(sums)


def put_together(parts: Sequence[pl.DataFrame], keys: Sequence[str]) -> pl.DataFrame:
    """All tallies as one, in the order of their keys, whatever order they came in."""
    some = [part for part in parts if not part.is_empty()]
    if not some:
        schema = dict.fromkeys(keys, pl.String()) | dict.fromkeys(SUMS, pl.Int64())
        return parts[0].clear() if parts else pl.DataFrame(schema=schema)
    return pl.concat(some).group_by(list(keys)).agg(pl.col(SUMS).sum()).sort(list(keys), nulls_last=True)


def clusters_of(row: Mapping[str, Any]) -> Clusters:
    """One cell, as the statistics take it."""
    return Clusters(*(row[name] for name in Clusters._fields))


def together(cells: pl.DataFrame) -> Clusters:
    """All these cells as one; a customer in several of them counts in each."""
    return Clusters(*(int(cells[name].sum()) for name in Clusters._fields))


def sum_of(sums: Iterable[Clusters]) -> Clusters | None:
    """Groups of different customers as one; None of none."""
    many = list(sums)
    return Clusters(*(sum(int(one) for one in column) for column in zip(*many, strict=True))) if many else None
