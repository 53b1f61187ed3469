"""The measure of promises: was what the map promises kept?"""

from __future__ import annotations

import numpy as np

from desireline.measures.codes import Flags, Whole
from desireline.measures.measure import measure
from desireline.measures.rows import Observations
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
def promise_kept(view: View) -> Observations:
    """The share of journeys in which the promise of time was kept here.

    Touchpoint: judged at the journey's last visit for which it is known whether the promise was kept. Stage:
    all of its touchpoints' promises were kept. Map: all promises of the journey were kept, the one about the
    whole journey included. Journeys in which no promise was made, or nothing is known yet, are left out.
    """
    rows, judged, broken = view.visits, *_judged(view)
    return Observations(rows, x=judged & ~broken, m=judged)


def _judged(view: View) -> tuple[Flags, Flags]:
    """By row of `visits`: is anything known here, and was a promise broken?"""
    stays, rows = view.stays, view.visits
    judged, broken = np.zeros(len(rows), dtype=np.bool_), np.zeros(len(rows), dtype=np.bool_)
    whole = view.journeys["kept"]
    judged[: stays.journeys] = whole.is_not_null().to_numpy()
    broken[: stays.journeys] = (~whole).fill_null(False).to_numpy()
    said = view.steps.frame["kept"]
    if said.null_count() == len(said):
        return judged, broken
    last = _last_known(view, said.is_not_null().to_numpy())
    points = stays.points_from + np.flatnonzero(last >= 0)
    failed = ~said.fill_null(False).to_numpy()[last[last >= 0]]
    stage_of = view.lookup({point.id: view.place[point.stage] for point in view.outline.touchpoints})
    for found in (points, stays.find(stage_of[rows.place[points]], rows.journey[points]), rows.journey[points]):
        judged[found] = True
        broken[found[failed]] = True
    return judged, broken


def _last_known(view: View, known: Flags) -> Whole:
    """By row of a touchpoint: the journey's last step there of which it is known, or −1."""
    stays = view.stays
    latest = np.maximum.reduceat(np.where(known[stays.steps], stays.steps, -1), stays.starts)
    return latest[stays.points_from - stays.journeys :]
