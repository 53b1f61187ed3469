"""A trace of rows in any order."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.trace.company import SOME, Event, cut, files, frame, journeys, many, read

from desireline.errors import TraceInputUnusable, UnknownColumn
from desireline.hashes import hash_text
from desireline.trace.raw import build_raw, parquet_batches
from desireline.trace.trace import Trace

names = st.text("abcé0\x00", max_size=14)
rows = st.lists(
    st.tuples(
        names,
        st.integers(-(10**17), 10**17) | st.integers(0, 3),
        names,
        st.none() | names,
        st.none() | st.integers(-(10**9), 10**9).map(lambda cents: cents / 100),
    ),
    max_size=40,
)


def test_each_customer_has_their_events_in_time_order(tmp_path: Path):
    build_raw([frame(SOME)], tmp_path)
    assert read(Trace.open(tmp_path)) == {
        "ana": [(10, "visit", "web", 0), (10, "look", None, 0), (30, "pay", "web", 99_900)],
        "bob": [(10, "visit", "app", 0)],
        "çelik-with-a-name-of-many-letters": [(-5, "visit", "web", 5_000)],
    }


def test_names_are_in_alphabetical_order_and_missing_comes_first(tmp_path: Path):
    build_raw([frame(SOME)], tmp_path)
    assert Trace.open(tmp_path).names == {"event": ("look", "pay", "visit"), "channel": (None, "app", "web")}


@given(events=rows, sizes=st.lists(st.integers(0, 5), max_size=5))
@settings(deadline=None, max_examples=60)
def test_a_trace_holds_what_plain_sorting_gives(events: list[Event], sizes: list[int]):
    with TemporaryDirectory() as folder:
        built = build_raw(cut(events, sizes), folder)
        trace = Trace.open(folder)
        assert read(trace) == journeys(events)
        assert (
            (built.events, built.customers) == (trace.events, trace.customers) == (len(events), len(journeys(events)))
        )


@given(sizes=st.lists(st.integers(0, 900), max_size=6), memory=st.sampled_from([0, 20_000, 1 << 30]))
@settings(deadline=None, max_examples=20)
def test_how_rows_are_cut_and_kept_on_the_way_makes_no_difference(sizes: list[int], memory: int):
    events = many(2000)
    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        build_raw([frame(events)], one)
        build_raw(cut(events, sizes), other, memory=memory, threads=3)
        assert files(Path(one)) == files(Path(other))


def test_slices_end_on_a_customer_and_stand_by_key(tmp_path: Path):
    events = many(3000)
    build_raw([frame(events)], tmp_path)
    trace = Trace.open(tmp_path)
    parts = list(trace.slices(0, largest=100))
    assert len(parts) > 10
    assert read(trace, largest=100) == journeys(events)
    keys = [key for part in parts for key in part.key.tolist()]
    assert keys == sorted(hash_text(pl.Series(list(journeys(events)))).tolist())


def test_buckets_are_the_top_bits_of_the_hash_of_the_id(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("desireline.trace.raw.COMFORTABLE", 100)
    events = many(3000, customers=400)
    build_raw([frame(events)], tmp_path)
    trace = Trace.open(tmp_path)
    assert trace.buckets == 32
    assert read(trace) == journeys(events)
    for bucket in range(trace.buckets):
        assert all(key >> 59 == bucket for part in trace.slices(bucket) for key in part.key.tolist())


def test_no_rows_make_a_trace_of_nothing(tmp_path: Path):
    build_raw([], tmp_path)
    trace = Trace.open(tmp_path)
    assert (trace.events, trace.customers, trace.span, read(trace)) == (0, 0, None, {})


def test_rows_without_customer_instant_or_event_are_counted_and_left_out(tmp_path: Path):
    holes = frame(SOME).with_columns(
        customer_id=pl.Series([None, "bob", "ana", "ana", "ana"]),
        at=pl.Series([1, None, 1, 2, 3]),
        event=pl.Series(["a", "a", None, "b", "c"]),
    )
    built = build_raw([holes], tmp_path)
    assert built.left_out == 3
    assert read(Trace.open(tmp_path)) == {"ana": [(2, "b", None, 0), (3, "c", "web", 5_000)]}


def test_no_channel_and_no_value_leave_no_columns(tmp_path: Path):
    build_raw([frame(SOME).drop("channel", "value")], tmp_path)
    (part,) = Trace.open(tmp_path).slices(0)
    assert (part.channel, part.value) == (None, None)


def test_instants_of_every_kind_are_microseconds(tmp_path: Path):
    one = pl.DataFrame({"customer_id": ["ana"], "event": ["visit"], "at": ["1969-12-31T23:59:59"]})
    for kind, micros in (
        (pl.Datetime("ms"), -1_000_000),
        (pl.Datetime("ns", "UTC"), -1_000_000),
        (pl.Date, -86_400_000_000),
    ):
        build_raw([one.with_columns(at=pl.col("at").str.to_datetime().dt.replace_time_zone(None).cast(kind))], tmp_path)
        assert Trace.open(tmp_path).span == (micros, micros)


def test_decimals_and_whole_numbers_are_values_too(tmp_path: Path):
    for value in (pl.Series(["2.5"]).cast(pl.Decimal(18, 4)), pl.Series([2]), pl.Series([2.50004])):
        build_raw([pl.DataFrame({"customer_id": ["ana"], "event": ["pay"], "at": [1], "value": value})], tmp_path)
        (part,) = Trace.open(tmp_path).slices(0)
        assert part.value is not None
        assert part.value.tolist() in ([25_000], [20_000])


def test_further_fields_are_columns_of_codes(tmp_path: Path):
    build_raw(
        [frame(SOME).with_columns(status=pl.Series(["ok", None, None, "ok", "bad"]))], tmp_path, fields=["status"]
    )
    trace = Trace.open(tmp_path)
    events = trace.bucket_events(0)
    assert trace.fields == ("event", "channel", "status")
    assert sorted(trace.names["status"][code] or "" for code in events.codes["status"].tolist()) == [
        "",
        "",
        "bad",
        "ok",
        "ok",
    ]


@pytest.mark.parametrize("count", [255, 256, 257, 65_535, 65_536, 65_537])
def test_codes_are_as_wide_as_their_names_need(tmp_path: Path, count: int):
    events = pl.DataFrame({"customer_id": "ana", "at": range(count), "event": [f"event {n:06d}" for n in range(count)]})
    build_raw(events.iter_slices(20_000), tmp_path)
    trace = Trace.open(tmp_path)
    (part,) = trace.slices(0)
    assert part.touchpoint.dtype.itemsize == (1 if count <= 256 else 2 if count <= 65_536 else 4)
    assert part.touchpoint.tolist() == list(range(count))
    assert trace.names["event"] == tuple(events["event"])


def test_all_events_at_one_instant_stay_as_they_came(tmp_path: Path):
    events: list[Event] = [(f"c{row % 7}", 5, f"e{row % 11}", None, None) for row in range(5000)]
    build_raw(cut(events, [1234, 77]), tmp_path)
    assert read(Trace.open(tmp_path)) == journeys(events)


def test_one_customer_may_have_nearly_all_events(tmp_path: Path):
    events = [("ana", at, event, channel, value) for _, at, event, channel, value in many(20_000)] + SOME
    build_raw(cut(events, [7000]), tmp_path, memory=100_000)
    assert read(Trace.open(tmp_path), largest=500) == journeys(events)


def test_parquet_is_read_with_its_own_names(tmp_path: Path):
    frame(SOME).rename({"customer_id": "who", "at": "when"}).write_parquet(tmp_path / "raw.parquet")
    columns = {"customer_id": "who", "at": "when", "event": "event", "channel": "channel", "value": "value"}
    build_raw(parquet_batches(tmp_path / "raw.parquet", columns), tmp_path / "trace")
    assert read(Trace.open(tmp_path / "trace")) == journeys(SOME)


def test_a_column_that_is_missing_is_named(tmp_path: Path):
    with pytest.raises(UnknownColumn, match="'event'"):
        build_raw([frame(SOME).drop("event")], tmp_path)
    with pytest.raises(TraceInputUnusable, match="'at' holds String"):
        build_raw([frame(SOME).cast({"at": pl.String})], tmp_path)
