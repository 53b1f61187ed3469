"""What an import adds, what it takes for known, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from desireline.lake.commit import ImportCounts, commit
from desireline.lake.staging import Staging
from desireline.lake.store import Lake

from .company import NOW, bring, content, names, rows


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake.create(tmp_path / "lake")


NOTHING = {"events": 0, "feedback": 0, "campaigns": 0, "refusals": 0, "customers": 0, "imports": 0}
VISITS = rows("""
    customer_id  at     event
    ana          09:00  open
    ana          09:00  open
    ben          10:00  open
    ana          11:00  pay
""")


def test_records_come_back_sorted_by_customer_and_time(lake):
    counts = bring(lake, "one", {"web.csv": {"events": VISITS}})
    snapshot = lake.current()
    assert counts == ImportCounts(4, 4, 0, 0, events=4, feedback=0, customers=2, campaigns=0)
    assert names(snapshot.events(0), "customer_id", "event") == [
        ("ana", "open"),
        ("ana", "open"),
        ("ana", "pay"),
        ("ben", "open"),
    ]
    assert snapshot.events(0)["event_id"].to_list() == [None] * 4  # the source gave none


def test_importing_a_file_twice_changes_nothing(lake):
    refused = rows("""
        row  reason   detail     raw
        9    no_time  No time.   ana,,open
    """)
    first = bring(lake, "one", {"web.csv": {"events": VISITS, "refused": refused}})
    before, version = content(lake.folder), lake.current().version
    second = bring(lake, "two", {"web.csv": {"events": VISITS, "refused": refused}})
    after = content(lake.folder)
    assert (first.read, first.accepted, first.refused, first.duplicates) == (5, 4, 1, 0)
    assert (second.read, second.accepted, second.refused, second.duplicates) == (5, 0, 1, 4)
    assert after["imports"] == ["one", "two"]
    assert {**before, "imports": 0, "counts": 0} == {**after, "imports": 0, "counts": 0}
    assert lake.current().version == version


def test_overlapping_exports_add_only_what_is_new_and_honest_repeats_stay(lake):
    bring(lake, "one", {"march.csv": {"events": VISITS}})
    counts = bring(
        lake,
        "two",
        {
            "april.csv": {
                "events": rows("""
                    customer_id  at     event
                    ana          09:00  open
                    ana          09:00  open
                    ana          09:00  open
                    cem          12:00  open
                """)
            }
        },
    )
    assert counts == ImportCounts(4, 2, 0, 2, events=2, feedback=0, customers=1, campaigns=0)
    assert lake.current().counts()["events"] == 6


def test_two_files_of_one_import_overlap_like_two_imports(lake):
    counts = bring(lake, "one", {"a.csv": {"events": VISITS}, "b.csv": {"events": VISITS}})
    assert (counts.read, counts.accepted, counts.duplicates, counts.events) == (8, 4, 4, 4)


def test_an_id_that_comes_with_other_content_is_refused_with_its_record(lake):
    bring(lake, "one", {"a.csv": {"events": rows("""
        event_id  customer_id  at     event
        e1        ana          09:00  open
    """)}})  # fmt: skip
    counts = bring(lake, "two", {"b.csv": {"events": rows("""
        event_id  customer_id  at     event
        e1        ana          09:00  open
        e1        ana          09:30  open
        e2        ana          10:00  open
        e2        ana          10:00  pay
    """)}})  # fmt: skip
    assert counts == ImportCounts(4, 1, 2, 1, 1, 0, 0, 0, reasons={"id_reused": 2})
    refusals = lake.current().refusals(reason="id_reused")
    assert names(refusals, "import_id", "source", "row") == [("two", "b.csv", 2), ("two", "b.csv", 4)]
    assert '"event":"pay"' in refusals["raw"][1]


def test_once_keeps_the_earliest_event_of_a_case_whatever_comes_first(lake):
    late = rows("""
        customer_id  case_id  at     event  _once
        ana          o1       10:00  order  yes
        ana          o1       11:00  order  yes
        ana          -        11:00  order  yes
        ana          -        11:00  look   no
    """)
    early = rows("""
        customer_id  case_id  at     event  _once
        ana          o1       09:00  order  yes
        ana          -        12:00  order  yes
    """)
    first = bring(lake, "one", {"late.csv": {"events": late}})
    second = bring(lake, "two", {"early.csv": {"events": early}})
    again = bring(lake, "three", {"late.csv": {"events": late}})
    assert (first.accepted, first.duplicates, first.events) == (3, 1, 3)
    assert (second.accepted, second.duplicates, second.events) == (1, 1, 1)
    assert (again.accepted, again.duplicates, again.events) == (0, 4, 0)
    stayed = lake.current().events(0).sort("event").select("case_id", pl.col("at").dt.hour(), "event")
    assert stayed.rows() == [(None, 11, "look"), ("o1", 9, "order"), (None, 11, "order")]


def test_the_newest_description_of_a_customer_wins(lake):
    bring(lake, "one", {"crm.csv": {"customers": rows("""
        customer_id  properties
        ana          {"plan":"free"}
        ben          {"plan":"free"}
    """)}})  # fmt: skip
    counts = bring(lake, "two", {"crm.csv": {"customers": rows("""
        customer_id  properties
        ana          {"plan":"trial"}
        ana          {"plan":"paid"}
        ben          {"plan":"free"}
        cem          {"plan":"free"}
    """)}})  # fmt: skip
    assert (counts.read, counts.accepted, counts.duplicates, counts.customers) == (4, 2, 2, 1)
    assert names(lake.current().customers(0), "customer_id", "properties") == [
        ("ana", '{"plan":"paid"}'),
        ("ben", '{"plan":"free"}'),
        ("cem", '{"plan":"free"}'),
    ]


def test_the_newest_record_of_a_campaign_wins(lake):
    bring(lake, "one", {"c.csv": {"campaigns": rows("""
        campaign_id  title
        spring       Spring
        autumn       Autumn
    """)}})  # fmt: skip
    counts = bring(lake, "two", {"c.csv": {"campaigns": rows("""
        campaign_id  title
        spring       Spring sale
        autumn       Autumn
    """)}})  # fmt: skip
    assert (counts.accepted, counts.duplicates, counts.campaigns) == (1, 1, 1)
    assert names(lake.current().campaigns(), "campaign_id", "title") == [
        ("autumn", "Autumn"),
        ("spring", "Spring sale"),
    ]


def test_equal_answers_of_anonymous_voices_stay_apart_within_a_file(lake):
    answers = rows("""
        customer_id  at  question  answer
        -            -   nps       9
        -            -   nps       9
        ana          -   nps       9
    """)
    counts = bring(lake, "one", {"survey.csv": {"feedback": answers}})
    again = bring(lake, "two", {"survey.csv": {"feedback": answers}})
    assert (counts.feedback, counts.customers, again.feedback, again.duplicates) == (3, 1, 0, 3)


def test_a_row_with_a_new_and_a_known_record_is_accepted_and_one_of_known_records_is_a_duplicate(lake):
    bring(lake, "one", {"a.csv": {"events": VISITS}})
    wide = rows("""
        customer_id  at     event  row
        ana          09:00  open   1
        ana          13:00  ship   1
        ben          10:00  open   2
        ana          11:00  pay    2
    """)
    counts = bring(lake, "two", {"b.csv": {"events": wide}})
    assert (counts.read, counts.accepted, counts.duplicates, counts.events) == (2, 1, 1, 1)


def test_every_row_that_was_read_has_one_fate(lake):
    with Staging(lake, "one") as staging:
        orders, people = staging.add_file("orders.csv", sha256="ab"), staging.add_file("people.csv")
        staging.add_rows(orders, pl.Series([1, 2, 3, 4, 5, 6]))
        staging.add_rows(people, pl.Series([1, 2]))
        staging.add_partners(people, pl.Series([1]))
        staging.add_events(VISITS, file=orders)
        refused = rows("""
            row  reason       detail     raw
            4    bad_score    Score 12.  ana,12
            5    no_time      No time.   ana,
            5    no_customer  Nobody.    ana,
        """)
        staging.add_refused(refused, file=orders)
        counts = commit(staging, at=NOW)
    assert counts == ImportCounts(
        8, 5, 3, 0, 4, 0, 2, 0, partly=1, reasons={"bad_score": 1, "no_record": 2, "no_time": 1}
    )
    assert names(lake.current().refusals(), "source", "row", "reason") == [
        ("orders.csv", 6, "no_record"),
        ("people.csv", 2, "no_record"),
        ("shop", 4, "bad_score"),
        ("shop", 5, "no_time"),
    ]
    assert lake.current().imports()["files"].to_list() == [
        '[{"name": "orders.csv", "sha256": "ab", "rows": 6}, {"name": "people.csv", "sha256": "", "rows": 2}]'
    ]


def test_a_dry_run_tells_the_same_and_writes_nothing(lake):
    bring(lake, "one", {"a.csv": {"events": VISITS[:2]}})
    before = content(lake.folder)
    files = sorted(lake.folder.rglob("*"))
    told = bring(lake, "two", {"a.csv": {"events": VISITS}}, dry_run=True)
    assert content(lake.folder) == before
    assert sorted(lake.folder.rglob("*")) == files
    assert told == bring(lake, "two", {"a.csv": {"events": VISITS}})


def test_an_import_of_nothing_is_remembered(lake):
    counts = bring(lake, "one", {"empty.csv": {"events": VISITS.clear()}})
    assert counts == ImportCounts(0, 0, 0, 0, 0, 0, 0, 0)
    assert lake.current().counts() == {**NOTHING, "imports": 1}
    assert lake.current().events(0).is_empty()


def test_an_import_id_is_used_once(lake):
    bring(lake, "one", {"a.csv": {"events": VISITS}})
    with pytest.raises(ValueError, match="already"):
        bring(lake, "one", {"a.csv": {"events": VISITS}})
    with pytest.raises(ValueError, match="letters"):
        bring(lake, "../one", {"a.csv": {"events": VISITS}})
    assert bring(lake, "two", {"a.csv": {"events": VISITS}}).duplicates == 4


def bring_days(lake: Lake, days: int, *, first: int = 0) -> None:
    """Each import brings one visit, a day later."""
    for day in range(first, days):
        visit = VISITS[:1].with_columns(pl.col("at").dt.offset_by(f"{day}d"))
        bring(lake, f"day-{day}", {f"{day}.csv": {"events": visit}})


def test_many_small_files_of_a_bucket_are_merged(lake):
    bring_days(lake, 10)
    snapshot = lake.current()
    assert snapshot.counts()["events"] == 10
    assert [(file.path, file.rows) for file in snapshot.files("events")] == [
        ("bucket=0/day-8.merged.parquet", 8),
        ("bucket=0/day-8.parquet", 1),
        ("bucket=0/day-9.parquet", 1),
    ]
    assert snapshot.events(0)["at"].is_sorted()
    assert [len(origins) for origins in snapshot.origins("events", 0)] == [1, 1, 1]


def test_a_big_file_is_not_merged_with_small_ones_which_are_known_by_the_files_that_they_were(lake):
    bring(
        lake, "big", {"big.csv": {"events": pl.concat([VISITS.with_columns(pl.col("row") + 9 * n) for n in range(9)])}}
    )
    bring_days(lake, 10, first=1)
    snapshot = lake.current()
    files = [file.path.removeprefix("bucket=0/") for file in snapshot.files("events")]
    assert files == ["big.parquet", "day-8.merged.parquet", "day-8.parquet", "day-9.parquet"]
    names = [[name.split()[0] for name in origins] for origins in snapshot.origins("events", 0)]
    assert names[1] == [f"bucket=0/day-{day}.parquet" for day in range(1, 8)]
    assert snapshot.events(0).height == snapshot.counts()["events"]


def test_an_import_is_known_after_its_file_was_merged(lake):
    bring_days(lake, 10)
    visit = VISITS[:1].with_columns(pl.col("at").dt.offset_by("3d"))
    assert bring(lake, "again", {"3.csv": {"events": visit}}).duplicates == 1


def test_progress_is_told_bucket_by_bucket(lake):
    told = []
    with Staging(lake, "one") as staging:
        staging.add_events(VISITS, file=staging.add_file("a.csv"))
        commit(staging, at=NOW, progress=lambda done, all_: told.append((done, all_)))
    assert told == [(1, 1)]
