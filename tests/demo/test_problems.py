"""Each planted problem shows in the raw files with its true size, and what is not planted does not show.

Shares are compared within three standard errors and a bit; the seed is fixed, so nothing flickers.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime

import polars as pl
import pytest

from demo.exported import ISO, Exported, share
from desireline.demo.company import build_demo
from desireline.demo.problems import (
    APP_CHECKOUT,
    GIFT_PICK_UP,
    HELP_LOOP,
    LATE_EAST,
    MOBILE_COSTS,
    OVERLAPPING_MAILS,
    PARCEL_TRACKING,
    SIZE_TOO_LATE,
    SLOW_EMAIL,
    STUCK_REFUND,
    WAREHOUSE_HANDOVER,
)

EAST = pl.col("region") == "East"
LATE = pl.col("delivered_at") > pl.col("promised_by")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Exported:
    return Exported(build_demo(tmp_path_factory.mktemp("demo"), customers=4000).folder)


def close(true: float, n: int) -> object:
    return pytest.approx(true, abs=3 * (true * (1 - true) / n) ** 0.5 + 0.01)


def since(problem) -> datetime:
    return datetime(problem.since.year, problem.since.month, problem.since.day, tzinfo=UTC)


def test_parcels_to_the_east_come_late_from_the_day_on(demo):
    parcels = demo.orders().drop_nulls("delivered_at")
    hit = EAST & (pl.col("placed_at") >= since(LATE_EAST))
    here, elsewhere = parcels.filter(hit), parcels.filter(~hit)
    assert share(here, LATE) == close(LATE_EAST.size["late"], len(here))
    assert share(elsewhere, LATE) == close(LATE_EAST.size["late_elsewhere"], len(elsewhere))
    before = elsewhere.filter(EAST)
    assert share(before, LATE) == close(LATE_EAST.size["late_elsewhere"], len(before))
    counted = demo.planted(LATE_EAST.id)["counts"]
    assert (counted["here"], counted["here_hit"]) == (len(here), len(here.filter(LATE)))
    assert (counted["elsewhere"], counted["elsewhere_hit"]) == (len(elsewhere), len(elsewhere.filter(LATE)))


def test_late_parcels_get_fewer_stars(demo):
    reviews = demo.table("reviews.csv").join(demo.orders(), on="order_no").with_columns(pl.col("stars").cast(pl.Int64))
    late, in_time = reviews.filter(LATE)["stars"], reviews.filter(~LATE.fill_null(False))["stars"]
    assert late.mean() == pytest.approx(LATE_EAST.size["stars_late"], abs=0.35)
    assert in_time.mean() == pytest.approx(LATE_EAST.size["stars_on_time"], abs=0.12)


def test_the_app_s_checkout_fails_since_its_new_version(demo):
    tried = demo.clicks().filter(pl.col("name").is_in(["checkout_start", "checkout_error"]))
    by_trip = tried.group_by("user", pl.col("ts").dt.truncate("1d"), "platform").agg(
        failed=(pl.col("status") == "failed").any(), at=pl.col("ts").min()
    )
    hit = (pl.col("platform") == "app") & (pl.col("at") >= since(APP_CHECKOUT))
    here, elsewhere = by_trip.filter(hit), by_trip.filter(~hit)
    assert share(here, pl.col("failed")) == close(APP_CHECKOUT.size["fails"], len(here))
    assert share(elsewhere, pl.col("failed")) == close(APP_CHECKOUT.size["fails_elsewhere"], len(elsewhere))


def test_the_mobile_site_loses_customers_at_the_delivery_costs(demo):
    seen = demo.clicks().filter(pl.col("name").is_in(["delivery_costs_view", "checkout_start"]))
    by_day = seen.group_by("user", "platform", pl.col("ts").dt.truncate("1d")).agg(
        leaves=~(pl.col("name") == "checkout_start").any()
    )
    mobile = pl.col("platform") == "mobile"
    here, elsewhere = by_day.filter(mobile), by_day.filter(~mobile)
    assert share(here, pl.col("leaves")) == close(MOBILE_COSTS.size["leaves"], len(here))
    assert share(elsewhere, pl.col("leaves")) == close(MOBILE_COSTS.size["leaves_elsewhere"], len(elsewhere))


def test_the_new_help_page_sends_customers_in_circles_and_then_to_the_phone(demo):
    looks = demo.clicks().filter(pl.col("name") == "help_view")
    by_day = looks.group_by("user", pl.col("ts").dt.truncate("1d")).agg(times=pl.len(), at=pl.col("ts").min())
    new = pl.col("at") >= since(HELP_LOOP)
    circles = pl.col("times") > 1
    here, before = by_day.filter(new), by_day.filter(~new)
    assert share(here, circles) == close(HELP_LOOP.size["loops"], len(here))
    assert share(before, circles) == close(HELP_LOOP.size["loops_before"], len(before))
    tickets = tickets_of(demo).filter(pl.col("follow_up_of").is_null())
    phone = pl.col("channel") == "phone"
    opened = pl.col("opened_at") >= since(HELP_LOOP)
    assert share(tickets.filter(opened), phone) > 1.4 * share(tickets.filter(~opened), phone)


def tickets_of(demo: Exported) -> pl.DataFrame:
    times = [
        pl.col(name).str.to_datetime(time_zone="UTC") for name in ("opened_at", "handed_over_at", "first_reply_at")
    ]
    return demo.table("tickets.csv").with_columns(times)


def test_one_promise_is_kept_in_the_chat_and_broken_by_e_mail(demo):
    tickets = tickets_of(demo).drop_nulls("first_reply_at")
    waited = (pl.col("first_reply_at") - pl.col("opened_at")).dt.total_seconds()
    mails = tickets.filter(pl.col("channel") == "email").with_columns(waited=waited)
    lines = (demo.folder / "chats.jsonl").read_text().splitlines()
    chats = [json.loads(line) for line in lines if line.endswith("}")]
    in_chat = pl.Series([chat["first_reply"] - chat["started"] for chat in chats])
    assert mails["waited"].median() / 3600 == pytest.approx(SLOW_EMAIL.size["median_hours_email"], rel=0.15)
    assert in_chat.median() / 60 == pytest.approx(SLOW_EMAIL.size["median_minutes_chat"], rel=0.2)
    assert demo.planted(SLOW_EMAIL.id)["counts"]["here"] == len(mails)


def test_e_mail_answers_are_rated_lower(demo):
    tickets = tickets_of(demo).with_columns(pl.col("satisfaction").cast(pl.Float64)).drop_nulls("satisfaction")
    mean = dict(tickets.group_by("channel").agg(pl.col("satisfaction").mean()).iter_rows())
    assert mean["email"] == pytest.approx(SLOW_EMAIL.size["csat_email"], abs=0.4)
    assert mean["phone"] == pytest.approx(SLOW_EMAIL.size["csat"], abs=0.3)


def test_returns_at_a_store_are_often_never_refunded(demo):
    returned = demo.at("orders.csv", "%d.%m.%Y %H:%M:%S", "return_received_at", "refunded_at").drop_nulls(
        "return_received_at"
    )
    old = returned.filter(pl.col("return_received_at") < datetime(2026, 8, 1, tzinfo=UTC))
    never = pl.col("refunded_at").is_null()
    by_store, by_post = (old.filter(pl.col("return_way") == way) for way in ("store", "post"))
    assert share(by_store, never) == close(STUCK_REFUND.size["never_refunded"], len(by_store))
    assert share(by_post, never) == close(STUCK_REFUND.size["never_refunded_by_post"], len(by_post))


def test_customers_ask_again_after_a_hand_over(demo):
    tickets = tickets_of(demo)
    first = tickets.filter(pl.col("follow_up_of").is_null()).with_columns(
        again=pl.col("ticket_no").is_in(tickets["follow_up_of"].drop_nulls().implode())
    )
    handed = pl.col("handed_over_at").is_not_null()
    passed_on = first.filter(handed)
    assert share(passed_on, pl.col("again")) == close(WAREHOUSE_HANDOVER.size["asks_again"], len(passed_on))
    assert share(first.filter(~handed), pl.col("again")) < 0.2


def test_those_who_got_both_campaigns_leave_the_newsletter(demo):
    mails = demo.table("email_log.csv")
    sent = mails.filter(pl.col("action") == "sent")
    got = {name: set(sent.filter(pl.col("campaign") == name)["email"]) for name in ("autumn-edit", "knitwear-weeks")}
    both = got["autumn-edit"] & got["knitwear-weeks"]
    left = mails.filter((pl.col("action") == "unsubscribed") & (pl.col("campaign") == "knitwear-weeks"))
    of_both = set(left["email"]) & both
    assert len(of_both) / len(both) == close(OVERLAPPING_MAILS.size["unsubscribes"], len(both))
    rest = mails.filter(pl.col("action") == "unsubscribed").height - len(of_both)
    assert rest / (len(sent) - len(both)) == close(OVERLAPPING_MAILS.size["unsubscribes_after_one"], len(sent))
    assert demo.planted(OVERLAPPING_MAILS.id)["counts"] == {
        "got_both": len(both),
        "unsubscribed_of_both": len(of_both),
        "unsubscribed": len(of_both) + rest,
    }


def test_nobody_takes_the_quiz(demo):
    assert not [name for name in set(demo.clicks()["name"]) if name.startswith("quiz")]


def test_many_look_for_their_parcel_on_a_page_that_is_not_on_the_map(demo):
    looks = demo.clicks().filter(pl.col("name") == "parcel_tracking_view")
    parcels = demo.orders().drop_nulls("delivered_at")
    assert len(looks) / len(parcels) == pytest.approx(
        PARCEL_TRACKING.size["looks"] * PARCEL_TRACKING.size["looks_each"], rel=0.1
    )
    assert demo.planted(PARCEL_TRACKING.id)["counts"] == {
        "looks": len(looks),
        "customers": looks["user"].n_unique(),
    }


def test_some_read_the_size_guide_after_the_purchase_and_send_more_back(demo):
    arrived = demo.orders().with_columns(arrived=pl.coalesce("delivered_at", "picked_up_at")).drop_nulls("arrived")
    guide = demo.clicks().filter(pl.col("name") == "size_guide_view").select(customer_no="user", read="ts")
    between = (pl.col("read") > pl.col("placed_at")) & (pl.col("read") < pl.col("arrived"))
    after = arrived.join(guide, on="customer_no").filter(between)["order_no"].unique()
    late_readers = arrived.filter(pl.col("order_no").is_in(after.implode()))
    others = arrived.filter(~pl.col("order_no").is_in(after.implode()))
    returns = pl.col("return_registered_at").is_not_null()
    assert len(late_readers) / len(arrived) == close(SIZE_TOO_LATE.size["reads_after"], len(arrived))
    assert share(late_readers, returns) == close(SIZE_TOO_LATE.size["returns_after"], len(late_readers))
    assert share(others, returns) == close(SIZE_TOO_LATE.size["returns"], len(others))


def test_gift_buyers_wait_longer_for_their_pick_up_and_say_so(demo):
    picked = demo.orders().drop_nulls("picked_up_at")
    picked = picked.with_columns(days=(pl.col("picked_up_at") - pl.col("placed_at")).dt.total_seconds() / 86_400)
    gift = pl.col("buys_for") == "gifts"
    here, others = picked.filter(gift), picked.filter(~gift)
    assert here["days"].median() == pytest.approx(GIFT_PICK_UP.size["median_days"], rel=0.1)
    assert others["days"].median() == pytest.approx(GIFT_PICK_UP.size["median_days_others"], rel=0.1)
    counted = demo.planted(GIFT_PICK_UP.id)["counts"]
    assert (counted["here"], counted["elsewhere"]) == (len(here), len(others))
    surveys = demo.table("surveys.csv").drop_nulls("pick_up_satisfaction").join(picked, on="order_no")
    score = surveys.group_by(gift.alias("gift")).agg(pl.col("pick_up_satisfaction").cast(pl.Float64).mean())
    mean = dict(score.iter_rows())
    assert mean[True] == pytest.approx(GIFT_PICK_UP.size["csat"], abs=0.5)
    assert mean[False] == pytest.approx(GIFT_PICK_UP.size["csat_others"], abs=0.3)


def test_nothing_else_is_planted(demo):
    surveys = demo.with_customer(demo.at("surveys.csv", ISO, "answered_at")).drop_nulls("recommend")
    for column in ("region", "buys_for", "club"):
        means = surveys.group_by(column).agg(pl.col("recommend").cast(pl.Float64).mean())["recommend"]
        assert means.max() - means.min() < 0.8, column
    orders = demo.orders()
    for column in ("region", "club"):
        returned = orders.group_by(column).agg(pl.col("return_registered_at").is_not_null().mean())[
            "return_registered_at"
        ]
        assert returned.max() - returned.min() < 0.07, column
