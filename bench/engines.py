"""Every engine of the benchmark: where its code is, which environment it needs, and what it can be asked.

The tasks' letters are explained in `answers`; `ours` has further tasks of its own, explained in `ours`.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from bench import environments

SEVEN = ("a", "b", "c", "d", "e", "f", "g")
ALL_SIZES = ("100k", "1m", "10m", "100m", "real")
NOT_THE_LARGEST = ("100k", "1m", "10m", "real")
SIMULATED = ("100k", "1m", "10m", "100m")
SMALL = ("100k", "1m", "10m")


@dataclass(frozen=True)
class Engine:
    """One engine and layout: what it is asked, at which sizes, and whether rows or customers are its unit."""

    name: str
    layout: str
    module: str
    environment: str | None  # None is the product's own
    tasks: tuple[str, ...] = SEVEN
    sizes: tuple[str, ...] = ALL_SIZES
    rows: bool = False  # prepared, and one row per event: what `from ordered Parquet` is compared with

    @property
    def key(self) -> str:
        """Its name in tables and results."""
        return f"{self.name} {self.layout}"

    def python(self) -> Path:
        """The interpreter that can run it."""
        return environments.python(self.environment) if self.environment else Path(sys.executable)


def _peer(name: str, layout: str, **more: object) -> Engine:
    return Engine(name, layout, f"bench.peers.{name}", name, **more)  # type: ignore[arg-type]


INGEST = ("ingest-parquet", "ingest-csv", "ingest-jsonl")
ASKED = ("ask", "map", "period", "channels", "segment", "rebuild", "append", "refresh")
ALIGNED = ("align-receipt", "align-eleven", "align-many")
COLD = ("cold-ordered", "cold-trace", "cold-command")
COLD_SIZES = ("100k", "1m")  # beyond, DuckDB does not keep the order of several files, on which its windows rely

PEERS = (
    _peer("duckdb", "raw"),
    _peer("duckdb", "native", rows=True),
    _peer("duckdb", "lists", tasks=("b", "c")),
    _peer("polars", "raw"),
    _peer("polars", "ordered", rows=True),
    _peer("chdb", "raw"),
    _peer("chdb", "mergetree", rows=True),
    _peer("chdb", "lists"),
    _peer("r4pm", "raw", tasks=("b", "c"), sizes=NOT_THE_LARGEST),
    _peer("retentioneering", "raw", tasks=("b", "d"), sizes=NOT_THE_LARGEST),
    _peer("pm4py", "raw", tasks=("b", "c"), sizes=NOT_THE_LARGEST),
    _peer("channelattribution", "raw", tasks=("f",), sizes=NOT_THE_LARGEST),
    _peer("spark", "raw", sizes=NOT_THE_LARGEST),
    Engine("pm4py", "alignment", "bench.peers.pm4py_alignment", "pm4py", tasks=ALIGNED[:2], sizes=("alignment",)),
    Engine("duckdb", "files", "bench.peers.duckdb_files", "duckdb", tasks=INGEST, sizes=SMALL),
    Engine("duckdb", "cold", "bench.peers.duckdb_cold", "duckdb", tasks=COLD[:1], sizes=COLD_SIZES),
)
OURS = (
    Engine("ours", "trace", "bench.ours.seven", None, tasks=(*SEVEN, "all"), rows=True),
    Engine("ours", "ordered", "bench.ours.seven", None, tasks=(*SEVEN, "all"), rows=True),
    Engine("ours", "raw", "bench.ours.building", None, tasks=("keep", "raw-all")),
    Engine("ours", "growth", "bench.ours.growth", None, tasks=("merged", "unmerged", "append-day"), sizes=SIMULATED),
    Engine("ours", "lake", "bench.ours.lake", None, tasks=(*INGEST, *ASKED), sizes=SIMULATED),
    Engine("ours", "spark", "bench.ours.standalone", "ours-spark", tasks=("all",), sizes=SMALL),
    Engine("spark", "sql", "bench.ours.standalone", "ours-spark", tasks=("a", "b", "d"), sizes=SMALL),
    Engine("ours", "alignment", "bench.ours.alignment", None, tasks=ALIGNED, sizes=("alignment",)),
    Engine("ours", "cold", "bench.ours.cold", None, tasks=COLD, sizes=COLD_SIZES),
)
EVERY = (*OURS, *PEERS)
