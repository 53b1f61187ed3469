"""Recipes before there is a lake: proposed from the first rows of files, and tried on them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from itertools import count, islice
from pathlib import Path
from typing import Any

import polars as pl

from desireline.errors import SourceEmpty, SourceMissing, UnknownColumn
from desireline.pipeline.bringing import File
from desireline.pipeline.previewing import Previewed, preview
from desireline.recipes.files import check_sources, match_files
from desireline.recipes.records import Recipe, Source
from desireline.recipes.suggest import Preview, Suggestion, name_sources, suggest
from desireline.recipes.vendors.recognised import Recognised, recognise
from desireline.sources.read import Batch, read

SAMPLE_ROWS = 5_000
SAMPLE_HEAD = 100


def suggest_recipe(
    files: Sequence[str | Path],
    *,
    zone: str | None = None,
    day_first: bool | None = None,
    customer: str | None = None,
    scales: Mapping[str, tuple[float, float]] | None = None,
    undated: bool = False,
    event: str | None = None,
) -> Suggestion:
    """A recipe for these files, from their first rows, with reasons and with questions where it may not guess.

    Raises UnknownColumn when `customer`, `event` or `scales` names a column that no file has.
    """
    names = name_sources([Path(file).name for file in files])
    previews = {name: Preview(base, _sample(file)) for (name, base), file in zip(names.items(), files, strict=True)}
    _check_named([column for column in (customer, event) if column], scales or {}, previews)
    return suggest(
        previews, zone=zone, day_first=day_first, customer=customer, scales=scales, undated=undated, event=event
    )


def recognise_files(files: Sequence[str | Path]) -> Recognised:
    """Which vendor's export these files are, told from their columns, with a recipe that is fitted to them.

    Files without rows are left alone, unless all of them are such: exports have tables that nobody uses. Raises
    SourceError for a file that cannot be read, UnknownShape, RecipeMismatch, AmbiguousInput: see `recognise`.
    """
    columns: dict[str, list[str]] = {}
    empty: dict[str, SourceEmpty] = {}
    for file in files:
        try:
            columns[str(file)] = _sample(file, rows=SAMPLE_HEAD).drop("_row").columns
        except SourceEmpty as why:
            empty[str(file)] = why
    if empty and not columns:
        raise next(iter(empty.values()))
    found = recognise(columns)
    return replace(found, ignored={**found.ignored, **dict.fromkeys(empty, "holds no rows")})


def preview_recipe(recipe: Recipe, files: Sequence[str | Path] | Mapping[str, Any], *, keep: int = 5) -> Previewed:
    """The first records that the recipe makes of the first rows of these files, and how many rows it would refuse."""
    number = count()
    numbered = {
        source: [File(place, file_name(place), next(number)) for place in found]
        for source, found in places_by_source(recipe, files).items()
    }
    return preview(recipe, numbered, read=_read_first, keep=keep)


def places_by_source(recipe: Recipe, files: Sequence[str | Path] | Mapping[str, Any]) -> dict[str, list[Any]]:
    """Which files (or frames) each source of the recipe takes. Raises SourceMissing, RecipeMismatch.

    A mapping says it: {source: a frame, a path, or a list of several}.
    """
    for place in files if not isinstance(files, Mapping) else ():
        if not Path(place).exists():
            raise SourceMissing(place)
    if isinstance(files, Mapping):
        check_sources(recipe, list(files))
        return {source: found if isinstance(found, list) else [found] for source, found in files.items()}
    return {source: list(found) for source, found in match_files(recipe, [str(file) for file in files]).items()}


def file_name(place: Any) -> str:
    """What a file is called; a frame has no name of its own."""
    return Path(place).name if isinstance(place, str | Path) else "frame"


def _sample(file: str | Path, *, rows: int = SAMPLE_ROWS) -> pl.DataFrame:
    return next(iter(read(file, batch_rows=rows))).rows


def _read_first(
    file: Any, source: Source, *, batch_rows: int = SAMPLE_ROWS, every_column: bool = True
) -> Iterator[Batch]:
    return islice(read(file, source, batch_rows=min(batch_rows, SAMPLE_ROWS), every_column=every_column), 1)


def _check_named(
    columns: Sequence[str], scales: Mapping[str, tuple[float, float]], previews: Mapping[str, Preview]
) -> None:
    plain = [name for found in previews.values() for name in found.rows.columns if name != "_row"]
    known = [*plain, *(f"{source}.{name}" for source, found in previews.items() for name in found.rows.columns)]
    for pattern in [*columns, *scales]:
        if pattern not in known and not any(fnmatchcase(name, pattern) for name in known):
            raise UnknownColumn(pattern, plain)
