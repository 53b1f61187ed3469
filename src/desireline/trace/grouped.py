"""A kept trace of tables that are in buckets already: only what changed is read and written.

A bucket that got further inputs gets one more piece; its older pieces are merged when they have become many. The
trace does not know where the rows come from: the caller says what each bucket is made of, and reads it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path

import polars as pl

from desireline.errors import TraceDamaged
from desireline.side_by_side import side_by_side
from desireline.trace.batch import whole_batch
from desireline.trace.book import Codes
from desireline.trace.columns import Columns
from desireline.trace.events import read_events
from desireline.trace.making import Built, Making, Progress, making
from desireline.trace.manifest import Manifest, Piece
from desireline.trace.merged import merge
from desireline.trace.order import among
from desireline.trace.pieces import write_merged, write_piece
from desireline.trace.rows import known_codes, make_books, read_rows
from desireline.trace.spill import Source

Read = Callable[[int, range], pl.DataFrame]
Part = str | tuple[str, ...]
"""The fingerprint of an input; or those of the inputs that were merged into it, in their order."""

MANY = 30  # unmerged pieces
HEAVY = 0.2  # of a bucket's events outside its first piece


@dataclass(frozen=True)
class Wanted:
    """What a trace is to be made from, as `keep_grouped` takes it."""

    read: Read
    parts: Sequence[Sequence[Part]]
    inputs: str = ""
    basis: str = ""
    fields: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Task:
    """What has to be done to a bucket: `old` pieces stay; inputs with these numbers are read, which are `parts`."""

    bucket: int
    old: tuple[Piece, ...]
    numbers: range
    parts: tuple[str, ...]


@dataclass(frozen=True)
class _Loaded:
    task: _Task
    frame: pl.DataFrame
    codes: Mapping[str, Codes] | None
    names: Mapping[str, pl.Series]


@dataclass(frozen=True)
class _Stored:
    bucket: int
    pieces: tuple[Piece, ...]
    left_out: int


def keep_grouped(
    into: str | Path,
    read: Read,
    parts: Sequence[Sequence[Part]],
    *,
    inputs: str = "",
    basis: str = "",
    fields: Sequence[str] = (),
    threads: int = 2,
    progress: Progress | None = None,
) -> Built:
    """The folder holds a trace of these buckets; those that did not change are kept as they are.

    `parts` has, for each bucket, a fingerprint of each of its inputs, oldest first; a power of two of buckets. An
    input that took the place of several has theirs, so that it need not be read when those were.
    `read(bucket, numbers)` gives the rows of the inputs with these numbers, with the columns that `build_raw` wants
    and, where the order within an instant is known, a whole number `rank`. Rows may come in any order, but are read
    faster when they stand by customer and time. `inputs` names the whole; all buckets are made anew when `basis`,
    `fields` or the number of buckets differ from last time. `progress` is told ("buckets", done, all).
    Raises `TraceUnwritable` when the disk is full.
    """
    wanted = Wanted(read, parts, inputs, basis, tuple(fields))
    return keep_wanted(into, lambda: wanted, threads=threads, progress=progress)


def keep_wanted(
    into: str | Path, want: Callable[[], Wanted], *, threads: int = 2, progress: Progress | None = None
) -> Built:
    """As `keep_grouped`; what is wanted is asked when no other process can change the trace any more."""
    with making(Path(into)) as made:
        wanted = want()
        work = _Work(made, wanted)
        buckets: list[tuple[Piece, ...]] = [task.old for task in work.tasks]
        changed = [task for task in work.tasks if task.numbers]
        loaded = side_by_side(work.load, changed, workers=threads, kept="trace")
        left_out = 0
        for done, stored in enumerate(side_by_side(work.store, work.learn(loaded), workers=threads, kept="trace")):
            buckets[stored.bucket] = stored.pieces
            left_out += stored.left_out
            if progress:
                progress("buckets", done + 1, len(changed))
        names = {name: book.names for name, book in work.books.items()}
        manifest = Manifest(0, wanted.inputs, names, tuple(buckets), {"basis": wanted.basis})
        made.switch(manifest)
        appended = sum(bool(task.old) for task in changed)
        counts = {"made": len(changed) - appended, "appended": appended, "kept": len(wanted.parts) - len(changed)}
        return made.built(manifest, left_out=left_out, **counts)


class _Work:
    """Buckets are loaded on threads, their names learned in the order of buckets, then stored on threads."""

    def __init__(self, made: Making, wanted: Wanted) -> None:
        self.made = made
        self.read = wanted.read
        self.used = len(wanted.parts).bit_length() - 1
        if 2**self.used != len(wanted.parts):
            raise ValueError(f"buckets must be a power of two, not {len(wanted.parts)}")
        self.before = made.before if made.before and _comparable(made.before, wanted) else None
        self.books = make_books(wanted.fields, self.before.names if self.before else None)
        self.tasks = [self._task(bucket, parts) for bucket, parts in enumerate(wanted.parts)]

    def load(self, task: _Task) -> _Loaded:
        """The rows that are new in this bucket, with their codes, or with their distinct names where some are new."""
        frame = self.read(task.bucket, task.numbers)
        codes = known_codes(frame, self.books)
        used = [name for name in self.books if codes is None and name in frame.columns]
        return _Loaded(task, frame, codes, {name: frame[name].cast(pl.String).unique() for name in used})

    def learn(self, loaded: Iterable[_Loaded]) -> Iterator[_Loaded]:
        """The names have codes, in the order of buckets, whichever thread was faster."""
        for one in loaded:
            for name, texts in one.names.items():
                self.books[name].learn(texts.drop_nulls().sort())
            yield one

    def store(self, one: _Loaded) -> _Stored:
        """The bucket's new piece is written; older ones are merged when they are many."""
        task, rows = one.task, read_rows(one.frame, self.books, one.codes)
        old = self._merged(task)
        source = Source([whole_batch(rows)], 0, 1)
        codes: dict[str, None] = dict.fromkeys(self.books)
        piece = write_piece(self.made, task.bucket, source, codes, used=self.used, inputs=task.parts)
        pieces = old if piece is None else (*old, self._without_known(piece, old))
        return _Stored(task.bucket, pieces, rows.left_out)

    def _task(self, bucket: int, wanted: Sequence[Part]) -> _Task:
        old = self.before.buckets[bucket] if self.before else ()
        had = tuple(name for piece in old for name in piece.inputs)
        named = [(part,) if isinstance(part, str) else part for part in wanted]
        names = tuple(name for part in named for name in part)
        known = list(accumulate((len(part) for part in named), initial=0))
        follows = had and names[: len(had)] == had and len(had) in known and self._whole(old)
        fresh = known.index(len(had)) if follows else 0
        return _Task(bucket, old if follows else (), range(fresh, len(named)), names[known[fresh] :])

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
        fresh = self._open([piece])[0]["key"]
        for file in self._open(old):
            fresh = fresh[~among(fresh, file["key"])]
        return replace(piece, customers=len(fresh))


def _comparable(before: Manifest, wanted: Wanted) -> bool:
    return (
        len(before.buckets) == len(wanted.parts)
        and before.facts.get("basis") == wanted.basis
        and tuple(before.names) == ("event", "channel", *wanted.fields)
    )
