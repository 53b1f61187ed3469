"""Kinds of routes: none where there is one chain, found and told apart where there are two."""

from __future__ import annotations

import numpy as np
from tests.calibration.registry import simulation
from tests.discovery.logs import chain, sequences_of, walk

from desireline.discovery.kinds import find_kinds
from desireline.discovery.mixture import Moves, choose_kinds


@simulation("kinds of routes", kind="false positives", nominal=0.05, about="120 customers of one chain over 3 places")
def two_kinds_where_there_is_one(rng: np.random.Generator) -> bool:
    """The criterion wants more than one kind; what is not stable of these would be dropped beside."""
    way = chain(rng, 3, peaked=1.0)
    found = sequences_of([walk(rng, way, "abc") for _ in range(120)])
    weights = found.weights()
    tried = choose_kinds(Moves.of(found.routes["names"].to_list(), weights), weights, most=2, restarts=3)
    return min(tried, key=lambda one: one.bic).kinds > 1


@simulation(
    "kinds of routes, two",
    kind="power",
    nominal=0.8,
    about="two chains that go on by one or by two places, 150 customers",
    quick=10,
    full=100,
)
def two_kinds_where_there_are_two(rng: np.random.Generator) -> bool:
    """Several kinds are told, stable ones."""
    ways = [0.3 * chain(rng, 4, peaked=1.0) + 0.7 * np.eye(5, 6, k=step) for step in (1, 2)]
    ways = [way / way.sum(axis=1, keepdims=True) for way in ways]
    found = find_kinds(sequences_of([walk(rng, ways[row % 3 == 0], "abcd") for row in range(150)]))
    return len(found.kinds) >= 2
