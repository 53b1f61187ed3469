"""Measures of fit: how well journeys agree with the map."""

from __future__ import annotations

import polars as pl

from desireline.measures.mean import Mean
from desireline.measures.measure import measure
from desireline.measures.rows import Observations
from desireline.measures.share import Share
from desireline.measures.view import View

MILLIONTHS = 1_000_000


@measure("fitness", title="Fitness", unit="share", family=Mean(scale=MILLIONTHS), places=("map",), minimum=10)
def fitness(view: View) -> Observations:
    """How well journeys agree with the map, from 0 (nothing) to 1 (exactly), on average.

    1 − cost / worst cost of the journey's cheapest alignment with the map. Journeys under way are compared
    with the beginning of the map as far as they have come. Kept in whole millionths.
    """
    told = view.journeys["fitness"]
    parts = (told.fill_null(0.0) * MILLIONTHS).round().cast(pl.Int64)
    return Observations(view.whole, x=parts.to_numpy(), m=told.is_not_null().to_numpy())


@measure("perfect", title="As drawn", unit="share", family=Share(), places=("map",), minimum=5)
def perfect(view: View) -> Observations:
    """The share of journeys that go exactly as the map is drawn: alignment cost 0, no event off the map.

    Journeys under way count as perfect while they have kept to the map so far.
    """
    cost = view.journeys["cost"]
    return Observations(view.whole, x=(cost == 0).fill_null(False).to_numpy(), m=cost.is_not_null().to_numpy())
