"""A trace that follows tables in buckets: what did not change is kept, what is new is added."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.trace.company import Event, files, frame, journeys, many, read

from desireline.hashes import bucket_of
from desireline.slices import Slice
from desireline.trace.grouped import keep_grouped
from desireline.trace.making import Built
from desireline.trace.trace import Trace

BUCKETS = 4


class Files:
    """Days of events, each in a file for every bucket, and what was read of them."""

    def __init__(self, days: Sequence[list[Event]], *, buckets: int = BUCKETS) -> None:
        self.days = [frame(day) for day in days]
        self.buckets = buckets
        self.asked: list[tuple[int, list[int]]] = []

    def parts(self) -> list[tuple[str, ...]]:
        return [tuple(f"day {day}" for day in range(len(self.days)))] * self.buckets

    def read(self, bucket: int, numbers: range) -> pl.DataFrame:
        self.asked.append((bucket, list(numbers)))
        rows = pl.concat([self.days[number] for number in numbers])
        return rows.filter(bucket_of(rows["customer_id"], buckets=self.buckets) == bucket)

    def keep(self, into: Path | str, **more: str) -> Built:
        self.asked = []
        return keep_grouped(into, self.read, self.parts(), **more)


def split(events: list[Event], days: int) -> list[list[Event]]:
    size = len(events) // days + 1
    return [events[day * size : (day + 1) * size] for day in range(days)]


def test_a_day_more_adds_a_piece_and_reads_only_that_day(tmp_path: Path):
    events = many(4000)
    days = split(events, 3)
    assert Files(days[:2]).keep(tmp_path).made == BUCKETS
    later = Files(days)
    built = later.keep(tmp_path)
    assert (built.made, built.appended, built.kept) == (0, BUCKETS, 0)
    assert sorted(later.asked) == [(bucket, [2]) for bucket in range(BUCKETS)]
    assert read(Trace.open(tmp_path)) == journeys(events)


def test_days_that_were_merged_into_one_file_are_not_read_again(tmp_path: Path):
    events = many(4000)
    days = split(events, 4)
    Files(days[:3], buckets=1).keep(tmp_path)
    merged = Files([days[0], days[1] + days[2], days[3]], buckets=1)
    built = keep_grouped(tmp_path, merged.read, [["day 0", ("day 1", "day 2"), "day 3"]])
    assert (built.appended, merged.asked) == (1, [(0, [2])])
    assert read(Trace.open(tmp_path)) == journeys(events)


def test_a_file_that_holds_known_and_new_days_makes_the_bucket_anew(tmp_path: Path):
    events = many(1000)
    days = split(events, 3)
    Files(days[:2], buckets=1).keep(tmp_path)
    merged = Files([days[0], days[1] + days[2]], buckets=1)
    built = keep_grouped(tmp_path, merged.read, [["day 0", ("day 1", "day 2")]])
    assert (built.made, merged.asked) == (1, [(0, [0, 1])])
    assert read(Trace.open(tmp_path)) == journeys(events)


def test_nothing_new_reads_nothing(tmp_path: Path):
    days = split(many(1000), 2)
    Files(days).keep(tmp_path)
    before = files(tmp_path)
    again = Files(days)
    assert again.keep(tmp_path, inputs="later").kept == BUCKETS
    assert (again.asked, files(tmp_path)) == ([], before)
    assert Trace.open(tmp_path, inputs="later").inputs == "later"


def test_a_bucket_whose_files_were_written_anew_is_made_again(tmp_path: Path):
    days = Files(split(many(1000), 2))
    days.keep(tmp_path)
    parts = days.parts()
    parts[2] = ("day 0 and day 1",)
    days.asked = []
    built = keep_grouped(tmp_path, lambda bucket, _: days.read(bucket, range(2)), parts)
    assert (built.made, built.kept, days.asked) == (1, 3, [(2, [0, 1])])
    assert read(Trace.open(tmp_path)) == journeys(many(1000))


@pytest.mark.parametrize("change", [{"basis": "other"}, {"fields": ("value",)}])
def test_another_basis_or_other_fields_make_all_anew(tmp_path: Path, change: dict[str, str]):
    days = Files(split(many(500), 2))
    days.keep(tmp_path)
    assert days.keep(tmp_path, **change).made == BUCKETS


@given(seed=st.integers(0, 999), days=st.integers(1, 6), late=st.sampled_from([0.0, 0.05, 0.9]))
@settings(deadline=None, max_examples=30)
def test_days_one_after_another_give_what_all_at_once_gives(seed: int, days: int, late: float):
    events = many(300, seed=seed, late=late)
    parts = split(events, days)
    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        for day in range(days):
            Files(parts[: day + 1]).keep(one)
        Files([events]).keep(other)
        slowly, once = Trace.open(one), Trace.open(other)
        assert read(slowly) == read(once) == journeys(events)
        assert (slowly.events, slowly.customers) == (once.events, once.customers)
        for bucket in range(BUCKETS):
            a, b = (list(trace.slices(bucket)) for trace in (slowly, once))
            assert [part.key.tolist() for part in a] == [part.key.tolist() for part in b]


def test_many_small_days_are_merged_at_last(tmp_path: Path):
    days = [many(3000, customers=90), *split(many(200, seed=2, customers=90), 40)]
    pieces = []
    for day in range(1, len(days) + 1):
        Files(days[:day], buckets=1).keep(tmp_path)
        pieces.append(len(list(tmp_path.glob("*.cols"))))
    trace = Trace.open(tmp_path)
    assert max(pieces) == 31
    assert pieces[-1] < 15
    assert trace.parts(0) == tuple(f"day {day}" for day in range(len(days)))
    assert read(trace) == journeys([event for day in days for event in day])
    trace.check()


def test_ranks_decide_within_an_instant_whichever_day_came_first(tmp_path: Path):
    first = frame([("ana", 5, "second", None, None)]).with_columns(rank=pl.lit(2))
    later = frame([("ana", 5, "third", None, None), ("ana", 5, "first", None, None)])
    later = later.with_columns(rank=pl.Series([3, 1]))

    def keep(days: int) -> None:
        keep_grouped(tmp_path, lambda _, numbers: [first, later][numbers[0]], [("a", "b")[:days]])

    keep(1)
    keep(2)
    assert [name for _, name, *_ in read(Trace.open(tmp_path))["ana"]] == ["first", "second", "third"]


def test_touched_customers_come_as_they_were_and_as_they_are(tmp_path: Path):
    old, new = many(2000, customers=200), [*many(30, seed=5, customers=20), ("new", 3, "visit", None, None)]
    Files([old], buckets=1).keep(tmp_path)
    Files([old, new], buckets=1).keep(tmp_path)
    trace = Trace.open(tmp_path)
    found = trace.touched(0, 1)
    assert found is not None
    names = {one for one, *_ in new}
    was, now = journeys(old), journeys(old + new)
    assert by_customer(trace, found[0]) == without_values({one: rows for one, rows in was.items() if one in names})
    assert by_customer(trace, found[1]) == without_values({one: rows for one, rows in now.items() if one in names})
    assert trace.touched(0, 0) is None


def by_customer(trace: Trace, part: Slice):
    assert part.key is not None
    assert part.channel is not None
    assert part.value is None
    found = {}
    for i, customer in enumerate(trace.ids_of(0, part.key)):
        a, b = part.starts[i : i + 2].tolist()
        names = [trace.names["event"][code] for code in part.touchpoint[a:b].tolist()]
        channels = [trace.names["channel"][code] for code in part.channel[a:b].tolist()]
        found[customer] = list(zip(part.at[a:b].tolist(), names, channels, strict=True))
    return found


def without_values(found):
    return {customer: [row[:3] for row in rows] for customer, rows in found.items()}


def test_a_bucket_without_rows_is_not_asked_for_again(tmp_path: Path):
    nobody = Files([[("ana", 1, "visit", None, None)]])
    nobody.keep(tmp_path)
    assert nobody.keep(tmp_path).kept == BUCKETS
    assert read(Trace.open(tmp_path)) == {"ana": [(1, "visit", None, 0)]}


def test_new_names_come_behind_known_ones_and_may_need_wider_codes(tmp_path: Path):
    first = [("ana", row, f"event {row:03d}", None, None) for row in range(200)]
    later = [("bob", row, f"event {row:03d}", None, None) for row in range(400)]
    Files([first], buckets=1).keep(tmp_path)
    Files([first, later], buckets=1).keep(tmp_path)
    trace = Trace.open(tmp_path)
    assert trace.names["event"] == tuple(f"event {row:03d}" for row in range(400))
    assert read(trace) == journeys(first + later)
