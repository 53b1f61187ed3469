from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desireline.errors import RecipeMismatch
from desireline.recipes.records import Times
from desireline.recipes.times import read_dates, read_times


def read(text: str | None, form: str = "iso", zone: str | None = None) -> str | None:
    """The instant as ISO text in UTC, or the reason why there is none."""
    instants, reasons = read_times(pl.Series([text], dtype=pl.String), Times(form=form, zone=zone))
    return reasons[0] or (instants[0] and instants[0].isoformat().removesuffix("+00:00"))


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-03-01T10:00:00+01:00", "2026-03-01T09:00:00"),
        ("2026-03-01 10:00:00 +0530", "2026-03-01T04:30:00"),
        ("2026-03-01T10:00-05", "2026-03-01T15:00:00"),
        ("2026-03-01T10:00Z", "2026-03-01T10:00:00"),
        ("2026-03-01 10:00:00 UTC", "2026-03-01T10:00:00"),
        ("2026-03-01T10:00:00.123456789Z", "2026-03-01T10:00:00.123456"),
        ("2026-03-01T10:00:00,5Z", "2026-03-01T10:00:00.500000"),
        ("20260301T101112Z", "2026-03-01T10:11:12"),
        ("  2026/3/1 9:05Z ", "2026-03-01T09:05:00"),
    ],
)
def test_iso_texts_with_an_offset_need_no_zone(text, instant):
    assert read(text) == instant


@pytest.mark.parametrize(
    ("text", "form", "instant"),
    [
        ("29/2/2016 01:16", "day first", "2016-02-29T01:16:00"),
        ("01.03.2026", "day first", "2026-03-01T00:00:00"),
        ("1-3-26, 10:00", "day first", "2026-03-01T10:00:00"),
        ("1/3/69 10:00:59.5", "day first", "1969-03-01T10:00:59.500000"),
        ("3/1/2026 12:05 AM", "month first", "2026-03-01T00:05:00"),
        ("3/1/2026 12:05 p.m.", "month first", "2026-03-01T12:05:00"),
        ("3/1/2026 1:05PM", "month first", "2026-03-01T13:05:00"),
        ("2026-03-01 10:00", "day first", "2026-03-01T10:00:00"),
        ("1538352117", "epoch s", "2018-10-01T00:01:57"),
        ("1538352117.25", "epoch s", "2018-10-01T00:01:57.250000"),
        ("1538352117676", "epoch ms", "2018-10-01T00:01:57.676000"),
        ("1538352117676001", "epoch us", "2018-10-01T00:01:57.676001"),
        ("-1500", "epoch ms", "1969-12-31T23:59:58.500000"),
        ("1 Mar 2026 10:00:01.25", "%d %b %Y %H:%M:%S.%f", "2026-03-01T10:00:01.250000"),
        ("01 March 2026", "%d %B %Y", "2026-03-01T00:00:00"),
        ("01.03.2026 10:00 +0100", "%d.%m.%Y %H:%M %z", "2026-03-01T09:00:00"),
    ],
)
def test_every_form_that_a_recipe_can_name(text, form, instant):
    assert read(text, form, "UTC") == instant


@pytest.mark.parametrize(
    ("text", "form", "reason"),
    [
        ("31/2/2016", "day first", "bad_time"),
        ("12/31/2016", "day first", "bad_time"),
        ("1/3/2026 13:05 PM", "day first", "bad_time"),
        ("1/3/2026 0:05 AM", "day first", "bad_time"),
        ("2026-02-29", "iso", "bad_time"),
        ("2026-03-01T24:00", "iso", "bad_time"),
        ("2026-03-01T10:60", "iso", "bad_time"),
        ("2026-03-01T10:00+99:00", "iso", "bad_time"),
        ("1/3/2026", "iso", "bad_time"),
        ("٢٠٢٦-٠٣-٠١", "iso", "bad_time"),
        ("yesterday", "iso", "bad_time"),
        ("1e12", "epoch ms", "bad_time"),
        ("9999-12-31", "iso", "time_out_of_range"),
        ("1899-12-31 23:59", "iso", "time_out_of_range"),
        ("12/31/1899", "month first", "time_out_of_range"),
        ("99999999999999999999999", "epoch s", "time_out_of_range"),
    ],
)
def test_what_is_no_instant_says_why(text, form, reason):
    assert read(text, form, "UTC") == reason


def test_a_text_without_an_offset_needs_a_zone_and_nothing_needs_none():
    assert read("2026-03-01 10:00") == "no_zone"
    assert read("2026-03-01") == "no_zone"
    assert read("2026-03-01", zone="Europe/Berlin") == "2026-02-28T23:00:00"
    assert [read(empty) for empty in ("", "   ", None)] == [None, None, None]


def test_where_clocks_change_gaps_move_forward_and_overlaps_take_the_first():
    assert read("2026-03-29 02:30", zone="Europe/Berlin") == "2026-03-29T01:30:00"
    assert read("2026-10-25 02:30", zone="Europe/Berlin") == "2026-10-25T00:30:00"
    assert read("2011-12-30 12:00", zone="Pacific/Apia") == "2011-12-30T22:00:00"


def test_dates_need_no_zone():
    dates, reasons = read_dates(pl.Series(["2026-03-01", "2026-03-01T23:30:00-05:00", "1.3.2026", None]), Times())
    assert dates.to_list() == [date(2026, 3, 1), date(2026, 3, 1), None, None]
    assert reasons.to_list() == [None, None, "bad_time", None]
    epoch, _ = read_dates(pl.Series(["1538352117"]), Times(form="epoch s", zone="America/New_York"))
    assert epoch.to_list() == [date(2018, 9, 30)]


def test_unknown_zones_and_forms_name_their_nearest():
    with pytest.raises(RecipeMismatch, match="Did you mean 'Europe/Berlin'"):
        read("2026-03-01", zone="Europe/Berlln")
    with pytest.raises(RecipeMismatch, match="Did you mean 'day first'"):
        read("1/3/2026", form="day-first")


def test_no_texts_give_no_instants():
    for form in ("iso", "day first", "epoch s", "%d %b %Y"):
        instants, reasons = read_times(pl.Series([], dtype=pl.String), Times(form=form, zone="Europe/Berlin"))
        assert (instants.dtype, len(instants), len(reasons)) == (pl.Datetime("us", "UTC"), 0, 0)


zones = st.sampled_from(["UTC", "Europe/Berlin", "America/Sao_Paulo", "Asia/Kolkata", "Australia/Lord_Howe"])
readings = st.datetimes(min_value=datetime(1971, 1, 1), max_value=datetime(2037, 12, 31))


@given(st.lists(readings, min_size=1, max_size=30), zones)
@settings(max_examples=40, deadline=None)
def test_local_times_mean_what_python_says_they_mean(local, zone):
    texts = pl.Series([f"{one.day}/{one.month}/{one:%Y %H:%M:%S.%f}" for one in local])
    instants, reasons = read_times(texts, Times(form="day first", zone=zone))
    assert reasons.null_count() == len(local)
    assert instants.to_list() == [one.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC) for one in local]


@given(st.lists(st.tuples(readings, st.integers(-840, 840)), min_size=1, max_size=30))
@settings(max_examples=40, deadline=None)
def test_iso_texts_mean_what_python_says_they_mean(seen):
    aware = [one.replace(tzinfo=timezone(timedelta(minutes=minutes))) for one, minutes in seen]
    instants, _ = read_times(pl.Series([one.isoformat() for one in aware]), Times())
    assert instants.to_list() == [one.astimezone(UTC) for one in aware]
