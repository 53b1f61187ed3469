"""The engine of a Spark cluster: one task a bucket, which reads the bucket where it lies; nothing is shuffled.

What travels: to the executors the pickled `partial` (a map, a question, the names of files; no data), from them one
pickled partial a bucket. So every executor needs this package, and the lake under the path that the driver uses.
Tasks that are lost with their machine are run again by Spark; a partial is pure, so it comes out the same.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from operator import itemgetter
from types import TracebackType
from typing import TYPE_CHECKING, Any

from desireline.engine.cargo import Fault, opened, outcome, unpacked
from desireline.engine.engine import P, Progress
from desireline.engine.local import run
from desireline.engine.spark_jobs import Jobs, context_of, is_spark
from desireline.errors import ClusterFailed, JavaMissing, MissingExtra

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

Batches = Iterator[Any]  # of pyarrow.RecordBatch
Task = Callable[[Batches], Iterator[tuple[int, bytes]]]

FEWEST = 32
_HINTS = (
    ("No module named 'desireline'", "Give the executors the package: see docs/how-to/spark.md."),
    ("PYTHON_VERSION_MISMATCH", "Driver and executors need the same Python: set PYSPARK_PYTHON."),
    ("exited unexpectedly", "It may have run out of memory: give the executors more, or fewer cores each."),
    ("ExecutorLostFailure", "Machines were lost four times with the same task: look whether its memory was enough."),
    ("stopped SparkContext", "No cluster answered at that address, or it was shut down."),
    ("maxResultSize", "Raise spark.driver.maxResultSize, or let fewer buckets into one wave."),
)


class Spark:
    """An engine on a Spark session, classic or Connect; the session may serve other work at the same time.

    `cores` are those of all executors; asked of the session when not given, which knows only the executors that are
    there already, and nothing through Spark Connect. Buckets go in waves of twice the cores (of 32 at least), two waves
    at a time; at most four wait on the driver to be combined.

    >>> with Spark.connect("spark://10.0.0.5:7077") as engine:                    # doctest: +SKIP
    ...     shop = Workspace.open("shop", engine=engine)
    ...     shop.measure("shop.journey.yaml")
    """

    def __init__(self, session: SparkSession, *, cores: int | None = None) -> None:
        if cores is not None and cores < 1:
            raise ValueError(f"cores must be at least 1, not {cores}")
        self.session = session
        self.tasks = 2 * (cores or _cores(session))

    @classmethod
    def connect(
        cls, master: str | None = None, *, settings: Mapping[str, str] | None = None, cores: int | None = None
    ) -> Spark:
        """An engine on a session that is there already, or on a new one; without `master`, where spark-submit says.

        Raises MissingExtra without pyspark, JavaMissing without a Java that runs it, ClusterFailed when no cluster
        answers.
        """
        try:
            from pyspark.sql import SparkSession  # noqa: PLC0415 - an optional package
        except ImportError:
            raise MissingExtra("Running on Spark", "spark") from None
        if master and (master.startswith("local") or "//127.0.0.1:" in master):
            os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        where = {} if master is None else {"spark.remote" if master.startswith("sc:") else "spark.master": master}
        builder = SparkSession.builder.appName("desireline").config("spark.ui.showConsoleProgress", "false")
        for name, value in {**where, **(settings or {})}.items():
            builder = builder.config(name, value)
        return cls(told(builder.getOrCreate), cores=cores)

    def __call__(
        self,
        buckets: Sequence[int],
        partial: Callable[[int], P],
        combine: Callable[[list[P]], P],
        *,
        progress: Progress | None = None,
    ) -> P:
        """The partials of all buckets, combined in the order of `buckets`, whichever executor was ready first.

        `partial` must survive cloudpickle. A bucket that cannot be read is tried once more, then its error is raised
        here; ClusterFailed when Spark itself gives up. A fault, or Ctrl-C, calls off what is under way.
        """
        work, jobs = pack(partial), Jobs(self.session)
        size = max(self.tasks, FEWEST)
        waves = [buckets[start : start + size] for start in range(0, len(buckets), size)]
        try:
            whole: list[P] = run(
                range(len(waves)),
                lambda number: self._wave(waves[number], work, jobs),
                lambda parts: [combine(list(chain.from_iterable(parts)))],
                progress=progress and (lambda done, _: progress(min(done * size, len(buckets)), len(buckets))),
            )
        except BaseException:
            jobs.call_off()
            raise
        return whole[0]

    def gather(self, frame: DataFrame, task: Task) -> list[tuple[int, Any]]:
        """What `task` gives for each partition, sorted by its number; faults are among it. Raises ClusterFailed."""

        def packed(batches: Batches) -> Iterator[Any]:
            from pyarrow import RecordBatch  # noqa: PLC0415 - an optional package, on the executors

            for number, content in task(batches):
                yield RecordBatch.from_pydict({"number": [number], "packed": [content]})

        found = told(lambda: frame.mapInArrow(packed, "number long, packed binary").toArrow())
        rows = zip(found["number"].to_pylist(), found["packed"], strict=True)
        return sorted(((number, opened(content.as_buffer())) for number, content in rows), key=itemgetter(0))

    def close(self) -> None:
        """The session has ended."""
        self.session.stop()

    def __reduce__(self) -> tuple[Callable[[], object], tuple[()]]:
        """Whoever holds the engine may travel; on another machine the engine is that machine's."""
        return _of_that_machine, ()

    def __enter__(self) -> Spark:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _wave(self, buckets: Sequence[int], work: bytes, jobs: Jobs) -> list[Any]:
        """The partials of these buckets in their order."""
        with jobs.asking():
            found = self._tried(buckets, work)
            again = [place for place, result in enumerate(found) if isinstance(result, Fault) and result.may_pass]
            for place, result in zip(again, self._tried([buckets[place] for place in again], work), strict=True):
                found[place] = result
        for result in found:
            if isinstance(result, Fault):
                raise result.raised()
        return found

    def _tried(self, buckets: Sequence[int], work: bytes) -> list[Any]:
        """The partial, or the fault, of each bucket."""
        asked = list(buckets)
        if not asked:
            return []

        def task(batches: Batches) -> Iterator[tuple[int, bytes]]:
            for batch in batches:
                for place in batch.column(0).to_pylist():
                    yield place, outcome(lambda: unpacked(work)(asked[place]), name=f"Bucket {asked[place]}")  # noqa: B023

        frame = self.session.range(0, len(asked), 1, min(len(asked), self.tasks))
        found = dict(self.gather(frame, task))
        if lost := [bucket for place, bucket in enumerate(asked) if place not in found]:
            raise ClusterFailed(f"Spark lost what became of the buckets {lost}. The driver may need more memory.")
        return [found[place] for place in range(len(asked))]


def _of_that_machine() -> object:
    return run


def _cores(session: SparkSession) -> int:
    """The cores of the executors that are there; 8 where nobody says, as through Spark Connect."""
    context = context_of(session)
    return 8 if context is None else int(context.defaultParallelism)


def pack(work: object) -> bytes:
    """The work in bytes: a function by its value, what it names in installed packages by name. Raises MissingExtra."""
    try:
        from pyspark import cloudpickle  # noqa: PLC0415 - an optional package
    except ImportError:
        raise MissingExtra("Running on Spark", "spark") from None
    dumps: Callable[[object], bytes] = cloudpickle.dumps
    return dumps(work)


def told(ask: Callable[[], Any]) -> Any:
    """What Spark answers; its faults are said in a sentence, without the stack of Java."""
    try:
        return ask()
    except Exception as fault:
        if not is_spark(fault):
            raise
        if "JAVA_GATEWAY_EXITED" in str(fault):
            raise JavaMissing from None
        raise ClusterFailed(f"Spark gave up. {say(str(fault))}") from None


def say(fault: str) -> str:
    """The cause in one line, and the way out where one is known.

    >>> say("Job aborted: Lost task 0.3 in stage 0.0 (TID 7): ExecutorLostFailure (executor 1 exited) Reason: killed")
    'Job aborted: Lost task 0.3 in stage 0.0 (TID 7): ExecutorLostFailure (executor 1 exited) Reason: killed. Machines \
were lost four times with the same task: look whether its memory was enough.'
    """
    _, traced, steps = fault.rpartition("Traceback (most recent call last):\n")
    lines = [line for line in (steps if traced else fault).splitlines() if re.match(r"\S", line)]
    lines = [line for line in lines if not line.startswith("An error occurred while calling")]
    cause = re.sub(r"^(?:: )?(?:(?:\w+\.)+[\w$]+: )*", "", lines[0].strip()) if lines else "It did not say why"
    hints = [hint for sign, hint in _HINTS if sign in fault]
    return " ".join([f"{cause.rstrip('. ')}.", *hints[:1]])
