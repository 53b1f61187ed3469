"""Shopping trips: how customers come, look around, and how far they get. A trip has one order at most."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from desireline.demo.clicks import Clicks, clicks
from desireline.demo.dice import DAY, F64, HOUR, I64, Dice, Flags, dice_for, heads, heavy_tail, waits
from desireline.demo.mailing import SENT_AT, mailing_before
from desireline.demo.people import People
from desireline.demo.problems import APP_CHECKOUT, DEAD_QUIZ, MOBILE_COSTS, SIZE_TOO_LATE, Planted
from desireline.demo.seasons import END, at_work, draw_instants, instant_of

WEB, MOBILE, APP = 0, 1, 2
LIST, PRODUCT, CART, COSTS, CHECKOUT, ORDER = range(6)  # how deep a trip gets
_REST = 70 * DAY  # customers come back for new clothes, not every week


@dataclass(frozen=True)
class Trips:
    """One entry per shopping trip, by customer and time."""

    customer: I64
    start: F64
    channel: I64  # index into clicks.CHANNELS
    by_ad: Flags
    mailing: I64  # the e-mail that brought the customer; −1 for none
    depth: I64
    failed: Flags  # the checkout failed once
    sized_before: Flags
    bought_in_store: Flags
    quizzed: Flags  # took the style quiz

    def __len__(self) -> int:
        return len(self.start)

    @property
    def ordered(self) -> Flags:
        """Trips with an order on the web site or in the app."""
        return np.asarray(self.depth == ORDER)


def draw_trips(seed: int, people: People, planted: Planted) -> Trips:
    """Trips with their fate, which is decided here and acted out in `browse`."""
    dice = dice_for(seed, "shopping")
    customer, start = _starts(dice, len(people))
    by_mail, mailing, start = _entries(dice, people, customer, start)
    channel = _channels(dice, people.young[customer])
    depth, failed = _depths(dice, channel, start, planted)
    return Trips(
        customer=customer,
        start=start,
        channel=channel,
        by_ad=~by_mail & heads(dice, 0.37, len(start)),
        mailing=mailing,
        depth=depth,
        failed=failed,
        sized_before=(depth >= PRODUCT) & heads(dice, planted.size(SIZE_TOO_LATE)["reads_before"], len(start)),
        bought_in_store=(depth == PRODUCT) & heads(dice, 0.22, len(start)),
        quizzed=heads(dice_for(seed, "quiz"), planted.size(DEAD_QUIZ)["visits"], len(start)),
    )


def _starts(dice: Dice, customers: int) -> tuple[I64, F64]:
    trips = 1 + np.minimum(dice.negative_binomial(0.9, 0.42, customers), 4)
    customer = np.repeat(np.arange(customers), trips)
    start = draw_instants(dice, len(customer))
    start = start[np.lexsort((start, customer))]
    rest = _REST + dice.exponential(9.0, len(start)) * DAY
    first = np.r_[True, customer[1:] != customer[:-1]]
    for _ in range(4):  # a customer has five trips at most, so four passes push all of them apart
        earliest = np.where(first, -np.inf, np.roll(start, 1) + rest)
        start = np.maximum(start, earliest)
    real = start < END
    return customer[real], start[real]


def _entries(dice: Dice, people: People, customer: I64, start: F64) -> tuple[Flags, I64, F64]:
    """Who was brought by an e-mail; those trips start soon after it was sent."""
    nearest = mailing_before(start, within=10 * DAY)
    by_mail = people.newsletter[customer] & heads(dice, 0.55, len(start)) & (nearest >= 0)
    lag = np.minimum(waits(dice, len(start), median=6 * HOUR, spread=1.1), 4 * DAY) + 0.2 * HOUR
    return by_mail, np.where(by_mail, nearest, -1), np.where(by_mail, SENT_AT[nearest] + lag, start)


def _channels(dice: Dice, young: Flags) -> I64:
    draw = dice.random(len(young))
    web, mobile = np.where(young, 0.25, 0.44), np.where(young, 0.60, 0.77)
    return np.where(draw < web, WEB, np.where(draw < mobile, MOBILE, APP)).astype(np.int64)


def _depths(dice: Dice, channel: I64, start: F64, planted: Planted) -> tuple[I64, Flags]:
    count = len(start)
    costs, checkout = planted.size(MOBILE_COSTS), planted.size(APP_CHECKOUT)
    assert APP_CHECKOUT.since is not None
    broken = (channel == APP) & (start >= instant_of(APP_CHECKOUT.since))
    leaves = np.where(channel == MOBILE, costs["leaves"], costs["leaves_elsewhere"])
    fails = heads(dice, np.where(broken, checkout["fails"], checkout["fails_elsewhere"]), count)
    gives_up = fails & heads(dice, checkout["gives_up_after_failure"], count)
    steps = [heads(dice, 0.9, count), heads(dice, 0.64, count), heads(dice, 0.93, count)]
    steps += [~heads(dice, leaves, count), ~gives_up & heads(dice, 0.95, count)]
    depth = np.cumprod(np.column_stack(steps), axis=1).sum(axis=1)
    return depth.astype(np.int64), fails & (depth >= CHECKOUT)


def browse(seed: int, trips: Trips) -> tuple[list[Clicks], F64, F64]:
    """The trips' clicks, the instants of their orders, and of their purchases in a store (NaN for none)."""
    dice = dice_for(seed, "browsing")
    parts, last = _look_around(dice, trips)
    bought = np.where(trips.bought_in_store, at_work(dice, last + DAY * (0.4 + 2.5 * dice.random(len(last)))), np.nan)
    tail, ordered = _buy(dice, trips, last)
    arrival = clicks("ad_click", trips.customer[trips.by_ad], trips.start[trips.by_ad] - 4, trips.channel[trips.by_ad])
    return [arrival, *parts, *tail], ordered, bought


def _look_around(dice: Dice, trips: Trips) -> tuple[list[Clicks], F64]:
    """Visits of a trip: home, then lists and products; and when the last visit's last page was seen."""
    visits = heavy_tail(dice, len(trips), exponent=2.2, most=8)
    trip = np.repeat(np.arange(len(trips)), visits)
    number = np.arange(len(trip)) - np.repeat(np.cumsum(visits) - visits, visits)
    pause = np.where(number == 0, 0.0, HOUR + np.minimum(dice.exponential(1.6, len(trip)), 9) * DAY)
    opened = trips.start[trip] + _running(pause, visits)
    rounds = heavy_tail(dice, len(trip), exponent=2.1, most=9)
    parts = [
        clicks("home_view", trips.customer[trip], opened, trips.channel[trip]),
        *_strays(dice, trips, trip, opened),
    ]
    visit = np.repeat(np.arange(len(trip)), rounds)
    listed = opened[visit] + _running(20 + dice.exponential(90.0, len(visit)), rounds)
    seen = listed + 4 + dice.exponential(1.0, len(visit)).clip(max=8)
    of = trip[visit]
    looks = trips.depth[of] >= PRODUCT
    parts.append(clicks("list_view", trips.customer[of], listed, trips.channel[of]))
    parts.append(clicks("product_view", trips.customer[of[looks]], seen[looks], trips.channel[of[looks]]))
    last = np.zeros(len(trips))
    last[of] = seen  # of rises, and within a trip later entries overwrite earlier ones
    quizzed = trips.quizzed  # after the last look at the catalogue and before the last product
    parts.append(clicks("quiz_done", trips.customer[quizzed], last[quizzed] - 2, trips.channel[quizzed]))
    return parts, last


def _buy(dice: Dice, trips: Trips, last: F64) -> tuple[list[Clicks], F64]:
    """From the size guide to the order, each step some time after the one before."""
    steps: list[tuple[str, Flags, float]] = [
        ("size_guide_view", trips.sized_before, 40),
        ("add_to_cart", trips.depth >= CART, 60),
        ("delivery_costs_view", trips.depth >= COSTS, 80),
        ("checkout_start", trips.depth >= CHECKOUT, 50),
        ("checkout_error", trips.failed, 90),
        ("checkout_start", trips.failed & trips.ordered, 60),
    ]
    now, parts = last.copy(), []
    for name, does, pause in steps:
        now += np.where(does, 5 + dice.exponential(pause, len(now)), 0.0)
        parts.append(clicks(name, trips.customer[does], now[does], trips.channel[does]))
    return parts, np.where(trips.ordered, now + 30 + dice.exponential(70.0, len(now)), np.nan)


def _strays(dice: Dice, trips: Trips, trip: I64, opened: F64) -> list[Clicks]:
    """A few looks at pages that are off the map and mean nothing."""
    parts = []
    for name in ("imprint_view", "press_view"):
        does = heads(dice, 0.006, len(trip))
        parts.append(clicks(name, trips.customer[trip[does]], opened[does] + 9, trips.channel[trip[does]]))
    return parts


def _running(steps: F64, lengths: I64) -> F64:
    """Running sums that start anew in each group of the given lengths."""
    total = np.cumsum(steps)
    before = np.r_[0.0, total][np.cumsum(lengths) - lengths]
    return np.asarray(total - np.repeat(before, lengths))
