"""A kept trace of tables that are in buckets already: only what changed is read and written.

A bucket that got further inputs gets one more piece; its older pieces are merged when they have become many. The
trace does not know where the rows come from: the caller says what each bucket is made of, and reads it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import polars as pl

from desireline.errors import TraceDamaged
from desireline.trace.batch import whole_batch
from desireline.trace.columns import Columns
from desireline.trace.events import read_events
from desireline.trace.making import Built, Making, Progress, making
from desireline.trace.manifest import Manifest, Piece
from desireline.trace.merged import merge
from desireline.trace.pieces import write_merged, write_piece
from desireline.trace.rows import make_books, read_rows
from desireline.trace.spill import Source
from desireline.trace.threads import in_order

Read = Callable[[int, range], pl.DataFrame]

MANY = 30  # unmerged pieces
HEAVY = 0.2  # of a bucket's events outside its first piece


@dataclass(frozen=True)
class _Task:
    """What has to be done to a bucket: `old` pieces stay, the inputs from number `fresh` are read."""

    bucket: int
    parts: tuple[str, ...]
    old: tuple[Piece, ...]
    fresh: int


@dataclass(frozen=True)
class _Loaded:
    task: _Task
    frame: pl.DataFrame
    names: Mapping[str, pl.Series]


@dataclass(frozen=True)
class _Stored:
    bucket: int
    pieces: tuple[Piece, ...]
    left_out: int


def keep_grouped(
    into: str | Path,
    read: Read,
    parts: Sequence[tuple[str, ...]],
    *,
    inputs: str = "",
    basis: str = "",
    fields: Sequence[str] = (),
    threads: int = 2,
    progress: Progress | None = None,
) -> Built:
    """The folder holds a trace of these buckets; those that did not change are kept as they are.

    `parts` has, for each bucket, a fingerprint of each of its inputs, oldest first; a power of two of buckets.
    `read(bucket, numbers)` gives the rows of the inputs with these numbers, with the columns that `build_raw` wants
    and, where the order within an instant is known, a whole number `rank`. Rows may come in any order, but are read
    faster when they stand by customer and time. `inputs` names the whole; all buckets are made anew when `basis`,
    `fields` or the number of buckets differ from last time. `progress` is told ("buckets", done, all).
    Raises `TraceUnwritable` when the disk is full.
    """
    with making(Path(into)) as made:
        work = _Work(made, read, parts, basis=basis, fields=fields)
        buckets: list[tuple[Piece, ...]] = [task.old for task in work.tasks]
        changed = [task for task in work.tasks if task.fresh < len(task.parts)]
        loaded = in_order(work.load, changed, threads=threads)
        left_out = 0
        for done, stored in enumerate(in_order(work.store, work.learn(loaded), threads=threads)):
            buckets[stored.bucket] = stored.pieces
            left_out += stored.left_out
            if progress:
                progress("buckets", done + 1, len(changed))
        names = {name: book.names for name, book in work.books.items()}
        manifest = Manifest(0, inputs, names, tuple(buckets), {"basis": basis})
        made.switch(manifest)
        appended = sum(bool(task.old) for task in changed)
        counts = {"made": len(changed) - appended, "appended": appended, "kept": len(parts) - len(changed)}
        return made.built(manifest, left_out=left_out, **counts)


class _Work:
    """Buckets are loaded on threads, their names learned in the order of buckets, then stored on threads."""

    def __init__(
        self, made: Making, read: Read, parts: Sequence[tuple[str, ...]], *, basis: str, fields: Sequence[str]
    ) -> None:
        self.made = made
        self.read = read
        self.used = len(parts).bit_length() - 1
        if 2**self.used != len(parts):
            raise ValueError(f"buckets must be a power of two, not {len(parts)}")
        before = made.before
        usable = before is not None and _comparable(before, parts, basis=basis, fields=fields)
        self.before = before if usable else None
        self.books = make_books(fields, self.before.names if self.before else None)
        self.tasks = [self._task(bucket, wanted) for bucket, wanted in enumerate(parts)]

    def load(self, task: _Task) -> _Loaded:
        """The rows that are new in this bucket, and their distinct names."""
        frame = self.read(task.bucket, range(task.fresh, len(task.parts)))
        used = [name for name in self.books if name in frame.columns]
        return _Loaded(task, frame, {name: frame[name].cast(pl.String).unique() for name in used})

    def learn(self, loaded: Iterable[_Loaded]) -> Iterator[_Loaded]:
        """The names have codes, in the order of buckets, whichever thread was faster."""
        for one in loaded:
            for name, texts in one.names.items():
                self.books[name].learn(texts.drop_nulls().sort())
            yield one

    def store(self, one: _Loaded) -> _Stored:
        """The bucket's new piece is written; older ones are merged when they are many."""
        task, rows = one.task, read_rows(one.frame, self.books)
        old = self._merged(task)
        source = Source([whole_batch(rows)], 0, 1)
        codes: dict[str, None] = dict.fromkeys(self.books)
        piece = write_piece(self.made, task.bucket, source, codes, used=self.used, inputs=task.parts[task.fresh :])
        pieces = old if piece is None else (*old, self._without_known(piece, old))
        return _Stored(task.bucket, pieces, rows.left_out)

    def _task(self, bucket: int, wanted: tuple[str, ...]) -> _Task:
        old = self.before.buckets[bucket] if self.before else ()
        had = tuple(name for piece in old for name in piece.inputs)
        if had and wanted[: len(had)] == had and self._whole(old):
            return _Task(bucket, wanted, old, len(had))
        return _Task(bucket, wanted, (), 0)

    def _whole(self, pieces: Sequence[Piece]) -> bool:
        try:
            self._open(pieces)
        except TraceDamaged as fault:
            self.made.notes.append(str(fault))
            return False
        return True

    def _open(self, pieces: Sequence[Piece]) -> list[Columns]:
        return [Columns(self.made.folder / piece.file, size=piece.size, check=piece.check) for piece in pieces]

    def _merged(self, task: _Task) -> tuple[Piece, ...]:
        old = task.old
        events = sum(piece.events for piece in old)
        if len(old) < 2 or (len(old) <= MANY and events - old[0].events <= HEAVY * events):
            return old
        files = self._open(old)
        whole = merge([read_events(file, tuple(self.books)) for file in files])
        inputs = tuple(name for piece in old for name in piece.inputs)
        valued = any(piece.valued for piece in old)
        return (write_merged(self.made, task.bucket, whole, files, inputs=inputs, valued=valued),)

    def _without_known(self, piece: Piece, old: Sequence[Piece]) -> Piece:
        """The piece, counting only customers whom no older piece has."""
        if not old:
            return piece
        known = np.unique(np.concatenate([file["key"] for file in self._open(old)]))
        fresh = self._open([piece])[0]["key"]
        return replace(piece, customers=int((~np.isin(fresh, known, assume_unique=True)).sum()))


def _comparable(before: Manifest, parts: Sequence[tuple[str, ...]], *, basis: str, fields: Sequence[str]) -> bool:
    return (
        len(before.buckets) == len(parts)
        and before.facts.get("basis") == basis
        and tuple(before.names) == ("event", "channel", *fields)
    )
