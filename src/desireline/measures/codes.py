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

_SHORT = 16  # rows of a run
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
    coded = _cast(names, known) if known else names.clear()
    if len(coded) < len(names) or coded.null_count() > names.null_count():
        others = (names.filter(coded.is_null()) if known else names).cast(pl.String).drop_nulls().unique().sort()
        known = [*known, *others.to_list()]
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


def distinct(numbers: Whole) -> Whole:
    """The different numbers, growing. Those that are given change their order."""
    numbers.sort()
    grows = numbers[1:] > numbers[:-1]
    return numbers if bool(grows.all()) else numbers[np.append(True, grows)[: len(numbers)]]


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
    """What whole numbers or flags add up to from each start to the next, as 64 bits have it. There must be a start."""
    flags = column.dtype == np.bool_
    if _SHORT * len(starts) < len(column):
        found: Whole = np.add.reduceat(column.view(np.int8) if flags else column, starts, dtype=np.int64)
        return found
    # Many short runs: their sums are differences of what all rows up to their ends add up to.
    upto = np.cumsum(column, dtype=np.int32 if flags else np.int64)[np.append(starts[1:], len(column)) - 1]
    short: Whole = np.diff(upto, prepend=upto.dtype.type(0)).astype(np.int64, copy=False)
    return short


def _recoded(names: pl.Series, own: pl.Series, known: Sequence[str]) -> Coded:
    """The same for names that are numbers already: only their list is looked at."""
    mine, place = own.to_list(), {name: number for number, name in enumerate(known)}
    for name in sorted(set(mine) - place.keys()):
        place[name] = len(place)
    table = np.array([*(place[name] for name in mine), NONE], dtype=np.int32)
    held = names.to_physical()
    return Coded(table[(held.cast(pl.Int32).fill_null(NONE) if held.null_count() else held).to_numpy()], list(place))


def _cast(names: pl.Series, known: Sequence[str]) -> pl.Series:
    kind = pl.Enum(known)
    return names if names.dtype == kind else names.cast(kind, strict=False)
