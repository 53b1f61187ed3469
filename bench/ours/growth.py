"""A kept trace with 30 days that were appended and not merged, beside the same trace merged.

The days are the last 30 of 200 equal parts of the file, in order of arrival: the trace merges by itself what is more
than a fifth of it.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path

import polars as pl

from bench.answers import Answer
from bench.ours.seven import COLUMNS, on_trace
from bench.peers import Ask, Prepared, Tasks
from desireline.hashes import bucket_of
from desireline.trace.grouped import keep_grouped
from desireline.trace.raw import choose_buckets
from desireline.trace.trace import Trace

PARTS, DAYS = 200, 30
PIECE = 10  # parts of the base that are read at once, so that memory stays small


def open_engine(ask: Ask) -> Tasks:
    """All seven on both, and one more day appended."""
    files = ask.once("parts", partial(_split, ask))
    unmerged = ask.once("unmerged", partial(_append, ask, files))
    merged = ask.once("merged", partial(_keep, ask, files, DAYS))
    without_last = ask.once("without-last", partial(_append, ask, files, days=DAYS - 1))
    grown = ask.scratch / "grown"
    return {
        "merged": on_trace(ask, Trace.open(merged))["all"],
        "unmerged": on_trace(ask, Trace.open(unmerged))["all"],
        "append-day": Prepared(partial(_copy, without_last, grown), partial(_append_last, ask, files, grown)),
    }


def _split(ask: Ask, folder: Path) -> None:
    """One file for each part and bucket."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    buckets = choose_buckets(ask.facts.events)
    raw = pl.scan_parquet(ask.raw).select(pl.col(theirs).alias(ours) for ours, theirs in COLUMNS.items())
    for name, first, rows in _parts(ask.facts.events):
        part = raw.slice(first, rows).collect()
        part = part.with_columns(bucket_of(part["customer_id"], buckets=buckets).alias("bucket"))
        for (bucket,), held in part.partition_by("bucket", as_dict=True, include_key=False).items():
            held.write_parquet(folder / f"{bucket}-{name}.parquet", compression="lz4")


def _parts(events: int) -> Iterator[tuple[str, int, int]]:
    """Name, first row, rows: the base in pieces, then the days."""
    edges = [events * part // PARTS for part in (*range(0, PARTS - DAYS, PIECE), *range(PARTS - DAYS, PARTS + 1))]
    for number, (first, end) in enumerate(pairwise(edges)):
        yield f"{number:03d}", first, end - first


def _keep(ask: Ask, files: Path, days: int, folder: Path) -> None:
    """The trace holds the base and the first `days` days, as one piece where it was empty."""
    names = [name for name, _, _ in _parts(ask.facts.events)]
    known = names[: len(names) - DAYS + days]
    buckets = choose_buckets(ask.facts.events)
    parts = [tuple(name for name in known if (files / f"{b}-{name}.parquet").exists()) for b in range(buckets)]

    def read(bucket: int, numbers: Sequence[int]) -> pl.DataFrame:
        return pl.concat(pl.read_parquet(files / f"{bucket}-{parts[bucket][number]}.parquet") for number in numbers)

    keep_grouped(folder, read, parts, threads=ask.threads)


def _append(ask: Ask, files: Path, folder: Path, *, days: int = DAYS) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    for day in range(days + 1):
        _keep(ask, files, day, folder)


def _copy(trace: Path, into: Path) -> None:
    shutil.rmtree(into, ignore_errors=True)
    shutil.copytree(trace, into)


def _append_last(ask: Ask, files: Path, folder: Path) -> Answer:
    _keep(ask, files, DAYS, folder)
    return {"events": Trace.open(folder).events}
