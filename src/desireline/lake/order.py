"""The order in which a bucket keeps its events, found without comparing the texts of every row.

Rows come together by the hash of their customer: one sort of whole numbers, each of which carries its own place. Only
the distinct customers are compared as texts. What comes out is checked, and where hashes could not decide (two
customers with one hash, rows of several files at one instant) the columns themselves are sorted.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

from desireline.hashes import content_id

EVENTS_ORDER = ("customer_id", "at", "row", "part", "event_id")
_SEEN = list(EVENTS_ORDER[:4])

Ints = npt.NDArray[np.int64]
U64 = npt.NDArray[np.uint64]


def order_events(events: pl.DataFrame, hashes: U64) -> pl.DataFrame:
    """The events by (customer_id, at, row, part, event_id), and then by content; `hashes` are of their customers."""
    if events.height < 2 or any(events[name].null_count() for name in _SEEN):
        return sort_events(events)
    whole = events.rechunk()  # polars gathers texts that lie in many pieces ten times slower
    ordered = whole[pl.Series(_places(whole, hashes).astype(np.uint32))]
    return ordered if _rises(ordered) else sort_events(events)


def sort_events(events: pl.DataFrame) -> pl.DataFrame:
    """The same order, by the columns alone. Events without an id that stand at one place go by their content."""
    ordered = events.sort(EVENTS_ORDER, maintain_order=True)
    tied = ordered.select(_tied().alias("tied"))["tied"]
    if not tied.any():
        return ordered
    contents = pl.Series("_tie", [""], dtype=pl.String).new_from_index(0, ordered.height)
    said = content_id(ordered.filter(tied).select(event_content(ordered.columns)))
    contents = contents.scatter(tied.arg_true(), said)
    return ordered.with_columns(contents).sort(*EVENTS_ORDER, "_tie", maintain_order=True).drop("_tie")


def event_content(columns: list[str]) -> list[str]:
    """The columns that make an event without an own id what it is."""
    return [name for name in columns if name not in _NOT_CONTENT and not name.startswith("_")]


_NOT_CONTENT = ("event_id", "source", "row", "part")


def _places(events: pl.DataFrame, hashes: U64) -> Ints:
    """Places by customer (those of one hash together) and instant; at one instant as they came."""
    in_time = _by_time(events["at"].to_physical().to_numpy())
    bits = np.uint64(len(hashes).bit_length())
    # The hash's low bits: the top ones are the same in a bucket.
    carried = np.sort((hashes[in_time] << bits) | np.arange(len(hashes), dtype=np.uint64))
    places = in_time[(carried & ((np.uint64(1) << bits) - np.uint64(1))).astype(np.int64)]
    whose = carried >> bits
    starts = np.concatenate([[0], np.flatnonzero(whose[1:] != whose[:-1]) + 1])
    lengths = np.diff(starts, append=len(places))
    by_name = events["customer_id"].gather(places[starts]).arg_sort().to_numpy().astype(np.int64)
    moved = starts[by_name] - (np.cumsum(lengths[by_name]) - lengths[by_name])
    found: Ints = places[np.arange(len(places)) + np.repeat(moved, lengths[by_name])]
    return found


def _by_time(at: Ints) -> Ints:
    """Places by instant; at one instant as they come."""
    if bool((at[1:] >= at[:-1]).all()):
        return np.arange(len(at))
    bits = len(at).bit_length()
    since = at - at.min()
    if int(since.max()).bit_length() + bits > 63:
        return np.argsort(at, kind="stable")
    found: Ints = np.sort((since << bits) | np.arange(len(at))) & ((1 << bits) - 1)
    return found


def _rises(events: pl.DataFrame) -> bool:
    """True when each event comes after the one before by (customer_id, at, row, part) alone."""
    rises = pl.lit(False)
    for name in reversed(_SEEN):
        here, before = pl.col(name), pl.col(name).shift()
        rises = (here > before) | ((here == before) & rises)
    return bool(events.select(rises.slice(1).all()).item())


def _tied() -> pl.Expr:
    """True for events without an own id that stand at the same place as a neighbour."""
    same = pl.all_horizontal(pl.col(name).eq_missing(pl.col(name).shift()) for name in EVENTS_ORDER)
    same = same & pl.col("event_id").is_null()
    return (same | same.shift(-1)).fill_null(False)
