"""Measures of time: a quarter, half, three quarters and nine tenths take at most this long."""

from __future__ import annotations

import numpy as np

from desireline.measures.measure import Measure, measure
from desireline.measures.quantile import Quantile
from desireline.measures.rows import NEVER, Observations
from desireline.measures.view import View, instants
from desireline.measures.visits import EVERYWHERE

MICROSECONDS = 1_000_000


def stretches(view: View) -> Observations:
    """How long it takes, in seconds: the time below which ¼, ½, ¾ or 9⁄10 of the journeys stay.

    Map: from the first to the last event of journeys that are done. Stage: from the first to the last event
    in it; 0 when there is one event. Touchpoint: from the journey's previous event on the map to the first
    visit here; journeys that begin here have no such time. Edge a>b: from the first visit to a to the first
    visit to b after it. Quantiles are interpolated between neighbouring values (type 7). Journeys that are
    under way in a stage have not left it and are left out there; on edges only those that arrived are known,
    so while many are under way, times look short. Exact up to 1,024 different times, within 1.6 % beyond.
    """
    steps, stays, crossings, rows = view.steps, view.stays, view.crossings, view.everywhere
    at, known, took = steps.at, np.ones(len(rows), dtype=np.bool_), np.zeros(len(rows), dtype=np.int64)
    whole, stages = slice(0, stays.journeys), slice(stays.journeys, stays.points_from)
    points, edges = slice(stays.points_from, len(view.visits)), slice(len(view.visits), None)
    n_stages = stays.points_from - stays.journeys

    start, end = instants(view.journeys["started_at"]), instants(view.journeys["ended_at"])
    known[whole] = view.state("done") & (start != NEVER) & (end != NEVER)
    took[whole] = np.where(known[whole], end - start, 0)

    now = np.append(view.step_stage, -1)[steps.last[rows.journey[stages]]]
    known[stages] = view.settled[rows.journey[stages]] | (now != rows.place[stages])
    took[stages] = at[stays.last[:n_stages]] - at[stays.first[:n_stages]]

    first = stays.first[n_stages:]
    known[points] = ~steps.first[first]
    took[points] = at[first] - at[first - 1]

    known[edges] = crossings.arrived
    took[edges] = at[crossings.end] - at[crossings.start]
    return Observations(rows, x=took, m=known)


def _quantile(name: str, title: str, *, q: float, minimum: int) -> Measure:
    family = Quantile(q=q, scale=MICROSECONDS)
    return measure(
        name, title=title, unit="s", family=family, places=EVERYWHERE, minimum=minimum, per_team="rows", shares="time"
    )(stretches)


time_q25 = _quantile("time_q25", "Time, lower quartile", q=0.25, minimum=15)
time_median = _quantile("time_median", "Time, median", q=0.5, minimum=10)
time_q75 = _quantile("time_q75", "Time, upper quartile", q=0.75, minimum=15)
time_p90 = _quantile("time_p90", "Time, 90th percentile", q=0.9, minimum=40)
