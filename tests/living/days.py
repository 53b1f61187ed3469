"""Volumes, written down where they are tested."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import polars as pl

FIRST = date(2026, 1, 5)  # a Monday


def volumes(sources: Mapping[str, Sequence[int]]) -> pl.DataFrame:
    """Rows of each source by day from FIRST on; the source's name is also that of its events."""
    rows = [
        (source, source, FIRST + timedelta(days=k), count)
        for source, counts in sources.items()
        for k, count in enumerate(counts)
        if count
    ]
    shape = {"source": pl.String, "event": pl.String, "day": pl.Date, "rows": pl.Int64}
    return pl.DataFrame(rows, schema=shape, orient="row")


def day(number: int) -> date:
    """The day so many days after FIRST."""
    return FIRST + timedelta(days=number)
