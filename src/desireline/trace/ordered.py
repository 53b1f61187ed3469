"""Slices from Parquet files whose rows stand by customer and time: the layout for tools that know no kept trace.

Columns: `customer` (whole numbers, each customer's rows together), `at`, `event` and, where there are such,
`channel` and `value`; events and channels are codes from 0. Any tool can write such a file.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from desireline.errors import SourceUnreadable, UnknownColumn
from desireline.side_by_side import side_by_side
from desireline.slices import Slice, stretches
from desireline.trace.events import AT_ONCE

I64 = npt.NDArray[np.int64]

_EDGES = "desireline.slices"
_OPTIONAL = ("channel", "value")


class OrderedParquet:
    """A file, or a folder of files that hold whole customers each, as buckets that threads may read side by side.

    Names of columns may be given where the files have others, and None where a column is not wanted, which spares
    reading it: `OrderedParquet(path, at="ts", value=None)`. Without `at` or `event` all instants or codes are 0.
    """

    def __init__(self, path: str | Path, *, largest: int = AT_ONCE, **columns: str | None) -> None:
        path = Path(path)
        names = {name: columns.get(name, name) for name in ("customer", "at", "event", *_OPTIONAL)}
        files = {file: _open(file, names) for file in (sorted(path.glob("*.parquet")) if path.is_dir() else [path])}
        self._runs = [
            (rows, first, end)
            for rows, edges in zip(files.values(), _all_edges(files, largest), strict=True)
            for first, end in pairwise(edges)
        ]

    @property
    def buckets(self) -> int:
        """How many runs of customers there are."""
        return len(self._runs)

    def slices(self, bucket: int) -> Iterator[Slice]:
        """The run's customers, in the order of the file: one slice."""
        rows, first, end = self._runs[bucket]
        frame = rows.slice(first, end - first).collect()
        columns = {name: frame[name].to_physical().to_numpy() for name in frame.columns}
        nothing = np.broadcast_to(np.int64(0), frame.height)
        yield Slice(
            starts=stretches(columns["customer"]),
            at=columns.get("at", nothing),
            touchpoint=columns.get("event", nothing.view(np.uint64)),
            channel=columns.get("channel"),
            value=columns.get("value"),
        )


def ordered_parquet(
    path: str | Path, *, threads: int = 2, largest: int = AT_ONCE, **columns: str | None
) -> Iterator[Slice]:
    """All slices of a file or folder in order, read ahead on threads."""
    file = OrderedParquet(path, largest=largest, **columns)
    yield from side_by_side(
        lambda bucket: next(file.slices(bucket)), range(file.buckets), workers=threads, kept="trace"
    )


def _open(path: Path, names: Mapping[str, str | None]) -> pl.LazyFrame:
    try:
        rows = pl.scan_parquet(path, glob=False)
        schema = rows.collect_schema()
    except (OSError, pl.exceptions.PolarsError) as fault:
        raise SourceUnreadable(f"{path} cannot be read as Parquet: {fault}") from fault
    for ours, theirs in names.items():
        if theirs not in schema and ours not in _OPTIONAL and (theirs or ours == "customer"):
            raise UnknownColumn(str(theirs), schema.names())
    rows = rows.select(pl.col(theirs).alias(ours) for ours, theirs in names.items() if theirs and theirs in schema)
    kind = schema.get(str(names["at"]))
    if isinstance(kind, pl.Datetime) and kind.time_unit != "us":
        rows = rows.with_columns(pl.col("at").dt.cast_time_unit("us"))
    return rows


def _all_edges(files: Mapping[Path, pl.LazyFrame], largest: int) -> Iterator[Sequence[int]]:
    """The rows of each file at which runs of customers begin, and the number of all its rows."""
    counts = pl.collect_all([rows.select(pl.len()) for rows in files.values()])
    for (path, rows), count in zip(files.items(), counts, strict=True):
        written = pl.read_parquet_metadata(path).get(_EDGES)
        if written is not None:
            yield json.loads(written)
        elif count.item() <= largest:
            yield [0, count.item()] if count.item() else [0]
        else:
            yield _find_edges(rows.select("customer").collect_batches(maintain_order=True), largest)


def write_ordered(path: str | Path, slices: Iterable[Slice], *, largest: int = AT_ONCE) -> None:
    """The file holds these slices one after another; customers are numbered from 0. All of it passes through memory."""
    frames, edges, rows, customers = [], [0], 0, 0
    for part in slices:
        frames.append(_frame(part, customers))
        rows, customers = rows + part.events, customers + part.customers
        if rows - edges[-1] >= largest:
            edges.append(rows)
    if edges[-1] < rows:
        edges.append(rows)
    whole = pl.concat(frames) if frames else pl.DataFrame({"customer": [], "at": [], "event": []})
    whole.write_parquet(path, compression="lz4", row_group_size=largest, metadata={_EDGES: json.dumps(edges)})


def _frame(part: Slice, first: int) -> pl.DataFrame:
    owner = np.repeat(np.arange(first, first + part.customers, dtype=np.uint32), part.counts)
    columns: dict[str, npt.NDArray[Any]] = {"customer": owner, "at": part.at, "event": part.touchpoint}
    more = {"channel": part.channel, "value": part.value}
    return pl.DataFrame(columns | {name: column for name, column in more.items() if column is not None})


def _find_edges(batches: Iterable[pl.DataFrame], largest: int) -> list[int]:
    edges, rows, last = [0], 0, None
    for batch in batches:
        customer = batch["customer"].to_numpy()
        if not len(customer):
            continue
        starts = np.flatnonzero(np.diff(customer, prepend=customer[:1])) + rows
        if customer[0] != last:
            starts = np.concatenate([[rows], starts])
        while (place := int(np.searchsorted(starts, edges[-1] + largest))) < len(starts):
            edges.append(int(starts[place]))
        rows, last = rows + len(customer), customer[-1]
    return [*edges, rows] if rows else edges
