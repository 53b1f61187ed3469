"""How many rows each source brought on each day: what tells a silent source from customers who stay away."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from desireline.lake.snapshot import Snapshot

VOLUMES = {"source": pl.String, "event": pl.String, "day": pl.Date, "rows": pl.Int64}


def volumes(snapshot: Snapshot) -> pl.DataFrame:
    """VOLUMES: rows by source, name of event (null for answers) and day in UTC; sorted. Rows without an instant are
    left out.
    """
    parts = [
        part.group_by("source", "event", "day").agg(pl.len().cast(pl.Int64).alias("rows")) for part in _rows(snapshot)
    ]
    whole = pl.concat([pl.DataFrame(schema=VOLUMES), *(part.select(list(VOLUMES)) for part in parts)])
    return whole.group_by("source", "event", "day").agg(pl.col("rows").sum()).sort("source", "event", "day")


def _rows(snapshot: Snapshot) -> Iterator[pl.DataFrame]:
    """source, event and day of each row, file by file, only these columns being read."""
    for table, name in (("events", pl.col("event")), ("feedback", pl.lit(None, dtype=pl.String).alias("event"))):
        for file in snapshot.files(table):
            columns = ["source", "at", "event"] if table == "events" else ["source", "at"]
            frame = snapshot.read_file(table, file, columns)
            yield frame.filter(pl.col("at").is_not_null()).select("source", name, pl.col("at").dt.date().alias("day"))
