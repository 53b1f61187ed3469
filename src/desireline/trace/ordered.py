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
from desireline.slices import Slice
from desireline.trace.events import AT_ONCE
from desireline.trace.threads import in_order

I64 = npt.NDArray[np.int64]

_EDGES = "desireline.slices"
_OPTIONAL = ("channel", "value")


class OrderedParquet:
    """A file, or a folder of files that hold whole customers each, as buckets that threads may read side by side.

    Names of columns may be given where the files have others, and None where a column is not wanted:
    `OrderedParquet(path, at="ts", value=None)`.
    """

    def __init__(self, path: str | Path, *, largest: int = AT_ONCE, **columns: str | None) -> None:
        path = Path(path)
        names = {name: columns.get(name, name) for name in ("customer", "at", "event", *_OPTIONAL)}
        self._runs = [
            (rows, first, end)
            for file in (sorted(path.glob("*.parquet")) if path.is_dir() else [path])
            for rows in [_open(file, names)]
            for first, end in pairwise(_edges(file, rows, largest))
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
        yield Slice(
            starts=_starts(columns["customer"]),
            at=columns["at"],
            touchpoint=columns["event"],
            channel=columns.get("channel"),
            value=columns.get("value"),
        )


def ordered_parquet(
    path: str | Path, *, threads: int = 2, largest: int = AT_ONCE, **columns: str | None
) -> Iterator[Slice]:
    """All slices of a file or folder in order, read ahead on threads."""
    file = OrderedParquet(path, largest=largest, **columns)
    yield from in_order(lambda bucket: next(file.slices(bucket)), range(file.buckets), threads=threads)


def _open(path: Path, names: Mapping[str, str | None]) -> pl.LazyFrame:
    try:
        rows = pl.scan_parquet(path, glob=False)
        schema = rows.collect_schema()
    except (OSError, pl.exceptions.PolarsError) as fault:
        raise SourceUnreadable(f"{path} cannot be read as Parquet: {fault}") from fault
    for ours, theirs in names.items():
        if theirs not in schema and ours not in _OPTIONAL:
            raise UnknownColumn(str(theirs), schema.names())
    rows = rows.select(pl.col(theirs).alias(ours) for ours, theirs in names.items() if theirs and theirs in schema)
    if isinstance(rows.collect_schema()["at"], pl.Datetime):
        rows = rows.with_columns(pl.col("at").dt.cast_time_unit("us"))
    return rows


def _edges(path: Path, rows: pl.LazyFrame, largest: int) -> Sequence[int]:
    """The rows at which runs of customers begin, and the number of all rows."""
    written = pl.read_parquet_metadata(path).get(_EDGES)
    if written is not None:
        edges: list[int] = json.loads(written)
        return edges
    count = int(rows.select(pl.len()).collect().item())
    if count <= largest:
        return [0, count] if count else [0]
    return _find_edges(rows.select("customer").collect_batches(maintain_order=True), largest)


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


def _starts(customer: npt.NDArray[Any]) -> I64:
    steps = np.flatnonzero(customer[1:] != customer[:-1]) + 1
    ends = [0, len(customer)] if len(customer) else [0]
    return np.concatenate([ends[:1], steps, ends[1:]]).astype(np.int64)
