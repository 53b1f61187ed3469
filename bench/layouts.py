"""Writes one company's events in every layout, in memory that does not grow with the number of events.

`ordered/` by customer and time with codes, one Parquet file per chunk of whole customers; `raw.parquet` with names, in
the order of arrival, so that 2 % of the rows stand behind later ones; `raw.csv` and `raw.jsonl` with the same rows.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

from bench.simulate import DAY, Events

ROW_GROUP = 1_000_000
_ROW = np.dtype(
    [("arrived", "<i8"), ("at", "<i8"), ("customer", "<u4"), ("cents", "<i4"), ("touchpoint", "u1"), ("channel", "u1")]
)
Rows = npt.NDArray[np.void]


def write_layouts(
    folder: Path, chunks: Iterable[Events], *, touchpoints: Sequence[str], channels: Sequence[str], texts: bool
) -> tuple[int, int]:
    """Every layout stands in `folder`; returns how many events and customers there are.

    `texts` asks for CSV and JSON lines too, which are about ten times as large.
    """
    days = folder / "days"
    for made in (days, folder / "ordered"):
        shutil.rmtree(made, ignore_errors=True)
        made.mkdir(parents=True)
    events = customers = 0
    for number, chunk in enumerate(chunks):
        _write_ordered(folder / "ordered" / f"part-{number:04d}.parquet", chunk)
        _scatter(days, chunk)
        events += len(chunk)
        customers = int(chunk.customer[-1]) + 1
    _write_raw(folder, days, touchpoints=list(touchpoints), channels=list(channels))
    shutil.rmtree(days)
    if texts:
        raw = pl.scan_parquet(folder / "raw.parquet")
        raw.sink_csv(folder / "raw.csv", datetime_format="%Y-%m-%dT%H:%M:%S%.6fZ")
        as_text = pl.col("at").dt.strftime("%Y-%m-%dT%H:%M:%S%.6fZ")
        raw.with_columns(as_text).sink_ndjson(folder / "raw.jsonl")
    return events, customers


def span(folder: Path) -> tuple[int, int]:
    """The first and the last instant in a data folder, in µs since 1970."""
    at = pl.col("at").cast(pl.Int64)
    both = pl.scan_parquet(folder / "ordered").select(first_at=at.min(), last_at=at.max()).collect()
    return int(both["first_at"].item()), int(both["last_at"].item())


def _write_ordered(path: Path, chunk: Events) -> None:
    table = pl.DataFrame(
        {
            "customer": chunk.customer,
            "at": pl.Series(chunk.at).cast(pl.Datetime("us", "UTC")),
            "event": chunk.touchpoint,
            "channel": chunk.channel,
            "cents": chunk.cents,
        }
    )
    table.write_parquet(path, compression="zstd", row_group_size=2 * ROW_GROUP)


def _scatter(days: Path, chunk: Events) -> None:
    """Append the chunk's rows to one file per day of arrival."""
    day = chunk.arrived // DAY
    order = np.argsort(day, kind="stable")
    rows = np.empty(len(chunk), dtype=_ROW)
    for name in ("arrived", "at", "customer", "cents", "touchpoint", "channel"):
        rows[name] = getattr(chunk, name)[order]
    numbers, starts = np.unique(day[order], return_index=True)
    for number, part in zip(numbers, np.split(rows, starts[1:]), strict=True):
        with (days / f"{number:06d}").open("ab") as file:
            part.tofile(file)


def _write_raw(folder: Path, days: Path, *, touchpoints: list[str], channels: list[str]) -> None:
    parts = []
    for day in sorted(days.iterdir()):
        rows: Rows = np.fromfile(day, dtype=_ROW)
        rows = rows[np.lexsort((rows["customer"], rows["arrived"]))]
        part = folder / "days" / f"{day.name}.parquet"
        _named(rows, touchpoints, channels).write_parquet(part, compression="uncompressed")
        day.unlink()
        parts.append(part)
    whole = pl.scan_parquet(parts)
    whole.sink_parquet(folder / "raw.parquet", compression="zstd", row_group_size=ROW_GROUP, maintain_order=True)


def _named(rows: Rows, touchpoints: list[str], channels: list[str]) -> pl.DataFrame:
    value = pl.Series(rows["cents"] / 100)
    customer = pl.Series("customer", rows["customer"].copy()).cast(pl.String)
    return pl.DataFrame(
        {
            "customer": "c" + customer.str.zfill(9),
            "at": pl.Series(rows["at"].copy()).cast(pl.Datetime("us", "UTC")),
            "event": pl.Series(touchpoints).gather(rows["touchpoint"].astype(np.uint32)),
            "channel": pl.Series(channels).gather(rows["channel"].astype(np.uint32)),
            "value": value.set(value == 0, None),
        }
    )
