"""A source that falls silent is told; one that only rests, or shares everybody's season, is not."""

from __future__ import annotations

import polars as pl

from desireline.living.outage import Silence, find_silences, lasting, passing
from living.days import day, volumes

WEEK = [30, 28, 31, 29, 30, 0, 0]


def told(sources, days):
    return [(one.source, one.kind, one.since, one.until) for one in find_silences(volumes(sources), day(days))]


def test_a_daily_source_that_stops_is_silent_from_its_first_empty_day():
    found = find_silences(volumes({"shop": [40] * 60 + [0] * 3}), day(63))
    assert found == (Silence("shop", "silent", day(60), None, 3, 0, 120.0, ("shop",)),)
    assert found[0].says == "Source 'shop' brought nothing in 3 days since 2026-03-06; usual: 120."


def test_weekends_off_are_no_silence_but_a_week_off_is():
    assert told({"office": WEEK * 10}, 70) == []
    assert told({"office": WEEK * 10 + [0] * 7}, 77) == [("office", "silent", day(68), None)]


def test_a_monthly_source_may_be_quiet_for_a_month():
    monthly = ([0] * 27 + [900]) * 6 + [0] * 20
    assert told({"mails": monthly}, len(monthly)) == []


def test_a_gap_that_ended_is_told_with_its_end():
    found = find_silences(volumes({"shop": [40] * 40 + [0] * 5 + [40] * 20}), day(65))
    assert [(one.since, one.until, one.days) for one in found] == [(day(40), day(45), 5)]
    assert passing(found) == found
    assert lasting(found) == ()


def test_a_tenth_of_the_usual_rows_is_thin():
    assert told({"shop": [40] * 60 + [4] * 5}, 65) == [("shop", "thin", day(60), None)]


def test_a_season_that_all_sources_feel_is_no_outage():
    quiet = [40] * 60 + [8] * 10
    assert told({"shop": quiet, "mails": quiet, "calls": quiet}, 70) == []
    assert told({"shop": quiet, "mails": [40] * 70, "calls": [40] * 70}, 70) == [("shop", "thin", day(60), None)]


def test_growth_is_no_silence():
    assert told({"app": list(range(1, 101))}, 100) == []


def test_a_source_of_a_single_day_and_one_of_a_week_are_not_judged():
    assert told({"once": [500], "new": [20] * 7}, 30) == []


def test_the_last_day_is_not_judged():
    assert told({"shop": [40] * 60 + [1]}, 60) == []


def test_without_volumes_nothing_is_silent():
    assert find_silences(pl.DataFrame()) == ()


def test_answers_have_a_source_too_but_feed_no_touchpoint():
    told = volumes({"reviews": [10] * 40 + [0] * 6}).with_columns(pl.lit(None, dtype=pl.String).alias("event"))
    found = find_silences(told, day(46))
    assert [(one.source, one.events) for one in found] == [("reviews", ())]
    assert lasting(found) == ()


def test_a_source_that_brings_a_seventh_and_stops_freezes_what_it_fed():
    both = {"web": [85] * 100, "app": [15] * 60}
    told = volumes(both).with_columns(pl.lit("buy").alias("event"))
    (found,) = find_silences(told, day(100))
    assert (found.source, found.events) == ("app", ("buy",))
    assert lasting((found,)) == (found,)


def test_what_a_source_feeds_is_told_by_the_days_on_which_it_ran():
    grown = {"web": [10] * 60 + [400] * 60, "app": [4] * 60}
    told = volumes(grown).with_columns(pl.lit("buy").alias("event"))
    (found,) = find_silences(told, day(120))
    assert (found.source, found.events) == ("app", ("buy",))


def test_a_source_feeds_the_events_of_which_it_brings_three_in_a_hundred():
    both = pl.concat(
        [
            volumes({"web": [40] * 60}).with_columns(pl.lit("order").alias("event")),
            volumes({"app": [4] * 50}).with_columns(pl.lit("order").alias("event")),
            volumes({"app": [1] * 50}).with_columns(pl.lit("see").alias("event")),
            volumes({"web": [40] * 60}).with_columns(pl.lit("see").alias("event")),
        ]
    )
    assert [(one.source, one.events) for one in find_silences(both, day(60))] == [("app", ("order",))]
