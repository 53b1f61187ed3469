"""What the server counts about itself, as Prometheus reads it. Nothing in it tells who did what."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Iterator
from typing import Any, Protocol

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from desireline.server.jobs import Jobs
from desireline.server.present import Present
from desireline.version import __version__

KIND = "text/plain; version=0.0.4; charset=utf-8"
STEPS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


class HasRooms(Protocol):
    """The rooms of a server."""

    def opened(self) -> dict[str, Any]:
        """The rooms that are in memory."""


class Metrics:
    """The counters of one server, in a registry of their own."""

    def __init__(self, rooms: HasRooms, jobs: Jobs, present: Present) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "desireline_requests",
            "Requests that were answered, by method, route and status.",
            ["method", "route", "status"],
            registry=self._registry,
        )
        self._seconds = Histogram(
            "desireline_request_seconds",
            "How long an answer took, by route.",
            ["route"],
            buckets=STEPS,
            registry=self._registry,
        )
        self._registry.register(_Now(rooms, jobs, present))

    def answered(self, method: str, route: str, status: int, *, seconds: float) -> None:
        """A request was answered."""
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def text(self) -> bytes:
        """All of it, as text."""
        return generate_latest(self._registry)


class _Now(Collector):
    """What is counted only when somebody asks."""

    def __init__(self, rooms: HasRooms, jobs: Jobs, present: Present) -> None:
        self._rooms, self._jobs, self._present = rooms, jobs, present

    def describe(self) -> Iterator[Metric]:
        return iter(())

    def collect(self) -> Iterator[Metric]:
        about = GaugeMetricFamily("desireline_version", "1, with the version that runs.", labels=["version"])
        about.add_metric([__version__], 1)
        yield about
        yield GaugeMetricFamily("desireline_maps_open", "Maps that are in memory.", value=len(self._rooms.opened()))
        yield GaugeMetricFamily("desireline_connections", "Browsers in a map now.", value=self._present.count())
        jobs = GaugeMetricFamily("desireline_jobs", "Jobs that are remembered, by state.", labels=["state"])
        for state, number in sorted(Tally(job.state for job in self._jobs.all()).items()):
            jobs.add_metric([state], number)
        yield jobs
