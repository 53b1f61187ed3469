"""A piece of a bucket is written: rows as they came go in, columns grouped by customer and in time order come out.

One column is held at a time beside the order of the rows, so a crowded bucket needs little more than its own size.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from desireline.slices import spans
from desireline.trace.columns import Columns, ColumnWriter
from desireline.trace.events import Codes, Events
from desireline.trace.making import Making
from desireline.trace.manifest import Piece
from desireline.trace.order import I64, U64, group, in_time
from desireline.trace.spill import Source

Bytes = npt.NDArray[np.uint8]


def write_piece(
    made: Making,
    bucket: int,
    source: Source,
    codes: Mapping[str, Codes | None],
    *,
    used: int,
    inputs: tuple[str, ...] = (),
) -> Piece | None:
    """A file holds these rows; None when there are none, and no inputs to remember.

    `codes` has the final code for each code of a field, or None where they are final already. `used` are the top
    bits of the key that all customers of the bucket share.
    """
    key = source.column("events", "key").astype(np.uint64, copy=False)
    if not len(key) and not inputs:
        return None
    grouped = group(key, used=used)
    del key
    ranked = source.has("events", "rank")
    rows, at = grouped.rows, source.column("events", "at")[grouped.rows]
    late = in_time(at, grouped.starts, source.column("events", "rank")[rows] if ranked else None)
    if late is not None:
        rows, at = rows[late], at[late]

    def fill(writer: ColumnWriter) -> dict[str, Any]:
        _add_customers(writer, grouped.starts, grouped.key, at)
        for name, code in codes.items():
            column = source.column("events", f".{name}")[rows]
            _add(writer, f".{name}", column if code is None else code[column])
        for name in ("value", "rank"):
            if source.has("events", name):
                _add(writer, name, source.column("events", name)[rows].astype(np.int64, copy=False))
        _add_ids(writer, *_ids_of(source), used=used)
        return {}

    valued = source.has("events", "value")
    return made.write(f"{bucket:05d}", fill, _piece(at, len(grouped.key), inputs, valued=valued))


def write_merged(
    made: Making, bucket: int, events: Events, files: Sequence[Columns], *, inputs: tuple[str, ...], valued: bool
) -> Piece:
    """A file holds what these files of one bucket held together, which is `events`."""

    def fill(writer: ColumnWriter) -> dict[str, Any]:
        _add_customers(writer, events.starts, events.key, events.at)
        for name, codes in events.codes.items():
            _add(writer, f".{name}", codes)
        for name, column in (("value", events.value), ("rank", events.rank)):
            if column is not None:
                _add(writer, name, column)
        key = np.concatenate([file["key"] for file in files])
        length = np.concatenate([np.diff(file["id_ends"], prepend=0) for file in files])
        _add_ids(writer, key, length, np.concatenate([file["ids"] for file in files]))
        return {}

    return made.write(f"{bucket:05d}m", fill, _piece(events.at, len(events.key), inputs, valued=valued))


def _piece(at: I64, customers: int, inputs: tuple[str, ...], *, valued: bool) -> Piece:
    first, last = (int(at.min()), int(at.max())) if len(at) else (0, 0)
    return Piece("", 0, 0, inputs, len(at), customers, first, last, valued)


def _ids_of(source: Source) -> tuple[U64, I64, Bytes]:
    return source.column("customers", "key"), source.column("customers", "length"), source.column("letters", "flat")


def _add_customers(writer: ColumnWriter, starts: I64, key: U64, at: I64) -> None:
    for name, column in (("starts", starts), ("key", key), ("at", at)):
        writer.add(name, column)


def _add_ids(writer: ColumnWriter, key: U64, length: I64, flat: Bytes, *, used: int = 0) -> None:
    """Each customer's id once, by ascending key: where it ends, and the bytes of all."""
    grouped = group(key, used=used)
    first = grouped.rows[grouped.starts[:-1]]
    size = length[first].astype(np.int64)
    starts = (np.cumsum(length, dtype=np.int64) - length)[first]
    writer.add("id_ends", np.cumsum(size))
    writer.add("ids", flat[spans(starts, size)])


def _add(writer: ColumnWriter, name: str, column: Codes) -> None:
    """Write a column unless it is all zeros, which is how a missing column reads."""
    if column.any():
        writer.add(name, column)
