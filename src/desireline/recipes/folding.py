"""Several rows folded into one: what a join does when a key has more than one partner."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from desireline.recipes.numbers import Mark, plain_numbers
from desireline.recipes.records import Times
from desireline.recipes.times import read_times

_EXACT = pl.Decimal(38, 8)


def fold(
    rows: pl.DataFrame, key: str, take: Mapping[str, str], *, times: Times | None = None, decimal: Mark = None
) -> pl.DataFrame:
    """One row per key, with each column of `take` folded in its way; empty cells are left out of all of them.

    `sum` adds numbers exactly (a cell that is no number becomes the result, so that it is refused where it
    is used, never ignored); `first` and `last` go by the order of the rows; `min` and `max` compare numbers
    if all cells are numbers, else instants if all are, else texts; `count` counts the filled cells; `list`
    joins them with "; ". The result is text, with the decimal mark `decimal` where the source has one.
    """
    ranked = rows.with_columns(
        _rank(rows[column], how, times, decimal) for column, how in take.items() if how in _RANKED
    )
    folded = ranked.group_by(key, maintain_order=True).agg(_folded(column, how) for column, how in take.items())
    return folded.with_columns(_shortest(column, decimal) for column, how in take.items() if how == "sum")


_RANKED = ("sum", "min", "max")


def _ranked(column: str) -> str:
    return f"\x00rank {column}"


def _rank(cells: pl.Series, how: str, times: Times | None, decimal: Mark) -> pl.Series:
    """What to add or compare by: exact numbers, instants, or null throughout for plain text."""
    numbers = plain_numbers(cells, decimal=decimal).cast(_EXACT, strict=False)
    if how == "sum" or numbers.null_count() == cells.null_count():
        return numbers.alias(_ranked(cells.name))
    instants, reasons = read_times(cells, _any_zone(times))
    same = reasons.null_count() == len(cells)
    return (instants if same else cells).alias(_ranked(cells.name))


def _any_zone(times: Times | None) -> Times:
    said = times or Times()
    return said if said.zone else said.model_copy(update={"zone": "UTC"})


def _folded(column: str, how: str) -> pl.Expr:
    cells = pl.col(column).drop_nulls()
    rank = pl.col(_ranked(column))
    if how == "sum":
        unreadable = pl.col(column).filter(rank.is_null() & pl.col(column).is_not_null())
        total = pl.when(cells.len() > 0).then(rank.sum()).cast(pl.String)
        return pl.coalesce(unreadable.first(), total).alias(column)
    if how == "first":
        return cells.first()
    if how == "last":
        return cells.last()
    if how == "count":
        return cells.len().cast(pl.String)
    if how == "list":
        return pl.when(cells.len() > 0).then(cells.str.join("; ")).alias(column)
    by_rank = pl.col(column).filter(rank.is_not_null()).sort_by(rank.drop_nulls())
    return by_rank.first() if how == "min" else by_rank.last()


def _shortest(column: str, decimal: Mark) -> pl.Expr:
    """12.50000000 as 12.5 (12,5 in a source with commas), 3.00000000 as 3; anything else as it is."""
    whole = pl.col(column).str.contains(r"^-?[0-9]+\.[0-9]{8}$")
    bare = pl.col(column).str.strip_chars_end("0").str.strip_chars_end(".")
    written = bare.str.replace(".", ",", literal=True) if decimal == "comma" else bare
    return pl.when(whole).then(written).otherwise(column)
