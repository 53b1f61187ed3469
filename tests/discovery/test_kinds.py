from __future__ import annotations

from collections import Counter
from itertools import groupby, pairwise, product
from math import log

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from desireline.discovery.kinds import find_kinds
from desireline.discovery.mixture import END, START, Moves, fit
from desireline.discovery.stability import adjusted_rand
from discovery.logs import chain, sequences_of, walk

BUYERS, LOOKERS = ["see", "cart", "pay"], ["see", "help", "see", "leave"]


def test_two_kinds_that_were_mixed_come_apart():
    found = find_kinds(sequences_of([BUYERS] * 60 + [LOOKERS] * 40 + [["see", "cart"]] * 6))
    assert (found.answer, [kind.typical for kind in found.kinds]) == ("several kinds", [tuple(BUYERS), tuple(LOOKERS)])
    assert found.kinds[0].low < 0.6 < found.kinds[0].high


def test_one_kind_stays_one():
    assert find_kinds(sequences_of([BUYERS] * 80)).answer == "one kind"


@pytest.mark.parametrize("routes", [[], [BUYERS], [BUYERS, LOOKERS]])
def test_few_customers_are_not_parted(routes: list[list[str]]):
    assert find_kinds(sequences_of(routes)).answer == "not enough data"


def test_planted_kinds_are_recovered_whatever_their_order_and_names():
    rng = np.random.default_rng(5)
    ways = [chain(rng, 5, peaked=0.15) for _ in range(2)]
    truth = rng.choice(2, size=300, p=[0.6, 0.4])
    routes = [walk(rng, ways[kind], "abcde") for kind in truth]
    first = sequences_of(routes)
    weights = first.weights()
    moves = Moves.of(first.routes["names"].to_list(), weights)
    kind = fit(moves, weights, 2).assign(moves)
    assert adjusted_rand_score(truth, kind[first.row][np.argsort(first.owner)]) >= 0.9
    renamed = sequences_of([["zyxwv"["abcde".index(name)] for name in route] for route in routes])
    again = fit(Moves.of(renamed.routes["names"].to_list(), renamed.weights()), renamed.weights(), 2)
    other = again.assign(Moves.of(renamed.routes["names"].to_list(), renamed.weights()))
    assert (
        adjusted_rand_score(kind[first.row][np.argsort(first.owner)], other[renamed.row][np.argsort(renamed.owner)])
        >= 0.95
    )


def test_the_likelihood_is_that_of_every_move_by_hand():
    routes, weights = [["a", "b"], ["a", "a", "b"], ["b"]], np.array([2.0, 1.0, 1.0])
    moves = Moves.of(routes, weights)
    mixture = fit(moves, weights, 2, restarts=3)
    place = {pair: number for number, pair in enumerate(moves.pairs)}
    told = 0.0
    for route, weight in zip(routes, weights, strict=True):
        steps = Counter(pairwise([START, *(name for name, _ in groupby(route)), END]))
        kinds = [
            share * np.prod([mixture.chances[kind, place[pair]] ** count for pair, count in steps.items()])
            for kind, share in enumerate(mixture.shares)
        ]
        told += weight * log(sum(kinds))
    assert mixture.likelihood == pytest.approx(told)


def test_no_parting_of_few_routes_is_likelier_than_the_one_that_was_found():
    routes, weights = [["a", "b"], ["b", "a"], ["a"]], np.array([30.0, 30.0, 20.0])
    moves = Moves.of(routes, weights)
    best = fit(moves, weights, 2).likelihood
    prior = moves.pooled(weights)
    for split in product([0, 1], repeat=3):
        if len(set(split)) < 2:
            continue
        hard = np.array([[float(kind == one) for one in (0, 1)] for kind in split]) * weights[:, None]
        chances = moves.chances(np.asarray(moves.counts.T @ hard).T, prior)
        joint = np.exp(moves.counts @ np.log(chances).T) * (hard.sum(axis=0) / weights.sum())
        assert best >= weights @ np.log(joint.sum(axis=1)) - 1e-6


def test_agreement_of_partitions_is_that_of_scikit_learn():
    rng = np.random.default_rng(3)
    one, other = rng.integers(0, 3, 60), rng.integers(0, 4, 60)
    assert adjusted_rand(one, other, np.ones(60)) == pytest.approx(adjusted_rand_score(one, other))


def test_the_order_of_customers_changes_nothing():
    routes = [BUYERS] * 50 + [LOOKERS] * 50
    assert (
        find_kinds(sequences_of(routes)).as_json()["tried"] == find_kinds(sequences_of(routes[::-1])).as_json()["tried"]
    )
