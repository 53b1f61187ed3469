"""The truth file: what was planted, how large it truly is, and how often it came out in the files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from desireline.demo import problems as planted
from desireline.demo.dice import Flags
from desireline.demo.files import Written
from desireline.demo.mailing import OVERLAP, got_both
from desireline.demo.people import REGIONS
from desireline.demo.seasons import FIRST_DAY, LAST_DAY, ZONE, happened, instant_of
from desireline.demo.service import CHAT, EMAIL, PHONE
from desireline.demo.shopping import APP, CHECKOUT, COSTS, MOBILE
from desireline.demo.story import Story

Counts = dict[str, int]


def tell_truth(story: Story, written: Iterable[Written], *, seed: int) -> dict[str, Any]:
    """The content of `truth.json`; counts are of what the files hold."""
    counts = count_planted(story)
    return {
        "company": {
            "name": "Linden & Loom, an online clothing retailer with four stores",
            "customers": len(story.people),
            "seed": seed,
            "from": FIRST_DAY.isoformat(),
            "to": LAST_DAY.isoformat(),
            "zone": ZONE,
        },
        "files": {file.path.name: file.as_record() for file in written},
        "counts": _totals(story),
        "problems": [problem.as_record() | {"counts": counts[problem.id]} for problem in story.planted.problems],
        "nothing_else": (
            "No other differences between channels, regions, personas or periods are planted. What customers read or "
            "are sent on the way says nothing about how far they get: whoever looks at a product reads the size guide "
            "first as often before a purchase as before none."
        ),
    }


def count_planted(story: Story) -> Mapping[str, Counts]:
    """For each problem: how many were exposed and hit, and how many elsewhere."""
    return {
        planted.LATE_EAST.id: _late(story),
        planted.APP_CHECKOUT.id: _failed(story),
        planted.MOBILE_COSTS.id: _lost(story),
        planted.HELP_LOOP.id: _looped(story),
        planted.SLOW_EMAIL.id: _answered(story),
        planted.STUCK_REFUND.id: _stuck(story),
        planted.WAREHOUSE_HANDOVER.id: _asked_again(story),
        planted.OVERLAPPING_MAILS.id: _unsubscribed(story),
        planted.DEAD_QUIZ.id: {"visits": int(story.clicks.named("quiz_done").sum())},
        planted.PARCEL_TRACKING.id: _tracked(story),
        planted.SIZE_TOO_LATE.id: _sized(story),
        planted.GIFT_PICK_UP.id: _picked_up(story),
    }


def _totals(story: Story) -> Counts:
    return {
        "trips": len(story.trips),
        "web_events": len(story.clicks),
        "orders": int(happened(story.orders.placed).sum()),
        "store_purchases": int(happened(story.bought).sum()),
        "contacts": int(happened(story.contacts.opened).sum()),
        "mails_sent": int((story.mails.action == 0).sum()),
        "reviews": int(happened(story.reviews.at).sum()),
        "surveys": int(happened(story.surveys.at).sum()),
    }


def _split(exposed: Flags, hit: Flags, among: Flags) -> Counts:
    """How many there were and how many were hit, where the problem sits and elsewhere."""
    here, elsewhere = among & exposed, among & ~exposed
    return {
        "here": int(here.sum()),
        "here_hit": int((here & hit).sum()),
        "elsewhere": int(elsewhere.sum()),
        "elsewhere_hit": int((elsewhere & hit).sum()),
    }


def _late(story: Story) -> Counts:
    orders = story.orders
    counts = _split(orders.late_risk, orders.late, ~orders.pick_up & happened(orders.arrived))
    east = story.people.region[orders.customer] == int(np.flatnonzero(REGIONS == "East")[0])
    return counts | {"orders_in_the_east": int((east & happened(orders.placed)).sum())}


def _failed(story: Story) -> Counts:
    trips, since = story.trips, planted.APP_CHECKOUT.since
    assert since is not None
    exposed = (trips.channel == APP) & (trips.start >= instant_of(since))
    return _split(exposed, trips.failed, trips.depth >= CHECKOUT)


def _lost(story: Story) -> Counts:
    trips = story.trips
    return _split(trips.channel == MOBILE, trips.depth == COSTS, trips.depth >= COSTS)


def _looped(story: Story) -> Counts:
    contacts, since = story.contacts, planted.HELP_LOOP.since
    assert since is not None
    first = (contacts.follows < 0) & happened(contacts.opened)
    exposed = contacts.opened >= instant_of(since)
    return _split(exposed, contacts.looped, first) | {
        "phoned_after_loop": int((first & contacts.looped & (contacts.channel == PHONE)).sum())
    }


def _answered(story: Story) -> Counts:
    contacts = story.contacts
    slow = contacts.replied - contacts.opened > 4 * 3600
    return _split(contacts.channel == EMAIL, slow, happened(contacts.replied))


def _stuck(story: Story) -> Counts:
    endings = story.endings
    return _split(endings.by_store, endings.stuck, happened(endings.received))


def _asked_again(story: Story) -> Counts:
    contacts = story.contacts
    again = np.zeros(len(contacts), dtype=np.bool_)
    again[contacts.follows[(contacts.follows >= 0) & happened(contacts.opened)]] = True
    first = (contacts.follows < 0) & happened(contacts.opened)
    counts = _split(np.isfinite(contacts.handed_over), again, first & (contacts.channel != CHAT))
    return counts | {"chats": int((first & (contacts.channel == CHAT)).sum())}


def _unsubscribed(story: Story) -> Counts:
    mails = story.mails
    left = mails.customer[(mails.action == 3) & (mails.mailing == OVERLAP[1])]
    both = got_both(mails)
    return {
        "got_both": len(both),
        "unsubscribed_of_both": int(np.isin(left, both).sum()),
        "unsubscribed": int((mails.action == 3).sum()),
    }


def _tracked(story: Story) -> Counts:
    seen = story.clicks.named("parcel_tracking_view")
    return {"looks": int(seen.sum()), "customers": len(np.unique(story.clicks.customer[seen]))}


def _sized(story: Story) -> Counts:
    after = happened(story.orders.sized_after)
    return _split(
        after,
        happened(story.endings.registered),
        happened(story.orders.placed) & happened(story.orders.arrived),
    )


def _picked_up(story: Story) -> Counts:
    orders = story.orders
    too_long = orders.arrived - orders.placed > 3 * 86_400
    return _split(story.people.gift_buyer[orders.customer], too_long, orders.pick_up & happened(orders.arrived))
