"""The story of the demo company's year: people, trips, orders, contacts, voices and mails, causes first."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from desireline.demo.clicks import Clicks, clicks, put_together
from desireline.demo.dice import DAY, F64, I64, Dice, dice_for, heads
from desireline.demo.mailing import Mails, draw_mails
from desireline.demo.orders import Endings, Orders, draw_endings, draw_orders
from desireline.demo.people import People, draw_people
from desireline.demo.problems import PARCEL_TRACKING, PROBLEMS, Planted, Problem
from desireline.demo.service import Contacts, draw_contacts, last_word
from desireline.demo.shopping import Trips, browse, draw_trips
from desireline.demo.voices import Reviews, Surveys, draw_ratings, draw_reviews, draw_surveys


@dataclass(frozen=True)
class Story:
    """Everything that happened; also what lies after the end of the data, which the files leave out."""

    people: People
    trips: Trips
    bought: F64  # per trip: the instant of a purchase in a store, NaN for none
    clicks: Clicks
    orders: Orders
    endings: Endings
    contacts: Contacts
    ratings: I64
    requests: list[str]
    reviews: Reviews
    surveys: Surveys
    mails: Mails
    planted: Planted


def tell_story(seed: int, customers: int, problems: Collection[Problem] = PROBLEMS) -> Story:
    """The year of a company of this many customers that has these problems; the same input tells the same story.

    Without any problem nothing is wrong, with the same customers and the same rules. Raises ValueError for a problem
    that is not one of PROBLEMS.
    """
    planted = Planted.chosen(problems)
    people = draw_people(seed, customers)
    trips = draw_trips(seed, people, planted)
    browsing, ordered, bought = browse(seed, trips)
    orders = draw_orders(seed, people, trips, ordered, planted)
    contacts, looking = draw_contacts(seed, orders, planted)
    endings = draw_endings(seed, orders, last_word(contacts, orders), planted)
    ratings, requests = draw_ratings(seed, contacts, planted)
    came = trips.mailing >= 0
    return Story(
        people=people,
        trips=trips,
        bought=bought,
        clicks=put_together([*browsing, *looking, *_around_orders(seed, people, planted, after=(orders, endings))]),
        orders=orders,
        endings=endings,
        contacts=contacts,
        ratings=ratings,
        requests=requests,
        reviews=draw_reviews(seed, orders),
        surveys=draw_surveys(seed, people, trips, orders, planted),
        mails=draw_mails(
            seed,
            people,
            planted,
            clicked=(trips.customer[came], trips.mailing[came], trips.start[came] - 5),
            busy=(trips.customer, trips.start, _ends(trips, orders, endings, bought)),
        ),
        planted=planted,
    )


def _around_orders(seed: int, people: People, planted: Planted, *, after: tuple[Orders, Endings]) -> list[Clicks]:
    """Clicks after the purchase: size guide, parcel tracking, joining the club, inviting a friend."""
    dice = dice_for(seed, "after the purchase")
    orders, endings = after
    joins = (people.club[orders.customer] == 0) & heads(dice, 0.07, len(orders))
    invites = heads(dice, 0.05, len(orders))
    joined = np.where(joins, endings.closed + DAY * (0.2 + 2 * dice.random(len(orders))), np.nan)
    invited = np.where(invites, endings.closed + DAY * (2.5 + 3 * dice.random(len(orders))), np.nan)
    return [
        clicks("size_guide_view", orders.customer, orders.sized_after, orders.channel),
        clicks("club_join", orders.customer, joined, orders.channel),
        clicks("friend_invite", orders.customer, invited, orders.channel),
        _track(dice, orders, planted),
    ]


def _track(dice: Dice, orders: Orders, planted: Planted) -> Clicks:
    size = planted.size(PARCEL_TRACKING)
    parcel = ~orders.pick_up & np.isfinite(orders.arrived)
    looks = parcel & heads(dice, size["looks"], len(orders))
    times = np.where(looks, 1 + dice.poisson(size["looks_each"] - 1, len(orders)), 0)
    order = np.repeat(np.arange(len(orders)), times)
    share = 0.02 + 0.96 * dice.random(len(order))
    at = orders.dispatched[order] + (orders.arrived - orders.dispatched)[order] * share
    return clicks("parcel_tracking_view", orders.customer[order], at, orders.channel[order])


def _ends(trips: Trips, orders: Orders, endings: Endings, bought: F64) -> F64:
    """When each trip's last thing is over, roughly; campaigns leave its customer alone until then."""
    ends = np.fmax(trips.start + 12 * DAY, bought + 19 * DAY)
    over = np.fmax(np.fmax(endings.closed, endings.refunded), np.fmax(endings.received, orders.placed + 10 * DAY))
    ends[orders.trip] = np.fmax(ends[orders.trip], over + 6 * DAY)
    return np.asarray(ends)
