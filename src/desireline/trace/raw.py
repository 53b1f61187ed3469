"""A kept trace from rows in any order: a stream of frames, or Parquet files as they are.

Two passes, no sort. The first gives every row its customer's key and puts it with its bucket, in memory or, where
there are many, in private files; the second groups each bucket and writes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

import polars as pl

from desireline.errors import SourceUnreadable
from desireline.side_by_side import side_by_side
from desireline.slices import let_freed_memory_stay
from desireline.trace.batch import Seen, sort_batch
from desireline.trace.book import Book, Codes
from desireline.trace.making import Built, Making, Progress, making
from desireline.trace.manifest import Manifest, Piece
from desireline.trace.pieces import write_piece
from desireline.trace.rows import make_books, read_rows
from desireline.trace.spill import FINEST, Batch, Spill

COMFORTABLE = 320_000  # events in a bucket, on average at most
MEMORY = 512 << 20
READ = 1_000_000  # rows that are read at once: a file is read again from the start of a row group each time
BATCH = 250_000  # rows whose columns stay in the cache while they are put in order


def build_raw(
    batches: Iterable[pl.DataFrame],
    into: str | Path,
    *,
    inputs: str = "",
    fields: Sequence[str] = (),
    threads: int = 2,
    memory: int = MEMORY,
    progress: Progress | None = None,
) -> Built:
    """The folder holds a trace of these rows, in the place of any that was there.

    Frames have the columns `customer_id`, `at` (instant; a whole number is µs since 1970), `event`, and where the
    data has them `channel`, `value` and one column for each of `fields`. Rows may come in any order; at one instant
    a customer's events stay as they came. How the rows are cut into frames makes no difference to the files.
    `progress` is told ("rows", rows read, 0), then ("buckets", done, all). About `memory` bytes are held.
    Raises `TraceUnwritable` when the disk is full.
    """
    let_freed_memory_stay()
    books = make_books(fields)
    with making(Path(into)) as made:
        spill = Spill(made.spill, limit=memory)
        left_out = _take(batches, books, spill, threads=threads, progress=progress)
        return _write_all(made, spill, books, inputs=inputs, left_out=left_out, threads=threads, progress=progress)


def parquet_batches(path: str | Path, columns: Mapping[str, str]) -> Iterator[pl.DataFrame]:
    """The rows of Parquet files, a batch at a time, in order. `columns` names the file's column for each of ours.

    Each batch is read when it is asked for: polars' own batches run ahead of a slower reader, without bound.
    """
    asked = [pl.col(theirs).alias(ours) for ours, theirs in columns.items()]
    try:
        file = pl.scan_parquet(path)
        rows = file.select(pl.len()).collect().item()
        for first in range(0, max(rows, 1), READ):
            yield from file.slice(first, READ).select(asked).collect().iter_slices(BATCH)
    except (OSError, pl.exceptions.PolarsError) as fault:
        raise SourceUnreadable(f"{path} cannot be read as Parquet: {fault}") from fault


def _take(
    batches: Iterable[pl.DataFrame],
    books: Mapping[str, Book],
    spill: Spill,
    *,
    threads: int,
    progress: Progress | None,
) -> int:
    """Every row is in the spill; how many were left out."""
    seen, left_out = Seen(), 0

    def take(frame: pl.DataFrame) -> tuple[Batch, int]:
        rows = read_rows(frame, books)
        return sort_batch(rows, seen), rows.left_out

    for batch, out in side_by_side(take, batches, workers=threads, kept="trace"):
        spill.add(batch)
        left_out += out
        if progress:
            progress("rows", int(spill.rows.sum()) + left_out, 0)
    return left_out


def _write_all(
    made: Making,
    spill: Spill,
    books: Mapping[str, Book],
    *,
    inputs: str,
    left_out: int,
    threads: int,
    progress: Progress | None,
) -> Built:
    settled = {name: book.settle() for name, book in books.items()}
    codes = {name: code for name, (_, code) in settled.items()}
    count = choose_buckets(int(spill.rows.sum()))
    write = partial(_write_bucket, made, spill, codes, count)
    buckets = []
    for number, piece in enumerate(side_by_side(write, range(count), workers=threads, kept="trace")):
        buckets.append((piece,) if piece else ())
        if progress:
            progress("buckets", number + 1, count)
    names = {name: names for name, (names, _) in settled.items()}
    manifest = Manifest(0, inputs, names, tuple(buckets))
    made.switch(manifest)
    return made.built(manifest, left_out=left_out, made=count)


def choose_buckets(rows: int) -> int:
    """The number of buckets for this many events: a power of two up to 256."""
    count = 1
    while count < FINEST and rows > count * COMFORTABLE:
        count *= 2
    return count


def _write_bucket(made: Making, spill: Spill, codes: Mapping[str, Codes], count: int, bucket: int) -> Piece | None:
    width = FINEST // count
    source = spill.source(bucket * width, (bucket + 1) * width)
    return write_piece(made, bucket, source, codes, used=count.bit_length() - 1)
