"""Readings by team: a team's touchpoints are read together, at the map."""

from __future__ import annotations

import numpy as np

from desireline.measures.codes import NONE, Coded, Codes, beginnings, rows_in_order
from desireline.measures.groups import Marks, named
from desireline.measures.measure import Measure
from desireline.measures.rows import Observations, Rows
from desireline.measures.sums import flags
from desireline.measures.view import View


def by_team(seen: Observations, view: View, measure: Measure) -> tuple[Observations, Marks]:
    """The observations at touchpoints, each at the map in the group of the touchpoint's team.

    Each journey is counted once or as the measure says. Touchpoints without a team have the group "team:(none)";
    stages, edges and the map itself have none.
    """
    names = list(dict.fromkeys(view.team_of.values()))
    team = _teams(view, names)
    some = np.flatnonzero((team[seen.rows.place] >= 0) & (True if seen.m is None else flags(seen.m)))
    rows = seen.rows.pick(some)
    mine = Observations(
        rows.moved(team[rows.place]),
        seen.x[some],
        None if seen.m is None else seen.m[some],
        Coded(seen.unit.codes[some], seen.unit.names) if isinstance(seen.unit, Coded) else seen.unit,
    )
    if measure.per_team != "rows":
        mine = _once(mine, view.journeys.height, add=measure.per_team == "sum")
    if seen.everywhere is not None:
        mine = dense(mine, view, np.unique(team[seen.everywhere][team[seen.everywhere] >= 0]))
    codes = mine.rows.place
    nobody = np.where(codes == len(names), NONE, codes).astype(np.int32)
    at_map = mine.rows.moved(np.zeros(len(codes), dtype=np.int32))
    return mine._replace(rows=at_map), named("team", nobody, names)


def dense(seen: Observations, view: View, places: Codes) -> Observations:
    """At each of these places a row for every journey: x as it was seen, 0 where there was nothing; m is 1."""
    journeys = view.journeys.height
    position = np.full(max(int(places.max(initial=0)), int(seen.rows.place.max(initial=0))) + 1, NONE, dtype=np.int64)
    position[places] = np.arange(len(places))
    here = position[seen.rows.place]
    x = np.zeros(len(places) * journeys, dtype=seen.x.dtype)
    x[(here * journeys + seen.rows.journey)[here >= 0]] = seen.x[here >= 0]
    journey = np.tile(np.arange(journeys, dtype=np.int32), len(places))
    return Observations(Rows(np.repeat(places, journeys).astype(np.int32), journey, view.owners), x)


def _teams(view: View, names: list[str]) -> Codes:
    """By place: the number of its team, the one after the last for touchpoints without; −1 for all other places."""
    found = np.full(len(view.places), NONE, dtype=np.int32)
    number = {name: i for i, name in enumerate(names)}
    for point in view.points:
        found[view.place[point]] = number.get(view.team_of.get(point, ""), len(names))
    return found


def _once(seen: Observations, journeys: int, *, add: bool) -> Observations:
    """One row per team and journey: the sum, or the largest x."""
    key = seen.rows.place.astype(np.int64) * max(journeys, 1) + seen.rows.journey
    order = rows_in_order(key)
    order = np.arange(len(key)) if order is None else order
    starts = beginnings(key[order])
    x = (np.add if add else np.maximum).reduceat(seen.x[order], starts)
    m = None if seen.m is None else np.maximum.reduceat(seen.m[order], starts)
    return seen._replace(rows=seen.rows.pick(order[starts]), x=x, m=m)
