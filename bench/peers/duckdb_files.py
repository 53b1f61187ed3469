"""DuckDB reads a file and writes it ordered by customer and time: what our import is compared with."""

from __future__ import annotations

from functools import partial

import duckdb

from bench.answers import Answer
from bench.peers import Ask, Tasks

_READERS = {"parquet": "read_parquet($file)", "csv": "read_csv($file)", "jsonl": "read_json($file)"}
_COPY = {
    kind: f'COPY (SELECT * FROM {reader} ORDER BY customer, "at") TO $into (FORMAT parquet, COMPRESSION zstd)'
    for kind, reader in _READERS.items()
}


def open_engine(ask: Ask) -> Tasks:
    """One task per kind of file."""
    kinds = [kind for kind in _READERS if (ask.folder / f"raw.{kind}").exists()]
    return {f"ingest-{kind}": partial(_write, ask, kind) for kind in kinds}


def _write(ask: Ask, kind: str) -> Answer:
    base = duckdb.connect()
    for name, value in {
        "threads": ask.threads,
        "memory_limit": "14GB",
        "temp_directory": ask.scratch / "spill",
    }.items():
        base.execute(f"SET {name} = '{value}'")
    into = ask.scratch / f"ordered-from-{kind}.parquet"
    base.execute(_COPY[kind], {"file": str(ask.folder / f"raw.{kind}"), "into": str(into)})
    return {"accepted": base.execute("SELECT count(*) FROM read_parquet($1)", [str(into)]).fetchall()[0][0]}
