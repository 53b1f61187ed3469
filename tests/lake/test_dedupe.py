"""Laws of identity, on the pure functions: what a lake holds after files came in, in any order and cut."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from desireline.lake.dedupe import Settled, keep_earliest, number_repeats, settle, settle_newest
from desireline.lake.staging import BOOKKEEPING
from desireline.tables import CAMPAIGNS, EVENTS

START = datetime(2026, 3, 1, tzinfo=UTC)
law = settings(deadline=None, max_examples=40)
contents = st.lists(st.sampled_from("abc"), max_size=8)


def staged(files: Sequence[Iterable[str]]) -> pl.DataFrame:
    """Events without own ids, one letter being one content, in one import of several files."""
    rows = [
        {
            "customer_id": "ana",
            "event": letter,
            "row": row,
            "_file": file,
            "_file_row": row,
            "_content": letter,
        }
        for file, letters in enumerate(files)
        for row, letter in enumerate(letters, 1)
    ]
    schema = {**EVENTS.columns, **BOOKKEEPING}
    frame = pl.DataFrame(rows, schema={name: schema[name] for name in rows[0]} if rows else schema)
    return EVENTS.shape(frame).with_columns(
        *(frame[name] for name in ("_file", "_file_row", "_content")), pl.lit(False).alias("_once")
    )


def land(lake: pl.DataFrame, files: Sequence[Iterable[str]]) -> tuple[pl.DataFrame, Settled]:
    settled = settle(number_repeats(staged(files), "event_id"), lake, "event_id")
    return pl.concat([lake, settled.new.select(lake.columns)]), settled


def held(lake: pl.DataFrame) -> Counter[str]:
    return Counter(lake["event"].to_list())


def most(files: Iterable[Iterable[str]]) -> Counter[str]:
    """Of each content as many as the one file has that holds most of it."""
    found: Counter[str] = Counter()
    for file in files:
        found |= Counter(file)
    return found


@law
@given(st.lists(contents, max_size=4))
def test_the_lake_holds_a_content_as_often_as_the_file_that_has_most_of_it(files):
    one_import, _ = land(EVENTS.empty(), files)
    many = EVENTS.empty()
    for file in files:
        many, _ = land(many, [file])
    assert held(one_import) == held(many) == most(files)


@law
@given(st.lists(contents, max_size=4), st.randoms())
def test_the_order_of_files_and_rows_does_not_matter(files, random):
    shuffled = [random.sample(file, len(file)) for file in random.sample(files, len(files))]
    assert held(land(EVENTS.empty(), files)[0]) == held(land(EVENTS.empty(), shuffled)[0])


@law
@given(contents, st.integers(0, 8))
def test_a_file_that_grew_adds_only_its_new_rows(letters, cut):
    part, _ = land(EVENTS.empty(), [letters[:cut]])
    whole, settled = land(part, [letters])
    assert settled.new.height == len(letters) - part.height
    assert held(whole) == Counter(letters)


@law
@given(st.lists(contents, max_size=3), st.lists(contents, max_size=3))
def test_importing_again_adds_nothing_and_every_record_has_one_fate(files, more):
    lake, _ = land(EVENTS.empty(), files)
    lake, first = land(lake, more)
    same, again = land(lake, more)
    assert same.equals(lake)
    for settled in (first, again):
        assert settled.new.height + settled.known.height + settled.reused.height == sum(map(len, more))
    assert again.new.is_empty()
    assert again.reused.is_empty()


@law
@given(contents)
def test_a_file_cut_between_equal_rows_keeps_the_larger_part_of_them(letters):
    """The law of repeats has this price: equal rows in two files are one overlap, not two facts."""
    halves = [letters[0::2], letters[1::2]]
    assert held(land(EVENTS.empty(), halves)[0]) == most(halves)


orders = st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 3), st.booleans()), max_size=6)


def once(events: Sequence[tuple[str, int, bool]]) -> pl.DataFrame:
    """Order events of case a, b at an hour; a flag makes two contents at one instant."""
    rows = [
        {
            "event_id": f"{case}{hour}{flag}",
            "customer_id": "ana",
            "case_id": case,
            "event": "order",
            "at": START + timedelta(hours=hour),
            "status": str(flag),
            "row": row,
        }
        for row, (case, hour, flag) in enumerate(events, 1)
    ]
    frame = EVENTS.shape(pl.DataFrame(rows, schema_overrides={"at": EVENTS.columns["at"]}))
    return frame.with_columns(
        pl.lit(0, dtype=pl.Int32).alias("_file"),
        pl.col("row").alias("_file_row"),
        pl.lit(None, dtype=pl.String).alias("_content"),
        pl.lit(True).alias("_once"),
    )


def land_once(lake: pl.DataFrame, events: Sequence[tuple[str, int, bool]]) -> pl.DataFrame:
    if not events:
        return lake
    earliest = keep_earliest(once(events), lake)
    kept = lake.filter(~pl.col("event_id").is_in(earliest.replaced.implode()))
    settled = settle(earliest.new, kept, "event_id")
    assert earliest.known.height + settled.new.height + settled.known.height == len(events)
    return pl.concat([kept, settled.new.select(lake.columns)])


@law
@given(orders, orders)
def test_once_leaves_the_earliest_of_each_case_in_any_order_of_imports(first, second):
    wanted = {}
    for case, hour, flag in [*first, *second]:
        wanted[case] = min(wanted.get(case, "~"), f"{case}{hour}{flag}")
    for one, two in ((first, second), (second, first)):
        lake = land_once(land_once(EVENTS.empty(), one), two)
        assert sorted(lake["event_id"].to_list()) == sorted(wanted.values())
        assert land_once(lake, one).equals(lake)


@law
@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from(["x", "y", None])), max_size=6))
def test_the_last_record_of_a_campaign_counts_and_saying_it_again_changes_nothing(said):
    rows = [
        {"campaign_id": who, "title": what, "row": row, "_file": 0, "_file_row": row}
        for row, (who, what) in enumerate(said, 1)
    ]
    kinds = {**CAMPAIGNS.columns, "_file": pl.Int32, "_file_row": pl.Int64}
    frame = pl.DataFrame(rows, schema=kinds)
    settled = settle_newest(frame, CAMPAIGNS.empty(), "campaign_id")
    lake = settled.new.select(*CAMPAIGNS.columns)
    assert dict(lake.select("campaign_id", "title").iter_rows()) == dict(said)
    assert settled.new.height + settled.known.height == len(said)
    again = settle_newest(frame, lake, "campaign_id")
    assert again.new.is_empty()
    assert again.known.height == len(said)
    assert again.replaced.is_empty()


def test_the_same_id_with_other_content_is_reused_and_nulls_are_content():
    first = once([("a", 1, True)]).with_columns(_once=pl.lit(False))
    lake = first.select(*EVENTS.columns)
    other = first.with_columns(pl.lit(None, dtype=pl.String).alias("status"))
    settled = settle(pl.concat([first, other]), lake, "event_id")
    assert (settled.new.height, settled.known.height, settled.reused.height) == (0, 1, 1)
