"""Events in the order of a slice: customers by key, each one's events by time, ties as they came.

No comparison sort over events. Keys are hashes, so two of their bytes nearly always tell the customers of a bucket
apart: one stable counting pass by those puts the customers in order, and only the places where several customers
meet are passed over again. Times are looked at once; only customers whose times run backwards are put in order.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from desireline.slices import spans, stretches

I64 = npt.NDArray[np.int64]
U64 = npt.NDArray[np.uint64]
Rows = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]

_DIGIT = 16  # bits that one counting pass looks at
_KEY = 64
_WIDEST = 2**62
_TOGETHER = 2  # runs are moved as such when they have so many rows, on average


@dataclass(frozen=True)
class Grouped:
    """Rows by customer: `rows` puts a column in order; customer i then owns `starts[i]` up to `starts[i + 1]`."""

    rows: Rows
    starts: I64  # shape (customers + 1,)
    key: U64  # shape (customers,), ascending


def group(key: U64, *, used: int = 0) -> Grouped:
    """Rows by ascending key, those of one key as they came. The top `used` bits of all keys are the same.

    Rows of one key that stand together are moved together.
    """
    runs = _starts_of_equals(key)
    if not len(key) or len(runs) * _TOGETHER > len(key):
        rows, ordered = _by_key(key, used)
        starts = _starts_of_equals(ordered)
        return Grouped(rows, np.append(starts, len(key)), ordered[starts])
    order, ordered = _by_key(key[runs], used)
    counts = np.diff(runs, append=len(key))[order]
    starts = _starts_of_equals(ordered)
    ends = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(counts)])
    return Grouped(spans(runs[order], counts), ends[np.append(starts, len(order))], ordered[starts])


def in_time(at: I64, starts: I64, rank: I64 | None = None) -> Rows | None:
    """The order that puts each customer's events by time, at one instant by rank, then as they stand.

    `at` is grouped, customer i owning `starts[i]` up to `starts[i + 1]`. None when they stand so already.
    """
    late = _runs_back(at, starts, rank)
    if not late.size:
        return None
    customers = np.unique(np.searchsorted(starts, late, side="right") - 1)
    counts = np.diff(starts)[customers]
    rows = spans(starts[customers], counts)
    owner = np.repeat(np.arange(len(customers)), counts)
    order: Rows = np.arange(len(at))
    order[rows] = rows[_sorted(at[rows], owner, None if rank is None else rank[rows])]
    return order


def among(key: U64, others: U64) -> Flags:
    """Which of the keys are among the others; these rise."""
    if not len(others):
        return np.zeros(len(key), dtype=np.bool_)
    place = np.minimum(np.searchsorted(others, key), len(others) - 1)
    found: Flags = others[place] == key
    return found


def _starts_of_equals(key: U64) -> I64:
    """Where each run of equal keys begins."""
    return stretches(key)[:-1]


def _by_key(key: U64, used: int) -> tuple[Rows, U64]:
    """The order of the rows, and the keys in that order."""
    digit = _digit(key, used)
    rows = np.argsort(digit, kind="stable")
    ordered = key[rows]
    mixed = _mixed(ordered, used)
    if mixed.size:
        inside = ordered[mixed]
        again = _by_digits(inside, used, count=2)
        if (inside[again[1:]] < inside[again[:-1]]).any():
            again = _by_digits(inside, used, count=4)
        rows[mixed] = rows[mixed][again]
        ordered[mixed] = inside[again]
    return rows, ordered


def _by_digits(key: U64, used: int, *, count: int) -> Rows:
    """The order by this many digits, those behind `used` bits."""
    rows: Rows = np.arange(len(key))
    for place in reversed(range(count)):
        rows = rows[np.argsort(_digit(key[rows], used + _DIGIT * place), kind="stable")]
    return rows


def _digit(key: U64, used: int) -> npt.NDArray[np.uint16]:
    if used >= _KEY:
        return np.zeros(len(key), dtype=np.uint16)
    below = _KEY - _DIGIT - used
    return (key >> np.uint64(below) if below >= 0 else key << np.uint64(-below)).astype(np.uint16)


def _mixed(ordered: U64, used: int) -> Rows:
    """Where one digit stands for more than one key; `ordered` stands by this digit."""
    steps = stretches(ordered)[1:-1] - 1
    digit = _digit(ordered[steps], used)
    alike: Rows = steps[digit == _digit(ordered[steps + 1], used)]
    if not alike.size:
        return alike
    several = np.zeros(2**_DIGIT, dtype=np.bool_)
    several[_digit(ordered[alike], used)] = True
    found: Rows = np.flatnonzero(several[_digit(ordered, used)])
    return found


def _runs_back(at: I64, starts: I64, rank: I64 | None) -> Rows:
    """Where an event should stand before the one before it."""
    back = at[1:] < at[:-1]
    if rank is not None:
        back |= (at[1:] == at[:-1]) & (rank[1:] < rank[:-1])
    places = np.flatnonzero(back) + 1
    if not places.size:
        return places
    first = np.zeros(len(at) + 1, dtype=np.bool_)
    first[starts] = True
    return places[~first[places]]


def _sorted(at: I64, owner: Rows, rank: I64 | None) -> Rows:
    """By owner, then time, then rank. Nearly in order as a rule, which the merge sort of NumPy makes use of."""
    if rank is not None:
        return np.lexsort((rank, at, owner))
    low, high = int(at.min()), int(at.max())
    if (high - low + 1) * (int(owner[-1]) + 1) > _WIDEST:
        return np.lexsort((at, owner))
    return np.argsort(owner * np.int64(high - low + 1) + (at - low), kind="stable")
