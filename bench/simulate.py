"""The simulated company: customers who walk along 40 touchpoints for 90 days.

Each touchpoint has natural successors (mostly the next one), journeys have heavy-tailed lengths, and no customer has
two events at one instant. Everything about a customer follows from the customer's number.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bench.dice import I64, TABLE_BITS, U64, bits, choices, draw, exponential, lognormal, pareto, table

TOUCHPOINTS = 40
CHANNELS = 7
PURCHASE = 35  # the touchpoint that carries a value
DAYS = 90
SECOND = 1_000_000
DAY = 86_400 * SECOND
START = 20_454 * DAY  # 2026-01-01T00:00Z, in µs since 1970
CHUNK = 80_000  # customers at a time: about a million events

_LENGTH = table(lognormal(6.4, 0.9))
_LONG_LENGTH = table(pareto(60, 2.2))
_PAUSE = table(lognormal(120 * SECOND, 1.2))
_LONG_PAUSE = table(exponential(2.5 * DAY))
_DELAY = table(exponential(8 * 3600 * SECOND))
_STEP = choices({1: 34, 2: 8, 0: 6, 39: 5, 37: 3, 5: 4, 3: 4})  # 64 in all; 39 is one back, 37 three back
_CHANNEL = choices({0: 20, 1: 14, 2: 10, 3: 8, 4: 6, 5: 4, 6: 2})


@dataclass(frozen=True)
class Events:
    """Events of whole customers, by customer and in time order; columns of equal length."""

    customer: npt.NDArray[np.uint32]
    at: I64  # µs since 1970
    arrived: I64  # when it came into the file: later than `at` for 2 % of the events
    touchpoint: npt.NDArray[np.uint8]
    channel: npt.NDArray[np.uint8]
    cents: npt.NDArray[np.int32]  # 0 but at a purchase

    def __len__(self) -> int:
        return len(self.at)


def simulate(events: int, *, chunk: int = CHUNK) -> Iterator[Events]:
    """Exactly `events` events, in chunks of whole customers (the last customer's journey may be cut short).

    The size of a chunk changes nothing but the memory needed.
    """
    first = 0
    while events > 0:
        customers = np.arange(first, first + chunk, dtype=np.uint64)
        lengths = _lengths(customers)
        ends = np.cumsum(lengths)
        if ends[-1] >= events:
            last = int(np.searchsorted(ends, events))
            lengths = lengths[: last + 1]
            lengths[last] -= ends[last] - events
        yield _walks(customers[: len(lengths)], lengths)
        events -= int(lengths.sum())
        first += chunk


def _lengths(customers: U64) -> I64:
    drawn = draw(customers, stream=1)
    long = bits(drawn, at=0, width=10) < 20
    place = bits(drawn, at=16, width=TABLE_BITS)
    return np.maximum(1, np.where(long, _LONG_LENGTH[place], _LENGTH[place]))


def _walks(customers: U64, lengths: I64) -> Events:
    starts = np.cumsum(lengths) - lengths
    owner = np.repeat(np.arange(len(customers)), lengths)
    position = np.arange(int(lengths.sum()), dtype=np.int64) - starts[owner]
    with np.errstate(over="ignore"):
        counters = draw(customers, stream=2)[owner] + position.astype(np.uint64)
    one, two = draw(counters, stream=3), draw(counters, stream=4)
    at = _times(customers, lengths, one, position)
    touchpoint = _places(starts, owner, one, draw(customers, stream=5))
    late = bits(two, at=0, width=16) < 1311  # 2 % of 65,536
    delay = np.where(late, SECOND + _DELAY[bits(two, at=16, width=TABLE_BITS)], 0)
    cents = np.where(touchpoint == PURCHASE, 100 + bits(two, at=32, width=13), 0)
    return Events(
        customer=customers[owner].astype(np.uint32),
        at=at,
        arrived=at + delay,
        touchpoint=touchpoint.astype(np.uint8),
        channel=_channels(owner, two, draw(customers, stream=6)).astype(np.uint8),
        cents=cents.astype(np.int32),
    )


def _times(customers: U64, lengths: I64, drawn: U64, position: I64) -> I64:
    """Strictly rising within a customer, from a start anywhere in the period, pressed together to end within it."""
    place = bits(drawn, at=0, width=TABLE_BITS)
    short = bits(drawn, at=16, width=8) < 192
    pause = np.where(short, _PAUSE[place], _LONG_PAUSE[place]) + bits(drawn, at=24, width=16)
    pause[position == 0] = 0
    passed = np.cumsum(pause)
    starts = np.cumsum(lengths) - lengths
    passed -= np.repeat(passed[starts], lengths)
    begins = bits(draw(customers, stream=7), at=0, width=40) * (((DAYS - 1) * DAY) >> 20) >> 20
    room = DAYS * DAY - SECOND - begins - lengths
    span = passed[starts + lengths - 1]
    tight = span > room
    squeezed = (np.minimum(room, span)[tight] / span[tight]).repeat(lengths[tight])
    rows = np.repeat(tight, lengths)
    passed[rows] = (passed[rows] * squeezed).astype(np.int64)
    return START + np.repeat(begins, lengths) + passed + position


def _places(starts: I64, owner: I64, drawn: U64, customers: U64) -> I64:
    step = _STEP[bits(drawn, at=40, width=6)]
    anywhere = bits(drawn, at=46, width=5) == 0  # one event in 32 jumps to any touchpoint
    step = np.where(anywhere, bits(drawn, at=51, width=13) % TOUCHPOINTS, step)
    early = bits(customers, at=0, width=3)  # most begin at one of the first touchpoints
    step[starts] = np.where(early < 6, early, bits(customers, at=3, width=16) % TOUCHPOINTS)
    walked = np.cumsum(step)
    return (walked - (walked[starts] - step[starts])[owner]) % TOUCHPOINTS


def _channels(owner: I64, drawn: U64, customers: U64) -> I64:
    usual = _CHANNEL[bits(customers, at=0, width=6)][owner]
    return np.where(bits(drawn, at=45, width=3) < 5, usual, _CHANNEL[bits(drawn, at=48, width=6)])
