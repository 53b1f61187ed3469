"""A trace is made beside the one that is there, and takes its place at the very end, or not at all."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from desireline.disk import sync
from desireline.errors import TraceDamaged
from desireline.trace.columns import ColumnWriter
from desireline.trace.faults import writing
from desireline.trace.hold import unless_held
from desireline.trace.manifest import Manifest, Piece, read_manifest, write_manifest

_LOCK = "lock"
_DATA = ".cols"
_HALF = ".tmp"
_SPILL = "spill"
_SYNCS = 2  # files that go to the disk at a time, while others are made


Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Built:
    """What a build did. `left_out` rows had no customer, no instant or no event; `notes` are for the user."""

    events: int
    customers: int
    left_out: int = 0
    made: int = 0  # buckets written anew
    appended: int = 0  # buckets that got one more piece
    kept: int = 0  # buckets left as they were
    notes: tuple[str, ...] = ()


class Making:
    """A folder in which this process alone makes a trace. `before` is what was there, where it could be read."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.notes: list[str] = []  # what the user should be told
        self.before: Manifest | None = None
        try:
            self.before = read_manifest(folder)
        except TraceDamaged as fault:
            if fault.reason != "missing":
                self.notes.append(str(fault))
        self._generation = 1 + max([self.before.generation if self.before else 0, *self._generations()])
        self._switched = False
        self._disk = ThreadPoolExecutor(_SYNCS, thread_name_prefix="sync")
        self._syncs: list[Future[None]] = []

    @property
    def spill(self) -> Path:
        """A folder for what does not fit into memory; gone when the making ends."""
        return self.folder / _SPILL

    def write(self, name: str, fill: Callable[[ColumnWriter], Mapping[str, Any]], piece: Piece) -> Piece:
        """A file is whole, not yet part of any trace, and on its way to the disk; `piece` with its name and size.

        Several threads may write at once, under different names.
        """
        path = self.folder / f"{name}-{self._generation}{_DATA}"
        half = path.with_name(path.name + _HALF)
        with writing(self.folder):
            with half.open("wb") as file:
                writer = ColumnWriter(file)
                size, check = writer.close(fill(writer))
            half.replace(path)
        self._syncs.append(self._disk.submit(sync, path))
        return replace(piece, file=path.name, size=size, check=check)

    def switch(self, manifest: Manifest) -> None:
        """Readers see this trace from now on; files that it does not name are removed, later if they are read."""
        with writing(self.folder):
            for synced in self._syncs:
                synced.result()
            write_manifest(replace(manifest, generation=self._generation), self.folder)
        self._switched = True
        self._sweep({piece.file for piece in manifest.pieces})

    def built(self, manifest: Manifest, **counts: int) -> Built:
        """What there is now, and how it came about."""
        events = sum(piece.events for piece in manifest.pieces)
        customers = sum(piece.customers for piece in manifest.pieces)
        return Built(events, customers, notes=tuple(self.notes), **counts)

    def abandon(self) -> None:
        """What was half-made is removed; the trace that was there is as it was."""
        if not self._switched:
            self._sweep({piece.file for piece in self.before.pieces} if self.before else set())

    def close(self) -> None:
        """Nothing goes on."""
        self._disk.shutdown(cancel_futures=True)

    def _generations(self) -> Iterator[int]:
        for path in self.folder.glob(f"*-*{_DATA}*"):
            number = path.name.split(".")[0].rsplit("-", 1)[-1]
            if number.isdecimal():
                yield int(number)

    def _sweep(self, keep: set[str]) -> None:
        shutil.rmtree(self.spill, ignore_errors=True)
        ours = (f"-{self._generation}{_DATA}", _HALF)  # no reader has seen them
        unnamed = [path for path in self.folder.iterdir() if path.name not in keep]
        _remove([path for path in unnamed if path.name.endswith(ours)])
        if old := [path for path in unnamed if path.suffix == _DATA]:
            unless_held(self.folder, lambda: _remove(old))


def _remove(paths: Iterable[Path]) -> None:
    for path in paths:
        with suppress(OSError):
            path.unlink()


@contextmanager
def making(folder: Path) -> Iterator[Making]:
    """This process alone makes a trace in the folder; another one that wants to waits.

    However it ends, the folder holds the old trace or the new one. Raises `TraceUnwritable` when the disk is full
    or closed.
    """
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        lock = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        with writing(folder):
            fcntl.flock(lock, fcntl.LOCK_EX)
            made = Making(folder)
            made.abandon()  # what a killed process left
        try:
            yield made
        finally:
            made.close()
            made.abandon()
    finally:
        os.close(lock)
