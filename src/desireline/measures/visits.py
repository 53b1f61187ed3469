"""Measures of presence: who comes where, how often, and by which routes."""

from __future__ import annotations

import numpy as np
import polars as pl

from desireline.hashes import hash_text
from desireline.measures.count import Count
from desireline.measures.distinct import Distinct
from desireline.measures.measure import Place, measure, observed
from desireline.measures.share import Share
from desireline.measures.view import View

EVERYWHERE: tuple[Place, ...] = ("map", "stage", "touchpoint", "edge")
ON_THE_MAP: tuple[Place, ...] = ("map", "stage", "touchpoint")

_SHARED = ["customer_id", "journey_id", "at", "channel", "when", "state"]


def presence(view: View) -> pl.DataFrame:
    """One row per journey and place: map, stages, touchpoints, and the edges that it went along."""
    crossed = view.crossings.filter(pl.col("arrived_at").is_not_null())
    return pl.concat([view.visits.select(_SHARED), crossed.select(_SHARED)])


@measure(
    "customers", title="Customers", unit="customers", family=Count("customers"), places=EVERYWHERE, shares="presence"
)
def customers(view: View) -> pl.DataFrame:
    """How many different customers came here.

    Map: customers with at least one journey, also one whose events all lie off the map. Stage and touchpoint:
    customers with at least one event placed there. Edge a>b: customers who visited b after their first visit
    to a in the same journey, which is the two-step funnel. No interval: it is a fact about these data.
    Journeys under way count. By channel: the channel of the journey's first event here.
    """
    return observed(presence(view), x=1)


@measure("journeys", title="Journeys", unit="journeys", family=Count(), places=EVERYWHERE, shares="presence")
def journeys(view: View) -> pl.DataFrame:
    """How many journeys came here; a journey that comes twice counts once.

    Places and edges as for `customers`. `n` is the number of customers behind it. Journeys under way count.
    """
    return observed(presence(view), x=1)


@measure("visits", title="Visits", unit="count", family=Count(random=True), places=ON_THE_MAP, per_team="sum")
def visits(view: View) -> pl.DataFrame:
    """How many events were placed here.

    Map: events placed on any touchpoint. The interval is that of the rate behind the count (compound Poisson:
    customers arrive at random, each with as many visits as he makes). Journeys under way count.
    """
    return observed(view.visits, x=pl.col("visits"))


@measure("under_way", title="Under way", unit="journeys", family=Count(), places=EVERYWHERE)
def under_way(view: View) -> pl.DataFrame:
    """How many of the journeys that came here are not over yet.

    They are left out of `conversion` and `drop_off`, because nobody knows how they end. Edge a>b: journeys
    under way that visited a.
    """
    waiting = pl.col("state") == "under_way"
    places = pl.concat([view.visits.select(_SHARED), view.crossings.select(_SHARED)])
    return observed(places, x=waiting.cast(pl.Int64))


@measure("reach", title="Reach", unit="share", family=Share(), places=("stage", "touchpoint"), minimum=5)
def reach(view: View) -> pl.DataFrame:
    """The share of journeys that came to this place.

    Denominator: all journeys, those under way included, which may still come. By channel: the journey's first
    channel.
    """
    points = [point.id for point in view.outline.bound]
    stages = [stage.id for stage in view.outline.stages if any(p.stage == stage.id for p in view.outline.bound)]
    places = pl.Series("at", [*stages, *points], dtype=view.places)
    came = view.marked(view.visits)[:, places.to_physical().to_numpy()]
    each = np.repeat(np.arange(len(came)), len(places))
    everywhere = view.journeys.select(name for name in _SHARED if name != "at")[each]
    at = places.gather(np.tile(np.arange(len(places)), len(came)))
    return observed(everywhere.with_columns(at, pl.Series("came", came.ravel())), x=pl.col("came"))


@measure("repeats", title="Repeats", unit="share", family=Share(), places=("stage", "touchpoint"), minimum=5)
def repeats(view: View) -> pl.DataFrame:
    """The share of visiting journeys that come back to this place after having been elsewhere on the map.

    Several events in a row at one place are one visit. Denominator: journeys that visited it, those under way
    included.
    """
    places = view.visits.filter(pl.col("kind") != "map")
    return observed(places, x=(pl.col("arrivals") > 1).cast(pl.Int64))


@measure("routes", title="Different routes", unit="count", family=Distinct(), places=("map",), minimum=5)
def routes(view: View) -> pl.DataFrame:
    """How many different routes were taken: orders of touchpoints, immediate repeats counted once.

    Journeys without an event on the map have no route. Journeys under way count with the route so far. Exact
    up to 65,536 routes; above that within 0.8 %.
    """
    told = view.journeys.filter(pl.col("route").list.len() > 0).with_columns(view.at_map)
    return _distinct(told, told["route"].list.join("\x1f"))


@measure(
    "routes_step_by_step",
    title="Different routes, step by step",
    unit="count",
    family=Distinct(),
    places=("map",),
    minimum=5,
)
def routes_step_by_step(view: View) -> pl.DataFrame:
    """How many different routes were taken when every step counts, immediate repeats too.

    What process mining calls variants. Journeys without an event on the map have none. Exact up to 65,536 routes; above
    that within 0.8 %.
    """
    names = view.steps.group_by("journey_id", maintain_order=True).agg(pl.col("touchpoint").cast(pl.String))
    told = view.journeys.join(names, on="journey_id", how="inner").with_columns(view.at_map)
    return _distinct(told, told["touchpoint"].list.join("\x1f"))


def _distinct(journeys: pl.DataFrame, texts: pl.Series) -> pl.DataFrame:
    hashes = pl.Series("hash", hash_text(texts).view("int64"), dtype=pl.Int64)
    return observed(journeys.with_columns(hashes), x=pl.col("hash"))
