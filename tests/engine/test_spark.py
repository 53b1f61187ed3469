"""Spark on a real cluster (one master, two workers) gives what this machine gives, also when a worker dies."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from desireline import AskEdges, AskFunnel, AskRoutes, Workspace
from desireline.engine.engine import Engine
from desireline.engine.local import run
from desireline.engine.rows import slices
from desireline.engine.spark import Spark, pack
from desireline.engine.spark_table import Columns, coded, look_into, walk_table
from desireline.errors import ClusterFailed, LakeDamaged, RecipeMismatch, TraceDamaged
from desireline.lake.store import Lake
from desireline.maps.outline import Outline
from desireline.pipeline.listening import Together
from desireline.pipeline.measuring import Trip
from desireline.voice.effort.effort import Effort
from desireline.voice.parity.parity import FindParities
from desireline.voice.peak_end import PeakEnd

from .shop import MAP, QUESTION, bucket_work, kept_trace, log, measure, open_shop, same, seven

pytestmark = [
    pytest.mark.spark,
    pytest.mark.filterwarnings("ignore::DeprecationWarning:pyspark"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]
CLUSTER = Path(__file__).parents[2] / "examples" / "spark" / "cluster.py"


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        spec = importlib.util.spec_from_file_location("cluster", CLUSTER)
        made = importlib.util.module_from_spec(spec)
        patch.setitem(sys.modules, "cluster", made)
        spec.loader.exec_module(made)
        with made.loopback(tmp_path_factory.mktemp("cluster")) as running:
            yield running


@pytest.fixture(scope="module")
def engine(cluster: Any) -> Iterator[Spark]:
    with Spark.connect(cluster.master, settings=cluster.settings()) as found:
        yield found


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Lake:
    workspace = open_shop(tmp_path_factory.mktemp("shop"))
    return Lake.open(workspace.folder / "lake")


def joined(partials: list[str]) -> str:
    return "".join(partials)


def test_partials_are_combined_in_the_order_of_the_buckets(engine: Spark):
    told: list[tuple[int, int]] = []
    buckets = [*range(40), 3, 3]
    found = engine(buckets, lambda bucket: f"<{bucket}>", joined, progress=lambda *done: told.append(done))
    assert found == "".join(f"<{bucket}>" for bucket in buckets)
    assert told == [(32, 42), (42, 42)]


def test_no_buckets_give_the_combination_of_nothing(engine: Spark):
    assert engine([], str, joined) == ""


def test_readings_are_those_of_this_machine_to_the_last_digit(engine: Spark, lake: Lake):
    snapshot = lake.current()
    here, there = measure(snapshot, run), measure(snapshot, engine)
    assert snapshot.buckets == 16
    for name in ("readings", "deviations", "routes"):
        assert_frame_equal(getattr(there, name), getattr(here, name), check_exact=True)
    assert repr(there.as_json()) == repr(here.as_json())
    assert there.readings.height > 100


def test_what_is_sent_is_a_map_and_a_question_not_data(lake: Lake):
    snapshot = lake.current()
    trip = Trip(Outline(MAP), QUESTION, data_end=snapshot.data_end())
    measure(snapshot, run)
    assert len(pack(bucket_work(trip, snapshot))) < 30_000


def test_questions_about_paths_are_answered_as_on_this_machine(engine: Spark, tmp_path: Path):
    trace = kept_trace(tmp_path / "trace")
    asked = seven(trace.names["event"], len(trace.names["channel"]))

    def partial(bucket: int) -> Any:
        return asked.combine([asked.partial(part) for part in trace.slices(bucket, largest=50)])

    here, there = (one(range(trace.buckets), partial, asked.combine) for one in (run, engine))
    assert same(asked.finish(there), asked.finish(here))
    assert asked.finish(here)["funnel"].reached[2] > 0
    assert len(pack(partial)) < 30_000


def test_a_trace_that_an_executor_does_not_find_is_told_with_its_file(engine: Spark, tmp_path: Path):
    trace = kept_trace(tmp_path / "trace")
    shutil.move(tmp_path / "trace", tmp_path / "elsewhere")
    with pytest.raises(TraceDamaged, match=r"trace.* cannot be read .*No such file.*the path that the driver uses"):
        engine([0], lambda bucket: len(list(trace.slices(bucket))), sum)


def test_a_foreign_table_is_answered_as_its_rows_are_here(engine: Spark, tmp_path: Path):
    broken = pl.DataFrame({"who": [None, "ana"], "when": [None, None], "what": ["see", "see"]})
    rows = pl.concat([log(), broken], how="diagonal_relaxed").sample(fraction=1, shuffle=True, seed=1)
    rows.write_parquet(tmp_path / "log.parquet")
    frame = engine.session.read.parquet(str(tmp_path / "log.parquet"))
    columns = Columns("who", "when", "what", channel="via", value="paid")
    held = look_into(frame, columns)
    assert (held.touchpoints, held.channels) == (("ad", "call", "cart", "pay", "see"), (None, "app", "web"))
    assert (held.rows, held.left_out) == (3602, 2)
    asked = seven(held.touchpoints, len(held.channels))
    there = walk_table(engine, frame, columns, held, asked.partial, asked.combine, largest=100)
    ours = rows.drop_nulls(["who", "when", "what"]).select(
        customer="who", at="when", touchpoint="what", channel="via", value=(pl.col("paid") * 10_000).cast(pl.Int64)
    )
    parts = slices(coded([ours.sort(pl.all())], held))
    here = asked.combine([asked.partial(part) for part in parts])
    assert same(asked.finish(there), asked.finish(here))


def test_columns_of_the_table_decide_what_came_first_at_one_instant(engine: Spark):
    steps = "values ('cart', 2), ('see', 1), ('pay', 3) steps(what, seq)"
    frame = engine.session.sql(f"select 'ana' who, date '2026-03-01' day, what, seq from {steps}")
    columns = Columns("who", "day", "what", order=("seq",))
    held = look_into(frame, columns)
    found = walk_table(
        engine,
        frame,
        columns,
        held,
        lambda part: [(part.at.tolist(), part.touchpoint.tolist())],
        lambda parts: [one for part in parts for one in part],
        partitions=3,
    )
    day = 1_772_323_200_000_000
    assert held.touchpoints == ("cart", "pay", "see")
    assert found == [([day, day, day], [2, 0, 1])]


def test_columns_that_do_not_fit_are_told_before_anything_runs(engine: Spark):
    frame = engine.session.sql("select 'ana' who, '2026-03-01' at, 'see' what")
    with pytest.raises(RecipeMismatch, match=r"no column 'whom'\. Did you mean 'who'"):
        look_into(frame, Columns("whom", "at", "what"))
    with pytest.raises(RecipeMismatch, match="'at' is string, not an instant"):
        look_into(frame, Columns("who", "at", "what"))


def test_a_fault_in_a_partition_is_told(engine: Spark):
    frame = engine.session.sql("select 'ana' who, timestamp '2026-03-01 00:00:00' at, 'see' what")
    columns = Columns("who", "at", "what")
    with pytest.raises(ClusterFailed, match=r"^Partition \d+ on .* failed. ZeroDivisionError: "):
        walk_table(engine, frame, columns, look_into(frame, columns), lambda part: 1 // 0, sum)


def test_a_bucket_that_cannot_be_read_is_told_as_on_this_machine(engine: Spark, tmp_path: Path):
    lake = Lake.open(open_shop(tmp_path / "shop").folder / "lake")
    snapshot = lake.current()
    damaged = next(file for file in snapshot.files("events") if file.bucket == 5)
    (tmp_path / "shop" / "lake" / "events" / damaged.path).write_bytes(b"torn")
    with pytest.raises(LakeDamaged) as here:
        measure(snapshot, run)
    with pytest.raises(LakeDamaged) as there:
        measure(snapshot, engine)
    assert str(there.value).startswith(f"{here.value} (Bucket 5 on ")
    assert "it has 4 bytes where the log says" in str(there.value)
    assert "java" not in str(there.value)


def test_a_bucket_that_can_be_read_at_the_second_try_is_no_fault(engine: Spark, tmp_path: Path):
    def partial(bucket: int) -> int:
        tried = tmp_path / f"tried {bucket}"
        if bucket == 2 and not tried.exists():
            tried.touch()
            raise LakeDamaged("the disk was away")
        return bucket

    assert engine(range(5), partial, sum) == 10


def test_a_bug_is_told_with_its_bucket(engine: Spark):
    with pytest.raises(ClusterFailed, match=r"^Bucket 0 on .* failed. ZeroDivisionError: ") as fault:
        engine(range(3), lambda bucket: 1 // bucket, sum)
    assert "1 // bucket" in "".join(fault.value.__notes__)


def test_ctrl_c_calls_off_what_is_under_way(engine: Spark, tmp_path: Path):
    def interrupt(done: int, _: int) -> None:
        raise KeyboardInterrupt

    def slow(bucket: int) -> int:
        time.sleep(60 if bucket == 63 else 0)
        (tmp_path / str(bucket)).touch()
        return bucket

    with pytest.raises(KeyboardInterrupt):
        engine(range(64), slow, sum, progress=interrupt)
    assert engine.session.sparkContext.statusTracker().getActiveJobsIds() == []
    assert not (tmp_path / "63").exists()
    assert engine(range(3), abs, sum) == 3


def test_a_worker_that_is_killed_changes_nothing(engine: Spark, cluster: Any, lake: Lake, tmp_path: Path):
    snapshot = lake.current()
    trip = Trip(Outline(MAP), QUESTION, data_end=snapshot.data_end())
    work = bucket_work(trip, snapshot)

    def partial(bucket: int) -> Any:
        with (tmp_path / "begun").open("a") as told:
            told.write(f"{os.getsid(0)}\n")
        time.sleep(1)
        return work(bucket)

    def kill() -> None:
        while not begun():
            time.sleep(0.01)
        cluster.kill_worker(int(begun()[0]))

    def begun() -> list[str]:
        file = tmp_path / "begun"
        return file.read_text().splitlines() if file.exists() else []

    killer = threading.Thread(target=kill)
    killer.start()
    whole = engine(range(snapshot.buckets), partial, trip.combine)
    killer.join()
    there = trip.finish(whole, first_at=snapshot.first_at(), last_at=snapshot.data_end())
    here = measure(snapshot, run)
    assert_frame_equal(there.readings, here.readings, check_exact=True)
    assert_frame_equal(there.deviations, here.deviations, check_exact=True)
    assert len(begun()) > snapshot.buckets
    cluster.add_workers()


def test_a_workspace_measures_and_answers_on_the_cluster(
    engine: Spark, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    open_shop(Path("shop"))  # named as it lies in the folder, which executors do not share
    asked = (AskFunnel(("see", "cart", "pay"), timedelta(days=7)), AskEdges(exact=True), AskRoutes(5))

    def everything(engine: Engine) -> str:
        shutil.rmtree("shop/derived", ignore_errors=True)  # nothing is kept of the other run
        shop = Workspace.open("shop", engine=engine)
        behind = shop.customers(MAP, "drop_off", at="cart").rows()
        heard = shop.listen(MAP, Together((Effort(Outline(MAP)), FindParities(Outline(MAP)), PeakEnd())))
        measured = shop.measure(MAP, QUESTION).as_json()
        return repr((measured, behind, shop.paths(*asked), shop.paths(*asked, map_=MAP), heard))

    assert everything(engine) == everything(run)
