"""What the map linter may know about the data of a workspace."""

from __future__ import annotations

from datetime import date

import polars as pl

from desireline.journeys.personas import assign_personas
from desireline.lake.snapshot import Snapshot
from desireline.maps.checks.check import MapData
from desireline.measures.catalog import CATALOG
from desireline.pipeline.question import Measured


def map_data(measured: Measured, snapshot: Snapshot, *, today: date) -> MapData:
    """What was measured of a map, and how many customers each of its personas has."""
    everybody = measured.readings.filter((pl.col("group") == "") & (pl.col("period") == ""))
    seen = everybody.filter(pl.col("n") > 0)
    return MapData.of(
        coverage=measured.coverage,
        personas=_personas(measured, snapshot),
        readings=set(zip(seen["measure"], seen["at"], strict=True)),
        measures=set(CATALOG),
        today=today,
    )


def _personas(measured: Measured, snapshot: Snapshot) -> dict[str, int]:
    found: dict[str, int] = {persona.id: 0 for persona in measured.outline.map.personas if not persona.deleted}
    for bucket in range(snapshot.buckets):
        events, feedback = snapshot.events(bucket, ["customer_id"]), snapshot.feedback(bucket)
        met = pl.concat([events["customer_id"], feedback["customer_id"]])
        people = assign_personas(snapshot.customers(bucket), met, measured.outline)
        for persona, count in people["persona"].drop_nulls().value_counts().iter_rows():
            found[persona] = found.get(persona, 0) + count
    return found
