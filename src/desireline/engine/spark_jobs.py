"""What one run asks of Spark, from several threads, so that it can be called off together."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, get_ident
from time import monotonic, sleep
from typing import TYPE_CHECKING
from uuid import uuid4

from desireline.errors import ClusterFailed

if TYPE_CHECKING:
    from pyspark import SparkContext
    from pyspark.sql import SparkSession

_PATIENCE = 10.0
_PAUSE = 0.05


class Jobs:
    """The jobs of one run; others of the same session are left alone."""

    def __init__(self, session: SparkSession) -> None:
        self._session = session
        self._tag = f"desireline-{uuid4().hex}"
        self._over = Event()
        self._asking: set[int] = set()

    @contextmanager
    def asking(self) -> Iterator[None]:
        """What this thread asks of Spark inside belongs to the run. Raises ClusterFailed once it is called off."""
        me = get_ident()
        self._asking.add(me)
        try:
            if self._over.is_set():
                raise ClusterFailed("The run was called off.")
            context = context_of(self._session)
            self._session.addTag(self._tag) if context is None else context.addJobTag(self._tag)
            yield
        finally:
            self._asking.discard(me)

    def call_off(self) -> None:
        """Nothing of the run is under way. Who was about to ask when it began is called off as soon as he did."""
        self._over.set()
        end = monotonic() + _PATIENCE
        self._cancel()
        while self._asking and monotonic() < end:
            sleep(_PAUSE)
            self._cancel()

    def _cancel(self) -> None:
        context = context_of(self._session)
        self._session.interruptTag(self._tag) if context is None else context.cancelJobsWithTag(self._tag)


def context_of(session: SparkSession) -> SparkContext | None:
    """The session's own Spark; None through Spark Connect. Tags of a classic session (4.3) do not call off its jobs."""
    try:
        return session.sparkContext
    except Exception as fault:
        if not is_spark(fault):
            raise
        return None


def is_spark(fault: Exception) -> bool:
    """True for what Spark raises, in Python or in Java."""
    return type(fault).__module__.startswith(("pyspark", "py4j"))
