"""Orders: from the moment they are placed to the door or the store, and for some of them all the way back."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from desireline.demo.dice import DAY, F64, HOUR, I64, Dice, Flags, dice_for, heads, waits
from desireline.demo.people import REGIONS, People
from desireline.demo.problems import GIFT_PICK_UP, LATE_EAST, SIZE_TOO_LATE, STUCK_REFUND, Planted
from desireline.demo.seasons import at_work, in_daytime, instant_of
from desireline.demo.shopping import Trips

_EAST = int(np.flatnonzero(REGIONS == "East")[0])
RETURN_WINDOW = 18 * DAY  # two weeks by law, and four days for parcels that are still under way


@dataclass(frozen=True)
class Orders:
    """One entry per order, by customer and time. NaN: never."""

    customer: I64
    trip: I64
    channel: I64
    amount: F64  # in euros
    placed: F64
    confirmed: F64
    promised: F64
    dispatched: F64
    pick_up: Flags  # from a store, instead of by parcel
    arrived: F64  # at the door, or picked up
    late_risk: Flags  # goes to the East after the depot moved
    sized_before: Flags
    sized_after: F64

    def __len__(self) -> int:
        return len(self.placed)

    @property
    def late(self) -> Flags:
        """Parcels that came after the promised day."""
        return np.asarray(~self.pick_up & (self.arrived > self.promised))


@dataclass(frozen=True)
class Endings:
    """How each order ends: kept, or sent back and refunded, or stuck in between."""

    registered: F64
    by_store: Flags  # handed in at a store; else sent by post
    received: F64
    refunded: F64
    closed: F64

    @property
    def stuck(self) -> Flags:
        """Returns that were received and are never refunded."""
        return np.asarray(np.isfinite(self.received) & ~np.isfinite(self.refunded))


def draw_orders(seed: int, people: People, trips: Trips, ordered: F64, planted: Planted) -> Orders:
    """The trips' orders, up to their arrival."""
    dice = dice_for(seed, "orders")
    trip = np.flatnonzero(trips.ordered)
    customer, placed = trips.customer[trip], ordered[trip]
    gift = people.gift_buyer[customer]
    pick_up = heads(dice, np.where(gift, 0.45, 0.16), len(trip))
    promised = (np.floor(placed / DAY) + 6) * DAY - 2 * HOUR
    dispatched = at_work(dice, placed + waits(dice, len(trip), median=0.7 * DAY, spread=0.35))
    risk = _at_risk(people.region[customer], placed)
    size = planted.size(LATE_EAST)
    late = np.where(risk, size["late"], size["late_elsewhere"])
    parcel = _parcels(dice, dispatched, promised, late=late)
    picked = np.maximum(in_daytime(dice, placed + _pick_up_waits(dice, gift, planted)), placed + 4 * HOUR)
    arrived = np.where(pick_up, picked, parcel)
    after = ~trips.sized_before[trip] & heads(dice, _late_sizers(planted), len(trip))
    return Orders(
        customer=customer,
        trip=trip,
        channel=trips.channel[trip],
        amount=waits(dice, len(trip), median=63.5, spread=0.55),
        placed=placed,
        confirmed=placed + 20 + dice.exponential(40.0, len(trip)),
        promised=np.where(pick_up, np.nan, promised),
        dispatched=np.where(pick_up, np.minimum(dispatched, (placed + arrived) / 2), dispatched),
        pick_up=pick_up,
        arrived=arrived,
        late_risk=risk,
        sized_before=trips.sized_before[trip],
        sized_after=np.where(after, placed + (arrived - placed) * (0.05 + 0.8 * dice.random(len(trip))), np.nan),
    )


def draw_endings(seed: int, orders: Orders, busy_until: F64, planted: Planted) -> Endings:
    """Returns and closings, after the last word with service (`busy_until`, NaN where there was none)."""
    dice = dice_for(seed, "endings")
    count = len(orders)
    size, refunds = planted.size(SIZE_TOO_LATE), planted.size(STUCK_REFUND)
    share = np.where(np.isfinite(orders.sized_after), size["returns_after"], size["returns"])
    returns = heads(dice, share, count)
    by_store = heads(dice, 0.35, count)
    ready = np.fmax(orders.arrived + DAY * (0.8 + 8 * dice.random(count)), busy_until + 0.4 * DAY)
    registered = np.where(returns, ready, np.nan)
    way = np.where(by_store, 0.2 + 1.0 * dice.random(count), 2.0 + 2.5 * dice.random(count))
    received = at_work(dice, registered + way * DAY)
    stuck = heads(dice, np.where(by_store, refunds["never_refunded"], refunds["never_refunded_by_post"]), count)
    refunded = np.where(stuck, np.nan, at_work(dice, received + waits(dice, count, median=4 * DAY, spread=0.35)))
    closed = np.where(returns, np.nan, np.fmax(orders.arrived + RETURN_WINDOW, busy_until + 2 * DAY))
    return Endings(
        registered=registered,
        by_store=by_store & returns,
        received=received,
        refunded=refunded,
        closed=closed,
    )


def _at_risk(region: I64, placed: F64) -> Flags:
    assert LATE_EAST.since is not None
    return np.asarray((region == _EAST) & (placed >= instant_of(LATE_EAST.since)))


def _parcels(dice: Dice, dispatched: F64, promised: F64, *, late: F64) -> F64:
    """Arrival of parcels: a share comes up to six days late, the others in time; a few get lost."""
    count = len(dispatched)
    delayed = heads(dice, late, count)
    in_time = dispatched + (promised - dispatched) * (0.35 + 0.55 * dice.beta(1.6, 2.4, count))
    too_late = promised + DAY * (0.4 + 5.5 * dice.beta(1.3, 2.5, count))
    by_day = np.maximum(in_daytime(dice, in_time), dispatched + 2 * HOUR)
    arrived = np.where(delayed, at_work(dice, too_late), by_day)
    return np.where(heads(dice, 0.004, count), np.nan, arrived)


def _pick_up_waits(dice: Dice, gift: Flags, planted: Planted) -> F64:
    size = planted.size(GIFT_PICK_UP)
    median = np.where(gift, size["median_days"], size["median_days_others"]) * DAY
    return np.asarray(median * waits(dice, len(gift), median=1.0, spread=0.28))


def _late_sizers(planted: Planted) -> float:
    """The share of those who did not read the size guide before who read it after."""
    size = planted.size(SIZE_TOO_LATE)
    return size["reads_after"] / (1 - size["reads_before"])
