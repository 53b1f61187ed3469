"""Is there such a property at all? Asked before a question whose answer would be an empty one."""

from __future__ import annotations

import json
from collections.abc import Iterable

import polars as pl

from desireline.errors import UnknownProperty
from desireline.lake.snapshot import Snapshot
from desireline.measures.groups import SOME

PROPERTY = "property:"


def check_properties(snapshot: Snapshot, groupings: Iterable[str]) -> None:
    """Nothing happens when somebody, some answer or some event has each property that is grouped by.

    Else UnknownProperty is raised, with names that there are. `groupings` that are no property are passed over.
    """
    for grouping in groupings:
        name = grouping.removeprefix(PROPERTY).partition(SOME)[0]
        if grouping.startswith(PROPERTY) and snapshot.buckets and not _is_there(snapshot, name):
            raise UnknownProperty(name, _names(snapshot))


def _is_there(snapshot: Snapshot, name: str) -> bool:
    """Customers and answers are looked at first; they are fewer than events."""
    key = json.dumps(name, ensure_ascii=False) + ":"
    buckets = range(snapshot.buckets)
    return (
        any(_holds(snapshot.customers(bucket), key) for bucket in buckets)
        or any(_holds(snapshot.feedback(bucket), key) for bucket in buckets)
        or any(_holds(snapshot.events(bucket, ["properties"]), key) for bucket in buckets)
    )


def _holds(table: pl.DataFrame, key: str) -> bool:
    return bool(table["properties"].str.contains(key, literal=True).any())


def _names(snapshot: Snapshot) -> list[str]:
    """Properties that the first bucket knows, alphabetically: enough to point to the right one."""
    names: set[str] = set()
    for table in (snapshot.customers(0), snapshot.feedback(0), snapshot.events(0, ["properties"])):
        for text in table["properties"].drop_nulls().unique().head(10_000):
            names.update(json.loads(text))
    return sorted(name for name in names if not name.startswith("_"))
