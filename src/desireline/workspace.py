"""A workspace: one folder with a lake, and the use cases that join it with maps and recipes.

This is the only room that wires edges (files, lake, engine) to the core. Everything it does is a few lines; the trips
themselves are in `pipeline`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from fnmatch import fnmatchcase
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import uuid4

import polars as pl

from desireline.draw.meta import Meta
from desireline.draw.report import report_html
from desireline.engine.local import run
from desireline.errors import (
    LakeUnwritable,
    SourceMissing,
    UnknownColumn,
    UnknownPlace,
    WorkspaceMissing,
)
from desireline.journeys.personas import assign_personas
from desireline.lake.commit import ImportCounts, commit
from desireline.lake.health import examine_lake
from desireline.lake.staging import Staging
from desireline.lake.store import Lake, Snapshot
from desireline.maps.checks.check import MapData
from desireline.maps.files import load_map
from desireline.maps.outline import Outline
from desireline.maps.records import Map
from desireline.measures.catalog import CATALOG, find_measure
from desireline.measures.customers import customers_of, grain_asked, grouping_asked
from desireline.measures.reference import definitions
from desireline.pipeline.bringing import File, Step, bring_in, silent
from desireline.pipeline.measuring import Bucket, Part, Trip
from desireline.pipeline.previewing import Previewed, preview
from desireline.pipeline.question import Measured, Question
from desireline.recipes.files import check_sources, load_recipe, match_files
from desireline.recipes.records import Recipe, Source
from desireline.recipes.suggest import Preview, Suggestion, name_sources, suggest
from desireline.sources.read import Batch, read
from desireline.version import __version__

SAMPLE_ROWS = 5_000


class Workspace:
    """One folder that holds the lake.

    >>> shop = Workspace.create("shop")                                     # doctest: +SKIP
    >>> shop.import_files("shop.recipe.yaml", ["orders.csv"]).accepted      # doctest: +SKIP
    >>> shop.measure("shop.journey.yaml").readings                          # doctest: +SKIP
    """

    def __init__(self, folder: Path, lake: Lake) -> None:
        self.folder = folder
        self._lake = lake

    @classmethod
    def create(cls, folder: str | Path) -> Workspace:
        """There is a workspace in this folder: a new and empty one, or the one that was there."""
        place = Path(folder)
        if place.exists() and not place.is_dir():
            raise LakeUnwritable(f"{place} is a file; a workspace is a folder. Choose another name.")
        return cls(place, Lake.create(place / "lake"))

    @classmethod
    def open(cls, folder: str | Path) -> Workspace:
        """The workspace in this folder. Raises WorkspaceMissing."""
        place = Path(folder)
        try:
            return cls(place, Lake.open(place / "lake"))
        except WorkspaceMissing:
            raise WorkspaceMissing(place) from None

    def import_files(
        self,
        recipe: str | Path | Recipe,
        files: Sequence[str | Path] | Mapping[str, Any],
        *,
        dry_run: bool = False,
        step: Step = silent,
    ) -> ImportCounts:
        """The files' rows are in the lake, whole or not at all; with `dry_run` only counted.

        `files` are paths, matched with the recipe's sources by name; or frames by source name (anything that
        narwhals or the Arrow C stream interface reads). Raises RecipeError, SourceError, LakeError.
        """
        loaded = recipe if isinstance(recipe, Recipe) else load_recipe(recipe)
        places = _places(loaded, files)
        name = f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{uuid4().hex[:8]}"
        with Staging(self._lake, name) as staging:
            numbered = {
                source: [File(place, _name(place), _add_file(staging, place)) for place in found]
                for source, found in places.items()
            }
            notes = bring_in(loaded, numbered, staging, read=read, step=step)
            counts = commit(
                staging,
                at=datetime.now(UTC),
                recipe=loaded.recipe,
                dry_run=dry_run,
                progress=lambda done, of: step("Writing the lake", done, of),
            )
        return replace(counts, notes=notes)

    def measure(self, map_: str | Path | Map, question: Question | None = None, *, step: Step = silent) -> Measured:
        """The map, measured on all data of the lake."""
        outline, snapshot = Outline(_map(map_)), self._lake.current()
        trip = Trip(outline, question or Question(), data_end=snapshot.data_end() or datetime.now(UTC))
        whole: Part = run(
            range(snapshot.buckets),
            lambda bucket: trip.partial(_bucket(snapshot, bucket)),
            trip.combine,
            progress=lambda done, of: step("Measuring", done, of),
        )
        return trip.finish(whole, first_at=snapshot.first_at(), last_at=snapshot.data_end())

    def customers(
        self,
        map_: str | Path | Map,
        measure: str,
        *,
        at: str | None = None,
        group: str = "",
        period: str = "",
    ) -> pl.DataFrame:
        """The customers behind a reading: customer_id, x (counted), m (out of). Sorted by customer.

        Raises UnknownMeasure, UnknownPlace, UnknownGroup.
        """
        outline, snapshot = Outline(_map(map_)), self._lake.current()
        place = at or outline.map.map.id
        find_measure(measure)
        known = [outline.map.map.id, *(stage.id for stage in outline.stages), *outline.touchpoint]
        for part in place.split(">"):
            if part not in known:
                raise UnknownPlace(part, known)
        question = Question(
            measures=(measure,),
            by=tuple(filter(None, [grouping_asked(group)])),
            period=grain_asked(period),
            edges=(place,) if ">" in place else (),
        )
        cell = {"at": place, "group": group, "period": period}
        reading = self.measure(outline.map, question).readings.filter(**cell).to_dicts()
        trip = Trip(outline, question, data_end=snapshot.data_end() or datetime.now(UTC))
        parts = [
            customers_of(trip.view(_bucket(snapshot, bucket)), measure, **cell, unit=reading[0]["unit"])
            for bucket in (range(snapshot.buckets) if reading else ())
        ]
        empty = pl.DataFrame(schema={"customer_id": pl.String, "x": pl.Int64, "m": pl.Int64})
        return pl.concat([empty, *parts]).sort("customer_id")

    def map_data(self, map_: Map, *, today: date) -> MapData:
        """What the map linter may know about the data."""
        measured = self.measure(map_)
        everybody = measured.readings.filter((pl.col("group") == "") & (pl.col("period") == ""))
        seen = everybody.filter(pl.col("n") > 0)
        return MapData.of(
            coverage=measured.coverage,
            personas=self._personas(measured),
            readings=set(zip(seen["measure"], seen["at"], strict=True)),
            measures=set(CATALOG),
            today=today,
        )

    def report(self, map_: str | Path | Map, question: Question | None = None, *, step: Step = silent) -> str:
        """One self-contained HTML page about the map and its data."""
        name = Path(map_).name if isinstance(map_, str | Path) else f"{map_.map.id}.journey.yaml"
        measured = self.measure(map_, question, step=step)
        step("Drawing", 0, 0)
        return self.draw_report(measured, map_file=name)

    def draw_report(self, measured: Measured, *, map_file: str) -> str:
        """The page about what was measured; `map_file` is what its commands call the map."""
        meta = self._meta(measured, map_file)
        return report_html(measured.outline, measured.readings, measured.deviations, measured.coverage, meta)

    def refusals(self, *, limit: int | None = None, reason: str | None = None) -> pl.DataFrame:
        """The rows that were not taken: import_id, source, row, reason, detail, raw."""
        return self._lake.current().refusals(limit=limit, reason=reason)

    def examine(self) -> dict[str, Any]:
        """What a doctor would look at: is the lake whole, and is there room."""
        checks = [vars(one) for one in examine_lake(self._lake)]
        counts = self._lake.current().counts()
        return {"workspace": str(self.folder), "version": __version__, "counts": counts, "checks": checks}

    def _personas(self, measured: Measured) -> dict[str, int]:
        snapshot = self._lake.current()
        found: dict[str, int] = {persona.id: 0 for persona in measured.outline.map.personas if not persona.deleted}
        for bucket in range(snapshot.buckets):
            held = _bucket(snapshot, bucket)
            met = pl.concat([held.events["customer_id"], held.feedback["customer_id"]])
            people = assign_personas(held.customers, met, measured.outline)
            for persona, count in people["persona"].drop_nulls().value_counts().iter_rows():
                found[persona] = found.get(persona, 0) + count
        return found

    def _meta(self, measured: Measured, map_file: str) -> Meta:
        snapshot = self._lake.current()
        imports = snapshot.imports()
        refused = snapshot.refusals()
        return Meta(
            today=datetime.now(UTC).date(),
            first_at=measured.first_at,
            last_at=measured.last_at,
            events=measured.events,
            customers=measured.customers,
            journeys=measured.journeys,
            sources=sorted(imports["recipe"].unique()),
            read=int(imports["read"].sum()),
            accepted=int(imports["accepted"].sum()),
            refused=int(imports["refused"].sum()),
            duplicates=int(imports["duplicates"].sum()),
            refusals=refused.group_by("source", "reason")
            .agg(pl.len().alias("rows"), pl.col("detail").first())
            .sort("rows", "source", "reason", descending=[True, False, False]),
            routes=measured.routes,
            definitions=definitions(),
            commands=[
                f"desireline measure {map_file} -w {self.folder.name}",
                f"desireline report {map_file} -w {self.folder.name} -o report.html",
            ],
            version=__version__,
            snapshot=snapshot.version,
        )


def suggest_recipe(
    files: Sequence[str | Path],
    *,
    zone: str | None = None,
    day_first: bool | None = None,
    customer: str | None = None,
    scales: Mapping[str, tuple[float, float]] | None = None,
    undated: bool = False,
) -> Suggestion:
    """A recipe for these files, from their first rows, with reasons and with questions where it may not guess.

    Raises UnknownColumn when `customer` or `scales` names a column that no file has.
    """
    names = name_sources([Path(file).name for file in files])
    previews = {name: Preview(base, _sample(file)) for (name, base), file in zip(names.items(), files, strict=True)}
    _check_named([customer] if customer else [], scales or {}, previews)
    return suggest(previews, zone=zone, day_first=day_first, customer=customer, scales=scales, undated=undated)


def preview_recipe(recipe: Recipe, files: Sequence[str | Path], *, keep: int = 5) -> Previewed:
    """The first records that the recipe makes of the first rows of these files, and how many rows it would refuse."""
    numbered = {
        source: [File(place, _name(place), number) for number, place in enumerate(found)]
        for source, found in _places(recipe, files).items()
    }
    return preview(recipe, numbered, read=_read_first, keep=keep)


def _sample(file: str | Path) -> pl.DataFrame:
    return next(iter(read(file, batch_rows=SAMPLE_ROWS))).rows


def _read_first(file: Any, source: Source, *, batch_rows: int = SAMPLE_ROWS) -> Iterator[Batch]:
    return islice(read(file, source, batch_rows=min(batch_rows, SAMPLE_ROWS)), 1)


def _check_named(
    columns: Sequence[str], scales: Mapping[str, tuple[float, float]], previews: Mapping[str, Preview]
) -> None:
    plain = [name for found in previews.values() for name in found.rows.columns if name != "_row"]
    known = [*plain, *(f"{source}.{name}" for source, found in previews.items() for name in found.rows.columns)]
    for pattern in [*columns, *scales]:
        if pattern not in known and not any(fnmatchcase(name, pattern) for name in known):
            raise UnknownColumn(pattern, plain)


def _places(recipe: Recipe, files: Sequence[str | Path] | Mapping[str, Any]) -> dict[str, list[Any]]:
    for place in files if not isinstance(files, Mapping) else ():
        if not Path(place).exists():
            raise SourceMissing(place)
    if isinstance(files, Mapping):
        check_sources(recipe, list(files))
        return {source: [frame] for source, frame in files.items()}
    return {source: list(found) for source, found in match_files(recipe, [str(file) for file in files]).items()}


def _name(place: Any) -> str:
    return Path(place).name if isinstance(place, str | Path) else "frame"


def _add_file(staging: Staging, place: Any) -> int:
    digest = ""
    if isinstance(place, str | Path) and Path(place).is_file():
        with Path(place).open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    return staging.add_file(_name(place), sha256=digest)


def _map(map_: str | Path | Map) -> Map:
    return map_ if isinstance(map_, Map) else load_map(map_)


def _bucket(snapshot: Snapshot, bucket: int) -> Bucket:
    return Bucket(snapshot.events(bucket), snapshot.feedback(bucket), snapshot.customers(bucket))
