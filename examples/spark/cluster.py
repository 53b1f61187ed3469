"""A real Spark cluster on this machine alone: one master, workers of one core each, on the loopback address.

    with loopback(Path("scratch")) as cluster:
        with Spark.connect(cluster.master, settings=cluster.settings()) as engine:
            ...

Every process is in a group of its own under a guard, which kills the group when this program ends, however it ends,
and after `seconds` at the latest.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from desireline.errors import MissingExtra

GUARD = """
import os, select, signal, subprocess, sys
subprocess.Popen(sys.argv[2:], stdin=subprocess.DEVNULL)
select.select([sys.stdin], [], [], float(sys.argv[1]))
os.killpg(0, signal.SIGKILL)
"""
MASTER, WORKER = "org.apache.spark.deploy.master.Master", "org.apache.spark.deploy.worker.Worker"
STARTS_WITHIN = 120


@dataclass
class Cluster:
    """A master and its workers. What they write is in `folder`."""

    folder: Path
    memory: str  # of each worker, and of its executor
    seconds: float
    master: str = ""
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)
    _started: int = 0

    def settings(self) -> dict[str, str]:
        """What a session on this cluster has to say: stay on loopback, be small, begin when all workers are there."""
        return {
            "spark.driver.host": "127.0.0.1",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.driver.memory": "1g",
            "spark.executor.memory": self.memory,
            "spark.executor.cores": "1",
            "spark.executorEnv.POLARS_MAX_THREADS": "1",
            "spark.cores.max": str(len(self.workers)),
            "spark.scheduler.minRegisteredResourcesRatio": "1.0",
            "spark.scheduler.maxRegisteredResourcesWaitingTime": "60s",
            "spark.sql.shuffle.partitions": "4",
            "spark.local.dir": str(self.folder / "local"),
            "spark.sql.warehouse.dir": str(self.folder / "warehouse"),
            "spark.ui.enabled": "false",
            "spark.log.level": "ERROR",
        }

    def add_workers(self, count: int = 1) -> None:
        """More workers of one core each have joined."""
        words = ["--host", "127.0.0.1", "--cores", "1", "--memory", self.memory, "--webui-port", "0", self.master]
        started = [self._start(WORKER, words) for _ in range(count)]
        self.workers += [process for process, _ in started]
        for _, log in started:
            _wait_for(log, r"Successfully registered with master (\S+)")

    def kill_worker(self, session: int) -> None:
        """A worker and its executor have died as if their machine had lost its power.

        `session` is what `os.getsid(0)` says to work that runs there.
        """
        worker = next(worker for worker in self.workers if worker.pid == session)
        self.workers.remove(worker)
        kill(worker)

    def _start(self, what: str, words: list[str]) -> tuple[subprocess.Popen[bytes], Path]:
        """A process of Spark under its guard, and the file that it tells its doings to."""
        self._started += 1
        log = self.folder / f"{what.rpartition('.')[2].lower()}-{self._started}.log"
        guarded = [sys.executable, "-c", GUARD, str(self.seconds), str(_spark_home() / "bin" / "spark-class"), what]
        with log.open("wb") as told:
            process = subprocess.Popen(
                [*guarded, *words],
                stdin=subprocess.PIPE,
                stdout=told,
                stderr=told,
                env=_surroundings(self.folder),
                start_new_session=True,
            )
        return process, log


@contextmanager
def loopback(folder: Path, *, workers: int = 2, memory: str = "1g", seconds: float = 900) -> Iterator[Cluster]:
    """A cluster runs inside, and nothing of it afterwards. `folder` must exist. Needs pyspark and Java 17."""
    cluster = Cluster(folder, memory, seconds)
    (folder / "conf").mkdir(exist_ok=True)
    master, log = cluster._start(MASTER, ["--host", "127.0.0.1", "--port", "0", "--webui-port", "0"])
    try:
        cluster.master = _wait_for(log, r"Starting Spark master at (spark://\S+)")
        cluster.add_workers(workers)
        yield cluster
    finally:
        for process in [*cluster.workers, master]:
            kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    """The process, and all that it started in its group, are gone."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    if process.stdin:
        process.stdin.close()


def _wait_for(log: Path, said: str) -> str:
    end = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < end:
        if found := re.search(said, log.read_text(encoding="utf-8", errors="replace")):
            return found[1]
        time.sleep(0.1)
    raise TimeoutError(f"{log} does not say {said!r}:\n{log.read_text(encoding='utf-8', errors='replace')[-2000:]}")


def _spark_home() -> Path:
    place = find_spec("pyspark")
    if place is None or place.origin is None:
        raise MissingExtra("A Spark cluster", "spark")
    return Path(place.origin).parent


def _surroundings(folder: Path) -> dict[str, str]:
    """The environment of master and workers: nothing of another Spark on this machine."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("SPARK_", "PYSPARK_"))}
    return own | {
        "SPARK_HOME": str(_spark_home()),
        "SPARK_CONF_DIR": str(folder / "conf"),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_LOCAL_DIRS": str(folder / "local"),
        "SPARK_WORKER_DIR": str(folder / "work"),
        "SPARK_DAEMON_MEMORY": "256m",
        "SPARK_DAEMON_JAVA_OPTS": "-XX:+UseSerialGC -XX:TieredStopAtLevel=1",
        "PYSPARK_PYTHON": sys.executable,
    }
