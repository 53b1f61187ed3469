"""Contacts: customers who need help with an order, how they reach us, and how long the answer takes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from desireline.demo.clicks import Clicks, clicks
from desireline.demo.dice import DAY, F64, HOUR, I64, Dice, Flags, dice_for, heads
from desireline.demo.orders import Orders
from desireline.demo.problems import HELP_LOOP, LATE_EAST, SLOW_EMAIL, WAREHOUSE_HANDOVER, Planted
from desireline.demo.seasons import in_daytime, instant_of

CHAT, EMAIL, PHONE = 0, 1, 2
CHANNELS = np.array(["chat", "email", "phone"])
TOPICS = np.array(["parcel", "size", "fault", "payment", "return"])


@dataclass(frozen=True)
class Contacts:
    """One entry per contact: first contacts in the order of `order`, then those who had to ask again."""

    order: I64
    channel: I64
    opened: F64
    handed_over: F64  # to the warehouse; NaN for never
    replied: F64
    topic: I64
    follows: I64  # index of the contact before; −1 for a first one
    looped: Flags  # went back and forth between home and help before it

    def __len__(self) -> int:
        return len(self.order)


def draw_contacts(seed: int, orders: Orders, planted: Planted) -> tuple[Contacts, list[Clicks]]:
    """Contacts of the year, and the looks at the help page that led to them."""
    dice = dice_for(seed, "service")
    order = np.flatnonzero(heads(dice, np.where(orders.late, LATE_EAST.size["contact_when_late"], 0.2), len(orders)))
    order = order[np.isfinite(orders.arrived[order])]
    needed = _needs(dice, orders, order)
    new_page = _new_page(needed)
    by_help = heads(dice, 0.8, len(order))
    size = planted.size(HELP_LOOP)
    looped = by_help & heads(dice, np.where(new_page, size["loops"], size["loops_before"]), len(order))
    parts, opened = _look_for_help(dice, orders, order, needed, by_help=by_help, looped=looped)
    phones = np.where(new_page & by_help, size["phones"], size["phones_before"])
    first = _first(dice, order, opened, planted, phones=phones, looped=looped)
    return _with_follow_ups(dice, first, planted), parts


def last_word(contacts: Contacts, orders: Orders) -> F64:
    """When service last replied about each order; NaN where nobody asked."""
    last = np.full(len(orders), np.nan)
    by_time = np.argsort(contacts.replied, kind="stable")
    last[contacts.order[by_time]] = contacts.replied[by_time]
    return last


def _needs(dice: Dice, orders: Orders, order: I64) -> F64:
    """When help is needed: within a few days of wearing it, or of having waited for it."""
    arrived = orders.arrived[order]
    wearing = in_daytime(dice, arrived + DAY * (0.2 + 4 * dice.beta(1.2, 2.5, len(order))))
    return np.maximum(wearing, arrived + HOUR)


def _new_page(at: F64) -> Flags:
    assert HELP_LOOP.since is not None
    return np.asarray(at >= instant_of(HELP_LOOP.since))


def _look_for_help(
    dice: Dice, orders: Orders, order: I64, needed: F64, *, by_help: Flags, looped: Flags
) -> tuple[list[Clicks], F64]:
    """Clicks on the help page, for some back to home and to help again; and when they got in touch."""
    customer, channel = orders.customer[order], orders.channel[order]
    rounds = np.where(looped, 2 + dice.integers(0, 3, len(order)), 0)
    now = needed.copy()
    parts = [clicks("help_view", customer[by_help], now[by_help], channel[by_help])]
    for turn in range(4):
        again = rounds > turn
        for name in ("home_view", "help_view"):
            now += np.where(again, 15 + dice.exponential(50.0, len(now)), 0.0)
            parts.append(clicks(name, customer[again], now[again], channel[again]))
    return parts, now + 60 + dice.exponential(200.0, len(now))


def _first(dice: Dice, order: I64, opened: F64, planted: Planted, *, phones: F64, looped: Flags) -> Contacts:
    by_phone = heads(dice, phones, len(order))
    channel = np.where(by_phone, PHONE, np.where(heads(dice, 0.5, len(order)), CHAT, EMAIL)).astype(np.int64)
    handed = (channel != CHAT) & heads(dice, WAREHOUSE_HANDOVER.size["handed_over"], len(order))
    replied = opened + _reply_waits(dice, channel, planted)
    return Contacts(
        order=order,
        channel=channel,
        opened=opened,
        handed_over=np.where(handed, opened + (replied - opened) * (0.2 + 0.5 * dice.random(len(order))), np.nan),
        replied=replied,
        topic=dice.choice(len(TOPICS), len(order), p=[0.3, 0.22, 0.2, 0.13, 0.15]).astype(np.int64),
        follows=np.full(len(order), -1, dtype=np.int64),
        looped=looped,
    )


def _with_follow_ups(dice: Dice, first: Contacts, planted: Planted) -> Contacts:
    size = planted.size(WAREHOUSE_HANDOVER)
    handed = np.isfinite(first.handed_over)
    again = np.flatnonzero(
        heads(dice, np.where(handed, size["asks_again"], size["asks_again_without_hand_over"]), len(first))
    )
    channel = np.where(heads(dice, 0.55, len(again)), PHONE, EMAIL)
    opened = in_daytime(dice, first.replied[again] + DAY * (1.2 + 2.2 * dice.random(len(again))))
    never = np.full(len(again), np.nan)
    return Contacts(
        order=np.r_[first.order, first.order[again]],
        channel=np.r_[first.channel, channel],
        opened=np.r_[first.opened, opened],
        handed_over=np.r_[first.handed_over, never],
        replied=np.r_[first.replied, opened + _reply_waits(dice, channel, planted)],
        topic=np.r_[first.topic, first.topic[again]],
        follows=np.r_[first.follows, again],
        looped=np.r_[first.looped, np.zeros(len(again), dtype=np.bool_)],
    )


def _reply_waits(dice: Dice, channel: I64, planted: Planted) -> F64:
    size = planted.size(SLOW_EMAIL)
    medians = np.array([size["median_minutes_chat"] * 60, size["median_hours_email"] * HOUR, 180.0])
    spreads = np.array([0.5, 0.35, 0.6])
    return np.asarray(medians[channel] * np.exp(spreads[channel] * dice.standard_normal(len(channel))))
