"""How many rows each source brought of each day."""

from __future__ import annotations

import polars as pl

from desireline.lake.snapshot import Snapshot


def volumes(snapshot: Snapshot) -> pl.DataFrame:
    """Rows by source and day (UTC): source, day, rows; sorted."""
    parts = [
        snapshot.events(bucket, ["source", "at"]).group_by("source", pl.col("at").dt.date().alias("day")).len("rows")
        for bucket in range(snapshot.buckets)
    ]
    if not parts:
        return pl.DataFrame(schema={"source": pl.String, "day": pl.Date, "rows": pl.Int64})
    return pl.concat(parts).group_by("source", "day").agg(pl.col("rows").sum().cast(pl.Int64)).sort("source", "day")
