"""Spark SQL, local with as many threads as the others: `raw` the Parquet file with names, `ordered` the files in order.

With `SPARK_MASTER` set it asks that cluster instead, so that the standalone runs use the very same statements.
"""

from __future__ import annotations

import os
from functools import partial
from typing import Any

from pyspark.sql import SparkSession
from pyspark.sql import functions as F

from bench import answers
from bench.peers import Ask, Tasks
from bench.peers.shapes import SHAPES, WEEK, monday_before
from bench.peers.sql import statements


def open_engine(ask: Ask) -> Tasks:
    """What Spark SQL answers on a layout."""
    session = connect(ask)
    if ask.layout == "raw":
        read = session.read.parquet(ask.raw).select("customer", F.unix_micros("at").alias("ts"), "event", "channel")
    else:
        read = session.read.parquet(str(ask.folder / "ordered"))
        read = read.select("customer", F.unix_micros("at").alias("ts"), *_named(ask, "event"), *_named(ask, "channel"))
    read.createOrReplaceTempView("events")
    texts = statements("spark")
    return {task: partial(_answer, session, text, task, ask) for task, text in texts.items()}


def connect(ask: Ask) -> SparkSession:
    """A session with one task per thread and as many shuffle partitions as that needs."""
    builder = SparkSession.builder.appName("bench").master(os.environ.get("SPARK_MASTER", f"local[{ask.threads}]"))
    settings = {
        "spark.driver.memory": "10g",
        "spark.executor.memory": "5g",
        "spark.sql.shuffle.partitions": str(8 * ask.threads),
        "spark.sql.session.timeZone": "UTC",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.local.dir": str(ask.scratch / "spill"),
    }
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session


def _named(ask: Ask, column: str) -> list[Any]:
    names = ask.facts.touchpoints if column == "event" else ask.facts.channels
    listed = F.array(*[F.lit(name) for name in names])
    return [listed[F.col(column).cast("int")].alias(column)]


def _answer(session: SparkSession, text: str, task: str, ask: Ask) -> Any:
    stages = [F.lit(part) for name, stage in ask.facts.stage_of.items() for part in (name, stage)]
    bound = {
        **{f"step{number}": name for number, name in enumerate(ask.facts.funnel_names, start=1)},
        **{"within": answers.WITHIN, "silence": answers.SILENCE, "steps": answers.STEPS},
        **{"origin": monday_before(ask.facts.first_at), "week": WEEK, "goal": ask.facts.purchase_name},
        "stages": F.create_map(*stages),
    }
    asked = {name: value for name, value in bound.items() if f":{name}" in text}
    return SHAPES[task]([tuple(row) for row in session.sql(text, args=asked).collect()], ask.facts)
