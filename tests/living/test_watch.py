"""What is watched of journeys: moves, waits, channels, customers; and that buckets can be split and joined."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import numpy as np
import polars as pl
import pytest

from desireline.living.looking import look_for_drift
from desireline.living.watch import ANYWHERE, END, Watch, bins, wait_of
from desireline.living.windows import NEITHER, Windows, choose_windows, monday, weeks_of
from desireline.measures.view import View
from desireline.tables import Trips
from measures.rows import DAWN, SHOP, take, trips

POINTS = list(SHOP.touchpoint)
WINDOWS = Windows(date(2026, 2, 1), date(2026, 3, 2), date(2026, 6, 1))
STEPS = """
    customer  journey  minute  touchpoint  channel
    ana       a1       0       ad          web
    ana       a1       1       ad          app
    ana       a1       5       page        app
    ana       a1       9       pay         app
    ben       b1       1440    ad          web
    ben       b1       1441    help        .
"""


def with_events(walked: Trips) -> Trips:
    """Each step with the event that it was: named like its touchpoint."""
    steps = walked.steps.with_columns(pl.col("touchpoint").alias("event"))
    return Trips(walked.journeys, steps, walked.answers, walked.deviations, walked.customers)


def watched(text=STEPS, *, shut=(), windows=WINDOWS):
    watch = Watch(SHOP, windows, frozenset(shut))
    return watch.finish(watch.combine([watch.partial(View(with_events(trips(text)), SHOP))]))


def moves(found):
    names = {**dict(enumerate(POINTS)), END: "end"}
    rows = found["moves"].select("slot", "start", "to", "count").sort("slot", "start", "to").iter_rows()
    return [(slot, names[start], names[to], count) for slot, start, to, count in rows]


def test_a_move_leaves_a_touchpoint_for_another_or_for_good():
    assert moves(watched()) == [
        (-1, "ad", "page", 1),
        (-1, "page", "pay", 1),
        (-1, "pay", "end", 1),
        (0, "ad", "help", 1),
        (0, "help", "end", 1),
    ]


def test_customers_are_counted_once_on_each_side_of_any_split():
    found = watched()
    ad = POINTS.index("ad")
    assert found.customers(0, ad) == (1, 1)
    assert found.customers(-1, ad) == (0, 2)
    assert found.customers(0, ad, POINTS.index("page")) == (1, 0)
    assert found.customers(0, POINTS.index("order")) == (0, 0)


def test_whoever_comes_again_is_one_customer_in_any_span_of_weeks():
    text = """
        customer  journey  minute  touchpoint
        ana       a1       0       ad
        ana       a2       10080   ad
        ana       a3       20160   ad
        ben       b1       20160   ad
    """
    walked = trips(text)
    fit = Trips(
        walked.journeys.with_columns(pl.lit(0.9).alias("fitness")),
        *(walked.steps.with_columns(pl.col("touchpoint").alias("event")), walked.answers),
        *(walked.deviations, walked.customers),
    )
    watch = Watch(SHOP, WINDOWS)
    found = watch.finish(watch.partial(View(fit, SHOP)))
    weeks = sorted(found["returns"]["week"].unique())
    assert len(weeks) == 3
    assert [found.begun_by(set(weeks[k:])) for k in range(3)] == [2, 2, 2]
    assert [found.begun_by(set(weeks[:k])) for k in range(4)] == [0, 1, 1, 2]


def test_channels_count_every_step_that_has_one():
    rows = watched()["channels"].filter(pl.col("start") == POINTS.index("ad"))
    assert sorted(rows.select("slot", "channel", "count").iter_rows()) == [
        (-1, "app", 1),
        (-1, "web", 1),
        (0, "web", 1),
    ]


def test_events_that_are_shut_were_never_there():
    found = watched(shut=["page"])
    assert (-1, "ad", "pay", 1) in moves(found)
    assert found["shut"].select("event", "count").rows() == [("page", 1)]


def test_moves_of_the_last_days_are_left_out():
    early = Windows(date(2026, 2, 1), date(2026, 2, 20), date(2026, 3, 10))  # a month of patience
    assert moves(watched(windows=early)) == []


def test_blind_days_belong_to_no_slot():
    blind = WINDOWS.without((date(2026, 3, 1), date(2026, 3, 2)))
    assert [slot for slot, *_ in moves(watched(windows=blind))] == [0, 0]


def test_waits_stand_on_a_scale_of_two_steps_to_a_doubling():
    seconds = np.array([0, 1, 2, 4, 60, 3600]) * 1_000_000
    assert bins(seconds).tolist() == [0, 0, 2, 4, 11, 23]
    assert wait_of(2) == pytest.approx(2 * 2**0.25)


def test_buckets_can_be_split_and_joined():
    whole = trips(STEPS)
    watch = Watch(SHOP, WINDOWS)
    parts = [watch.partial(View(with_events(take(whole, [name])), SHOP)) for name in ("ben", "ana")]
    joined = watch.finish(watch.combine([watch.combine(parts[:1]), parts[1]]))
    plain = watched()
    assert all(joined[name].equals(plain[name]) for name in plain.tables)


def test_nothing_at_all_is_watched_too():
    watch = Watch(SHOP, WINDOWS)
    assert watch.finish(watch.combine([])).customers(0, 0, ANYWHERE) == (0, 0)


def test_the_current_window_is_the_last_quarter_from_a_monday_on():
    found = choose_windows(datetime(2025, 9, 1, tzinfo=UTC), datetime(2026, 8, 31, 23, tzinfo=UTC))
    assert found == Windows(date(2025, 9, 1), date(2026, 6, 1), date(2026, 8, 31), scanned=True)
    assert found.splits[-1] == 9
    assert found.enough == ""


def test_a_month_of_data_is_too_little_and_says_how_much_it_takes():
    found = choose_windows(datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 31, tzinfo=UTC))
    assert found is not None
    assert found.enough == "not enough data: 30 of 56 days"
    assert choose_windows(None, None) is None


def test_a_named_day_splits_there_and_needs_a_week():
    begin, end = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC)
    found = choose_windows(begin, end, since=date(2026, 3, 28))
    assert found is not None
    assert found.splits == (0,)
    assert found.enough == "not enough data: 4 of 7 days since 2026-03-28"


def test_days_are_those_of_utc_whatever_the_zone_of_the_first_event():
    plus = datetime(2026, 1, 2, 1, tzinfo=UTC) - timedelta(hours=2)
    found = choose_windows(plus, plus + timedelta(days=100))
    assert found is not None
    assert found.first == date(2026, 1, 1)


def test_weeks_begin_on_mondays():
    sunday, first = (int(datetime(2026, 3, day, tzinfo=UTC).timestamp() * 1e6) for day in (1, 2))
    weeks = weeks_of(np.array([sunday, first]))
    assert [monday(week) for week in weeks] == [date(2026, 2, 23), date(2026, 3, 2)]
    assert WINDOWS.slots(np.array([0])).tolist() == [NEITHER]


def test_one_customer_is_never_told_of():
    long = STEPS.replace("1440", "200000").replace("1441", "200001")
    looking = look_for_drift(SHOP, first_at=DAWN, last_at=DAWN + timedelta(days=200), volumes=pl.DataFrame())
    found = looking.finish(looking.combine([looking.partial(View(with_events(trips(long)), SHOP))]))
    assert found.drifted == ()
    assert {one.why for one in found.untold} >= {"fewer than 50 customers before or after"}


def test_without_events_there_is_nothing_to_compare():
    looking = look_for_drift(SHOP, first_at=None, last_at=None, volumes=pl.DataFrame())
    assert looking.finish(looking.combine([])).note == "there are no events"
