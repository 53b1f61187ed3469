"""Where the benchmark keeps what it makes: never inside the repository."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
SIZES = {"100k": 100_000, "1m": 1_000_000, "10m": 10_000_000, "100m": 100_000_000}
ALIGNMENT = "alignment"  # maps and routes, no events
REAL = "real"  # a real log, its cases drawn again and again until there are 10 million events


def cache() -> Path:
    """The folder for data, environments and results: `BENCH_DATA`, or one under the system's temporary folder."""
    named = os.environ.get("BENCH_DATA")
    folder = Path(named) if named else Path(tempfile.gettempdir()) / "desireline-bench"
    if folder.resolve().is_relative_to(REPOSITORY):
        raise ValueError(f"BENCH_DATA is {folder}, inside the repository. Choose a folder outside it.")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def data(size: str) -> Path:
    """The folder with one size's files: `raw.parquet`, `ordered/`, `facts.json`; up to 10m as text too."""
    return cache() / size


def environment(name: str) -> Path:
    """The folder of a peer's virtual environment."""
    return cache() / "environments" / name


def scratch(name: str) -> Path:
    """A folder for what a run builds and may throw away."""
    folder = cache() / "scratch" / name
    folder.mkdir(parents=True, exist_ok=True)
    return folder
