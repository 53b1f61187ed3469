"""The mergeable state of a measure: whole-number sums per cell, customers added up first.

A cell is one combination of the key columns. A customer's rows must all be in the frames given to one
`add_up`, because squares of customers cannot be put together afterwards; cells of different customers may
then be merged in any order.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from desireline.measures.clusters import Clusters
from desireline.measures.coding import MOST_CELLS, code, codes_of, compress

I64 = npt.NDArray[np.int64]
WHOLE = pl.Int128()
SUMS = ("n", "came", "rows", "size", "squares", "x", "m", "xx", "xm", "mm")
"""n customers; came: those with X > 0; rows; size Σ|x| and squares Σm² of rows; the rest of customers."""
_COUNTS = ("n", "came", "rows")
_EXACT = 2**53  # whole numbers below it add up exactly as floats


class Rows(NamedTuple):
    """Observations as plain arrays: customers and cells are numbers."""

    cell: I64
    customer: I64
    x: I64
    m: I64


def add_up(observations: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame:
    """One row per cell: the keys and SUMS. Rows with m = 0 say nothing and are left out."""
    known = observations.filter(pl.col("m") > 0)
    cells = code(known, keys)
    customers, _ = codes_of(known["customer_id"])
    x, m = (known[name].to_numpy() for name in ("x", "m"))
    sums = sums_by_cell(Rows(cells.number, customers, x, m), cells.size)
    return known[cells.examples].select(keys).hstack(sums)


def sums_by_cell(rows: Rows, cells: int) -> pl.DataFrame:
    """SUMS of the cells 0 … `cells` − 1, each of which has at least one row."""
    whole = _customers(rows, cells)
    cell, x, m = whole.cell, whole.x, whole.m
    n, plain, alone = np.bincount(cell, minlength=cells), _is_flag(x), whole is rows
    found: dict[str, I64 | pl.Series] = {"n": n}
    found["rows"] = n if alone else np.bincount(rows.cell, minlength=cells)
    found["came"] = np.bincount(cell, x, cells).astype(np.int64) if plain else np.bincount(cell[x > 0], minlength=cells)
    found["x"] = found["came"] if plain else _by_cell(cell, x, None, cells)
    found["xx"] = found["came"] if plain else _by_cell(cell, x, x, cells)
    found["size"] = found["x"] if alone and plain else _by_cell(rows.cell, np.abs(rows.x), None, cells)
    if _is_one(m):
        found |= {"m": n, "mm": n, "xm": found["x"]}
    else:
        found |= {"m": _by_cell(cell, m, None, cells), "mm": _by_cell(cell, m, m, cells)}
        found["xm"] = _by_cell(cell, x, m, cells)
    found["squares"] = found["rows"] if _is_one(rows.m) else _by_cell(rows.cell, rows.m, rows.m, cells)
    kinds = {name: pl.Int64() if name in _COUNTS else WHOLE for name in SUMS}
    return pl.DataFrame([pl.Series(name, found[name]).cast(kind) for name, kind in kinds.items()])


def _customers(rows: Rows, cells: int) -> Rows:
    """One row per customer and cell: the same rows, where every customer has one only."""
    people = int(rows.customer.max(initial=-1)) + 1
    pair = rows.cell * people + rows.customer
    if cells * people > MOST_CELLS:
        pair = compress(pair, cells * people).number
    size = int(pair.max(initial=-1)) + 1
    latest = np.empty(size, dtype=np.int32)
    latest[pair] = np.arange(len(pair), dtype=np.int32)
    earlier = latest[pair] != np.arange(len(pair), dtype=np.int32)
    if not earlier.any():
        return rows
    several = np.zeros(size, dtype=np.bool_)
    several[pair[earlier]] = True
    again = several[pair]
    added = _added(Rows(*(column[again] for column in rows)), pair[again])
    once = ~again
    return Rows(*(np.concatenate([column[once], more]) for column, more in zip(rows, added, strict=True)))


def _added(rows: Rows, pair: I64) -> Rows:
    """The rows of each pair of customer and cell as one."""
    order = np.argsort(pair, kind="stable")
    starts = np.flatnonzero(np.diff(pair[order], prepend=-1))
    first = order[starts]
    x, m = (np.add.reduceat(numbers[order], starts) for numbers in (rows.x, rows.m))
    return Rows(rows.cell[first], rows.customer[first], x, m)


def _is_one(numbers: I64) -> bool:
    return bool((numbers == 1).all())


def _is_flag(numbers: I64) -> bool:
    return bool(((numbers == 0) | (numbers == 1)).all())


def _by_cell(cell: I64, one: I64, two: I64 | None, cells: int) -> I64 | pl.Series:
    """Σ one, or Σ one · two, by cell, exact whatever their size."""
    largest = _largest(one) * (1 if two is None else _largest(two))
    if largest * len(cell) < _EXACT:
        return np.bincount(cell, one if two is None else one * two, cells).astype(np.int64)
    factors = pl.DataFrame({"cell": cell, "one": one, "two": 1 if two is None else two})
    product = pl.col("one").cast(WHOLE) * pl.col("two").cast(WHOLE)
    return factors.group_by("cell").agg(product.sum().alias("sum")).sort("cell")["sum"]


def _largest(numbers: I64) -> int:
    return max(int(numbers.max(initial=0)), -int(numbers.min(initial=0)))


def merge(partials: Sequence[pl.DataFrame], keys: Sequence[str]) -> pl.DataFrame:
    """The sums of all partials, cell by cell."""
    together = pl.concat(partials)
    return together.group_by(list(keys)).agg(pl.exclude(*keys).sum())


def clusters(row: dict[str, int]) -> Clusters:
    """The sums of a cell (a named row) as intervals want them."""
    return Clusters(row["n"], row["rows"], row["x"], row["m"], row["xx"], row["xm"], row["mm"])
