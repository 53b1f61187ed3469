"""Asks one engine in one layout, in a process of its own: how long each task takes, what it holds, what it answers.

One warm-up, then the median of three; a first run that takes over ten seconds is already one of the three, one that
takes over a minute is enough.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from bench import places
from bench.engines import Engine
from bench.processes import Use, Watch, kill_tree

COUNTS = 10.0  # seconds from which a first run counts
ENOUGH = 60.0  # seconds from which one run is enough
NOISE = 0.10  # share of the processors from which others disturb


@dataclass(frozen=True)
class Manner:
    """How to measure."""

    runs: int = 3
    threads: int = 2
    limit: float = 900.0  # seconds for one run
    redo: int = 0  # how often a disturbed run is done again


@dataclass
class Result:
    """One engine, layout and task at one size."""

    size: str
    engine: str
    layout: str
    task: str
    seconds: list[float] = field(default_factory=list)
    median: float | None = None
    own_peak_mb: float = 0.0
    peak_mb: float = 0.0
    others: float = 0.0
    failed: str = ""
    when: str = ""
    versions: dict[str, str] = field(default_factory=dict)

    def as_json(self) -> str:
        """One line."""
        return json.dumps(asdict(self))


class Session:
    """A process that holds one engine and one layout."""

    def __init__(self, engine: Engine, size: str, manner: Manner) -> None:
        self.engine, self.size, self.manner = engine, size, manner
        scratch = places.scratch(f"{engine.name}-{size}")
        threads = str(manner.threads)
        limits = ("POLARS_MAX_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "RAYON_NUM_THREADS")
        command = [engine.python(), "-m", "bench.worker", engine.module, engine.layout, places.data(size), scratch]
        self._process = subprocess.Popen(
            [*map(str, command), threads],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=(scratch / f"{engine.layout}.log").open("w"),
            text=True,
            cwd=places.REPOSITORY,
            env={**os.environ, **dict.fromkeys(limits, threads), "RETENTIONEERING_NO_TRACK": "1"},
        )
        self._watch = Watch(self._process.pid)

    @property
    def alive(self) -> bool:
        """Whether the process can be asked more."""
        return self._process.poll() is None

    def open(self) -> Result:
        """The engine has loaded its data; a layout of its own that is not there yet is built."""
        reply, use = self._order("open")
        return self._result("open", [reply], [use])

    def measure(self, task: str, answer: Path) -> Result:
        """The task was run as often as the manner asks; its answer stands in `answer`."""
        replies: list[dict[str, Any]] = []
        uses: list[Use] = []
        wanted = self.manner.runs
        warm = wanted > 1
        disturbed = 0
        while len(replies) < wanted:
            reply, use = self._order(f"run {task}")
            if "failed" in reply:
                return self._result(task, [reply], [use])
            took = reply["seconds"]
            if warm and took < COUNTS:
                warm = False
                continue
            warm = False
            if use.others > NOISE and disturbed < self.manner.redo:
                disturbed += 1
                print(f"    others took {use.others:.0%}: once more", file=sys.stderr)
                continue
            replies.append(reply)
            uses.append(use)
            if took > ENOUGH:
                break
        self._order(f"keep {task} {answer}")
        return self._result(task, replies, uses)

    def close(self) -> None:
        """The process is gone, with all it started."""
        self._watch.close()
        if self._process.stdin:
            with suppress(BrokenPipeError):
                self._process.stdin.close()
        try:
            self._process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            kill_tree(self._process.pid)
            self._process.wait()

    def _order(self, order: str) -> tuple[dict[str, Any], Use]:
        ends = self._process.stdin, self._process.stdout
        if not all(ends) or self._process.poll() is not None:
            return {"failed": "the process is gone"}, Use()
        alarm = threading.Timer(self.manner.limit, kill_tree, [self._process.pid])
        alarm.start()
        self._watch.start()
        try:
            print(order, file=ends[0], flush=True)
            line = ends[1].readline() if ends[1] else ""
        except BrokenPipeError:
            line = ""
        use = self._watch.stop()
        late = not alarm.is_alive()
        alarm.cancel()
        if line:
            return json.loads(line), use
        return {"failed": f"stopped after {self.manner.limit:.0f} s" if late else "the process died"}, use

    def _result(self, task: str, replies: list[dict[str, Any]], uses: list[Use]) -> Result:
        seconds = [reply["seconds"] for reply in replies if "seconds" in reply]
        return Result(
            *(self.size, self.engine.name, self.engine.layout, task, seconds),
            median=statistics.median(seconds) if seconds else None,
            own_peak_mb=max(use.own_peak for use in uses) / 2**20,
            peak_mb=max(use.peak for use in uses) / 2**20,
            others=max(use.others for use in uses),
            failed=next((reply["failed"] for reply in replies if "failed" in reply), ""),
        )
