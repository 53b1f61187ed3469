"""What a reader of the lake finds, whoever the reader is."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import polars as pl
import pytest
from deltalake import DeltaTable, QueryBuilder

import desireline.lake.buckets
from desireline.errors import LakeDamaged, LakeUnwritable, WorkspaceMissing
from desireline.lake.commit import commit
from desireline.lake.staging import Staging
from desireline.lake.store import Lake
from desireline.tables import CAMPAIGNS, CUSTOMERS, EVENTS, FEEDBACK, IMPORTS, REFUSALS

from .company import NOW, bring, content, names, rows

NOTHING = {"events": 0, "feedback": 0, "campaigns": 0, "refusals": 0, "customers": 0, "imports": 0}
TABLES = {"events": 0, "feedback": 0, "customers": 0, "campaigns": 0, "refusals": 0}
VISITS = rows("""
    customer_id  at     event  channel  value    currency  properties
    ben          10:00  open   web      -        -         -
    ana          11:00  pay    app      12.3456  EUR       {"size":"M"}
    ana          09:00  open   web      -        -         -
""")
ANSWERS = rows("""
    customer_id  at     question  answer  score
    ana          12:00  nps       9       9
    -            -      nps       3       3
""")


def test_an_empty_lake_has_tables_of_the_right_shape_and_no_buckets(tmp_path: Path):
    snapshot = Lake.create(tmp_path / "lake").current()
    assert snapshot.buckets == 0
    for table, frame in (
        (EVENTS, snapshot.events(0)),
        (FEEDBACK, snapshot.feedback(0)),
        (CUSTOMERS, snapshot.customers(0)),
        (CAMPAIGNS, snapshot.campaigns()),
        (REFUSALS, snapshot.refusals()),
        (IMPORTS, snapshot.imports()),
    ):
        assert frame.equals(table.empty())
        assert dict(frame.schema) == dict(table.empty().schema)
    assert (snapshot.first_at(), snapshot.data_end()) == (None, None)
    assert set(snapshot.counts().values()) == {0}


def test_records_keep_their_kinds_and_values(tmp_path: Path):
    lake = Lake.create(tmp_path / "lake")
    bring(lake, "one", {"a.csv": {"events": VISITS, "feedback": ANSWERS}})
    snapshot = lake.current()
    events = snapshot.events(0)
    assert dict(events.schema) == dict(EVENTS.empty().schema)
    assert [str(value) for value in events["value"]] == ["None", "12.3456", "None"]
    assert names(events, "customer_id", "event", "properties") == [
        ("ana", "open", None),
        ("ana", "pay", '{"size":"M"}'),
        ("ben", "open", None),
    ]
    assert names(snapshot.feedback(0), "customer_id", "score") == [(None, 3.0), ("ana", 9.0)]
    assert snapshot.first_at() == events["at"].min()
    assert snapshot.data_end() == events["at"].max()
    assert snapshot.counts() == {**NOTHING, "events": 3, "feedback": 2, "customers": 2, "imports": 1}


def test_feedback_alone_gives_the_window_of_the_data(tmp_path: Path):
    lake = Lake.create(tmp_path / "lake")
    bring(lake, "one", {"a.csv": {"feedback": ANSWERS}})
    assert lake.current().first_at() == lake.current().data_end() == ANSWERS["at"][0]


def test_the_last_microsecond_is_in_the_window(tmp_path: Path):
    lake = Lake.create(tmp_path / "lake")
    late = VISITS.with_columns(pl.col("at") + timedelta(microseconds=1))
    bring(lake, "one", {"a.csv": {"events": late}})
    assert lake.current().data_end() == late["at"].max()


def test_any_delta_reader_reads_the_tables_with_their_buckets(tmp_path: Path):
    lake = Lake.create(tmp_path / "lake")
    bring(lake, "one", {"a.csv": {"events": VISITS, "feedback": ANSWERS}})
    ours = lake.current().events(0)
    by_polars = pl.read_delta(str(tmp_path / "lake/events"))
    assert by_polars.drop("bucket").equals(ours)
    assert by_polars["bucket"].to_list() == [0, 0, 0]
    table = DeltaTable(str(tmp_path / "lake/events"))
    by_query = pl.DataFrame(
        QueryBuilder()
        .register("events", table)
        .execute("select event from events where at >= '2026-03-01T10:30:00Z' and bucket = 0")
        .read_all()
    )
    assert by_query.rows() == [("pay",)]


def test_a_snapshot_does_not_change_while_imports_go_on(tmp_path: Path):
    lake = Lake.create(tmp_path / "lake")
    bring(lake, "one", {"a.csv": {"events": VISITS[:1]}})
    old = lake.current()
    bring(lake, "two", {"a.csv": {"events": VISITS}})
    assert (old.events(0).height, lake.current().events(0).height) == (1, 3)
    assert old.version != lake.current().version


def test_refusals_are_listed_by_import_and_row_and_can_be_limited(tmp_path: Path):
    lake = Lake.create(tmp_path / "lake")
    bad = rows("""
        row  reason   raw
        12   no_time  b
        2    no_time  a
        3    no_id    c
    """)
    bring(lake, "b", {"a.csv": {"refused": bad}})
    bring(lake, "a", {"b.csv": {"refused": bad.with_columns(pl.lit("b.csv").alias("source"))}})
    snapshot = lake.current()
    everything = [("b", 2), ("b", 3), ("b", 12), ("a", 2), ("a", 3), ("a", 12)]
    assert names(snapshot.refusals(), "import_id", "row") == everything
    assert names(snapshot.refusals(4), "import_id", "row") == everything[:4]
    assert names(snapshot.refusals(1, "no_id"), "import_id", "row") == [("b", 3)]
    assert snapshot.refusals(reason="nul_byte").is_empty()


@pytest.mark.parametrize("name", ["my lake", "läke#1", "a[1]", "what?", "100%", "per%sent"])
def test_a_lake_can_lie_in_a_folder_of_almost_any_name(tmp_path: Path, name: str):
    lake = Lake.create(tmp_path / name)
    counts = bring(lake, "one", {"a.csv": {"events": VISITS, "refused": rows("row  reason\n9  no_time")}})
    assert (counts.events, counts.refused) == (3, 1)
    assert content(tmp_path / name)["counts"] == lake.current().counts()


def test_a_folder_that_delta_would_misread_is_named(tmp_path: Path):
    with pytest.raises(LakeUnwritable, match="rename the folder"):
        Lake.create(tmp_path / "a%20b")


def test_creating_again_keeps_what_is_there(tmp_path: Path):
    bring(Lake.create(tmp_path), "one", {"a.csv": {"events": VISITS}})
    assert Lake.create(tmp_path).current().counts()["events"] == 3


def test_a_folder_without_a_lake_or_with_a_half_made_one_is_missing(tmp_path: Path):
    with pytest.raises(WorkspaceMissing, match="desireline init"):
        Lake.open(tmp_path)
    Lake.create(tmp_path)
    (tmp_path / "lake.json").unlink()
    with pytest.raises(WorkspaceMissing):
        Lake.open(tmp_path)
    assert Lake.create(tmp_path).current().buckets == 0


@pytest.mark.parametrize(
    ("text", "says"),
    [('{"form": 99}', "newer"), ('{"form": 1}', "import the files again"), ("", "backup"), ("[]", "backup")],
)
def test_a_lake_of_another_form_is_not_opened(tmp_path: Path, text: str, says: str):
    Lake.create(tmp_path)
    (tmp_path / "lake.json").write_text(text)
    with pytest.raises(LakeDamaged, match=says):
        Lake.open(tmp_path)


def test_a_file_in_place_of_the_folder_is_told(tmp_path: Path):
    (tmp_path / "lake").write_text("")
    with pytest.raises(LakeUnwritable, match="lake"):
        Lake.create(tmp_path / "lake")


def many(customers: int) -> pl.DataFrame:
    row = pl.int_range(1, 5 * customers + 1)
    return pl.select(
        pl.format("c{}", row % customers).alias("customer_id"),
        (pl.lit(NOW) + pl.duration(seconds=row)).alias("at"),
        pl.lit("open").alias("event"),
        pl.lit("visits").alias("source"),
        row.alias("row"),
    )


def test_a_lake_that_grows_is_split_into_more_buckets_and_keeps_every_record(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(desireline.lake.buckets, "COMFORTABLE", 100)
    monkeypatch.setattr(desireline.lake.buckets, "CROWDED", 300)
    lake = Lake.create(tmp_path)
    bring(lake, "one", {"a.csv": {"events": many(15), "feedback": ANSWERS}})
    assert lake.current().buckets == 1
    counts = bring(lake, "two", {"a.csv": {"events": many(150)}})
    snapshot = lake.current()
    parts = [snapshot.events(bucket) for bucket in range(snapshot.buckets)]
    assert snapshot.buckets == 16
    assert sum(part.height for part in parts) == snapshot.counts()["events"] == 75 + counts.events
    assert len({who for part in parts for who in part["customer_id"].unique()}) == 150
    assert sum(part["customer_id"].n_unique() for part in parts) == 150
    assert sum(snapshot.feedback(bucket).height for bucket in range(16)) == 2
    assert all(names(part, "customer_id", "at") == sorted(names(part, "customer_id", "at")) for part in parts)
    again = bring(lake, "three", {"a.csv": {"events": many(150), "feedback": ANSWERS}})
    assert (again.accepted, lake.current().version) == (0, snapshot.version)


def test_spilling_to_files_gives_the_same_lake_as_staying_in_memory(tmp_path: Path):
    for name, spill_bytes in (("memory", 1 << 30), ("files", 0)):
        lake = Lake.create(tmp_path / name)
        with Staging(lake, "one", spill_bytes=spill_bytes) as staging:
            file = staging.add_file("a.csv")
            for batch in many(40).iter_slices(33):
                staging.add_events(batch, file=file)
            commit(staging, at=NOW)
        assert not (lake.folder / "spill").exists()
    assert content(tmp_path / "memory") == content(tmp_path / "files")


def bring_and_stop(lake: Lake) -> None:
    with Staging(lake, "one", spill_bytes=0) as staging:
        staging.add_events(many(10), file=staging.add_file("a.csv"))
        commit(staging, at=NOW, progress=lambda done, _: 1 // (done - 1))


def test_a_failed_import_is_forgotten(tmp_path: Path):
    lake = Lake.create(tmp_path)
    before = content(tmp_path)
    with pytest.raises(ZeroDivisionError):
        bring_and_stop(lake)
    assert content(tmp_path) == before
    assert list(tmp_path.rglob("*.parquet")) == []
    assert bring(lake, "one", {"a.csv": {"events": many(10)}}).events == 50


def test_the_imports_table_names_versions_and_totals(tmp_path: Path):
    lake = Lake.create(tmp_path)
    bring(lake, "one", {"a.csv": {"events": VISITS}})
    told = lake.current().imports().row(0, named=True)
    assert told["at"] == NOW
    assert json.loads(told["versions"]) == {**TABLES, "events": 1}
    assert json.loads(told["totals"]) == {**TABLES, "events": 3}
    assert (told["read"], told["accepted"], told["buckets"], told["recipe"]) == (3, 3, 1, "shop")


def test_many_imports_in_a_row_can_be_read_past_the_checkpoint(tmp_path: Path):
    lake = Lake.create(tmp_path)
    for day in range(12):
        visit = VISITS[:1].with_columns(pl.col("at").dt.offset_by(f"{day}d"))
        bring(lake, f"day-{day}", {"a.csv": {"events": visit}})
    assert lake.current().counts()["events"] == 12
    assert list((tmp_path / "events/_delta_log").glob("*.checkpoint.parquet"))
    assert len(list((tmp_path / "imports").glob("*.parquet"))) == 3  # current, before, replaced since
