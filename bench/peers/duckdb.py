"""DuckDB: `raw` asks the Parquet file with names in order of arrival; `native` a table of its own, ordered by customer
and time, with enums, through windows that stream over the order of the table; `lists` one row per customer.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import duckdb

from bench import answers
from bench.peers import Ask, Tasks
from bench.peers.shapes import SHAPES, WEEK, monday_before
from bench.peers.sql import statements


def open_engine(ask: Ask) -> Tasks:
    """What DuckDB answers on a layout."""
    texts = statements(f"duckdb-{ask.layout}")
    if "build" in texts:
        base = _connect(ask, ask.once(f"{ask.layout}.duckdb", lambda path: _build(ask, path, texts["build"])))
    else:
        base = _connect(ask, None)
        base.execute(texts["open"])
    return {task: partial(_answer, base, text, task, ask) for task, text in texts.items() if task in SHAPES}


def _connect(ask: Ask, path: Path | None) -> duckdb.DuckDBPyConnection:
    base = duckdb.connect(path or ":memory:")
    spill = {"temp_directory": ask.scratch / "spill", "max_temp_directory_size": "20GB"}
    limits = {"threads": ask.threads, "memory_limit": "14GB", **spill}
    for name, value in limits.items():
        base.execute(f"SET {name} = '{value}'")
    touchpoints, channels = list(ask.facts.touchpoints), list(ask.facts.channels)
    plain = {"raw": ask.raw, "ordered": ask.ordered, "names": touchpoints}
    for name, value in {**plain, "apart": ask.facts.apart, "first": ask.facts.first_at}.items():
        base.execute(f"SET VARIABLE {name} = $1", [value])
    base.execute(statements("duckdb-native")["wide" if ask.facts.wide else "narrow"])
    base.execute(
        "CREATE TEMP TABLE stages AS SELECT unnest($1) AS event, unnest($2) AS stage, unnest($3) AS code",
        [touchpoints, list(ask.facts.stages), list(range(len(touchpoints)))],
    )
    base.execute(
        "CREATE TEMP TABLE channels AS SELECT unnest($1) AS name, unnest($2) AS code",
        [channels, list(range(len(channels)))],
    )
    return base


def _build(ask: Ask, path: Path, text: str) -> None:
    path.unlink(missing_ok=True)
    base = _connect(ask, path)
    for statement in text.split(";"):
        base.execute(statement)
    base.close()


def _answer(base: duckdb.DuckDBPyConnection, text: str, task: str, ask: Ask) -> Any:
    bound = {
        **{f"step{number}": name for number, name in enumerate(ask.facts.funnel_names, start=1)},
        **{"within": answers.WITHIN, "silence": answers.SILENCE, "steps": answers.STEPS, "top": answers.TOP},
        **{"origin": monday_before(ask.facts.first_at), "week": WEEK, "goal": ask.facts.purchase_name},
    }
    asked = {name: value for name, value in bound.items() if f"${name}" in text}
    return SHAPES[task](base.execute(text, asked).fetchall(), ask.facts)
