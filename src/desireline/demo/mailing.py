"""Campaigns and their e-mails: who got which, who opened, clicked and unsubscribed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from desireline.demo.dice import DAY, F64, HOUR, I64, Dice, Flags, dice_for, heads, waits
from desireline.demo.people import People
from desireline.demo.problems import OVERLAPPING_MAILS, Planted
from desireline.demo.seasons import happened, instant_of

SENT_AT_HOUR = 9.0
ACTIONS = np.array(["sent", "opened", "clicked", "unsubscribed"])


@dataclass(frozen=True)
class Mailing:
    """One e-mail campaign."""

    id: str
    title: str
    sent: date
    ends: date
    cost: float
    share: float = 0.09  # of newsletter readers who get it


def _mailing(id_: str, title: str, sent: str, ends: str, cost: float, share: float = 0.09) -> Mailing:
    return Mailing(id_, title, date.fromisoformat(sent), date.fromisoformat(ends), cost, share)


MAILINGS = (
    _mailing("back-to-town", "Back to town", "2025-09-04", "2025-09-14", 1800),
    _mailing("denim-days", "Denim days", "2025-09-23", "2025-10-03", 1650),
    _mailing("autumn-edit", "Autumn edit", "2025-10-13", "2025-10-27", 2400, 0.5),
    _mailing("knitwear-weeks", "Knitwear weeks", "2025-10-15", "2025-10-29", 2300, 0.5),
    _mailing("coat-check", "Coat check", "2025-11-06", "2025-11-16", 1900),
    _mailing("black-week", "Black week", "2025-11-21", "2025-11-30", 4200, 0.13),
    _mailing("gift-finder", "Gift finder", "2025-12-05", "2025-12-20", 2600),
    _mailing("winter-sale", "Winter sale", "2025-12-27", "2026-01-11", 2100, 0.13),
    _mailing("new-basics", "New basics", "2026-01-20", "2026-01-30", 1500),
    _mailing("soft-pastels", "Soft pastels", "2026-02-12", "2026-02-22", 1550),
    _mailing("spring-first", "First day of spring", "2026-03-05", "2026-03-20", 1900),
    _mailing("rain-ready", "Rain ready", "2026-03-26", "2026-04-05", 1400),
    _mailing("linen-season", "Linen season", "2026-04-21", "2026-05-03", 1700),
    _mailing("wedding-guest", "Wedding guest", "2026-05-12", "2026-05-31", 1950),
    _mailing("swim", "Swim", "2026-06-09", "2026-06-24", 1600),
    _mailing("summer-sale", "Summer sale", "2026-07-01", "2026-07-19", 2300, 0.13),
    _mailing("travel-light", "Travel light", "2026-07-22", "2026-08-02", 1500),
    _mailing("first-knits", "First knits", "2026-08-18", "2026-08-30", 1550),
)
SENT_AT: F64 = np.array([instant_of(mailing.sent, hour=SENT_AT_HOUR) for mailing in MAILINGS])
OVERLAP = (2, 3)  # Autumn edit, Knitwear weeks


@dataclass(frozen=True)
class Mails:
    """One entry per thing that happened to an e-mail: sent, opened, clicked, unsubscribed."""

    customer: I64
    mailing: I64
    at: F64
    action: I64  # index into ACTIONS

    def __len__(self) -> int:
        return len(self.at)


def mailing_before(instants: F64, *, within: float) -> I64:
    """Index of the last mailing sent at most `within` seconds before each instant; −1 where there is none."""
    order = np.argsort(SENT_AT, kind="stable")
    place = np.searchsorted(SENT_AT[order], instants, side="right") - 1
    found = order[np.maximum(place, 0)]
    near = (place >= 0) & (instants - SENT_AT[found] <= within)
    return np.where(near, found, -1).astype(np.int64)


def draw_mails(
    seed: int, people: People, planted: Planted, *, clicked: tuple[I64, I64, F64], busy: tuple[I64, F64, F64]
) -> Mails:
    """E-mails of the year: those in `clicked` (customer, mailing, instant), and those to a random audience.

    Customers who are `busy` (customer, from, to) with a shopping trip get no others. Where the overlap is not planted,
    whoever got the first of two campaigns is left out of the second.
    """
    dice = dice_for(seed, "mailing")
    customer, mailing = _audience(dice, people, clicked=clicked, busy=busy)
    if OVERLAPPING_MAILS not in planted:
        customer, mailing = _one_of_two(customer, mailing, came=_pair(clicked[0], clicked[1]))
    came = np.isin(_pair(customer, mailing), _pair(clicked[0], clicked[1]))
    sent = SENT_AT[mailing] + dice.random(len(mailing)) * 0.1 * HOUR
    opened = np.where(
        came | heads(dice, 0.27, len(sent)),
        sent + waits(dice, len(sent), median=2.2 * HOUR, spread=0.9),
        np.nan,
    )
    click = _clicks_of(clicked, customer, mailing)
    opened = np.where(np.isfinite(click), np.minimum(opened, (sent + click) / 2), opened)
    left = _unsubscribes(dice, customer, mailing, planted, after=np.fmax(sent, np.fmax(opened, click)), came=came)
    return _in_order(customer, mailing, [sent, opened, click, left])


def got_both(mails: Mails) -> I64:
    """Customers to whom both overlapping campaigns were sent."""
    sent = mails.action == 0
    first, second = (mails.customer[sent & (mails.mailing == mailing)] for mailing in OVERLAP)
    return np.intersect1d(first, second)


def _audience(
    dice: Dice, people: People, *, clicked: tuple[I64, I64, F64], busy: tuple[I64, F64, F64]
) -> tuple[I64, I64]:
    readers = np.flatnonzero(people.newsletter)
    drawn: list[tuple[I64, I64]] = []
    for place, mailing in enumerate(MAILINGS):
        chosen = readers[heads(dice, mailing.share, len(readers))]
        drawn.append((chosen, np.full(len(chosen), place, dtype=np.int64)))
    customer = np.concatenate([pair[0] for pair in drawn])
    mailing_ = np.concatenate([pair[1] for pair in drawn])
    free = ~_is_busy(customer, SENT_AT[mailing_], busy)
    pairs = np.union1d(_pair(customer[free], mailing_[free]), _pair(clicked[0], clicked[1]))
    return pairs // len(MAILINGS), pairs % len(MAILINGS)


def _is_busy(customer: I64, at: F64, busy: tuple[I64, F64, F64]) -> Flags:
    """Whether `at` falls into one of the customer's trips, which do not overlap each other."""
    who, since, until = busy
    order = np.lexsort((since, who))
    span = 2e10  # larger than any instant, so that customer and time fit into one sortable number
    place = np.searchsorted((who * span + since)[order], customer * span + at, side="right") - 1
    trip = order[np.maximum(place, 0)]
    return np.asarray((place >= 0) & (who[trip] == customer) & (at <= until[trip]))


def _pair(customer: I64, mailing: I64) -> I64:
    return customer * len(MAILINGS) + mailing


def _clicks_of(clicked: tuple[I64, I64, F64], customer: I64, mailing: I64) -> F64:
    pairs = _pair(clicked[0], clicked[1])
    order = np.argsort(pairs, kind="stable")
    wanted = _pair(customer, mailing)
    place = np.minimum(np.searchsorted(pairs[order], wanted), len(order) - 1)
    found = order[place]
    return np.where(pairs[found] == wanted, clicked[2][found], np.nan)


def _one_of_two(customer: I64, mailing: I64, *, came: I64) -> tuple[I64, I64]:
    """The audience without those of the second campaign who got the first; who `came` by the second keeps that one."""
    first, second = (mailing == one for one in OVERLAP)
    by_second = customer[second & np.isin(_pair(customer, mailing), came)]
    out = first & np.isin(customer, by_second)
    out |= second & np.isin(customer, customer[first & ~out])
    return customer[~out], mailing[~out]


def _unsubscribes(dice: Dice, customer: I64, mailing: I64, planted: Planted, *, after: F64, came: Flags) -> F64:
    size = planted.size(OVERLAPPING_MAILS)
    first, second = (customer[mailing == one] for one in OVERLAP)
    both = np.isin(customer, np.intersect1d(first, second)) & (mailing == OVERLAP[1])
    share = np.where(both, size["unsubscribes"], np.where(came, 0.0, size["unsubscribes_after_one"]))
    leaves = heads(dice, share, len(customer))
    return np.where(leaves, after + 60 + dice.random(len(customer)) * 0.5 * DAY, np.nan)


def _in_order(customer: I64, mailing: I64, instants: list[F64]) -> Mails:
    at = np.concatenate(instants)
    action = np.repeat(np.arange(len(instants)), len(customer))
    who, which = np.tile(customer, len(instants)), np.tile(mailing, len(instants))
    real = np.flatnonzero(happened(at))
    order = real[np.lexsort((action[real], who[real], at[real]))]
    return Mails(who[order], which[order], at[order], action[order])
