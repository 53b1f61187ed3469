"""Reading the files of an import: batches that all have the columns of their source, and what a person should know."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import polars as pl

from desireline.recipes.records import Source


class Batch(Protocol):
    """Rows of a file as text, with `_row`; the rows that could not be read; and what a person should know of it.

    `cells` are the same rows, in which numbers and instants are still what their source has them as. Columns known to
    be `bare` hold texts without blanks at their ends; numbers of `approximate` ones are written otherwise in `rows`.
    """

    @property
    def rows(self) -> pl.DataFrame: ...
    @property
    def cells(self) -> pl.DataFrame: ...
    @property
    def bare(self) -> Collection[str]: ...
    @property
    def approximate(self) -> frozenset[str]: ...
    @property
    def refused(self) -> pl.DataFrame: ...
    @property
    def notes(self) -> Sequence[str]: ...


class Read(Protocol):
    """Reads a file in batches, which all have `every_column`, or those that were met so far."""

    def __call__(
        self, file: Any, source: Source, /, *, batch_rows: int = ..., every_column: bool = ...
    ) -> Iterator[Batch]: ...


@dataclass(frozen=True)
class File:
    """A file of an import: where it is, what it is called, and the number that staging gave it."""

    place: Any
    name: str
    number: int


@dataclass(frozen=True)
class With:
    """A batch with columns that its file does not have."""

    batch: Batch
    column: pl.DataFrame | None  # `_row` and a column that was made of the whole source
    empty: tuple[str, ...] = ()  # columns that other files of the source have

    @property
    def rows(self) -> pl.DataFrame:
        """The rows as text, with the columns."""
        return self._with(self.batch.rows)

    @property
    def cells(self) -> pl.DataFrame:
        """The rows as their source has them, with the columns."""
        return self._with(self.batch.cells)

    @property
    def bare(self) -> Collection[str]:
        """As before."""
        return self.batch.bare

    @property
    def approximate(self) -> frozenset[str]:
        """As before."""
        return self.batch.approximate

    @property
    def refused(self) -> pl.DataFrame:
        """As before."""
        return self.batch.refused

    @property
    def notes(self) -> Sequence[str]:
        """As before."""
        return self.batch.notes

    def _with(self, frame: pl.DataFrame) -> pl.DataFrame:
        if self.empty:
            frame = frame.with_columns(pl.lit(None, dtype=pl.String).alias(name) for name in self.empty)
        return frame if self.column is None else frame.join(self.column, on="_row", how="left", maintain_order="left")


@dataclass(frozen=True)
class Reader:
    """Reads files, and keeps what their readers had to decide: an encoding, a header with two equal names …"""

    read: Read
    notes: dict[str, None] = field(default_factory=dict)
    before: dict[int, pl.DataFrame] = field(default_factory=dict)  # by file: `_row` and what its value replaced
    columns: dict[int, tuple[str, ...]] = field(default_factory=dict)  # by file: those of all files of its source
    searched: set[int] = field(default_factory=set)  # files of which every column has to be known from the start

    def __call__(self, file: File, source: Source, **how: int) -> Iterator[Batch]:
        for batch in self.read(file.place, source, every_column=file.number in self.searched, **how):
            self.notes.update(dict.fromkeys(f"{file.name}: {note}" for note in batch.notes))
            yield self._whole(file, batch)

    def _whole(self, file: File, batch: Batch) -> Batch:
        """The batch with the columns that the other files of its source have, and with what its values replaced."""
        before, held = self.before.get(file.number), batch.cells.columns
        empty = tuple(name for name in self.columns.get(file.number, ()) if name not in held)
        if empty:
            self.notes[f"{file.name}: has no column {', '.join(empty)}, as others have; taken as empty."] = None
        return With(batch, before, empty) if empty or before is not None else batch
