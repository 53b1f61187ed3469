"""The demo company's exports: one function per system, each writing the file as that system would."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import numpy as np
import polars as pl

from desireline.demo.clicks import CHANNELS as PLATFORMS
from desireline.demo.clicks import NAMES
from desireline.demo.dice import DAY, F64, I64, dice_for
from desireline.demo.files import Form, Spoils, Written, cut_short, replaced, write_csv, write_lines
from desireline.demo.mailing import ACTIONS, MAILINGS
from desireline.demo.people import AGE_BANDS, BUYS_FOR, CITIES, CLUBS, REGIONS
from desireline.demo.problems import APP_CHECKOUT
from desireline.demo.seasons import FIRST_DAY, ZONE, happened, instant_of, write_instants
from desireline.demo.service import CHANNELS, CHAT, TOPICS
from desireline.demo.shopping import APP
from desireline.demo.story import Story
from desireline.demo.voices import NO_ANSWER

ISO_Z = "%Y-%m-%dT%H:%M:%S%.3fZ"
ISO_OFFSET = "%Y-%m-%dT%H:%M:%S%:z"
ISO_LOCAL = "%Y-%m-%d %H:%M:%S"
GERMAN = "%d.%m.%Y %H:%M:%S"
GERMAN_FORM = Form(delimiter=";")
TILL_FORM = Form(delimiter=";", encoding="cp1252")
_ADS = np.array(["search-dresses", "search-brand", "social-reels", "social-stories", "price-portal"])
_STORES = np.array(["Köln Ehrenstraße", "Hamburg Mönckebergstraße", "München Sendlinger Straße", "Berlin Mitte"])


def write_customers(folder: Path, story: Story) -> Written:
    """The customer list."""
    people = story.people
    joined = [(FIRST_DAY - timedelta(days=days)).isoformat() for days in people.joined.tolist()]
    columns = {
        "customer_no": people.number.tolist(),
        "email": people.email.tolist(),
        "card_no": people.card.tolist(),
        "age_band": AGE_BANDS[people.age].tolist(),
        "city": np.array(CITIES)[people.region, people.city].tolist(),
        "region": REGIONS[people.region].tolist(),
        "joined_on": joined,
        "club": CLUBS[people.club].tolist(),
        "buys_for": BUYS_FOR[people.buys_for].tolist(),
        "newsletter": np.where(people.newsletter, "yes", "no").tolist(),
    }
    return write_csv(folder / "customers.csv", columns, bad={"wrong_cell_count": [cut_short, cut_short]})


def write_campaigns(folder: Path, story: Story) -> Written:
    """The list of e-mail campaigns, with the number of people each was sent to."""
    sent = story.mails.mailing[story.mails.action == 0]
    columns = {
        "campaign": [mailing.id for mailing in MAILINGS],
        "title": [mailing.title for mailing in MAILINGS],
        "starts_on": [mailing.sent.isoformat() for mailing in MAILINGS],
        "ends_on": [mailing.ends.isoformat() for mailing in MAILINGS],
        "cost_eur": [f"{mailing.cost:.2f}" for mailing in MAILINGS],
        "recipients": [str(count) for count in np.bincount(sent, minlength=len(MAILINGS)).tolist()],
    }
    return write_csv(folder / "campaigns.csv", columns)


def write_mails(folder: Path, story: Story) -> Written:
    """The e-mail system's log. It knows people by their address only."""
    mails = story.mails
    columns = {
        "log_id": [f"m{place:07d}" for place in range(len(mails))],
        "campaign": np.array([mailing.id for mailing in MAILINGS])[mails.mailing].tolist(),
        "email": story.people.email[mails.customer].tolist(),
        "action": ACTIONS[mails.action].tolist(),
        "at": write_instants(mails.at, ISO_Z),
    }
    bad: Spoils = {
        "no_partner": [replaced(2, f"gone{place}@mail.example") for place in range(3)],
        "bad_time": [replaced(4, "yesterday"), replaced(4, "2026-02-30T09:00:00Z")],
    }
    return write_csv(folder / "email_log.csv", columns, bad=bad, repeated=12)


def write_clicks(folder: Path, story: Story, seed: int) -> Written:
    """The log of web site and app, one JSON object a line."""
    seen = story.clicks
    columns = zip(
        write_instants(seen.at, ISO_Z),
        story.people.number[seen.customer].tolist(),
        NAMES[seen.name].tolist(),
        PLATFORMS[seen.channel].tolist(),
        _details(story, seed),
        np.where(seen.named("checkout_error"), "failed", "ok").tolist(),
        _versions(story),
        strict=True,
    )
    lines = [
        f'{{"id":"w{place:08d}","ts":"{at}","user":"{user}","name":"{name}","platform":"{platform}",'
        f'"detail":"{detail}","status":"{status}","app_version":"{version}"}}'
        for place, (at, user, name, platform, detail, status, version) in enumerate(columns)
    ]
    spoiled = '{"id":"wX%s","ts":"%s","user":"%s","name":"%s","platform":"app","detail":"","status":"ok"}'
    noon = "2026-01-12T12:00:00.000Z"
    bad = {
        "bad_json": ['{"id":"wX1","ts":"2026-01-12T10:', "[]"],
        "no_customer": [spoiled % (2, noon, "", "home_view")],
        "no_time": [spoiled % (3, "", "L100001", "home_view")],
        "no_event": [spoiled % (4, noon, "L100002", "")],
        "bad_time": [spoiled % (5, "12/13/14", "L100003", "home_view")],
    }
    return write_lines(folder / "web_events.jsonl", lines, bad=bad, repeat_each=500)


def write_orders(folder: Path, story: Story) -> Written:
    """The shop's order table, as wide as the shop has dates."""
    orders, endings = story.orders, story.endings
    real = happened(orders.placed)
    local = {
        "placed_at": orders.placed,
        "confirmed_at": orders.confirmed,
        "promised_by": orders.promised,
        "dispatched_at": orders.dispatched,
        "delivered_at": np.where(orders.pick_up, np.nan, orders.arrived),
        "picked_up_at": np.where(orders.pick_up, orders.arrived, np.nan),
        "return_registered_at": endings.registered,
        "return_received_at": endings.received,
        "refunded_at": endings.refunded,
        "closed_at": endings.closed,
    }
    columns = {
        "order_no": order_numbers(np.flatnonzero(real)),
        "customer_no": story.people.number[orders.customer[real]].tolist(),
        "platform": PLATFORMS[orders.channel[real]].tolist(),
        "shipping": np.where(orders.pick_up[real], "store pick-up", "parcel").tolist(),
        "amount": [f"{amount:.2f}".replace(".", ",") for amount in orders.amount[real].tolist()],
        "return_way": np.where(happened(endings.registered), np.where(endings.by_store, "store", "post"), "")[
            real
        ].tolist(),
    }
    columns |= {
        name: _promises(at[real]) if name == "promised_by" else write_instants(at[real], GERMAN, zone=ZONE)
        for name, at in local.items()
    }
    bad: Spoils = {
        "bad_time": [replaced(6, "31.02.2026 10:00:00"), replaced(10, "soon")],
        "bad_number": [replaced(4, "7O,90")],
        "no_customer": [replaced(1, "")],
        "wrong_cell_count": [cut_short],
    }
    return write_csv(folder / "orders.csv", columns, form=GERMAN_FORM, bad=bad, repeated=5)


def write_sales(folder: Path, story: Story, seed: int) -> Written:
    """The stores' tills, which know people by their customer card."""
    trip = np.flatnonzero(happened(story.bought))
    dice = dice_for(seed, "tills")
    sold = story.bought[trip]
    columns = {
        "receipt_no": [f"K{place:06d}" for place in range(len(trip))],
        "card_no": story.people.card[story.trips.customer[trip]].tolist(),
        "store": _STORES[dice.integers(len(_STORES), size=len(trip))].tolist(),
        "sold_at": write_instants(sold, ISO_LOCAL, zone=ZONE),
        "closed_at": write_instants(sold + 14 * DAY, ISO_LOCAL, zone=ZONE),
        "items": (1 + dice.poisson(0.8, len(trip))).astype(str).tolist(),
        "amount": [f"{amount:.2f}".replace(".", ",") for amount in np.exp(dice.normal(4.0, 0.5, len(trip))).tolist()],
    }
    bad: Spoils = {
        "no_partner": [replaced(1, "799999999"), replaced(1, "788888888")],
        "wrong_cell_count": [cut_short],
    }
    return write_csv(folder / "store_sales.csv", columns, form=TILL_FORM, bad=bad)


def write_tickets(folder: Path, story: Story) -> Written:
    """The help desk's tickets: e-mail and phone."""
    contacts = story.contacts
    real = np.flatnonzero(happened(contacts.opened) & (contacts.channel != CHAT))
    follows = contacts.follows[real]
    columns = {
        "ticket_no": [f"T{place:06d}" for place in real.tolist()],
        "customer_no": _customers_of(story, contacts.order[real]),
        "order_no": order_numbers(contacts.order[real]),
        "channel": CHANNELS[contacts.channel[real]].tolist(),
        "topic": TOPICS[contacts.topic[real]].tolist(),
        "opened_at": write_instants(contacts.opened[real], ISO_OFFSET, zone=ZONE),
        "handed_over_at": write_instants(contacts.handed_over[real], ISO_OFFSET, zone=ZONE),
        "first_reply_at": write_instants(contacts.replied[real], ISO_OFFSET, zone=ZONE),
        "follow_up_of": [f"T{place:06d}" if place >= 0 else "" for place in follows.tolist()],
        "request": [story.requests[place] for place in real.tolist()],
        "satisfaction": _answers(np.where(happened(contacts.replied), story.ratings, NO_ANSWER)[real]),
    }
    bad = {"bad_time": [replaced(5, "next Monday")]}
    return write_csv(folder / "tickets.csv", columns, bad=bad, repeated=4)


def write_chats(folder: Path, story: Story) -> Written:
    """The chat tool's log, one JSON object a line, times in seconds since 1970."""
    contacts = story.contacts
    real = np.flatnonzero(happened(contacts.replied) & (contacts.channel == CHAT))
    numbers = order_numbers(contacts.order[real])
    customers = _customers_of(story, contacts.order[real])
    ratings = [None if rating == NO_ANSWER else rating for rating in story.ratings[real].tolist()]
    lines = [
        json.dumps(
            {
                "chat_id": f"H{place:06d}",
                "customer_no": customer,
                "order_no": order,
                "started": int(contacts.opened[place]),
                "first_reply": int(contacts.replied[place]),
                "message": story.requests[place],
                "rating": rating,
            },
            ensure_ascii=False,
        )
        for place, customer, order, rating in zip(real.tolist(), customers, numbers, ratings, strict=True)
    ]
    return write_lines(folder / "chats.jsonl", lines, bad={"bad_json": ['{"chat_id":"HX']})


def write_reviews(folder: Path, story: Story) -> Written:
    """Product reviews: stars and a text."""
    reviews = story.reviews
    real = np.flatnonzero(happened(reviews.at))
    columns = {
        "review_id": [f"R{place:06d}" for place in real.tolist()],
        "order_no": order_numbers(reviews.order[real]),
        "customer_no": _customers_of(story, reviews.order[real]),
        "written_at": write_instants(reviews.at[real], ISO_LOCAL, zone=ZONE),
        "stars": reviews.stars[real].astype(str).tolist(),
        "text": [reviews.text[place] for place in real.tolist()],
    }
    return write_csv(
        folder / "reviews.csv", columns, bad={"bad_time": [replaced(3, "0000-00-00 00:00:00")]}, repeated=3
    )


def write_surveys(folder: Path, story: Story) -> Written:
    """Questionnaires that came back: one column a question."""
    surveys = story.surveys
    real = np.flatnonzero(happened(surveys.at))
    columns = {
        "survey_id": [f"S{place:06d}" for place in real.tolist()],
        "order_no": order_numbers(surveys.order[real]),
        "customer_no": _customers_of(story, surveys.order[real]),
        "sent_at": write_instants(surveys.sent[real], ISO_LOCAL, zone=ZONE),
        "answered_at": write_instants(surveys.at[real], ISO_LOCAL, zone=ZONE),
        "recommend": _answers(surveys.nps[real]),
        "checkout_ease": _answers(surveys.ease[real]),
        "delivery_satisfaction": _answers(surveys.delivery[real]),
        "pick_up_satisfaction": _answers(surveys.pick_up[real]),
        "comment": [surveys.comment[place] for place in real.tolist()],
    }
    return write_csv(folder / "surveys.csv", columns, bad={"bad_time": [replaced(4, "n/a")]})


def order_numbers(orders: I64) -> list[str]:
    """The shop's numbers of orders."""
    return [f"LL-{order + 10_000:06d}" for order in orders.tolist()]


def _customers_of(story: Story, orders: I64) -> list[str]:
    return [str(number) for number in story.people.number[story.orders.customer[orders]]]


def _promises(promised: F64) -> list[str]:
    """Promised instants: known from the day of the order on, also when they lie after the end of the data."""
    texts = pl.Series(np.nan_to_num(promised) * 1e6).cast(pl.Int64).cast(pl.Datetime("us", "UTC"))
    local = texts.dt.convert_time_zone(ZONE).dt.to_string(GERMAN).to_list()
    return [text if known else "" for text, known in zip(local, np.isfinite(promised), strict=True)]


def _answers(answers: I64) -> list[str]:
    return ["" if answer == NO_ANSWER else str(answer) for answer in answers.tolist()]


def _details(story: Story, seed: int) -> list[str]:
    """What each click was about: the product that was viewed, the advertisement that was clicked."""
    seen, dice = story.clicks, dice_for(seed, "details")
    product = (240 * dice.beta(0.8, 2.6, len(seen))).astype(np.int64)
    ad = dice.integers(len(_ADS), size=len(seen))
    products = np.array([f"style-{number:03d}" for number in range(240)])
    rest = np.where(seen.named("ad_click"), _ADS[ad], "")
    return [str(text) for text in np.where(seen.named("product_view"), products[product], rest)]


def _versions(story: Story) -> list[str]:
    """The app's version; empty for the web site."""
    assert APP_CHECKOUT.since is not None
    new = story.clicks.at >= instant_of(APP_CHECKOUT.since)
    return [str(text) for text in np.where(story.clicks.channel == APP, np.where(new, "5.2", "5.1"), "")]
