"""The measure of promises: was what the map promises kept?"""

from __future__ import annotations

import polars as pl

from desireline.measures.measure import measure, observed
from desireline.measures.share import Share
from desireline.measures.view import View
from desireline.measures.visits import ON_THE_MAP


@measure(
    "promise_kept",
    title="Promise kept",
    unit="share",
    family=Share(),
    places=ON_THE_MAP,
    minimum=5,
    per_team="rows",
)
def promise_kept(view: View) -> pl.DataFrame:
    """The share of journeys in which the promise of time was kept here.

    Touchpoint: judged at the journey's last visit for which it is known whether the promise was kept. Stage:
    all of its touchpoints' promises were kept. Map: all promises of the journey were kept, the one about the
    whole journey included. Journeys in which no promise was made, or nothing is known yet, are left out.
    """
    known = view.steps.filter(pl.col("kept").is_not_null())
    points = known.group_by("journey_id", pl.col("touchpoint").alias("at"), "stage").agg(pl.col("kept").last())
    stages = points.group_by("journey_id", pl.col("stage").alias("at")).agg(pl.col("kept").all())
    own = view.journeys.filter(pl.col("kept").is_not_null()).select("journey_id", "kept")
    every = pl.concat([points.select("journey_id", "kept"), own])
    whole = every.group_by("journey_id").agg(pl.col("kept").all()).with_columns(view.at_map)
    kept = pl.concat([points.drop("stage"), stages, whole.select("journey_id", "at", "kept")])
    return observed(view.visits.join(kept, on=["journey_id", "at"], how="inner"), x=pl.col("kept").cast(pl.Int64))
