"""Parents of cells: whom a small cell is moved towards.

A touchpoint's parent are the touchpoints of its stage that were asked on the same scale, together; those of the
whole map where it is alone. A stage's parent are the stages. A group's parent are the groups beside it at the same
place and question; a period's parent is the whole time.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl

from desireline.measures.clusters import Floats
from desireline.measures.groups import grouping_of
from desireline.measures.nps import POINTS
from desireline.measures.voice import PARTS
from desireline.voice.scores.shrinkage import shrink, worth_of_parent

SMALL: Final = 30
"""Customers below which a value is hollow: it is moved towards its parent, and the raw one stands beside it."""
CATEGORIES: Final = ("promoters", "passives", "detractors", "chosen", "total")
_VALUE: Final = {"nps": ("promoters", "detractors"), "csat": ("chosen",), "ces": ("total",), "mean": ("total",)}


def categories() -> list[pl.Expr]:
    """What is averaged in a cell of scored answers: how often each category, the total and its squares."""
    x = pl.col("x").cast(pl.Float64)
    score = x / PARTS
    return [
        pl.len().cast(pl.Float64).alias("answers"),
        (pl.col("x") > 0).sum().cast(pl.Float64).alias("promoters"),
        (pl.col("x") == 0).sum().cast(pl.Float64).alias("passives"),
        (pl.col("x") < 0).sum().cast(pl.Float64).alias("detractors"),
        x.sum().alias("chosen"),
        score.sum().alias("total"),
        (score * score).sum().alias("squares"),
    ]


def with_parents(cells: pl.DataFrame) -> pl.DataFrame:
    """Add `parent` (its value) and `shrunk`; null where there is no parent, or too few cells to learn from.

    `cells`: kind, scale, level, stage, place, question, group, period, and what `categories` counts.
    """
    named = _named(cells)
    parts = [_of_family(family) for family in named.partition_by("_family", maintain_order=True)]
    if not parts:
        return cells.with_columns(pl.lit(None, pl.Float64).alias("parent"), pl.lit(None, pl.Float64).alias("shrunk"))
    found = pl.concat(parts).sort("_row")
    return cells.with_columns(found["parent"], found["shrunk"])


def _named(cells: pl.DataFrame) -> pl.DataFrame:
    """Add `_row`, `_family` (cells that differ in the same way) and `_parent` (within the family; "" means alone)."""
    grouped, dated = pl.col("group") != "", pl.col("period") != ""
    scale, there = ("kind", "scale"), ("place", "question")
    many = pl.len().over(*scale, "level", "stage", "group", "period") > 1
    alone = pl.when(many).then("stage").otherwise(pl.lit(""))
    family = (
        pl.when(dated)
        .then(pl.concat_str(*scale, pl.lit("periods"), separator="\x00"))
        .when(grouped)
        .then(pl.concat_str(*scale, grouping_of(pl.col("group")), separator="\x00"))
        .otherwise(pl.concat_str(*scale, pl.lit("level"), "level", separator="\x00"))
    )
    parent = (
        pl.when(dated)
        .then(pl.concat_str(*there, "group", separator="\x00"))
        .when(grouped)
        .then(pl.concat_str(*there, separator="\x00"))
        .when(pl.col("level") == "touchpoint")
        .then(alone)
        .otherwise(pl.lit(""))
    )
    return cells.with_row_index("_row").with_columns(family.alias("_family"), parent.alias("_parent"))


def _of_family(family: pl.DataFrame) -> pl.DataFrame:
    kind = family["kind"][0]
    n = family["answers"].to_numpy()
    learnt = family["promoters", "passives", "detractors"] if kind == "nps" else family[[_VALUE[kind][0]]]
    sums = learnt.to_numpy()
    squares = family[["squares"]].to_numpy() if _VALUE[kind] == ("total",) else sums
    _, parents = np.unique(family["_parent"].to_numpy().astype(str), return_inverse=True)
    worth = worth_of_parent(parents, n, sums, squares)
    above = _together(kind, family, alone=pl.col("_parent") == "")
    raw = _value(kind, *(family[name].to_numpy() for name in _VALUE[kind]), n=n)
    lonely = family["level"][0] == "map" and (family["group"] == "").all() and (family["period"] == "").all()
    shrunk = np.full(len(n), np.nan) if lonely else shrink(raw, above, n, worth=worth)
    told = pl.Series("parent", np.where(np.isnan(shrunk), np.nan, above)).fill_nan(None)
    return family.select("_row").with_columns(told, pl.Series("shrunk", shrunk).fill_nan(None))


def _together(kind: str, family: pl.DataFrame, *, alone: pl.Expr) -> Floats:
    """The value of each cell's parent: all cells below it put together; those that are alone take the whole family."""
    names = [*_VALUE[kind], "answers"]
    whole = family.select(
        pl.when(alone).then(pl.col(name).sum()).otherwise(pl.col(name).sum().over("_parent")).alias(name)
        for name in names
    )
    return _value(kind, *(whole[name].to_numpy() for name in names[:-1]), n=whole["answers"].to_numpy())


def _value(kind: str, first: Floats, *others: Floats, n: Floats) -> Floats:
    net = first - others[0] if others else first
    value: Floats = (POINTS if kind == "nps" else 1) * net / n
    return value
