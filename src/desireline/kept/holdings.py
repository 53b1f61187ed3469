"""What a lake holds, and what came into it: counts, imports, and how fresh each source is."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC
from typing import Any

import polars as pl

from desireline.access import may_show
from desireline.kept.living import AGE
from desireline.kept.volumes import volumes
from desireline.lake.snapshot import Snapshot
from desireline.living.outage import Silence, find_silences
from desireline.recipes.refusal import REASONS

_COUNTED = ("read", "accepted", "refused", "duplicates", "events", "feedback", "customers", "campaigns")


def holdings(snapshot: Snapshot) -> dict[str, Any]:
    """As plain data: counts, first, last, sources, silences (as `drift` finds them), and how old data usually are."""
    last = snapshot.data_end()
    rows = volumes(snapshot)
    silences = find_silences(rows, last.astimezone(UTC).date() if last else None)
    return {
        "counts": snapshot.counts(),
        "first": snapshot.first_at(),
        "last": last,
        "sources": _sources(rows, silences),
        "usual_days": AGE,
        "silences": [_silence(one) for one in silences],
    }


def rare_events(snapshot: Snapshot) -> frozenset[str]:
    """The names of events that so few customers met that a name could tell who they are."""
    met: Counter[str] = Counter()
    for bucket in range(snapshot.buckets):  # a customer lies in one bucket
        events = snapshot.events(bucket, ["customer_id", "event"])
        counted = events.group_by("event").agg(pl.col("customer_id").n_unique())
        met.update(dict(counted.iter_rows()))
    return frozenset(event for event, customers in met.items() if not may_show(customers))


def imports(snapshot: Snapshot) -> list[dict[str, Any]]:
    """As plain data, the newest first: id, at, recipe, files with their rows, and what became of these."""
    return [_import(row) for row in snapshot.imports().reverse().iter_rows(named=True)]


def refusal_counts(snapshot: Snapshot) -> list[dict[str, Any]]:
    """Refused rows by reason and import, most first: reason, says, import_id, rows. Empty without an import."""
    counted = snapshot.scan_refusals().group_by("reason", "import_id").agg(pl.len().alias("rows")).collect()
    counted = counted.sort("rows", "reason", "import_id", descending=[True, False, False])
    return [{**row, "says": REASONS.get(row["reason"], row["reason"])} for row in counted.iter_rows(named=True)]


def _import(row: dict[str, Any]) -> dict[str, Any]:
    counts = {name: row[name] for name in _COUNTED}
    return {
        "id": row["import_id"],
        "at": row["at"],
        "recipe": row["recipe"],
        "files": json.loads(row["files"]),
        **counts,
    }


def _sources(rows: pl.DataFrame, silences: tuple[Silence, ...]) -> list[dict[str, Any]]:
    """Each source with its rows by name of event; the one that has been quiet for longest comes first."""
    days = [pl.col("rows").sum(), pl.col("day").min().alias("first"), pl.col("day").max().alias("last")]
    named = rows.group_by("source", "event").agg(days).sort("source", "rows", "event", descending=[False, True, False])
    silent = {one.source: one for one in silences if one.until is None}
    found = rows.group_by("source").agg(days).sort("last", "source")
    return [
        {
            **row,
            "events": named.filter(pl.col("source") == row["source"]).drop("source").to_dicts(),
            "silence": _silence(silent[row["source"]]) if row["source"] in silent else None,
        }
        for row in found.iter_rows(named=True)
    ]


def _silence(one: Silence) -> dict[str, Any]:
    return {**vars(one), "events": list(one.events), "says": one.says}
