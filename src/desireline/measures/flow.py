"""Measures of movement: who goes on, who leaves, who turns back, who is handed over."""

from __future__ import annotations

import numpy as np

from desireline.measures.codes import Codes, Flags, Whole
from desireline.measures.mean import Mean
from desireline.measures.measure import measure
from desireline.measures.rows import Observations
from desireline.measures.share import Share
from desireline.measures.view import View
from desireline.measures.visits import EVERYWHERE, ON_THE_MAP

_FAR = np.iinfo(np.int64).max


@measure("conversion", title="Conversion", unit="share", family=Share(), places=EVERYWHERE, minimum=5)
def conversion(view: View) -> Observations:
    """The share of journeys visiting this place that go on to success.

    Map: the share of settled journeys that reached one of the map's success touchpoints. Stage and
    touchpoint: of the settled journeys that came here before (or at) their first success, those that
    succeeded; a journey that had succeeded before it first came here has nothing left to win and is left out.
    Edge a>b: of the settled journeys that visited a, those that visited b after it. Journeys under way are
    censored: left out, and told by `under_way`.
    """
    rows, stays = view.everywhere, view.stays
    owner = view.visits.journey[stays.met]
    nothing_won = np.ones(len(rows), dtype=np.bool_)
    nothing_won[stays.met] = _first_success(view)[owner] >= stays.first
    won = np.concatenate([view.success[view.visits.journey], view.crossings.arrived])
    return Observations(rows, x=won, m=view.settled[rows.journey] & nothing_won)


@measure("drop_off", title="Drop-off", unit="share", family=Share(), places=ON_THE_MAP, minimum=5)
def drop_off(view: View) -> Observations:
    """The share of journeys visiting this place that end here: lost, or stuck with the company.

    Map: the share of settled journeys that are lost or stuck. Stage and touchpoint: of the settled journeys
    that visited it, those whose last step is here and that are lost or stuck. Journeys under way are
    censored: left out.
    """
    rows = view.visits
    gone = view.state("lost", "stuck")[rows.journey]
    return Observations(rows, x=gone & view.stays.ends_here, m=view.settled[rows.journey])


@measure("back_steps", title="Back steps", unit="share", family=Share(), places=ON_THE_MAP, minimum=5)
def back_steps(view: View) -> Observations:
    """The share of journeys with a move from here back to something earlier on the map.

    Map: journeys with any move to an earlier touchpoint. Touchpoint: of the journeys visiting it, those that
    move from it straight to an earlier touchpoint; stage: from it to an earlier stage. Touchpoints that may
    come in any order, or are alternatives, stand equally far. A way back that the map allows (a `then` link)
    counts as well.
    """
    stays, steps = view.stays, view.steps
    stage, point = (_turns_back(view, place) for place in (view.step_stage, view.step_point))
    from_here = stays.count(stage, point) > 0
    some = view.journeys["steps"].fill_null(0).to_numpy() > 0
    came = stays.column(some, np.ones(len(from_here), dtype=np.bool_))
    return Observations(view.visits, x=stays.column(steps.count(point) > 0, from_here), m=came)


@measure("hand_offs", title="Hand-offs", unit="per journey", family=Mean(), places=("map", "edge"), minimum=10)
def hand_offs(view: View) -> Observations:
    """How often a journey moves between touchpoints for which different teams are accountable, on average.

    A touchpoint without a team of its own has its stage's; those with neither are passed over. Map: all
    journeys with an event on the map. Edge a>b with different teams: moves straight from a to b, per journey
    that visited a. Maps without teams have no reading. Journeys under way count with what happened so far.
    """
    team_of, crossings = view.team_of, view.crossings
    x, m = np.zeros(len(view.everywhere), dtype=np.int64), np.zeros(len(view.everywhere), dtype=np.bool_)
    if not team_of:
        return Observations(view.everywhere, x=x, m=m)
    teams = {team: number for number, team in enumerate(dict.fromkeys(team_of.values()))}
    team = view.lookup({point: teams[name] for point, name in team_of.items()})[view.step_point]
    x[: view.stays.journeys], m[: view.stays.journeys] = _switches(view, team), _on_the_map(view)
    apart = [a in team_of and b in team_of and team_of[a] != team_of[b] for a, b in view.along]
    x[len(view.visits) :] = _straight(view)
    m[len(view.visits) :] = np.array(apart, dtype=np.bool_)[crossings.edge] if apart else False
    return Observations(view.everywhere, x=x, m=m)


@measure(
    "channel_switches",
    title="Channel switches",
    unit="per journey",
    family=Mean(),
    places=("map",),
    minimum=10,
)
def channel_switches(view: View) -> Observations:
    """How often a journey moves on to another channel, on average.

    Counted between consecutive events that have a channel; those without one are passed over. Denominator:
    all journeys with an event on the map. Journeys under way count with what happened so far.
    """
    return Observations(view.whole, x=_switches(view, view.step_channel), m=_on_the_map(view))


def _first_success(view: View) -> Whole:
    """By journey: the step that reached success first; beyond all steps where none did."""
    found = np.full(view.journeys.height, _FAR, dtype=np.int64)
    won = view.lookup(dict.fromkeys(view.outline.success, 1))[view.step_point] == 1
    steps = np.flatnonzero(won)[::-1]  # the first of a journey is written last, and stays
    found[view.steps.journey[steps]] = steps
    return found


def _on_the_map(view: View) -> Flags:
    some: Flags = view.journeys["steps"].fill_null(0).to_numpy() > 0
    return some


def _straight(view: View) -> Whole:
    """By row of `crossings`: how often the journey moved straight along the edge."""
    crossings, stays, points = view.crossings, view.stays, view.step_point
    ends = [(view.place.get(a, -1), view.place.get(b, -1)) for a, b in view.along]
    edge_at = np.full((len(view.places) + 1, len(view.places) + 1), -1, dtype=np.int32)
    for number, (start, end) in enumerate(ends):
        if start >= 0 and end >= 0:
            edge_at[start, end] = number
    moves = np.flatnonzero(~view.steps.first)
    asked = edge_at[points[moves - 1], points[moves]]
    moved, edge = moves[asked >= 0], asked[asked >= 0]
    a = points[moved - 1]
    # The rows of an edge stand as the stays at its beginning do.
    first_row = np.searchsorted(crossings.edge, np.arange(len(ends)))[edge]
    row = first_row + stays.find(a, view.steps.journey[moved]) - np.searchsorted(stays.rows.place, a)
    found: Whole = np.bincount(row, minlength=len(crossings.edge))
    return found


def _turns_back(view: View, place: Codes) -> Flags:
    """By step: does the next one of its journey stand earlier on the map?"""
    rank = view.lookup(view.rank_of)[place]
    back = np.zeros(len(place), dtype=np.bool_)
    back[:-1] = (rank[1:] < rank[:-1]) & (rank[1:] >= 0) & ~view.steps.first[1:]
    return back


def _switches(view: View, what: Codes) -> Whole:
    """By journey: how often `what` changes from one step that has it to the next."""
    told = np.flatnonzero(what >= 0)
    changed = np.zeros(len(what), dtype=np.bool_)
    journey, value = view.steps.journey[told], what[told]
    changed[told[1:]] = (journey[1:] == journey[:-1]) & (value[1:] != value[:-1])
    return view.steps.count(changed)
