"""Rows sorted by customer and time, in batches cut anywhere, become slices that end on a customer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import polars as pl

from desireline.hashes import hash_text
from desireline.slices import Slice

LARGEST = 1_000_000


def slices(batches: Iterable[pl.DataFrame], *, largest: int = LARGEST) -> Iterator[Slice]:
    """The rows as slices of about `largest` events; a customer with more than that is not cut.

    Batches have customer (text), at (µs) and touchpoint (codes), and may have channel (codes) and value
    (ten-thousandths). All rows of a customer must come together, in time order. At most one slice is held.
    """
    held: list[pl.DataFrame] = []
    rows = 0
    for batch in batches:
        if not batch.height:
            continue
        held.append(batch)
        rows += batch.height
        if rows >= largest and batch["customer"][-1] != held[0]["customer"][0]:
            whole, tail = _split(pl.concat(held))
            yield _slice(whole)
            held, rows = [tail], tail.height
    if held:
        yield _slice(pl.concat(held))


def _split(rows: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows before the last customer's, and the last customer's."""
    last = (rows["customer"] == rows["customer"][-1]).arg_max() or 0
    return rows[:last], rows[last:]


def _slice(rows: pl.DataFrame) -> Slice:
    customer = rows["customer"]
    first = np.flatnonzero((customer != customer.shift()).fill_null(True).to_numpy())
    held = rows.columns
    return Slice(
        starts=np.append(first, rows.height).astype(np.int64),
        at=rows["at"].to_numpy(),
        touchpoint=rows["touchpoint"].to_numpy(),
        channel=rows["channel"].to_numpy() if "channel" in held else None,
        value=rows["value"].to_numpy() if "value" in held else None,
        key=hash_text(customer[first]),
    )
