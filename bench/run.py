"""Runs the benchmark; what is measured already is not measured again, so an interrupted run goes on where it was.

python -m bench.run --size 1m
python -m bench.run --size 10m --only duckdb,ours --tasks a,b
python -m bench.run --size 100m --runs 1 --quiet 5      # redo a run up to 5 times when others use over 10 %
python -m bench.page                                     # then: docs/performance.md
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

from bench import environments, generate, places, results
from bench.engines import EVERY, Engine
from bench.session import Manner, Result, Session


def main() -> None:
    """Measure what is asked for, printing each result as it comes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", default="1m", help="100k, 1m, 10m, 100m, real; several with commas")
    parser.add_argument("--only", default="", help="engines or 'engine layout' pairs, with commas")
    parser.add_argument("--tasks", default="", help="tasks, with commas")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--limit", type=float, default=900, help="seconds for one run of one task")
    parser.add_argument("--quiet", type=int, default=0, help="how often to redo a run while others use over 10 %%")
    parser.add_argument("--log", type=Path, default=generate.DEFAULT_LOG, help="the real log (XES, may be gzipped)")
    parser.add_argument("--again", action="store_true", help="measure anew what is measured already")
    asked = parser.parse_args()
    results.record_machine()
    manner = Manner(asked.runs, asked.threads, asked.limit, asked.quiet)
    for size in asked.size.split(","):
        if size in (places.REAL, places.ALIGNMENT) and not asked.log.exists():
            print(f"{size} is left out: {asked.log} is not there; --log says where a log is.")
            continue
        generate.make(size, log=asked.log)
        for engine in EVERY:
            if size in engine.sizes and _wanted(engine, asked.only):
                tasks = [task for task in engine.tasks if not asked.tasks or task in asked.tasks.split(",")]
                measure(engine, size, tasks, manner, again=asked.again)


def measure(engine: Engine, size: str, tasks: list[str], manner: Manner, *, again: bool = False) -> None:
    """The engine's results for the tasks stand in the file of results."""
    known = results.latest()
    todo = [task for task in tasks if again or (size, engine.key, task) not in known]
    if not todo:
        return
    versions = _versions(engine)
    session = _opened(engine, size, manner, versions)
    try:
        for task in todo:
            if not session.alive:  # it was stopped, or ran out of memory
                session.close()
                session = _opened(engine, size, manner, versions)
            answer = results.answer_path(size, engine.key, task)
            answer.unlink(missing_ok=True)
            _note(session.measure(task, answer), versions)
    finally:
        session.close()


def _opened(engine: Engine, size: str, manner: Manner, versions: dict[str, str]) -> Session:
    """A session whose data are open. One that had to build them first makes way for another, so that what it needed
    for that is not taken for a task's memory.
    """
    scratch = places.scratch(f"{engine.name}-{size}")
    built = set(scratch.glob("*.done"))
    session = Session(engine, size, manner)
    _note(session.open(), versions)
    if set(scratch.glob("*.done")) == built:
        return session
    session.close()
    session = Session(engine, size, manner)
    session.open()
    return session


def _note(result: Result, versions: dict[str, str]) -> None:
    result.when = datetime.now(UTC).isoformat(timespec="seconds")
    result.versions = versions
    results.write(result.as_json())
    told = f"{result.median:9.3f} s" if result.median is not None else f"   failed: {result.failed[:90]}"
    agreed = {True: "agrees", False: "DIFFERS FROM OURS", None: ""}[
        results.agreed(result.size, f"{result.engine} {result.layout}", result.task)
    ]
    place = f"{result.size:5} {result.engine + ' ' + result.layout:24} {result.task:10}"
    print(f"{place}{told}  own {result.own_peak_mb:7.0f} MB  others {result.others:4.0%}  {agreed}", flush=True)
    if agreed.startswith("DIFFERS"):
        print(
            "!" * 100, f"\n{place} answers otherwise than ours: see {results.answers_folder(result.size)}\n", "!" * 100
        )


def _versions(engine: Engine) -> dict[str, str]:
    if engine.environment:
        engine.python()
        return environments.versions(engine.environment)
    git = shutil.which("git")
    head = [git, "rev-parse", "--short", "HEAD"] if git else [sys.executable, "-c", ""]
    commit = subprocess.run(head, cwd=places.REPOSITORY, capture_output=True, text=True, check=False).stdout.strip()
    return {name: metadata.version(name) for name in ("desireline", "numpy", "polars", "deltalake")} | {
        "commit": commit
    }


def _wanted(engine: Engine, only: str) -> bool:
    return not only or engine.name in only.split(",") or engine.key in only.split(",")


if __name__ == "__main__":
    main()
