"""Rules judged on the distinct values that they look at, the verdicts standing beside every row.

A log of a million events holds a few hundred different (event, channel, status) values. Judging those and
joining the verdicts back costs the same for one rule and for a hundred.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable

import numpy as np
import numpy.typing as npt
import polars as pl

from desireline.maps.rules import Rule

_PROPERTY = "property."
_NOTHING = pl.lit(None, dtype=pl.String)
_MOST_CELLS = 1 << 20  # of a table with a cell for each combination of values


def fields_of(rules: Iterable[Rule | None]) -> set[str]:
    """The columns that the rules look at, together: `event`, `channel`, `property.plan` …"""
    return set[str]().union(*(rule.fields() for rule in rules if rule is not None))


def with_fields(frame: pl.DataFrame, fields: Iterable[str]) -> pl.DataFrame:
    """Add a column for each field that the frame lacks: properties out of their JSON, all others as nothing.

    A property that a row does not have is null, as is every property of a row whose `properties` are null.
    """
    return frame.with_columns(_field(frame, name).alias(name) for name in sorted(fields) if name not in frame.columns)


def judge(
    frame: pl.DataFrame, verdict: Callable[[pl.DataFrame], pl.DataFrame], *, fields: Iterable[str]
) -> pl.DataFrame:
    """Add the columns that `verdict` adds to the distinct values of `fields`; rows stay as they are.

    Columns of fields that the frame did not have are gone again. `fields` must name at least one.
    """
    looked_at = sorted(fields)
    opened = with_fields(frame, looked_at)
    values, line = _distinct(opened.select(looked_at))
    said = verdict(values).drop(looked_at)
    return opened.drop([name for name in looked_at if name not in frame.columns]).hstack(said[line])


def _distinct(fields: pl.DataFrame) -> tuple[pl.DataFrame, npt.NDArray[np.int64]]:
    """The distinct rows, and for each row the number of its like among them."""
    key, cells = np.zeros(fields.height, dtype=np.int64), 1
    for column in fields.get_columns():
        kinds = column.unique().drop_nulls()
        if cells * (len(kinds) + 1) > _MOST_CELLS:
            return _joined(fields)
        if len(kinds):
            codes = column.cast(pl.Enum(kinds)).to_physical().cast(pl.Int64).fill_null(len(kinds)).to_numpy()
            key, cells = key * (len(kinds) + 1) + codes, cells * (len(kinds) + 1)
    example = np.full(cells, -1, dtype=np.int64)
    example[key] = np.arange(len(key))
    there = np.flatnonzero(example >= 0)
    number = np.zeros(cells, dtype=np.int64)
    number[there] = np.arange(len(there))
    return fields[example[there]], number[key]


def _joined(fields: pl.DataFrame) -> tuple[pl.DataFrame, npt.NDArray[np.int64]]:
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
