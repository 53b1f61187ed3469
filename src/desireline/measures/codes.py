"""Names as numbers, and rows in the order of numbers: what all counting here is done with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

Whole = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]
Numbers = npt.NDArray[Any]

NONE = -1
"""The code of what has no name."""


class Coded(NamedTuple):
    """A code for each row, −1 where there is none, and the names that the codes count from 0."""

    codes: Codes
    names: list[str]


def code(names: pl.Series, known: Sequence[str] = ()) -> Coded:
    """Each name as a number: `known` ones first, others after them in the order of the alphabet. Null is −1."""
    if isinstance(names.dtype, pl.Enum):
        return _recoded(names, names.dtype.categories, known)
    coded = _cast(names, known)
    if coded.null_count() > names.null_count():
        others = names.filter(coded.is_null()).cast(pl.String).drop_nulls().unique().sort().to_list()
        known = [*known, *others]
        coded = _cast(names, known)
    physical = coded.to_physical().cast(pl.Int32)
    return Coded((physical.fill_null(NONE) if physical.null_count() else physical).to_numpy(), list(known))


def positions(names: pl.Series, among: pl.Series) -> Codes:
    """Where each name stands in `among`, which holds each once; −1 when it is not there."""
    if names.dtype == among.dtype and len(names) == len(among) and names.equals(among):
        return np.arange(len(names), dtype=np.int32)
    there = among.to_frame("name").with_row_index("place")
    found = names.cast(among.dtype).to_frame("name").join(there, on="name", how="left", maintain_order="left")["place"]
    return found.cast(pl.Int32).fill_null(NONE).to_numpy()


def rows_in_order(key: Whole) -> Whole | None:
    """Where to find the rows in the order of `key`, ties as they stand; None when they stand so. `key` is never < 0."""
    if not len(key) or bool((key[1:] >= key[:-1]).all()):
        return None
    return in_order(key)[1]


def in_order(key: Whole) -> tuple[Whole, Whole]:
    """The sorted key, and the row that each comes from, ties as they stand. `key` is never < 0."""
    bits = len(key).bit_length()
    if int(key.max(initial=0)).bit_length() + bits > 62:
        order = np.argsort(key, kind="stable")
        return key[order], order
    # A key and a row in one number: sorting numbers is several times as fast as asking for the order.
    mixed = (key << bits) | np.arange(len(key), dtype=np.int64)
    mixed.sort()
    return mixed >> bits, mixed & ((1 << bits) - 1)


def beginnings(*columns: Numbers) -> Whole:
    """The rows in which any of the columns says something else than in the row before; the first row is one."""
    fresh = np.zeros(len(columns[0]), dtype=np.bool_)
    fresh[:1] = True
    for column in columns:
        fresh[1:] |= column[1:] != column[:-1]
    return np.flatnonzero(fresh)


def lengths(starts: Whole, rows: int) -> Whole:
    """How many rows there are from each start to the next."""
    return np.diff(starts, append=rows)


def added(column: Numbers, starts: Whole) -> Whole:
    """What the column adds up to from each start to the next."""
    return np.add.reduceat(column, starts, dtype=np.int64)


def _recoded(names: pl.Series, own: pl.Series, known: Sequence[str]) -> Coded:
    """The same for names that are numbers already: only their list is looked at."""
    table, every = code(own, known)
    held = names.to_physical().cast(pl.Int32).fill_null(len(own)).to_numpy()
    return Coded(np.append(table, np.int32(NONE))[held], every)


def _cast(names: pl.Series, known: Sequence[str]) -> pl.Series:
    kind = pl.Enum(known)
    return names if names.dtype == kind else names.cast(kind, strict=False)
