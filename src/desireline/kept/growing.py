"""The kept trace follows the lake: buckets whose files changed are made again, grown ones are added to.

All are made again when the code that makes them changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import polars as pl

from desireline.errors import NoEvents
from desireline.journeys.claims import with_fields
from desireline.kept.trace import ALWAYS, KeptTrace
from desireline.lake.store import Lake
from desireline.trace.grouped import Wanted, keep_wanted
from desireline.trace.trace import Trace

COLUMNS = ("customer_id", "at", "event", "channel", "value", "status", "row", "part")
PROPERTY = "property."
PLACES = 1 << 20  # more than any row has parts
PLAIN = {"event", "channel"}

Step = Callable[[str, int, int], None]


def grow(kept: KeptTrace, lake: Lake, fields: Iterable[str], *, step: Step) -> Trace:
    """The trace, up to date with the lake's newest import, with these fields and all that it had before.

    `step` is told what is done, and that a damaged trace was made again. Raises NoEvents, LakeError, TraceUnwritable.
    """
    if not lake.current().totals.get("events"):
        raise NoEvents
    built = keep_wanted(
        kept.folder,
        lambda: _wanted(kept, lake, fields),
        progress=lambda _, done, of: step("Making the trace", done, of),
    )
    for note in built.notes:
        step(note, 0, 0)
    return Trace.open(kept.folder)


def _wanted(kept: KeptTrace, lake: Lake, fields: Iterable[str]) -> Wanted:
    """A trace of all that the lake holds now, with these fields and those that it has."""
    newest = kept.newest()  # asked before the snapshot: an import that comes between makes the trace old, never wrong
    snapshot = lake.current()
    wanted = tuple(sorted({*ALWAYS, *fields, *_had(kept)} - PLAIN))
    buckets = range(snapshot.buckets)
    columns = [*COLUMNS, *["properties"] * any(name.startswith(PROPERTY) for name in wanted)]
    files = [snapshot.inside("events", bucket, of=snapshot.buckets) for bucket in buckets]

    def read(bucket: int, numbers: Sequence[int]) -> pl.DataFrame:
        rows = [snapshot.read_file("events", files[bucket][number], columns) for number in numbers]
        return _opened(pl.concat(rows), wanted)

    parts = [snapshot.origins("events", bucket) for bucket in buckets]
    return Wanted(read, parts, inputs=newest or snapshot.version, basis=kept.basis, fields=wanted)


def _had(kept: KeptTrace) -> tuple[str, ...]:
    before = kept.any()
    return before.fields if before else ()


def _opened(rows: pl.DataFrame, fields: Sequence[str]) -> pl.DataFrame:
    """Events as the trace takes them: a column for each field, and the place within an instant as one number."""
    rank = pl.col("row").fill_null(0) * PLACES + pl.col("part").fill_null(0)
    opened = with_fields(rows, fields)
    return opened.select("customer_id", "at", "event", "channel", "value", *fields, rank.alias("rank"))
