"""Parquet files, a slice at a time, two slices side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import polars as pl

from desireline.errors import SourceEmpty, SourceUnreadable
from desireline.side_by_side import side_by_side
from desireline.sources.batches import Batch, Refusals
from desireline.sources.frames import frame_batches

CELLS = 1_250_000
"""Cells of a batch when nothing else is asked for: a narrow file is read in longer slices."""


def read_parquet(path: Path, *, missing: Sequence[str] = (), batch_rows: int | None = None) -> Iterator[Batch]:
    """Batches of a Parquet file; SourceUnreadable when the file is damaged."""
    done = 0
    try:
        lazy = pl.scan_parquet(path, glob=False)
        height = lazy.select(pl.len()).collect().item()
        if height == 0:
            raise SourceEmpty(f"{path.name} holds columns and no rows. Check the filter of the export.")
        rows = batch_rows or max(50_000, CELLS // max(1, len(lazy.collect_schema())))

        def read_slice(first: int) -> list[Batch]:
            part, refusals = lazy.slice(first, rows).collect(), Refusals(path.name)
            return list(frame_batches(part, refusals, first=first + 1, missing=missing, batch_rows=rows))

        for batches in side_by_side(read_slice, range(0, height, rows)):
            yield from batches
            done += rows
    except (pl.exceptions.PolarsError, OSError) as fault:
        why = str(fault).splitlines()[0]
        raise SourceUnreadable(f"{path.name}: the Parquet file cannot be read after row {done}: {why}") from None
