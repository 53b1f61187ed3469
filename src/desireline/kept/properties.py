"""What is known of customers, in codes: for each bucket and field who has which value, kept beside the trace.

    WORKSPACE/derived/properties/     by field and bucket, named by the lake's files of customers

Reading customers and taking their properties apart costs more than walking the events of some of them. Kept as a
column of codes, a property answers for any of its values.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from desireline.access import may_show
from desireline.engine.local import run
from desireline.hashes import hash_text
from desireline.journeys.claims import with_fields
from desireline.kept.code import code_version
from desireline.kept.partials import Partials
from desireline.lake.snapshot import Snapshot
from desireline.slices import U64, Codes
from desireline.trace.book import Book

ROOMS = ("kept/properties", "trace/book", "hashes", "letters", "mixing", "access", "journeys/claims")
"""The code whose change makes earlier columns worthless."""

WHOLE = -1
MOST = 1000
"""So many values of a field are remembered, the most frequent ones."""


@dataclass(frozen=True)
class Column:
    """Customers by ascending key (`hash_text` of the id), shape (n,); `values[code[i]]` is what customer i has.

    None stands for nothing. Whoever is not here is a customer of whom nothing at all is known.
    """

    key: U64
    code: Codes
    values: tuple[str | None, ...]

    @property
    def texts(self) -> pl.Series:
        """What each customer has."""
        return pl.Series(self.values, dtype=pl.String).gather(self.code)


@dataclass(frozen=True)
class Values:
    """What customers have at a field: how many have anything, how many different values there are, and those that
    five or more share, by frequency."""

    customers: int
    distinct: int
    common: tuple[str, ...]


class Properties:
    """The columns of one snapshot of the lake. A field is called as rules call it: `property.plan`."""

    def __init__(self, snapshot: Snapshot, kept: Partials) -> None:
        self._snapshot = snapshot
        self._kept = kept

    def column(self, bucket: int, field: str) -> Column:
        """Who of the bucket has what. With the last bucket the fields unused for longest make room for this one."""
        parts, key = self.parts(bucket), _key(field)
        had = self._kept.find(key, bucket)
        if had and had[0] == parts and isinstance(had[1], Column):
            column = had[1]
        else:
            column = code_field(self._snapshot.customers(bucket), field)
            self._kept.keep(key, bucket, parts, column)
        if bucket == self._snapshot.buckets - 1:
            self._make_room(key)
        return column

    def values(self, field: str) -> Values:
        """What customers have at the field, over all buckets."""
        buckets, key = range(self._snapshot.buckets), _key(field)
        parts = tuple(name for bucket in buckets for name in (f"/{bucket}", *self.parts(bucket)))
        had = self._kept.find(key, WHOLE)
        if had and had[0] == parts and isinstance(had[1], Values):
            return had[1]
        counts: Counter[str] = run(buckets, lambda bucket: _counts(self.column(bucket, field)), _sum)
        common = [value for value, count in counts.most_common() if may_show(count)]
        values = Values(counts.total(), len(counts), tuple(common[:MOST]))
        self._kept.keep(key, WHOLE, parts, values)
        return values

    def has(self, field: str, value: str) -> bool:
        """Whether any customer has this value at the field."""
        common = value in self.values(field).common
        return common or any(value in self.column(bucket, field).values for bucket in range(self._snapshot.buckets))

    def names(self) -> list[str]:
        """The properties that customers have, alphabetically. All customers are looked at."""
        names: set[str] = set()
        for bucket in range(self._snapshot.buckets):
            for text in self._snapshot.customers(bucket)["properties"].drop_nulls().unique():
                names.update(json.loads(text))
        return sorted(names)

    def parts(self, bucket: int) -> tuple[str, ...]:
        """The files that tell of the bucket's customers."""
        return self._snapshot.fingerprints("customers", bucket)

    def _make_room(self, key: str) -> None:
        """The columns take no more room than they may. Room is made when a whole is kept, and personas keep none."""
        parts, whole = self._kept.find(key, WHOLE) or ((), None)
        self._kept.keep(key, WHOLE, parts, whole)


def code_field(customers: pl.DataFrame, field: str) -> Column:
    """The field of each customer; of several records of one customer the last counts."""
    rows = customers.select("customer_id", "properties").unique("customer_id", keep="last")
    records, values = Book(gaps=True), Book(gaps=True)
    record = records.code(rows["properties"])
    opened = with_fields(pl.DataFrame({"properties": records.names}, schema={"properties": pl.String}), [field])
    met = values.code(opened[field])
    names, final = values.settle()  # in alphabetical order, so that buckets with the same values have the same names
    key = hash_text(rows["customer_id"])
    order = np.argsort(key)
    return Column(key[order], final[met[record[order]]], names)


def _counts(column: Column) -> Counter[str]:
    found = np.bincount(column.code, minlength=len(column.values)).tolist()
    return Counter({value: count for value, count in zip(column.values, found, strict=True) if value is not None})


def _sum(counts: Sequence[Counter[str]]) -> Counter[str]:
    if not counts:
        return Counter()
    total, *more = counts  # what was summed before comes first: it may hold millions of values and is not copied
    for one in more:
        total.update(one)
    return total


def _key(field: str) -> str:
    return f"{code_version(ROOMS)} {field}"
