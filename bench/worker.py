"""The other end of `session`: one engine and one layout in one process, doing what it is told line by line.

    python -m bench.worker bench.peers.duckdb native <data folder> <scratch folder> 2

`open` loads or maps the data, `run a` answers a task, `keep a path` writes that answer. Each is answered with a line
of JSON. What an engine prints goes to the error stream.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import time
import traceback
from pathlib import Path
from typing import Any, TextIO

from bench.facts import read_facts
from bench.peers import Ask, Prepared, Tasks


def main() -> None:
    """Serve until the input ends."""
    module, layout, folder, scratch, threads = sys.argv[1:]
    replies = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    data = Path(folder)
    ask = Ask(layout, data, Path(scratch), read_facts(data), int(threads))
    serve(module, ask, sys.stdin, replies)
    replies.flush()
    os._exit(0)  # some engines take long to say goodbye


def serve(module: str, ask: Ask, orders: TextIO, replies: TextIO) -> None:
    """Every order is answered with one line, also when it fails."""
    tasks: Tasks = {}
    held: dict[str, Any] = {}
    for order in orders:
        verb, *rest = order.split()
        began = time.perf_counter()
        try:
            task = tasks[rest[0]] if verb == "run" else None
            if isinstance(task, Prepared):
                task.prepare()
                began = time.perf_counter()
            if verb == "open":
                tasks = importlib.import_module(module).open_engine(ask)
            elif task:
                held[rest[0]] = task()
            elif verb == "keep":
                Path(rest[1]).write_text(json.dumps(held[rest[0]]), "utf-8")
            reply = {"seconds": time.perf_counter() - began, "tasks": list(tasks)}
        except Exception as failure:  # noqa: BLE001 - any failure of any engine is a result
            traceback.print_exc()
            reply = {"failed": f"{type(failure).__name__}: {failure}"[:500]}
        print(json.dumps(reply), file=replies, flush=True)


if __name__ == "__main__":
    main()
