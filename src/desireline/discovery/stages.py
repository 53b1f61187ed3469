"""Stages: touchpoints that stand near each other in most journeys, cut from the drawn order.

Touchpoints are placed by their mean relative position in journeys (0 first, 1 last). The drawn order is cut where that
parts the places best: Ward's sum of squares under the constraint of contiguity, by dynamic programming (Fisher 1958);
how many stages, by the mean silhouette (Rousseeuw 1987). What stands for one another is never parted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from desireline.discovery.sequences import Floats, Sequences
from desireline.discovery.stability import poisson_weights

MOST = 6
CLEAR = 0.5
"""A lower silhouette is no structure worth a stage (Kaufman & Rousseeuw 1990)."""
_ROUNDS = 100


@dataclass(frozen=True)
class Position:
    """Where a touchpoint stands in the journeys that met it, from 0 to 1, and how surely."""

    mean: float
    sd: float  # of the mean, from resampled customers


def positions(sequences: Sequences, number: dict[str, int], points: int) -> list[Position]:
    """The positions of touchpoints among those that are drawn; `number` tells them by the names of events."""
    routes = sequences.routes["names"].to_list()
    place, met = np.zeros((len(routes), points)), np.zeros((len(routes), points))
    for row, names in enumerate(routes):
        firsts = list(dict.fromkeys(number[name] for name in names if name in number))
        for at, point in enumerate(firsts):
            place[row, point], met[row, point] = at / max(len(firsts) - 1, 1), 1
    drawn = [sequences.weights(), *(sequences.weights(poisson_weights(sequences.keys, k)) for k in range(_ROUNDS))]
    means = np.array([_means(weights, place, met) for weights in drawn])
    spread = np.nanstd(means[1:], axis=0)
    return [Position(round(float(means[0, p]), 6), round(float(spread[p]), 6)) for p in range(points)]


def cut_stages(places: Sequence[float], units: Sequence[Sequence[int]], *, most: int = MOST) -> list[list[int]]:
    """The units (touchpoints that stay together) as stages, in their order; one stage where no cut is clear."""
    whole = [point for unit in units for point in unit]
    best: tuple[float, list[list[int]]] = (CLEAR, [whole])
    for count in range(2, min(most, len(units) - 1) + 1):
        stages = _ward(places, units, count)
        clear = _silhouette(places, stages)
        if clear > best[0] + 1e-9:
            best = clear, stages
    return best[1] if whole else []


def _means(weights: Floats, place: Floats, met: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(weights @ met > 0, (weights @ place) / (weights @ met), 0.5)


def _ward(places: Sequence[float], units: Sequence[Sequence[int]], count: int) -> list[list[int]]:
    """The cut into so many stages with the least sum of squares; of equal ones that which cuts latest."""
    n = len(units)
    cost = np.full((count + 1, n + 1), np.inf)
    cut = np.zeros((count + 1, n + 1), dtype=np.int64)
    cost[0, 0] = 0.0
    for stage in range(1, count + 1):
        for end in range(stage, n + 1):
            for begin in range(stage - 1, end):
                held = [places[point] for unit in units[begin:end] for point in unit]
                told = cost[stage - 1, begin] + float(np.var(held)) * len(held)
                if told < cost[stage, end] - 1e-12:
                    cost[stage, end], cut[stage, end] = told, begin
    found: list[list[int]] = []
    end = n
    for stage in range(count, 0, -1):
        begin = int(cut[stage, end])
        found.append([point for unit in units[begin:end] for point in unit])
        end = begin
    return found[::-1]


def _silhouette(places: Sequence[float], stages: Sequence[Sequence[int]]) -> float:
    told = []
    for number, stage in enumerate(stages):
        for point in stage:
            own = [abs(places[point] - places[other]) for other in stage if other != point]
            near = min(
                float(np.mean([abs(places[point] - places[other]) for other in others]))
                for place, others in enumerate(stages)
                if place != number
            )
            inner = float(np.mean(own)) if own else 0.0
            told.append((near - inner) / max(near, inner) if own and max(near, inner) > 0 else 0.0)
    return float(np.mean(told))
