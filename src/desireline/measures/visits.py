"""Measures of presence: who comes where, how often, and by which routes."""

from __future__ import annotations

import numpy as np

from desireline.measures.codes import Flags, Whole
from desireline.measures.count import Count
from desireline.measures.distinct import Distinct
from desireline.measures.measure import Place, measure
from desireline.measures.routes import hash_routes
from desireline.measures.rows import Observations, Rows
from desireline.measures.share import Share
from desireline.measures.view import View, numbers

EVERYWHERE: tuple[Place, ...] = ("map", "stage", "touchpoint", "edge")
ON_THE_MAP: tuple[Place, ...] = ("map", "stage", "touchpoint")


def presence(view: View) -> Observations:
    """One row per journey and place: map, stages, touchpoints, and the edges that it went along."""
    came = np.concatenate([np.ones(len(view.visits), dtype=np.bool_), view.crossings.arrived])
    return Observations(view.everywhere, x=came, m=came)


@measure(
    "customers", title="Customers", unit="customers", family=Count("customers"), places=EVERYWHERE, shares="presence"
)
def customers(view: View) -> Observations:
    """How many different customers came here.

    Map: customers with at least one journey, also one whose events all lie off the map. Stage and touchpoint:
    customers with at least one event placed there. Edge a>b: customers who visited b after their first visit
    to a in the same journey, which is the two-step funnel. No interval: it is a fact about these data.
    Journeys under way count. By channel: the channel of the journey's first event here.
    """
    return presence(view)


@measure("journeys", title="Journeys", unit="journeys", family=Count(), places=EVERYWHERE, shares="presence")
def journeys(view: View) -> Observations:
    """How many journeys came here; a journey that comes twice counts once.

    Places and edges as for `customers`. `n` is the number of customers behind it. Journeys under way count.
    """
    return presence(view)


@measure("visits", title="Visits", unit="count", family=Count(random=True), places=ON_THE_MAP, per_team="sum")
def visits(view: View) -> Observations:
    """How many events were placed here.

    Map: events placed on any touchpoint. The interval is that of the rate behind the count (compound Poisson:
    customers arrive at random, each with as many visits as he makes). Journeys under way count.
    """
    return Observations(view.visits, x=view.stays.column(numbers(view.journeys["steps"]), view.stays.visits))


@measure("under_way", title="Under way", unit="journeys", family=Count(), places=EVERYWHERE)
def under_way(view: View) -> Observations:
    """How many of the journeys that came here are not over yet.

    They are left out of `conversion` and `drop_off`, because nobody knows how they end. Edge a>b: journeys
    under way that visited a.
    """
    return Observations(view.everywhere, x=(~view.settled)[view.everywhere.journey])


@measure("reach", title="Reach", unit="share", family=Share(), places=("stage", "touchpoint"), minimum=5)
def reach(view: View) -> Observations:
    """The share of journeys that came to this place.

    Denominator: all journeys, those under way included, which may still come. By channel: the journey's first
    channel.
    """
    points = [point.id for point in view.outline.bound]
    stages = [stage.id for stage in view.outline.stages if any(p.stage == stage.id for p in view.outline.bound)]
    places = np.array([view.place[name] for name in (*stages, *points)], dtype=np.int32)
    bound = np.zeros(len(view.places), dtype=np.bool_)
    bound[places] = True
    seen = Rows(view.visits.place, view.visits.journey, view.owners)
    return Observations(seen, x=bound[seen.place], everywhere=places)


@measure("repeats", title="Repeats", unit="share", family=Share(), places=("stage", "touchpoint"), minimum=5)
def repeats(view: View) -> Observations:
    """The share of visiting journeys that come back to this place after having been elsewhere on the map.

    Several events in a row at one place are one visit. Denominator: journeys that visited it, those under way
    included.
    """
    stays, steps = view.stays, view.steps
    came = [steps.first | (steps.before(place) != place) for place in (view.step_stage, view.step_point)]
    never = np.zeros(stays.journeys, dtype=np.bool_)
    return Observations(view.visits, x=stays.column(never, stays.count(*came) > 1), m=on_the_way(view))


@measure("routes", title="Different routes", unit="count", family=Distinct(), places=("map",), minimum=5)
def routes(view: View) -> Observations:
    """How many different routes were taken: orders of touchpoints, immediate repeats counted once.

    Journeys without an event on the map have no route. Journeys under way count with the route so far. Exact
    up to 65,536 routes; above that within 0.8 %.
    """
    return _distinct(view, view.route)


@measure(
    "routes_step_by_step",
    title="Different routes, step by step",
    unit="count",
    family=Distinct(),
    places=("map",),
    minimum=5,
)
def routes_step_by_step(view: View) -> Observations:
    """How many different routes were taken when every step counts, immediate repeats too.

    What process mining calls variants. Journeys without an event on the map have none. Exact up to 65,536 routes; above
    that within 0.8 %.
    """
    every = np.ones(len(view.step_point), dtype=np.bool_)
    return _distinct(view, hash_routes(view.step_point, view.steps.starts, every))


def on_the_way(view: View) -> Flags:
    """True for the rows of stages and touchpoints, false for those of the map."""
    found = np.ones(len(view.visits), dtype=np.bool_)
    found[: view.stays.journeys] = False
    return found


def _distinct(view: View, routes: Whole) -> Observations:
    starts = view.steps.starts
    return Observations(view.whole, x=routes, m=starts[1:] > starts[:-1])
