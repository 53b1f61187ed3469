"""The peers, one file each; each runs in a process of its own, in an environment that holds no other.

A peer's file has `open_engine(ask)`, which loads or maps one layout and
returns what it can answer: a task's letter to a function that computes the answer anew each time.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.facts import Facts

Tasks = dict[str, Callable[[], dict[str, Any]]]


@dataclass(frozen=True)
class Prepared:
    """A task with something to be put right before each run, off the clock."""

    prepare: Callable[[], object]
    run: Callable[[], dict[str, Any]]

    def __call__(self) -> dict[str, Any]:
        return self.run()


@dataclass(frozen=True)
class Ask:
    """Which data an engine is asked about, in which layout, with how many threads."""

    layout: str
    folder: Path  # the data folder
    scratch: Path  # what the engine builds from it and keeps from run to run
    facts: Facts
    threads: int = 2

    @property
    def raw(self) -> str:
        """The raw Parquet file."""
        return str(self.folder / "raw.parquet")

    @property
    def ordered(self) -> str:
        """All files of the ordered layout, as a pattern."""
        return str(self.folder / "ordered" / "*.parquet")

    def once(self, name: str, build: Callable[[Path], None]) -> Path:
        """The path of something the engine builds once from this data; a half-built one is built again."""
        path, done = self.scratch / name, self.scratch / f"{name}.done"
        if not done.exists():
            build(path)
            done.touch()
        return path
