"""What a report tells beside its numbers: the window of the data, what was imported and refused, how to ask again."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from shlex import quote

import polars as pl

from desireline.draw.meta import Meta
from desireline.lake.snapshot import Snapshot
from desireline.measures.reference import definitions
from desireline.pipeline.question import Measured, Question
from desireline.recipes.refused_rows import mask_details
from desireline.version import __version__


def tell(
    snapshot: Snapshot, measured: Measured, *, map_file: str, folder: Path, form: str = "html", paper: str = "a4"
) -> Meta:
    """The surroundings of what was measured; `map_file` is what commands call the map, `folder` is the workspace's."""
    only = "".join(f" -m {name}" for name in measured.question.measures)
    on = f" --paper {paper}" if paper != "a4" else ""
    asked = " ".join([quote(map_file), "-w", quote(folder.resolve().name), *_options(measured.question)])
    imports, refused = snapshot.imports(), snapshot.refusals()
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
        .sort("rows", "source", "reason", descending=[True, False, False])
        .with_columns(pl.col("detail").map_batches(mask_details, return_dtype=pl.String)),
        routes=measured.routes,
        definitions=definitions(),
        commands=[
            f"desireline measure {asked}{only}",
            f"desireline report {asked} -o report.{form}{on}",
        ],
        version=__version__,
        snapshot=snapshot.version,
    )


def _options(question: Question) -> list[str]:
    """A question as both commands take it; which measures is said to `measure` alone, a report has all of them."""
    said = [f"--by {quote(by)}" for by in question.by]
    said += [f"--period {question.period}"] if question.period else []
    said += [f"--edge {quote(edge)}" for edge in question.edges]
    return [*said, "--exact"] if question.exact else said
