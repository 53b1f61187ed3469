"""Counts of people as they may be told: small groups only as what they are, small."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from desireline.access import SMALL_GROUP, may_show
from desireline.measures.cells import show


def say_count(customers: int) -> str:
    """The number, or that it is too small to be told.

    >>> say_count(1204), say_count(3)
    ('1,204', 'fewer than 5')
    """
    return f"{customers:,}" if may_show(customers) else f"fewer than {SMALL_GROUP}"


def say_many(count: int, noun: str) -> str:
    """The number with its noun in the plural, which is right for all that is told: none, few, and five or more.

    >>> say_many(1204, "customer"), say_many(1, "answer")
    ('1,204 customers', 'fewer than 5 answers')
    """
    return f"{say_count(count)} {noun}s"


def count_or_none(customers: int) -> int | None:
    """The number as data; None where it is too small to be told.

    >>> count_or_none(1204), count_or_none(3)
    (1204, None)
    """
    return customers if may_show(customers) else None


def parts_to_tell(customers: Mapping[str, int]) -> set[str]:
    """The parts of one total that may be told: neither small, nor telling the size of a small one by subtraction.

    The rule is that of `measures.cells.show`. Of parts of equal size the first by name is hidden first.

    >>> sorted(parts_to_tell({"web": 40, "phone": 20, "store": 3}))
    ['web']
    """
    if all(may_show(count) for count in customers.values()):
        return set(customers)
    whole = {name: pl.lit("") for name in ("measure", "at", "period", "note")}
    unknown = {name: pl.lit(None, pl.Float64) for name in ("value", "low", "high")}
    parts = pl.DataFrame({"part": list(customers), "n": list(customers.values())})
    readings = parts.with_columns(
        pl.format("part:{}", "part").alias("group"), minimum=pl.lit(0), counts=pl.lit(False), **whole, **unknown
    )
    return set(show(readings).filter(pl.col("n").is_not_null())["part"])
