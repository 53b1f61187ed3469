"""An import becomes part of the lake: all of it by one last commit, or nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

import polars as pl

from desireline.errors import LakeError
from desireline.lake.known import keep_known
from desireline.lake.landing import Landing
from desireline.lake.staging import Staging
from desireline.side_by_side import side_by_side
from desireline.tables import IMPORTS

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class ImportCounts:
    """What an import brought. Rows of source files: accepted + refused + duplicates = read."""

    read: int
    accepted: int
    refused: int
    duplicates: int
    events: int  # records that are new
    feedback: int
    customers: int  # customers that no record of the lake named before, in whatever table
    campaigns: int  # new or changed
    partly: int = 0  # rows not counted as refused, because another record of the row was taken or known
    reasons: dict[str, int] = field(default_factory=dict)  # refusals by reason: refused + partly in all
    notes: tuple[str, ...] = ()  # what the readers had to decide: an encoding, a header with two equal names …


def commit(
    staging: Staging,
    *,
    at: datetime,
    recipe: str = "",
    dry_run: bool = False,
    progress: Progress | None = None,
) -> ImportCounts:
    """What was staged is in the lake and visible, whole; with `dry_run` only counted.

    `at` is the instant of the import, with a time zone. `progress` is told the buckets done and those in all.
    Raises `LakeUnwritable` when the disk is full or closed; the lake is then as before.
    """
    staging.half_written = not dry_run
    landing = Landing(staging, staging.lake.current(), dry_run=dry_run)
    for done, landed in enumerate(side_by_side(landing.land_bucket, range(landing.buckets)), start=1):
        landing.take(*landed)
        if progress:
            progress(done, landing.buckets)
    landing.land_campaigns()
    landing.land_refusals()
    counts = _count(landing)
    if not dry_run:
        _switch(landing, counts, at=at, recipe=recipe)
        staging.half_written = False
    return counts


def _count(landing: Landing) -> ImportCounts:
    rows = landing.staging.fates.tally()
    new = landing.new
    return ImportCounts(
        read=rows.read,
        accepted=rows.accepted,
        refused=rows.refused,
        duplicates=rows.duplicates,
        events=new["events"],
        feedback=new["feedback"],
        customers=new["customers"],
        campaigns=new["campaigns"],
        partly=rows.partly,
        reasons=dict(sorted(landing.reasons.items())),
    )


def _switch(landing: Landing, counts: ImportCounts, *, at: datetime, recipe: str) -> None:
    lake, before = landing.staging.lake, landing.snapshot.imports()
    versions = dict(landing.snapshot.versions)
    for name in versions:
        if landing.added[name] or landing.removed[name]:
            versions[name] = lake.tables[name].commit(landing.added[name], landing.removed[name])
    row = {
        "import_id": landing.staging.import_id,
        "at": at,
        "recipe": recipe,
        "files": json.dumps(_files(landing.staging)),
        **{name: getattr(counts, name) for name in IMPORTS.columns if hasattr(counts, name)},
        "versions": json.dumps(versions),
        "totals": json.dumps({name: landing.totals[name] for name in versions}),
        "buckets": landing.buckets,
    }
    keep_known(lake.folder, landing.staging.import_id, landing.known, landing.fresh)
    imports = lake.tables["imports"]
    rows = pl.concat([before, IMPORTS.shape(pl.DataFrame([row]))])
    imports.commit([imports.write(rows, landing.staging.import_id)], lake.switch())
    for table in lake.tables.values():
        with suppress(LakeError):  # the import is visible by now; the next one makes the checkpoint
            table.checkpoint()


def _files(staging: Staging) -> list[dict[str, object]]:
    return [
        {"name": file.name, "sha256": file.told_sha256(), "rows": staging.fates.rows_read(number)}
        for number, file in enumerate(staging.files)
    ]
