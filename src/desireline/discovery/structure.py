"""How touchpoints hang together: their order, what may be left out, come again, or stand for each other.

Found step by step: of all single changes to the drawing that one is made which explains most and allows least, until
none is worth its ink. What a drawing explains is its fitness with the journeys, by the same alignment that measures it
later; what it allows is precision.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Literal

import numpy as np

from desireline.discovery.precision import precision
from desireline.discovery.sequences import Floats
from desireline.journeys.align import Aligner
from desireline.journeys.routes import Routes
from desireline.maps.outline import Outline
from desireline.maps.records import Map

MOST_ROUTES = 250
LOOSE = 0.2
"""What a point of precision is worth, in points of fitness."""
REQUIRED = 1 / 3
"""At least so many of the touchpoints may not be left out: a drawing in which all is optional intends nothing."""
INK = 0.003
"""What a change must gain, in points of fitness."""
_TRIED = 5  # of the changes that explain most, so many are looked at closely
_SEEN = 0.01  # what fewer journeys do is drawn nowhere
_LONGEST = 100  # steps of a route that are looked at

Group = tuple[Literal["alternative", "any order"], tuple[int, ...]]


@dataclass(frozen=True)
class Shape:
    """A drawing of touchpoints, which are numbers."""

    order: tuple[int, ...]
    optional: frozenset[int] = frozenset()
    repeatable: frozenset[int] = frozenset()
    groups: tuple[Group, ...] = ()
    links: tuple[tuple[int, int], ...] = ()

    @property
    def ink(self) -> int:
        """How much is drawn beside the touchpoints."""
        return len(self.optional) + len(self.repeatable) + len(self.links) + sum(len(m) - 1 for _, m in self.groups)


@dataclass(frozen=True)
class Fit:
    """How a drawing agrees with the journeys."""

    fitness: float
    precision: float


@dataclass(frozen=True, eq=False)
class Log:
    """Distinct journeys as orders of touchpoint numbers."""

    routes: tuple[tuple[int, ...], ...]
    weights: tuple[int, ...]  # journeys
    off: tuple[int, ...]  # events that stand on no touchpoint

    @classmethod
    def of(cls, named: Sequence[tuple[Sequence[str], int]], number: dict[str, int]) -> Log:
        """From names with journeys; names without a number are off the map."""
        tally: Counter[tuple[tuple[int, ...], int]] = Counter()
        for names, journeys in named:
            route = tuple(number[name] for name in names if name in number)
            tally[route, len(names) - len(route)] += journeys
        ordered = sorted(tally.items(), key=lambda item: (-item[1], item[0]))
        return cls(
            tuple(route for (route, _), _ in ordered),
            tuple(count for _, count in ordered),
            tuple(off for (_, off), _ in ordered),
        )

    def head(self, most: int) -> Log:
        """The journeys of the commonest routes, long ones cut."""
        routes = tuple(route[:_LONGEST] for route in self.routes[:most])
        return Log(routes, self.weights[:most], self.off[:most])


def find_structure(log: Log, points: int) -> Shape:
    """The drawing that explains these journeys best for what it allows."""
    few = log.head(MOST_ROUTES)
    shape = Shape(_order(few, points))
    now = judge(shape, few)
    worth = _worth(shape, now)
    while True:
        tried = [(explain(change, few), place, change) for place, change in enumerate(_changes(shape, few))]
        tried.sort(key=lambda one: (-round(one[0], 9), one[1]))
        best: tuple[float, Shape] | None = None
        for fitness, _, change in tried[:_TRIED]:
            found = _worth(change, Fit(fitness, precision(_aligner(change), few.routes, few.weights)))
            if best is None or found > best[0] + 1e-9:
                best = found, change
        if best is None or best[0] <= worth + 1e-9:
            return shape
        worth, shape = best


def judge(shape: Shape, log: Log) -> Fit:
    """Fitness and precision of a drawing."""
    return Fit(explain(shape, log), precision(_aligner(shape), log.routes, log.weights))


def explain(shape: Shape, log: Log) -> float:
    """The mean fitness of the journeys, each of which has to reach the end of the drawing."""
    aligner = _aligner(shape)
    place = {point: number for number, point in enumerate(shape.order)}
    codes = [[2 * place[point] for point in _told(route, shape)] for route in log.routes]
    lengths = np.array([len(route) for route in codes], dtype=np.int64)
    starts = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(lengths)])
    flat = np.array([code for route in codes for code in route], dtype=np.uint16)
    cost = aligner.align_routes(Routes(flat, starts), ending="reach").cost / 1000
    off = np.array(log.off)
    worst: Floats = (lengths + off).astype(np.float64) + float(aligner.cheapest)
    told = 1 - np.divide(cost + off, worst, out=np.zeros(len(worst)), where=worst > 0)
    weights = np.array(log.weights, dtype=np.float64)
    return float(told @ weights / weights.sum()) if len(weights) else 1.0


def fields_of(shape: Shape, point: int) -> dict[str, bool]:
    """What the drawing says of a touchpoint, in the words of a map."""
    said = {"optional": point in shape.optional, "repeatable": point in shape.repeatable}
    return {name: True for name, holds in said.items() if holds}


def _worth(shape: Shape, fit: Fit) -> float:
    return fit.fitness + LOOSE * fit.precision - INK * shape.ink


def _told(route: Sequence[int], shape: Shape) -> list[int]:
    """The route as it is aligned: repeats right after one another are one where the touchpoint may repeat."""
    return [
        point
        for place, point in enumerate(route)
        if not (place and route[place - 1] == point and point in shape.repeatable)
    ]


def _aligner(shape: Shape) -> Aligner:
    points = [
        {"id": f"p{point}", "stage": "s", "when": {"event": f"p{point}"}, **fields_of(shape, point)}
        for point in shape.order
    ]
    links: list[dict[str, Any]] = [
        {"id": f"g{i}", "kind": k, "among": [f"p{m}" for m in ms]} for i, (k, ms) in enumerate(shape.groups)
    ]
    links += [{"id": f"l{i}", "kind": "then", "from": f"p{a}", "to": f"p{b}"} for i, (a, b) in enumerate(shape.links)]
    said = {"map": {"id": "m", "title": ""}, "stages": [{"id": "s"}], "touchpoints": points, "links": links}
    return Aligner(Outline(Map.model_validate(said)))


def _order(log: Log, points: int) -> tuple[int, ...]:
    """By what comes first in most journeys: begun by mean place, then mended by moving single touchpoints."""
    before = np.zeros((points, points))
    place = np.zeros(points)
    met = np.zeros(points)
    for route, weight in zip(log.routes, log.weights, strict=True):
        firsts = list(dict.fromkeys(route))
        for number, point in enumerate(firsts):
            place[point] += weight * (number / max(len(firsts) - 1, 1))
            met[point] += weight
            before[point, firsts[number + 1 :]] += weight
    mean = (place / np.maximum(met, 1.0)).round(9).tolist()
    order = sorted(range(points), key=lambda point: (mean[point], point))
    while True:
        moved = max(_moved(order, before), key=lambda one: one[0], default=(0.0, order))
        if moved[0] <= 1e-9:
            return tuple(order)
        order = moved[1]


def _moved(order: list[int], before: Any) -> Iterator[tuple[float, list[int]]]:
    """Every other place for every touchpoint, and by how many journeys it agrees better."""
    for at, point in enumerate(order):
        gain = 0.0
        for later in range(at + 1, len(order)):
            gain += before[order[later], point] - before[point, order[later]]
            yield gain, [*order[:at], *order[at + 1 : later + 1], point, *order[later + 1 :]]


def _changes(shape: Shape, log: Log) -> Iterator[Shape]:
    whole = sum(log.weights)
    met, moves, both = _counts(log)
    grouped = {member for _, members in shape.groups for member in members}
    for point in shape.order:
        room = len(shape.optional) + 1 <= (1 - REQUIRED) * len(shape.order) + 1e-9
        if room and point not in shape.optional and whole - met[point] >= _SEEN * whole:
            yield replace(shape, optional=shape.optional | {point})
        if point not in shape.repeatable and moves[point, point] >= _SEEN * whole:
            yield replace(shape, repeatable=shape.repeatable | {point})
    place = {point: number for number, point in enumerate(shape.order)}
    ways = sorted((pair for pair in moves if pair[0] != pair[1]), key=lambda pair: (-moves[pair], pair))
    for a, b in ways:
        if moves[a, b] >= _SEEN * whole and place[b] != place[a] + 1 and (a, b) not in shape.links:
            yield replace(shape, links=(*shape.links, (a, b)))
    for a, b in pairwise(shape.order):
        if a in grouped or b in grouped:
            yield from _wider(shape, a, b)
            continue
        fewer = min(met[a], met[b])
        if min(moves[a, b], moves[b, a]) >= max(_SEEN * whole, 0.05 * fewer):
            yield replace(shape, groups=(*shape.groups, ("any order", (a, b))))
        either = met[a] + met[b] - both[a, b]
        if fewer >= _SEEN * whole and both[a, b] <= 0.1 * fewer and either >= 0.5 * whole:
            yield replace(shape, groups=(*shape.groups, ("alternative", (a, b))))


def _wider(shape: Shape, a: int, b: int) -> Iterator[Shape]:
    """A group with the touchpoint beside it; at most six in a group."""
    grouped = {member for _, members in shape.groups for member in members}
    for number, (kind, members) in enumerate(shape.groups):
        fresh = b if a in members and b not in grouped else a if b in members and a not in grouped else None
        if fresh is not None and len(members) < 6:
            wider: Group = (kind, tuple(point for point in shape.order if point in members or point == fresh))
            yield replace(shape, groups=(*shape.groups[:number], wider, *shape.groups[number + 1 :]))


def _counts(log: Log) -> tuple[Counter[int], Counter[tuple[int, int]], Counter[tuple[int, int]]]:
    """Journeys by touchpoint, by move and by pair of touchpoints."""
    met: Counter[int] = Counter()
    moves: Counter[tuple[int, int]] = Counter()
    both: Counter[tuple[int, int]] = Counter()
    for route, weight in zip(log.routes, log.weights, strict=True):
        there = sorted(set(route))
        for point in there:
            met[point] += weight
            for other in there:
                both[point, other] += weight
        for pair in set(pairwise(route)):
            moves[pair] += weight
    return met, moves, both
