"""A cold DuckDB process, from its start to a funnel on the ordered files, by windows that stream over their order."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import partial
from pathlib import Path

from bench import answers, places
from bench.answers import Answer
from bench.peers import Ask, Tasks


def open_engine(ask: Ask) -> Tasks:
    """Each run is a process of its own."""
    command = [sys.executable, "-m", "bench.peers.duckdb_cold", str(ask.folder), str(ask.threads)]
    return {"cold-ordered": partial(_run, command)}


def _run(command: list[str]) -> Answer:
    said = subprocess.run(command, check=True, capture_output=True, text=True, cwd=places.REPOSITORY).stdout
    return answers.funnel(json.loads(said))


def _main() -> None:
    """Prints how many customers reached each step."""
    import duckdb  # noqa: PLC0415 - what the process needs, and no more

    from bench.facts import read_facts  # noqa: PLC0415
    from bench.peers.sql import statements  # noqa: PLC0415

    folder, threads = Path(sys.argv[1]), sys.argv[2]
    facts = read_facts(folder)
    base = duckdb.connect()
    base.execute(f"SET threads = {int(threads)}")
    base.execute("SET VARIABLE ordered = $1", [str(folder / "ordered" / "*.parquet")])
    base.execute(f"SET VARIABLE apart = {facts.apart}")
    base.execute(f"SET VARIABLE first = {facts.first_at}")
    base.execute(statements("duckdb-native")["wide" if facts.wide else "narrow"])
    base.execute(statements("duckdb-ordered")["open"])
    bound = {f"step{number}": code for number, code in enumerate(facts.funnel, start=1)}
    bound |= {"within": answers.WITHIN}
    print(json.dumps(base.execute(statements("duckdb-native")["a"], bound).fetchall()[0]))


if __name__ == "__main__":
    _main()
