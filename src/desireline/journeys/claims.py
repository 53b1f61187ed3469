"""Rules judged on the distinct values that they look at, the verdicts standing beside every row.

A log of a million events holds a few hundred different (event, channel, status) values. Judging those and
joining the verdicts back costs the same for one rule and for a hundred.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from desireline.maps.rules import Rule

_PROPERTY = "property."
_NOTHING = pl.lit(None, dtype=pl.String)
_MANY = 1000  # values that hardly ever fall on different places
_MOST_CELLS = 1 << 20  # of a table with a cell for each combination of values
_PLACES = 16  # bits: places for the values of one column
_TRIES = (48, 32, 16)  # the bits of a hash below those that say the place
Numbers = npt.NDArray[np.integer[Any]]


def fields_of(rules: Iterable[Rule | None]) -> set[str]:
    """The columns that the rules look at, together: `event`, `channel`, `property.plan` …"""
    return set[str]().union(*(rule.fields() for rule in rules if rule is not None))


def with_fields(frame: pl.DataFrame, fields: Iterable[str]) -> pl.DataFrame:
    """Add a column for each field that the frame lacks: properties out of their JSON, all others as nothing.

    A property that a row does not have is null, as is every property of a row whose `properties` are null.
    """
    names = [name for name in sorted(fields) if name not in frame.columns]
    wanted = [_field(frame, name).alias(name) for name in names]
    of_properties = "properties" in frame.columns and any(name.startswith(_PROPERTY) for name in names)
    coded = _hashed(frame["properties"]) if of_properties else None
    if coded is None:
        return frame.with_columns(wanted)
    example, number = coded  # few different texts: each is read once
    opened = frame.select("properties")[example].with_columns(wanted).select(names)
    rows = pl.Series(number, dtype=pl.UInt32)
    return frame.hstack([column.gather(rows) for column in opened])


def judge(
    frame: pl.DataFrame, verdict: Callable[[pl.DataFrame], pl.DataFrame], *, fields: Iterable[str]
) -> pl.DataFrame:
    """Add the columns that `verdict` adds to the distinct values of `fields`; rows stay as they are.

    Columns of fields that the frame did not have are gone again. `fields` must name at least one.
    """
    looked_at = sorted(fields)
    opened = with_fields(frame, looked_at)
    values, line = _distinct(opened.select(looked_at))
    number = pl.Series(line, dtype=pl.UInt32)
    said = [_spread(column, number) for column in verdict(values).drop(looked_at)]
    return opened.drop([name for name in looked_at if name not in frame.columns]).hstack(said)


def _spread(said: pl.Series, number: pl.Series) -> pl.Series:
    """What is said of each row, from what is said of each of the distinct values."""
    same = len(said) > 0 and said.n_unique() == 1
    return said.new_from_index(0, len(number)) if same else said.gather(number)


def _distinct(fields: pl.DataFrame) -> tuple[pl.DataFrame, Numbers]:
    """The distinct rows, and for each row the number of its like among them."""
    key, cells = np.zeros(fields.height, dtype=np.int32), 1
    for column in fields.get_columns():
        if column.null_count() == len(column):
            continue
        coded = _hashed(column)
        if cells * (len(coded[0]) if coded else column.n_unique()) > _MOST_CELLS:
            return _joined(fields)
        values, codes = coded or _named(column)
        key, cells = key * len(values) + codes, cells * len(values)
    example, number = _numbered(key, cells)
    return fields[example], number


def _hashed(column: pl.Series) -> tuple[Numbers, Numbers] | None:
    """A row of each value, and each row's value; None when two of them fall on one place of a small table."""
    hashed = column.hash().to_numpy()
    for shift in _TRIES:
        example, number = _numbered((hashed >> np.uint64(shift)).astype(np.uint16), 1 << _PLACES)
        if column.gather(example).gather(number).eq_missing(column).all():
            return example, number
        if len(example) > _MANY:
            break
    return None


def _named(column: pl.Series) -> tuple[Numbers, Numbers]:
    """The same for any values."""
    kinds = column.unique().drop_nulls()
    codes = column.cast(pl.Enum(kinds)).to_physical().cast(pl.Int64).fill_null(len(kinds)).to_numpy()
    return _numbered(codes, len(kinds) + 1)


def _numbered(key: Numbers, cells: int) -> tuple[Numbers, Numbers]:
    """A row of each key that occurs, and for each row the number of its key among those; keys are below `cells`."""
    example = np.full(cells, -1, dtype=np.int32)
    example[key] = np.arange(len(key), dtype=np.int32)
    there = np.flatnonzero(example >= 0)
    number = np.zeros(cells, dtype=np.int32)
    number[there] = np.arange(len(there), dtype=np.int32)
    return example[there], number[key]


def _joined(fields: pl.DataFrame) -> tuple[pl.DataFrame, Numbers]:
    """The same where there are too many combinations to give each a cell."""
    values = fields.unique(maintain_order=True)
    numbered = values.with_row_index("_line")
    found = fields.join(numbered, on=fields.columns, how="left", nulls_equal=True, maintain_order="left")
    return values, found["_line"].cast(pl.Int64).to_numpy()


def first_of(claims: Iterable[tuple[str, Rule | None]]) -> pl.Expr:
    """The name of the first claim whose rule holds; null where none does."""
    said = [pl.when(rule.expr()).then(pl.lit(name)) for name, rule in claims if rule is not None]
    return pl.coalesce(said) if said else _NOTHING


def holds(rule: Rule | None) -> pl.Expr:
    """True where the rule holds; nowhere when there is no rule."""
    return rule.expr() if rule is not None else pl.lit(False)


def _field(frame: pl.DataFrame, name: str) -> pl.Expr:
    if not name.startswith(_PROPERTY) or "properties" not in frame.columns:
        return _NOTHING
    key = name.removeprefix(_PROPERTY)
    text = pl.col("properties")
    if "\\" in key:  # JSON paths cannot say a backslash; decoding can, but takes five times as long
        return text.str.json_decode(pl.Struct({key: pl.String})).struct.field(key)
    return text.str.json_path_match(f"$[{json.dumps(key, ensure_ascii=False)}]")
