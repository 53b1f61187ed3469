"""A small company for the tests of the lake: records as text, and the lake's whole content to compare."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import polars as pl

from desireline.lake.commit import ImportCounts, commit
from desireline.lake.staging import Staging
from desireline.lake.store import Lake
from desireline.tables import CAMPAIGNS, CUSTOMERS, EVENTS, FEEDBACK

NOW = datetime(2026, 4, 1, tzinfo=UTC)
TABLES = {"events": EVENTS, "feedback": FEEDBACK, "customers": CUSTOMERS, "campaigns": CAMPAIGNS}


def rows(text: str) -> pl.DataFrame:
    """A frame from a text table: two blanks between columns, `-` for nothing, `at` on 1 March 2026."""
    lines = [re.split(r"\s{2,}", line.strip()) for line in text.strip().splitlines()]
    head, body = lines[0], lines[1:]
    columns = {name: [_cell(name, line[place]) for line in body] for place, name in enumerate(head)}
    frame = pl.DataFrame(columns, schema={name: _KINDS.get(name, pl.String) for name in head})
    row = [] if "row" in head else [pl.int_range(1, pl.len() + 1, dtype=pl.Int64).alias("row")]
    return frame.with_columns(pl.lit("shop").alias("source"), *row)


def bring(
    lake: Lake,
    import_id: str,
    files: Mapping[str, Mapping[str, pl.DataFrame]],
    *,
    dry_run: bool = False,
    spill_bytes: int = 1 << 20,
) -> ImportCounts:
    """Import files, each given as {table: records}; the table `refused` holds refused rows."""
    with Staging(lake, import_id, spill_bytes=spill_bytes) as staging:
        for name, tables in files.items():
            file = staging.add_file(name)
            for table, records in tables.items():
                getattr(staging, f"add_{table}")(records, file=file)
        return commit(staging, at=NOW, recipe="shop", dry_run=dry_run)


def content(folder: Path) -> dict[str, object]:
    """Everything a reader can see in the lake, as plain rows."""
    snapshot = Lake.open(folder).current()
    buckets = range(snapshot.buckets)
    seen: dict[str, object] = {
        name: [row for bucket in buckets for row in snapshot.part(name, bucket).rows()]
        for name in ("events", "feedback", "customers")
    }
    return seen | {
        "campaigns": snapshot.campaigns().rows(),
        "refusals": snapshot.refusals().rows(),
        "imports": snapshot.imports()["import_id"].to_list(),
        "counts": snapshot.counts(),
    }


def names(frame: pl.DataFrame, *columns: str) -> list[tuple[object, ...]]:
    """The rows of these columns."""
    return frame.select(columns).rows()


_KINDS = {
    "at": pl.Datetime("us", "UTC"),
    "row": pl.Int64,
    "value": pl.Decimal(18, 4),
    "score": pl.Float64,
    "_once": pl.Boolean,
}


def _cell(column: str, text: str) -> object:
    if text == "-":
        return None
    if column == "at":
        hours, minutes = text.split(":")
        return datetime(2026, 3, 1, int(hours), int(minutes), tzinfo=UTC)
    if column == "value":
        return Decimal(text)
    if column == "_once":
        return text == "yes"
    return {"row": int, "score": float}.get(column, str)(text)
