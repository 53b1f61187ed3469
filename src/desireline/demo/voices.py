"""What customers say: reviews, survey answers and ratings of service, with who stays silent."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from desireline.demo.dice import DAY, F64, I64, Flags, dice_for, heads, waits
from desireline.demo.orders import Orders
from desireline.demo.people import People
from desireline.demo.problems import APP_CHECKOUT, GIFT_PICK_UP, LATE_EAST, SLOW_EMAIL, Planted
from desireline.demo.service import EMAIL, Contacts
from desireline.demo.shopping import Trips
from desireline.demo.words import stars_around, write_requests, write_reviews

NO_ANSWER = -1


@dataclass(frozen=True)
class Reviews:
    """One entry per product review."""

    order: I64
    at: F64
    stars: I64
    text: list[str]


@dataclass(frozen=True)
class Surveys:
    """One entry per returned questionnaire; NO_ANSWER where a question was left out or not asked."""

    order: I64
    sent: F64
    at: F64
    nps: I64  # 0–10
    ease: I64  # of the checkout, 1 hard … 7 easy
    delivery: I64  # 1–5, parcels only
    pick_up: I64  # 1–5, pick-ups only
    comment: list[str]


def draw_reviews(seed: int, orders: Orders) -> Reviews:
    """Reviews of three orders in ten, days after the arrival."""
    dice = dice_for(seed, "reviews")
    order = np.flatnonzero(heads(dice, 0.3, len(orders)) & np.isfinite(orders.arrived))
    late = orders.late[order]
    means = np.where(late, LATE_EAST.size["stars_late"], LATE_EAST.size["stars_on_time"])
    stars = stars_around(dice, means, low=1, high=5)
    at = orders.arrived[order] + np.minimum(waits(dice, len(order), median=3.5 * DAY, spread=0.5), 13 * DAY)
    return Reviews(order=order, at=at, stars=stars, text=write_reviews(dice, stars, late))


def draw_surveys(seed: int, people: People, trips: Trips, orders: Orders, planted: Planted) -> Surveys:
    """Questionnaires go out after each arrival; one in four comes back, some answers left out."""
    dice = dice_for(seed, "surveys")
    order = np.flatnonzero(heads(dice, 0.25, len(orders)) & np.isfinite(orders.arrived))
    count, pick_up = len(order), orders.pick_up[order]
    sent = orders.arrived[order] + 2 * DAY
    gift = people.gift_buyer[orders.customer[order]]
    failed = trips.failed[orders.trip[order]]
    ease = np.where(failed, APP_CHECKOUT.size["ease_after_failure"], APP_CHECKOUT.size["ease"])
    picking_up = planted.size(GIFT_PICK_UP)
    waiting = np.where(gift, picking_up["csat"], picking_up["csat_others"])
    coming = np.where(orders.late[order], LATE_EAST.size["stars_late"], LATE_EAST.size["stars_on_time"])
    nps = stars_around(dice, np.full(count, 7.9), low=0, high=10)
    return Surveys(
        order=order,
        sent=sent,
        at=sent + waits(dice, count, median=0.8 * DAY, spread=1.0).clip(max=9 * DAY),
        nps=_left_out(heads(dice, 0.05, count), nps),
        ease=_left_out(heads(dice, 0.12, count), stars_around(dice, ease, low=1, high=7)),
        delivery=_left_out(pick_up, stars_around(dice, coming, low=1, high=5)),
        pick_up=_left_out(~pick_up, stars_around(dice, waiting, low=1, high=5)),
        comment=_comments(dice, nps),
    )


def draw_ratings(seed: int, contacts: Contacts, planted: Planted) -> tuple[I64, list[str]]:
    """How each contact was rated (1–5, NO_ANSWER where it was not), and what the customer had asked."""
    dice = dice_for(seed, "ratings")
    size = planted.size(SLOW_EMAIL)
    means = np.where(contacts.channel == EMAIL, size["csat_email"], size["csat"])
    stars = stars_around(dice, means, low=1, high=5)
    silent = ~heads(dice, 0.38, len(contacts))
    return _left_out(silent, stars), write_requests(dice, contacts.topic, np.asarray(contacts.follows >= 0))


def _left_out(missing: Flags, answers: I64) -> I64:
    return np.where(missing, NO_ANSWER, answers).astype(np.int64)


def _comments(dice: np.random.Generator, nps: I64) -> list[str]:
    """A comment from one in three, in the tone of the recommendation."""
    tone = np.clip((nps + 1) // 2, 1, 5)
    texts = write_reviews(dice, tone, np.zeros(len(nps), dtype=np.bool_))
    writes = heads(dice, 0.33, len(nps))
    return [text if does else "" for text, does in zip(texts, writes, strict=True)]
