"""A Spark cluster on this machine: one master, two workers of one core each.

`ours` sends the very partials of the local run to the buckets of the kept trace; `sql` asks Spark SQL of the ordered
files on the same cluster. Each layout starts the cluster and has it for itself.
"""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

from bench import places
from bench.answers import Answer
from bench.ours.questions import Coded, as_answer, questions
from bench.peers import Ask, Tasks
from desireline.engine.spark import Spark
from desireline.paths.together import Together
from desireline.trace.trace import Trace

_UNTIL_THE_END = ExitStack()  # the cluster's guards end it with this process
_MEMORY = "5g"


def open_engine(ask: Ask) -> Tasks:
    """Starts the cluster and asks one small thing of it, so that its workers are there."""
    sys.path.insert(0, str(places.REPOSITORY / "examples" / "spark"))
    os.environ["PYTHONPATH"] = str(places.REPOSITORY)
    from cluster import loopback  # noqa: PLC0415 - it lies with the examples

    folder = ask.scratch / f"cluster-{ask.layout}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    started = _UNTIL_THE_END.enter_context(loopback(folder, memory=_MEMORY, seconds=7200))
    if ask.layout == "sql":
        return _sql(ask, started.master)
    engine = _UNTIL_THE_END.enter_context(Spark.connect(started.master, settings=started.settings(), cores=2))
    engine(range(2), partial(_of_bucket, ask.scratch / "trace", Together({})), Together({}).combine)
    return {"all": partial(_all, ask, engine)}


def _all(ask: Ask, engine: Spark) -> Answer:
    folder = ask.scratch / "trace"
    trace = Trace.open(folder)
    coded = Coded([name or "" for name in trace.names["event"]], trace.names["channel"])
    together = Together(questions(ask.facts, coded))
    state = engine(range(trace.buckets), partial(_of_bucket, folder, together), together.combine)
    return {letter: as_answer(letter, found, coded) for letter, found in together.finish(state).items()}


def _of_bucket(folder: Path, together: Together, bucket: int) -> dict[str, Any]:
    return together.combine([together.partial(one) for one in Trace.open(folder).slices(bucket)])


def _sql(ask: Ask, master: str) -> Tasks:
    from bench.peers import spark  # noqa: PLC0415 - it starts a session

    os.environ["SPARK_MASTER"] = master
    tasks = spark.open_engine(ask)
    tasks["g"]()
    return {letter: tasks[letter] for letter in ("a", "b", "d")}
