"""What the Spark engine says where there is no Spark, and what it makes of Spark's own words."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

import polars as pl
import pytest

from desireline.engine.spark import Spark, pack, say, told
from desireline.engine.spark_table import Columns, Contents, coded
from desireline.errors import ClusterFailed, JavaMissing, MissingExtra

LOST = """Job aborted due to stage failure: Task 0 in stage 4.0 failed 4 times, most recent failure: Lost task 0.3 in \
stage 4.0 (TID 11) (10.0.0.7 executor 1): ExecutorLostFailure (executor 1 exited caused by one of the running tasks) \
Reason: Command exited with code 137
Driver stacktrace:
\tat org.apache.spark.scheduler.DAGScheduler.failJobAndIndependentStages(DAGScheduler.scala:2856)"""
NOT_THERE = """Job aborted due to stage failure: Task 1 in stage 0.0 failed 4 times, most recent failure: \
org.apache.spark.api.python.PythonException: Traceback (most recent call last):
  File "/opt/spark/python/lib/pyspark.zip/pyspark/worker.py", line 1800, in main
    func, profiler, deserializer, serializer = read_command(pickleSer, infile)
ModuleNotFoundError: No module named 'desireline'

\tat org.apache.spark.api.python.BasePythonRunner$ReaderIterator.handlePythonException(PythonRunner.scala:531)
"""
NOBODY = """An error occurred while calling None.org.apache.spark.sql.classic.SparkSession.
: java.lang.IllegalStateException: Cannot call methods on a stopped SparkContext.
This stopped SparkContext was created at:

org.apache.spark.api.java.JavaSparkContext.<init>(JavaSparkContext.scala:59)
"""


class SparkSays(Exception):
    """An error as it comes from pyspark."""

    __module__ = "pyspark.errors"


def fail(text: str) -> None:
    raise SparkSays(text)


def test_without_pyspark_the_way_to_get_it_is_told(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "pyspark", None)
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    for ask in (Spark.connect, lambda: pack(abs)):
        with pytest.raises(MissingExtra, match=r"pip install 'desireline\[spark\]'"):
            ask()


def test_without_java_the_way_to_get_it_is_told():
    with pytest.raises(JavaMissing, match="Java 17") as fault:
        told(lambda: fail("[JAVA_GATEWAY_EXITED] Java gateway process exited before sending its port number."))
    assert fault.value.exit_code == 2


def test_a_lost_machine_is_told_without_a_java_stack():
    with pytest.raises(ClusterFailed) as fault:
        told(lambda: fail(LOST))
    said = str(fault.value)
    assert said.startswith("Spark gave up. Job aborted")
    assert "Command exited with code 137. Machines were lost four times" in said
    assert "DAGScheduler" not in said


def test_a_package_that_executors_lack_is_told_with_the_way_out():
    assert say(NOT_THERE) == (
        "ModuleNotFoundError: No module named 'desireline'. Give the executors the package: see docs/how-to/spark.md."
    )


def test_a_cluster_that_does_not_answer_is_told():
    assert say(NOBODY) == (
        "Cannot call methods on a stopped SparkContext. No cluster answered at that address, or it was shut down."
    )


def test_what_says_nothing_is_told_as_that():
    assert say("") == "It did not say why."


def test_other_faults_stay_what_they_are():
    with pytest.raises(ZeroDivisionError):
        told(lambda: 1 // 0)


def test_at_least_one_core_is_needed():
    with pytest.raises(ValueError, match="at least 1"):
        Spark(None, cores=0)  # type: ignore[arg-type]


def test_names_become_codes_and_instants_microseconds():
    held = Contents(("cart", "pay", "see"), (None, "app", "web"), rows=3, left_out=0)
    rows = pl.DataFrame(
        {
            "customer": ["ana", "ana", "ben"],
            "at": [datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC)] * 2 + [datetime(1969, 12, 31, 23, 59, 59, tzinfo=UTC)],
            "touchpoint": ["see", "pay", "cart"],
            "channel": ["web", None, "app"],
            "value": [None, 12_5000, None],
        }
    )
    (coded_rows,) = coded([rows], held)
    assert coded_rows.rows() == [("ana", 10**6, 2, 2, 0), ("ana", 10**6, 1, 0, 125_000), ("ben", -(10**6), 0, 1, 0)]
    assert coded_rows.schema["touchpoint"] == pl.UInt8


def test_many_names_get_wider_codes():
    held = Contents(tuple(f"{number:05}" for number in range(60_000)), (None,), rows=1, left_out=0)
    (found,) = coded([pl.DataFrame({"customer": ["a"], "touchpoint": ["59999"]})], held)
    assert found.rows() == [("a", 59_999)]
    assert found.schema["touchpoint"] == pl.UInt16


def test_the_columns_that_a_table_must_have_are_listed():
    columns = Columns("who", "at", "what", channel="where", order=("seq",))
    assert columns.named == ["who", "at", "what", "where", "seq"]
