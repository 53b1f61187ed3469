"""From files to the lake: every row of every file becomes records, serves as a partner, or is refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

import polars as pl

from desireline.errors import RecipeMismatch
from desireline.events.campaigns import clean_campaigns
from desireline.events.clean import clean_events
from desireline.feedback.clean import clean_feedback
from desireline.identity.customers import clean_customers
from desireline.pipeline.reading import Batch, File, Read, Reader
from desireline.recipes.cleaned import Cleaned, refuse_all, settle
from desireline.recipes.columns import Lookup, check_columns, join_columns, key_columns, told_as_text, unused_rows
from desireline.recipes.history import BEFORE, replaced
from desireline.recipes.records import Recipe, RecipeTable
from desireline.recipes.rows import merge_times
from desireline.side_by_side import side_by_side
from desireline.text.masks import tell_masked
from desireline.text.repair import tell_changed

__all__ = ["File", "Read", "Stage", "Step", "bring_in", "silent"]

Step = Callable[[str, int, int], None]
"""Told after each piece of work: what is being done, how much is done, out of how much (0: not known)."""


def silent(what: str, done: int, of: int) -> None:
    """Tells nobody."""


CLEAN: dict[str, Callable[..., Cleaned]] = {
    "events": clean_events,
    "feedback": clean_feedback,
    "customers": clean_customers,
    "campaigns": clean_campaigns,
}


class Stage(Protocol):
    """Takes what an import brings, until it is committed."""

    def add_rows(self, file: int, rows: pl.Series) -> None: ...
    def add_partners(self, file: int, rows: pl.Series) -> None: ...
    def add_refused(self, refused: pl.DataFrame, *, file: int) -> None: ...
    def add_events(self, records: pl.DataFrame, *, file: int) -> None: ...
    def add_feedback(self, records: pl.DataFrame, *, file: int) -> None: ...
    def add_customers(self, records: pl.DataFrame, *, file: int) -> None: ...
    def add_campaigns(self, records: pl.DataFrame, *, file: int) -> None: ...


@dataclass(frozen=True)
class Joined:
    """A source loaded whole because others join it: its rows, the file of each row, and a lookup for every join."""

    rows: pl.DataFrame
    file: pl.Series
    lookups: Mapping[tuple[str, int], Lookup]  # by table and position of the join


def bring_in(
    recipe: Recipe, files: Mapping[str, Sequence[File]], stage: Stage, *, read: Read, step: Step
) -> tuple[str, ...]:
    """Every row of every file is staged as records, as a partner, or as a refusal; the readers' notes come back.

    Raises RecipeMismatch before any row is read when the recipe names columns that are not there.
    """
    reader = Reader(read)
    _check(recipe, files, reader)
    for source in files:
        _read_history(recipe, source, files[source], reader)
    joined = {
        source: _load_joined(recipe, source, files, stage, reader, step)
        for source in dict.fromkeys(join.source for table in recipe.tables.values() for join in table.join)
    }
    for source in files:
        tables = {name: table for name, table in recipe.tables.items() if table.source == source}
        for file in files[source] if tables else ():
            _bring_file(recipe, tables, file, joined, stage, reader, step)
    for source, found in joined.items():
        _settle_partners(recipe, source, found, files[source], stage)
    return tuple(reader.notes)


def _check(recipe: Recipe, files: Mapping[str, Sequence[File]], read: Reader) -> None:
    """The columns that the recipe names are there from the first batch of each file on, if need be by looking ahead."""
    every = [file for found in files.values() for file in found]
    columns = _columns(recipe, files, read)
    try:
        check_columns(recipe, _by_source(files, columns))
    except RecipeMismatch:
        read.searched.update(file.number for file in every)
        columns = _columns(recipe, files, read)
        check_columns(recipe, _by_source(files, columns))
    for source, known in _by_source(files, columns).items():
        read.searched.update(file.number for file in files[source] if len(columns[file.number]) < len(known))
        own = tuple(name for name in known if name != BEFORE or recipe.sources[source].history is None)
        read.columns.update((file.number, own) for file in files[source])


def _columns(recipe: Recipe, files: Mapping[str, Sequence[File]], read: Reader) -> dict[int, list[str]]:
    """The columns of each file's first batch."""
    found: dict[int, list[str]] = {}
    for source, those in files.items():
        for file in those:
            batch = next(iter(read(file, recipe.sources[source], batch_rows=100)), None)
            names = [name for name in batch.cells.columns if name != "_row"] if batch else []
            found[file.number] = [*names, BEFORE] if recipe.sources[source].history else names
    return found


def _read_history(recipe: Recipe, source: str, files: Sequence[File], read: Reader) -> None:
    """What each row's value replaced is known, when the source is a history: over all its files."""
    said = recipe.sources[source]
    if said.history is None:
        return
    told = []
    for file in files:
        for batch in read(file, said):
            if BEFORE in batch.cells.columns:
                raise RecipeMismatch(f"{file.name} has a column {BEFORE!r} itself; a history makes one of that name.")
            rows = batch.rows.select("_row", *dict.fromkeys([*said.history.of, said.history.at, said.history.value]))
            told.append(rows.with_columns(_file=pl.lit(file.number)))
    if told:
        rows = pl.concat(told)
        times = merge_times(recipe.times, said.times)
        known = rows.select("_file", "_row", replaced(rows, said.history, times=times))
        read.before.update({file.number: known.filter(_file=file.number).drop("_file") for file in files})


def _by_source(files: Mapping[str, Sequence[File]], columns: Mapping[int, Sequence[str]]) -> dict[str, list[str]]:
    return {
        source: list(dict.fromkeys(name for file in found for name in columns[file.number]))
        for source, found in files.items()
    }


def _load_joined(
    recipe: Recipe, source: str, files: Mapping[str, Sequence[File]], stage: Stage, read: Reader, step: Step
) -> Joined:
    frames: list[pl.DataFrame] = []
    is_main = any(table.source == source for table in recipe.tables.values())
    needed = _looked_up(recipe, source) if is_main else None
    for file in files[source]:
        for batch in read(file, recipe.sources[source]):
            rows = batch.rows if needed is None else batch.rows.select("_row", *needed)
            frames.append(rows.with_columns(pl.lit(file.number, dtype=pl.Int64).alias("_file")))
            if not is_main:
                stage.add_refused(batch.refused, file=file.number)
            step(f"Reading {file.name}", sum(map(len, frames)), 0)
    rows = pl.concat(frames, how="diagonal")
    times = merge_times(recipe.times, recipe.sources[source].times)
    lookups = {
        (name, place): Lookup(join, rows.drop("_file"), times=times, decimal=recipe.sources[source].decimal)
        for name, table in recipe.tables.items()
        for place, join in enumerate(table.join)
        if join.source == source
    }
    return Joined(rows.drop("_file"), rows["_file"], lookups)


def _looked_up(recipe: Recipe, source: str) -> list[str] | None:
    """The columns that joins look at in a source; null when one of them takes all that there are."""
    joins = [join for table in recipe.tables.values() for join in table.join if join.source == source]
    if any(join.take is None for join in joins):
        return None
    return list(dict.fromkeys(name for join in joins for name in (*key_columns(join)[1], *(join.take or ()))))


def _bring_file(
    recipe: Recipe,
    tables: Mapping[str, RecipeTable],
    file: File,
    joined: Mapping[str, Joined],
    stage: Stage,
    read: Reader,
    step: Step,
) -> None:
    add = {
        "events": stage.add_events,
        "feedback": stage.add_feedback,
        "customers": stage.add_customers,
        "campaigns": stage.add_campaigns,
    }
    source = recipe.sources[next(iter(tables.values())).source]

    def joined_batches() -> Iterator[tuple[Batch, dict[str, pl.DataFrame]]]:
        for batch in read(file, source):
            yield batch, {name: _joined(batch, name, table, joined) for name, table in tables.items()}

    def clean(piece: tuple[Batch, dict[str, pl.DataFrame]]) -> tuple[Batch, dict[str, Cleaned]]:
        batch, rows = piece
        made = {}
        for name, table in tables.items():
            run = partial(CLEAN[table.into], table=table, recipe=recipe, name=name, file=file.name, bare=batch.bare)
            made[name] = run(rows[name])
            if batch.approximate and made[name].refused.height and not table.join:
                made[name] = run(batch.rows)  # refused rows are kept as they are written
        return batch, made

    done, masked, changed = 0, Counter[str](), Counter[str]()
    for batch, parts in side_by_side(clean, joined_batches()):
        stage.add_rows(file.number, batch.cells["_row"])
        stage.add_refused(batch.refused, file=file.number)
        for name, part in parts.items():
            add[tables[name].into](part.records, file=file.number)
            masked.update(part.masked)
            changed.update(part.changed)
        stage.add_refused(settle(list(parts.values())), file=file.number)
        done += len(batch.cells)
        step(f"Reading {file.name}", done, 0)
    told = (f"masked {tell_masked(masked)}" if masked else "", tell_changed(changed))
    read.notes.update(dict.fromkeys(f"{file.name}: {note}" for note in told if note))


def _joined(batch: Batch, name: str, table: RecipeTable, joined: Mapping[str, Joined]) -> pl.DataFrame:
    """The batch's cells; with the columns of the joined sources, every cell being text, where there are any."""
    if not table.join:
        as_written = batch.approximate & told_as_text(table, batch.cells.columns)
        return batch.rows if as_written else batch.cells
    lookups = {join.name: joined[join.source].lookups[name, place] for place, join in enumerate(table.join)}
    return join_columns(batch.rows, table.join, lookups)


def _settle_partners(recipe: Recipe, source: str, found: Joined, files: Sequence[File], stage: Stage) -> None:
    """Rows that are there only to be joined were of use where some row referred to them, else they are refused.

    Of a list of names every row is of use.
    """
    if any(table.source == source for table in recipe.tables.values()):
        return
    rows = found.rows.with_columns(found.file.alias("_file"))
    lonely = rows.clear() if recipe.sources[source].names else unused_rows(rows, list(found.lookups.values()))
    served = rows.join(lonely, on=["_file", "_row"], how="anti")
    for file in files:
        mine = pl.col("_file") == file.number
        stage.add_partners(file.number, served.filter(mine)["_row"])
        refused = refuse_all(lonely.filter(mine).drop("_file"), "no_partner", file=file.name)
        stage.add_refused(refused, file=file.number)
