"""A plain file of events becomes a trace: Parquet as it is, other kinds by their text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import polars as pl

from desireline.errors import SourceEmpty, SourceUnreadable, UnknownColumn
from desireline.kept.files import FileTrace, Step
from desireline.recipes.records import Times
from desireline.recipes.times import read_times
from desireline.sources.read import read
from desireline.trace.raw import build_raw, parquet_batches


def build(asked: FileTrace, into: Path, step: Step) -> int:
    """The folder holds the trace of the file; how many rows were left out.

    Raises UnknownColumn, SourceError (also when it is empty), TraceUnwritable.
    """
    parquet = asked.file.suffix == ".parquet"
    batches = _of_parquet(asked.file, asked.columns) if parquet else _of_text(asked.file, asked.columns)
    built = build_raw(
        batches, into, inputs=asked.inputs, progress=lambda _, done, of: step("Making the trace", done, of)
    )
    return built.left_out


def _of_parquet(file: Path, columns: Mapping[str, str]) -> Iterator[pl.DataFrame]:
    try:
        schema = pl.read_parquet_schema(file)
    except (OSError, pl.exceptions.PolarsError) as fault:
        raise SourceUnreadable(f"{file} cannot be read as Parquet: {fault}") from fault
    _check(columns, list(schema))
    if not pl.scan_parquet(file).select(pl.len()).collect().item():
        raise SourceEmpty(f"{file.name} holds columns and no rows. Check the filter of the export.")
    at = columns["at"]
    if schema[at].is_numeric():
        raise SourceUnreadable(
            f"{file}: its column {at!r} holds numbers, which may be seconds, milliseconds or something else. Convert "
            f"it to an instant, or import the file with a recipe, which can say what they are: "
            f"`desireline recipe suggest {file}`."
        )
    if schema[at] == pl.String:
        return (_timed(frame, file) for frame in parquet_batches(file, columns))
    return parquet_batches(file, columns)


def _of_text(file: Path, columns: Mapping[str, str]) -> Iterator[pl.DataFrame]:
    first = next(iter(read(file, every_column=False)), None)
    met = set(columns.values()) <= set(first.cells.columns if first else [])
    for batch in read(file, every_column=not met):
        _check(columns, [name for name in batch.rows.columns if name != "_row"])
        asked = [pl.col([theirs]).alias(ours) for ours, theirs in columns.items()]
        frame = batch.rows.select(asked)
        if "value" in columns:
            frame = frame.with_columns(pl.col("value").cast(pl.Float64, strict=False))
        timed = _timed(frame, file)
        yield timed
        yield timed.clear(n=batch.refused.height)  # rows that are none, counted with those that lack what is needed


def _timed(frame: pl.DataFrame, file: Path) -> pl.DataFrame:
    """Texts of time as instants; without an offset they are taken as UTC. A text that is no time becomes nothing."""
    at, _ = read_times(frame["at"], Times(form="iso", zone="UTC"))
    if frame.height and at.null_count() == frame.height:
        raise SourceUnreadable(
            f"{file} has times that are not written like 2026-03-01T10:00:00Z. Import it with a recipe, which can say "
            f"how they are meant: `desireline recipe suggest {file}`."
        )
    return frame.with_columns(at.alias("at"))


def _check(columns: Mapping[str, str], known: list[str]) -> None:
    for theirs in columns.values():
        if theirs not in known:
            raise UnknownColumn(theirs, known)
