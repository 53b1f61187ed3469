"""chDB, which is ClickHouse in a process: `raw` asks the Parquet file with names; `mergetree` a table of its own in the
order of customer and time; `lists` a table with one row per customer. The funnel is ClickHouse's `windowFunnel`.
"""

from __future__ import annotations

import json
import shutil
from functools import partial
from pathlib import Path
from typing import Any

from chdb import session

from bench import answers
from bench.peers import Ask, Tasks
from bench.peers.shapes import SHAPES, WEEK, monday_before
from bench.peers.sql import statements


def open_engine(ask: Ask) -> Tasks:
    """What chDB answers on a layout."""
    texts = statements(f"chdb-{ask.layout}")
    if "build" in texts:
        base = _connect(ask, ask.once(f"{ask.layout}.chdb", lambda path: _build(ask, path, texts["build"])))
    else:
        base = _connect(ask, None)
    return {task: partial(_answer, base, text, task, ask) for task, text in texts.items() if task in SHAPES}


def _connect(ask: Ask, path: Path | None) -> session.Session:
    base = session.Session(str(path) if path else None)
    limits = {"max_threads": ask.threads, "max_memory_usage": 16_000_000_000}
    for name, value in {**limits, "schema_inference_make_columns_nullable": 0}.items():
        base.query(f"SET {name} = {value}")
    return base


def _build(ask: Ask, path: Path, text: str) -> None:
    shutil.rmtree(path, ignore_errors=True)
    base = _connect(ask, path)
    for statement in text.split(";"):
        base.query(statement, params=_bound(ask))
    base.close()


def _answer(base: session.Session, text: str, task: str, ask: Ask) -> Any:
    said = str(base.query(text, "JSONCompactEachRow", params=_bound(ask)))
    rows = [[_number(value) for value in json.loads(line)] for line in said.splitlines()]
    return SHAPES[task](rows, ask.facts)


def _number(value: Any) -> Any:
    """64-bit integers come as text, as JSON has it."""
    return int(value) if isinstance(value, str) and value.lstrip("-").isdigit() else value


def _bound(ask: Ask) -> dict[str, Any]:
    steps = ask.facts.funnel_names if ask.layout == "raw" else ask.facts.funnel
    return {
        **{f"step{number}": step for number, step in enumerate(steps, start=1)},
        **{"within": answers.WITHIN, "silence": answers.SILENCE, "steps": answers.STEPS, "top": answers.TOP},
        **{"origin": monday_before(ask.facts.first_at), "week": WEEK, "raw": ask.raw, "ordered": ask.ordered},
        "goal": ask.facts.purchase_name if ask.layout == "raw" else ask.facts.purchase,
        "names": str(list(ask.facts.touchpoints)),  # ClickHouse writes a list as Python does
        "channels": str(list(ask.facts.channels)),
        "stages": str(list(ask.facts.stages)),
    }
